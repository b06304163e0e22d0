"""What the README's jobs are sorted by: the sections of the board, and the months in which they were posted."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rolecall.site import urls
from rolecall.site.sections import ONLY_SECTION, REST_SECTION, assign, section_slugs

if TYPE_CHECKING:
    from rolecall.site.site import Site
    from rolecall.site.view import JobView


def _(message: str) -> str:
    """Marks a text for the catalogues."""
    return message


LISTS = "lists"
OF_SITE = {ONLY_SECTION: _("Jobs"), REST_SECTION: _("Other jobs")}
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
    titles, places = assign(site.jobs, site.config.sections)
    parts: list[list[JobView]] = [[] for _ in titles]
    for view, place in zip(site.jobs, places, strict=True):
        parts[place].append(view)
    # With a base, the site has a page for each section that config.yaml names, under the same name.
    pages = {group.slug: urls.section(group.slug) for group in site.sections}
    own = titles[len(site.config.sections) :]
    return tuple(
        Topic(_stem(slug), site.language.text(OF_SITE[title]) if title in own else title, tuple(part), page)
        for slug, title, part in zip(section_slugs(titles), titles, parts, strict=True)
        if part and (page := pages.get(slug, urls.index()))
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
