"""All jobs in Markdown files beside the README, in `lists/`: by section, and by month. Links between them are relative.

Nothing in these files depends on today: a file changes only when a job in it comes, goes or changes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from rolecall.errors import BudgetError
from rolecall.site import urls
from rolecall.site.artifact import fingerprint
from rolecall.site.language import mark as _
from rolecall.site.readme_parts import MONTHS, YEARS, Part, TooLong, cut
from rolecall.site.readme_press import MOST_ROWS, Press, squeezed
from rolecall.site.readme_rows import Step
from rolecall.site.readme_store import Rows
from rolecall.site.readme_text import heading
from rolecall.site.readme_topics import Topic, lists_folder

if TYPE_CHECKING:
    from rolecall.config import ReadmeConfig
    from rolecall.site.render import Renderer
    from rolecall.site.site import Site
    from rolecall.site.view import JobView

# What the last line of every list begins with, in whatever language: by it rolecall knows its own files again. It is
# the name of an element and no comment, because GitHub may cut those.
MARK = "made-by-rolecall"
NAME = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.md")
_FRAME_MARGIN = 500  # days and counts of several lengths


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file of `lists/`, by its name there. `inputs` stands for all that is in it, within one board's settings.

    Its text is made when it is asked for: all lists together hold every job twice. Raises `BudgetError` when it is too
    long, `TemplateError` when a template is broken.
    """

    name: str
    inputs: str
    make: Callable[[], str] = field(compare=False, repr=False)

    @property
    def text(self) -> str:
        return self.make()


@dataclass(frozen=True, slots=True)
class _Page:
    """A part of a topic's list, ready to be composed. `label` is what its neighbours call it."""

    name: str
    label: str
    title: str
    topic: Topic
    views: tuple[JobView, ...]


def list_files(
    site: Site,
    renderer: Renderer,
    config: ReadmeConfig,
    sections: Sequence[Topic],
    months: Sequence[Topic],
    known: Rows | None = None,
) -> tuple[ListFile, ...]:
    """Every job in one file of its section and in one of its month, none over `config.max_bytes`.

    Raises `BudgetError` when that cannot be, `TemplateError` when a template is broken.
    """
    press = Press(site, renderer, config, f"{lists_folder(config.file)}/list.md", known=known or Rows())
    step = Step("list", "none", config.max_tags)
    maker = _Maker(press, step, {view.id: press.row_bytes(view, step) for view in site.jobs})
    chains = [maker.pages(topic, YEARS) for topic in sections]
    chains.append([page for topic in months for page in maker.pages(topic, MONTHS)])
    return tuple(file for chain in chains for file in maker.files(chain))


@dataclass(frozen=True, slots=True)
class _Maker:
    """`sizes` are those of the rows, by the jobs' ids: each is printed once, whatever number of lists hold it."""

    press: Press
    step: Step
    sizes: Mapping[str, int]

    def pages(self, topic: Topic, level: int) -> list[_Page]:
        """The topic's list in parts that fit into a file."""
        views = sorted(topic.views, key=lambda view: view.posted, reverse=True)
        room = self.press.config.max_bytes - self._frame_bytes(topic)

        def fits(some: Sequence[JobView]) -> bool:
            tables = len(some) // (MOST_ROWS // 2) + 1
            return tables * self.press.table_bytes + sum([self.sizes[view.id] for view in some]) <= room

        try:
            parts = cut(views, level, fits)
        except TooLong as error:
            what = f"is {self.press.config.max_bytes:,}, and one job of {topic.title!r} alone needs more."
            raise BudgetError("readme.max_bytes", what, "Raise it (at most 512,000).") from error
        first, *others = parts
        head = _Page(f"{topic.stem}.md", topic.title if level == MONTHS else "", topic.title, topic, first.views)
        return [head, *(self._further(topic, part, level) for part in others)]

    def _further(self, topic: Topic, part: Part, level: int) -> _Page:
        """A part besides the first, named by its time."""
        language = self.press.site.language
        label = part.label(language)
        key = f"{part.key}-{part.bucket}" if part.bucket else part.key
        if level == MONTHS:
            return _Page(f"{key}.md", label, label, topic, part.views)
        title = language.text(_("{section}: {period}"), section=topic.title, period=label)
        return _Page(f"{topic.stem}.{key}.md", label, title, topic, part.views)

    def files(self, pages: Sequence[_Page]) -> Iterator[ListFile]:
        """The files of one chain, each linked with the one before and the one after it."""
        around = [None, *pages, None]
        for newer, page, older in zip(around, pages, around[2:], strict=False):
            yield ListFile(page.name, self._inputs(page, newer, older), partial(self._whole, page, newer, older))

    def _inputs(self, page: _Page, newer: _Page | None, older: _Page | None) -> str:
        beside = [text for other in (newer, older) for text in ((other.name, other.label) if other else ("", ""))]
        rows = [self.press.key(view, self.step) for view in page.views]
        return fingerprint(page.name, page.title, page.topic.page, *beside, *rows)

    def _whole(self, page: _Page, newer: _Page | None, older: _Page | None) -> str:
        text = self._text(page, newer, older, [self.press.row(view, self.step) for view in page.views])
        size = self.press.size(text)
        if size > self.press.config.max_bytes:
            what = f"would have {size:,} bytes, {self.press.config.max_bytes:,} are allowed."
            raise BudgetError(page.name, what, "Raise readme.max_bytes (at most 512,000).")
        return text

    def _text(self, page: _Page, newer: _Page | None, older: _Page | None, rows: Sequence[str]) -> str:
        press, site = self.press, self.press.site
        base = urls.base_of(site.config)
        readme = press.config.file
        text = press.renderer.render(
            "readme/list.md",
            title=heading(page.title),
            total=len(page.views),
            first=page.views[-1].posted,
            last=page.views[0].posted,
            newer=newer,
            older=older,
            tables=press.tables(page.views, rows, None),
            legend=press.legend(page.views),
            home=quote(posixpath.relpath(readme, lists_folder(readme))),
            home_title=heading(site.config.title),
            site_url=urls.absolute(base, page.topic.page) if base else "",
            mark=MARK,
        )
        return f"{squeezed(text)}\n"

    def _frame_bytes(self, topic: Topic) -> int:
        """What a file of the topic needs besides its tables, at most."""
        label = Part("2026-11-21", MONTHS + 1, ()).label(self.press.site.language)
        page = _Page("2026-11-21-65536.md", label, f"{topic.title}: {label}", topic, topic.views)
        beside = _Page(f"{topic.stem}.{page.name}", label, label, topic, ())
        return self.press.size(self._text(page, beside, beside, [])) + _FRAME_MARGIN
