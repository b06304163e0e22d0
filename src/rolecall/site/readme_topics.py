"""What the README's jobs are sorted by: the sections of the board, and the months in which they were posted."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rolecall.site import urls
from rolecall.site.sections import parted

if TYPE_CHECKING:
    from rolecall.site.site import Site
    from rolecall.site.view import JobView


LISTS = "lists"
_ALL = "all"  # the list of a board that is not parted
_DAY = re.compile(r"\d{4}-\d\d(?:-|$)")


@dataclass(frozen=True, slots=True)
class Topic:
    """Jobs that are listed together, in the site's order. `stem` names their files, `page` the site's page of them."""

    stem: str
    title: str
    views: tuple[JobView, ...]
    page: str


def lists_folder(readme: str) -> str:
    """The folder of the lists, which stands beside the file `readme`."""
    return posixpath.join(posixpath.dirname(readme), LISTS)


def sections_of(site: Site) -> tuple[Topic, ...]:
    """The sections that have open jobs; a board that is not parted is one."""
    sections = site.config.sections
    # With a base, the site has a page for each section that config.yaml names, under the same name.
    pages = {group.slug: urls.section(group.slug) for group in site.sections}
    parts = [(group.slug, group.name, group.jobs) for group in site.sections]
    return tuple(
        Topic(_stem(slug) if sections else _ALL, title, part, pages.get(slug, urls.index()))
        for slug, title, part in (parts if sections else parted(site.jobs, (), site.language))
    )


def months_of(site: Site) -> tuple[Topic, ...]:
    """The months, the newest first."""
    views = sorted(site.jobs, key=lambda view: view.posted, reverse=True)
    return tuple(
        Topic(month, site.language.month(f"{month}-01"), tuple(theirs), urls.index())
        for month, theirs in groupby(views, key=lambda view: view.posted[:7])
    )


def _stem(slug: str) -> str:
    """A section whose title looks like a month gets another file than the month."""
    return f"section.{slug}" if _DAY.match(slug) else slug
