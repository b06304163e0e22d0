"""The jobs in README.md: a table per section, whole rows only, never more bytes than GitHub shows.

GitHub cuts a README after 512,000 bytes without a word, so the size is an input. Jobs that do not fit with an excerpt
each are listed in files beside it (`readme_lists`), and the README holds the newest. A board without lists leaves out,
in this order: full descriptions, excerpts, tags, rows; what is left out is said and linked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rolecall.errors import BudgetError
from rolecall.site import urls
from rolecall.site.readme_lists import ListFile, list_files
from rolecall.site.readme_markers import Frame, frame_of, splice
from rolecall.site.readme_press import News, Press, squeezed
from rolecall.site.readme_rows import Step, beside
from rolecall.site.readme_store import Rows
from rolecall.site.readme_text import anchors, cell, heading
from rolecall.site.readme_topics import Topic, lists_folder, months_of, sections_of

if TYPE_CHECKING:
    from markupsafe import Markup

    from rolecall.config import ReadmeConfig
    from rolecall.site.render import Renderer
    from rolecall.site.site import Site

__all__ = ["Frame", "ReadmeBlock", "frame_of", "render_readme", "splice"]

FEW_TAGS = 3
FEWER_ROWS = "fewer rows"
NEWEST = "newest, all in lists"


@dataclass(frozen=True, slots=True)
class ReadmeBlock:
    """What stands between the markers. `bytes` is the size of the whole file; `step` what had to be left out.

    `step` is one of "full", "excerpts", "short excerpts", "no descriptions", "fewer tags", "fewer rows", and
    "newest, all in lists". `lists` are the files beside it, which only the last of these has.
    """

    text: str
    jobs_shown: int
    jobs_total: int
    step: str
    bytes: int
    lists: tuple[ListFile, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section for the template: `tables` is finished HTML, `more` how many of its `count` jobs are left out.

    `title` is markdown, `name` HTML; `week` of the jobs are new this week, `list` is the way to all of them.
    """

    title: str
    name: Markup
    anchor: str
    count: int
    week: int
    tables: Markup
    more: int
    list: str


@dataclass(frozen=True, slots=True)
class MonthBlock:
    """A month for the template's table of contents."""

    title: str
    list: str
    count: int


def render_readme(
    site: Site,
    renderer: Renderer,
    config: ReadmeConfig,
    *,
    outside_bytes: int = 0,
    line_end: str = "\n",
    known: Rows | None = None,
) -> ReadmeBlock:
    """The README's jobs in as much detail as `config.max_bytes` allows for the whole file.

    `outside_bytes` is what stands outside the markers (`Frame.bytes`), `line_end` the file's own, `known` the rows of
    the last run. Raises `BudgetError` when not even the headings fit, `TemplateError` when a template is broken.
    """
    rows = known or Rows()
    page = _Page(Press(site, renderer, config, config.file, line_end, rows), sections_of(site), outside_bytes)
    steps = list(_steps(config))
    wanted = [step for step in steps if step.descriptions != "none"] or steps[:1]
    tried = {"never": steps, "auto": wanted, "always": []}[config.lists] if site.jobs else steps[:1]
    for step in tried:
        made = page.whole(step)
        if made is not None:
            return made
    if config.lists == "never":
        return page.newest(steps[-1], FEWER_ROWS, config.max_bytes)
    months = months_of(site)
    step = next(step for step in wanted if step.descriptions != "full")
    made = replace(page, months=months).newest(step, NEWEST, config.newest_bytes)
    return replace(made, lists=list_files(site, renderer, config, page.sections, months, rows))


def _steps(config: ReadmeConfig) -> Iterator[Step]:
    """From all that the owner wants to the least that a row may be."""
    if config.descriptions == "full":
        yield Step("full", "full", config.max_tags)
    if config.descriptions != "none":
        yield Step("excerpts", "excerpt", config.max_tags)
        yield Step("short excerpts", "short", config.max_tags)
    yield Step("no descriptions", "none", config.max_tags)
    yield Step("fewer tags", "none", min(FEW_TAGS, config.max_tags))


