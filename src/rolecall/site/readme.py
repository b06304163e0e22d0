"""The jobs in README.md: a table per section, whole rows only, never more bytes than GitHub shows.

GitHub cuts a README after 512,000 bytes without a word, so the size is an input. What does not fit is left out in
this order: full descriptions, excerpts, tags, rows; what is left out is said and linked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

from rolecall.errors import BudgetError, TemplateError
from rolecall.site import urls
from rolecall.site.readme_markers import Frame, frame_of, splice
from rolecall.site.readme_rows import Step, beside, row_of
from rolecall.site.readme_text import anchor, heading
from rolecall.site.sections import assign

if TYPE_CHECKING:
    from rolecall.config import ReadmeConfig
    from rolecall.site.render import Renderer
    from rolecall.site.site import Site

__all__ = ["Frame", "ReadmeBlock", "frame_of", "render_readme", "splice"]

ROWS_PER_TABLE = 100
FEW_TAGS = 3
FEWER_ROWS = "fewer rows"
_ROWS_STAND_HERE = "rolecall-rows-stand-here"


@dataclass(frozen=True, slots=True)
class ReadmeBlock:
    """What stands between the markers. `bytes` is the size of the whole file; `step` what had to be left out.

    `step` is one of "full", "excerpts", "no descriptions", "fewer tags", "fewer rows".
    """

    text: str
    jobs_shown: int
    jobs_total: int
    step: str
    bytes: int


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section for the template: `tables` is finished HTML, `more` how many of its `count` jobs are left out."""

    title: str
    anchor: str
    count: int
    tables: Markup
    more: int


def render_readme(
    site: Site, renderer: Renderer, config: ReadmeConfig, *, outside_bytes: int = 0, line_end: str = "\n"
) -> ReadmeBlock:
    """The README's jobs in as much detail as `config.max_bytes` allows for the whole file.

    `outside_bytes` is what stands outside the markers (`Frame.bytes`), `line_end` the file's own. Raises `BudgetError`
    when not even the headings fit, `TemplateError` when a template is broken.
    """
    press = _Press(site, renderer, config, *assign(site.jobs, site.config.sections), line_end)
    room = config.max_bytes - outside_bytes
    step, rows = press.fit(room)
    text = press.page(rows, shown=len(rows))
    size = press.size(text)
    if size > room:
        what = f"leaves {room:,} bytes for the jobs, and their headings alone need {size:,}."
        hint = "Raise readme.max_bytes (at most 512,000), or shorten the text outside the markers."
        raise BudgetError(config.file, what, hint)
    return ReadmeBlock(text, len(rows), len(site.jobs), step, size + outside_bytes)


def _steps(config: ReadmeConfig) -> Iterator[Step]:
    """From all that the owner wants to the least that a row may be."""
    if config.descriptions == "full":
        yield Step("full", "full", config.max_tags)
    if config.descriptions != "none":
        yield Step("excerpts", "excerpt", config.max_tags)
    yield Step("no descriptions", "none", config.max_tags)
    yield Step("fewer tags", "none", min(FEW_TAGS, config.max_tags))


@dataclass(frozen=True, slots=True)
class _Press:
    """Prints the rows of one README and knows what they cost. `places` holds each job's index in `titles`."""

    site: Site
    renderer: Renderer
    config: ReadmeConfig
    titles: tuple[str, ...]
    places: list[int]
    line_end: str

    def size(self, text: str) -> int:
        """Bytes of `text` in the file."""
        return len(text.encode()) + (len(self.line_end) - 1) * text.count("\n")

    def fit(self, room: int) -> tuple[str, list[str]]:
        """The name of the first step at which all rows fit into `room` bytes, and the rows; else the newest rows."""
        total = len(self.places)
        head, foot = self._table()
        table = self.size(head) + self.size(foot) + self.size("\n")
        counts = Counter(self.places)
        left = (
            room
            - self.size(self.page([], shown=total))
            - sum(table * ceil(n / ROWS_PER_TABLE) for n in counts.values())
        )
        rows: list[str] = []
        for step in _steps(self.config):
            rows = self._rows(step, left)
            if len(rows) == total:
                return step.name, rows
        return FEWER_ROWS, self._newest(rows, room - self.size(self.page([], shown=total - 1)), table)

    def _rows(self, step: Step, left: int) -> list[str]:
        """The rows in the site's order, all of them or as many as fit into `left` bytes."""
        rows: list[str] = []
        for view in self.site.jobs:
            row = row_of(view, self.site, self.config, step)
            text = _tight(self.renderer.render(f"readme/{self.config.layout}_row.md", row=row))
            left -= self.size(text)
            if left < 0:
                break
            rows.append(text)
        return rows

    def _newest(self, rows: Sequence[str], left: int, table: int) -> list[str]:
        """As many of `rows`, from the first on, as fit into `left` bytes with the tables that they open."""
        opened: Counter[int] = Counter()
        for shown, (place, row) in enumerate(zip(self.places, rows, strict=False)):
            left -= self.size(row) + (table if opened[place] % ROWS_PER_TABLE == 0 else 0)
            if left < 0:
                return list(rows[:shown])
            opened[place] += 1
        return list(rows)

    def page(self, rows: Sequence[str], *, shown: int) -> str:
        """All between the markers: `rows` are those of the first jobs, `shown` how many it says there are."""
        total = len(self.places)
        by_place: list[list[str]] = [[] for _ in self.titles]
        for place, row in zip(self.places, rows, strict=False):
            by_place[place].append(row)
        counts = Counter(self.places)
        sections = tuple(
            self._section(title, counts[place], by_place[place], cut=shown < total)
            for place, title in enumerate(self.titles)
            if counts[place]
        )
        text = self.renderer.render(
            "readme/board.md",
            sections=sections,
            total=total,
            shown=shown,
            site_url=urls.base_of(self.site.config),
            jobs_folder=f"{beside(self.config.file, 'jobs')}/",
        )
        return "\n" + re.sub(r"\n{3,}", "\n\n", text.strip("\n")) + "\n\n"

    def _section(self, title: str, count: int, rows: Sequence[str], *, cut: bool) -> SectionBlock:
        # The templates have escaped every row: this only keeps them from being escaped again.
        tables = Markup("\n".join(self._tables(rows)))
        more = count - len(rows) if cut else 0
        return SectionBlock(heading(title), anchor(f"{title} ({count})"), count, tables, more)

    def _tables(self, rows: Sequence[str]) -> Iterator[str]:
        """Tables of 100 rows, so that a row which GitHub reads in another way takes no more than those with it."""
        head, foot = self._table()
        for first in range(0, len(rows), ROWS_PER_TABLE):
            yield head + "".join(rows[first : first + ROWS_PER_TABLE]) + foot

    def _table(self) -> tuple[str, str]:
        """What stands above and below the rows of a table."""
        name = f"readme/{self.config.layout}.md"
        parts = _tight(self.renderer.render(name, rows=_ROWS_STAND_HERE)).split(f"{_ROWS_STAND_HERE}\n")
        if len(parts) != 2:
            raise TemplateError(
                name, "does not hold {{ rows }} once, on a line of its own.", "Write it between <table> and </table>."
            )
        return parts[0], parts[1]


def _tight(html: str) -> str:
    """`html` without indentation and blank lines: a blank line ends GitHub's HTML block, four spaces begin code."""
    lines = (line.strip(" \t\r\v\f") for line in html.split("\n"))
    return "".join(f"{line}\n" for line in lines if line)
