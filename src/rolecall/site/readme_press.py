"""Prints rows and tables of jobs for Markdown files on GitHub: README.md and the lists beside it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from rolecall.errors import TemplateError
from rolecall.site.language import mark as _
from rolecall.site.readme_rows import Step, row_of
from rolecall.site.readme_store import Rows

if TYPE_CHECKING:
    from rolecall.config import ReadmeConfig
    from rolecall.site.render import Renderer
    from rolecall.site.site import Site
    from rolecall.site.view import JobView

MOST_ROWS = 100
_LEAST_ROWS = 50
_ONE_ROW_IN = 16
_WEEK_DAYS = 7
_SAMPLE = 16  # rows that are looked at first
_ROWS_STAND_HERE = "rolecall-rows-stand-here"


@dataclass(frozen=True, slots=True)
class News:
    """The first days that count as "since yesterday" and as "this week"."""

    yesterday: str
    week: str

    @classmethod
    def on(cls, today: date) -> News:
        return cls((today - timedelta(days=1)).isoformat(), (today - timedelta(days=_WEEK_DAYS - 1)).isoformat())

    def name_of(self, view: JobView) -> str:
        """The words above a job: by its day, and nothing above the featured ones, which stand first."""
        if view.featured:
            return ""
        if view.posted >= self.yesterday:
            return _("New since yesterday")
        return _("New this week") if view.posted >= self.week else _("Earlier")

    def counts(self, views: Iterable[JobView]) -> tuple[int, int]:
        """How many jobs came since yesterday, and how many this week."""
        recent = [view.posted for view in views if view.posted >= self.week]
        return sum(posted >= self.yesterday for posted in recent), len(recent)


@dataclass(frozen=True)
class Press:
    """The rows and tables of one file. `file` is where it stands, `line_end` how its lines end."""

    site: Site
    renderer: Renderer
    config: ReadmeConfig
    file: str
    line_end: str = "\n"
    known: Rows = field(default_factory=Rows)

    def size(self, text: str) -> int:
        """Bytes of `text` in the file."""
        return len(text.encode()) + (len(self.line_end) - 1) * text.count("\n")

    def fitting(self, views: Sequence[JobView], step: Step, room: int) -> int:
        """How many of the jobs, the first ones, have rows that fit into `room` bytes together."""
        for count, view in enumerate(views):
            room -= self.row_bytes(view, step)
            if room < 0:
                return count
        return len(views)

    def all_fit(self, views: Sequence[JobView], step: Step, room: int) -> bool:
        """Whether all of the jobs have rows that fit into `room` bytes together.

        Of very many jobs some rows tell: where even a quarter of the least of them is too much, none but these is made.
        """
        some = [self.row_bytes(view, step) for view in views[:: len(views) // _SAMPLE or 1]]
        if some and min(some) // 4 * len(views) > room:
            return False
        return self.fitting(views, step, room) == len(views)

    def row(self, view: JobView, step: Step) -> str:
        """One job. Nothing of it depends on today, so that it stays as it is until it goes (but for `age`)."""
        key = self.key(view, step)
        text = self.known.get(key)
        return self._printed(key, view, step) if text is None else text

    def row_bytes(self, view: JobView, step: Step) -> int:
        """What `row` needs in the file; nothing is read to tell it of a row that is known."""
        key = self.key(view, step)
        known = self.known.size(key)
        if known is None:
            return self.size(self._printed(key, view, step))
        return known[0] + (len(self.line_end) - 1) * known[1]

    def key(self, view: JobView, step: Step) -> str:
        """All that a row depends on within one board's settings."""
        return f"{view.id} {view.digest} {step.name} {self.file} {self._logo_of(view.company_slug)}"

    def _printed(self, key: str, view: JobView, step: Step) -> str:
        row = row_of(view, self.site, self.config, step, self.file)
        text = tight(self.renderer.render(self._row_template, row=row))
        self.known.keep(key, text)
        return text

    @cached_property
    def _row_template(self) -> str:
        return f"readme/{self.config.layout}_row.md"

    @cached_property
    def _logo_of(self) -> Callable[[str], str]:
        return cache(self.site.logo_of)

    def tables(self, views: Sequence[JobView], rows: Sequence[str], news: News | None) -> Markup:
        """Tables of at most a hundred of the rows; with `news`, lines between the rows part the new from the old."""
        above = self._dividers(views[: len(rows)], news)
        head, foot = self._table
        made = []
        for part in _cut(views[: len(rows)]):
            lines = (text for pair in zip(above[part], rows[part], strict=True) for text in pair)
            made.append(f"{head}{''.join(lines)}{foot}")
        # The templates have escaped every row: this only keeps them from being escaped again.
        return Markup("\n".join(made))

    def _dividers(self, views: Sequence[JobView], news: News | None) -> list[str]:
        """What stands above each row. One line moves when a job is no longer new, instead of a change in its row."""
        names = [news.name_of(view) if news else "" for view in views]
        if not any(name not in ("", "Earlier") for name in names):
            return [""] * len(names)
        return [
            self._divider(name) if name != before else "" for before, name in zip(["", *names], names, strict=False)
        ]

    def _divider(self, name: str) -> str:
        text = self.site.language.text(name) if name else ""
        cells = 2 if self.config.layout == "cards" else 2 + len(self.config.columns)
        return tight(self.renderer.render("readme/divider.md", text=text, cells=cells)) if text else ""

    @cached_property
    def table_bytes(self) -> int:
        """What a table costs besides its rows."""
        return sum(map(self.size, (*self._table, "\n")))

    @cached_property
    def _table(self) -> tuple[str, str]:
        """What stands above and below the rows of a table."""
        name = f"readme/{self.config.layout}.md"
        made = self.renderer.render(name, rows=_ROWS_STAND_HERE, columns=self.config.columns)
        parts = tight(made).split(f"{_ROWS_STAND_HERE}\n")
        if len(parts) != 2:
            raise TemplateError(
                name, "does not hold {{ rows }} once, on a line of its own.", "Write it between <table> and </table>."
            )
        return parts[0], parts[1]

    def legend(self, views: Iterable[JobView]) -> dict[str, bool]:
        """Which words in the rows of these jobs need to be explained."""
        shown = (*self.config.facts, *(self.config.columns if self.config.layout == "classic" else ()))
        seen = via = False
        for view in views:
            seen = seen or (view.posted_estimated and "posted" in shown)
            via = via or bool(view.attribution)
        return {"seen": seen, "via": via}


def _cut(views: Sequence[JobView]) -> Iterator[slice]:
    """Tables of 50 to 100 rows, so that a row which GitHub reads in another way takes no more than those with it.

    Where one ends is decided by a job's id, not by its place: a job more or less leaves the other ends where they are.
    """
    start = 0
    for index, view in enumerate(views):
        rows = index - start
        if rows == MOST_ROWS or (rows >= _LEAST_ROWS and zlib.crc32(view.id.encode()) % _ONE_ROW_IN == 0):
            yield slice(start, index)
            start = index
    if start < len(views):
        yield slice(start, len(views))


def tight(html: str) -> str:
    """`html` without indentation and blank lines: a blank line ends GitHub's HTML block, four spaces begin code."""
    lines = (line.strip(" \t\r\v\f") for line in html.split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


def squeezed(text: str) -> str:
    """`text` without blank lines at its ends, and with one where several stand together."""
    text = text.strip("\n")
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text