@dataclass(frozen=True)
class _Page:
    """Composes the README's jobs. `months` is empty when there are no lists, to which they lead."""

    press: Press
    sections: tuple[Topic, ...]
    outside_bytes: int
    months: tuple[Topic, ...] = ()

    def whole(self, step: Step) -> ReadmeBlock | None:
        """All jobs, or None when they do not fit so."""
        press, jobs = self.press, self.press.site.jobs
        if not press.all_fit(jobs, step, press.config.max_bytes - self.outside_bytes):
            return None
        made = self._made([press.row(view, step) for view in jobs], step.name)
        return made if made.bytes <= press.config.max_bytes else None

    def newest(self, step: Step, name: str, limit: int) -> ReadmeBlock:
        """As many of the first jobs as fit into `limit` bytes, or into what is allowed when none does."""
        most = self.press.config.max_bytes
        bare = self._made([], name)
        limit = min(limit, most) if bare.bytes <= limit else most
        if bare.bytes > limit:
            what = f"leaves {most - self.outside_bytes:,} bytes for the jobs, and their headings alone need more."
            hint = "Raise readme.max_bytes (at most 512,000), or shorten the text outside the markers."
            raise BudgetError(self.press.file, what, hint)
        jobs = self.press.site.jobs
        rows = [self.press.row(view, step) for view in jobs[: self.press.fitting(jobs, step, limit - bare.bytes)]]
        count = bisect_right(range(len(rows) + 1), limit, key=lambda n: self._made(rows[:n], name).bytes) - 1
        return self._made(rows[:count], name)

    def _made(self, rows: Sequence[str], name: str) -> ReadmeBlock:
        text, total = self._text(rows), len(self.press.site.jobs)
        return ReadmeBlock(text, len(rows), total, name, self.press.size(text) + self.outside_bytes)

    def _text(self, rows: Sequence[str]) -> str:
        """All between the markers, when `rows` are those of the first jobs."""
        press, site = self.press, self.press.site
        base = urls.base_of(site.config)
        new, week = self._recent
        text = press.renderer.render(
            "readme/board.md",
            sections=tuple(self._section_blocks(rows)),
            months=tuple(MonthBlock(topic.title, self._way(topic), len(topic.views)) for topic in self.months),
            legend=press.legend(site.jobs[: len(rows)]),
            today=site.today.isoformat(),
            total=len(site.jobs),
            shown=len(rows),
            new=new,
            week=week,
            site_url=base,
            feed_url=urls.absolute(base, urls.FEED),
            jobs_folder=f"{beside(press.file, 'jobs')}/",
        )
        return f"\n{squeezed(text)}\n\n"

    def _section_blocks(self, rows: Sequence[str]) -> Iterator[SectionBlock]:
        fragments = anchors(topic.title for topic in self.sections)
        for topic, places, week, fragment in zip(self.sections, self._places, self._weeks, fragments, strict=True):
            count = bisect_left(places, len(rows))
            tables = self.press.tables(topic.views[:count], [rows[place] for place in places[:count]], self._news)
            yield SectionBlock(
                title=heading(topic.title),
                name=cell(topic.title),
                anchor=fragment,
                count=len(topic.views),
                week=week,
                tables=tables,
                more=len(topic.views) - count,
                list=self._way(topic),
            )

    @cached_property
    def _places(self) -> tuple[list[int], ...]:
        """Where the jobs of each section stand among all: ascending, as both have the site's order."""
        place = {view.id: index for index, view in enumerate(self.press.site.jobs)}
        return tuple([place[view.id] for view in topic.views] for topic in self.sections)

    @cached_property
    def _recent(self) -> tuple[int, int]:
        return self._news.counts(self.press.site.jobs)

    @cached_property
    def _weeks(self) -> tuple[int, ...]:
        """How many jobs of each section are new this week."""
        return tuple(self._news.counts(topic.views)[1] for topic in self.sections)

    def _way(self, topic: Topic) -> str:
        return beside(self.press.file, f"{lists_folder(self.press.file)}/{topic.stem}.md")

    @property
    def _news(self) -> News:
        return News.on(self.press.site.today)
