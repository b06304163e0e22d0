"""Feeds of the newest jobs, each as Atom and as JSON Feed: of all jobs with their whole text, of lists with excerpts.

Feeds stand apart from the site, so everything in them is absolute; without a base address there are none. A job that
closes leaves them; a list without jobs has none. No day in them comes from the clock: a feed is as new as its
newest job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.kinds import KINDS, Kind, Listed
from rolecall.site.view import JobView
from rolecall.site.writers.entries import Entries
from rolecall.site.writers.values import json_lines
from rolecall.site.xml import xml_only

_NEVER = "1970-01-01"  # of a board that never had a job; Atom demands a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed in its two forms. `page` is the list that it follows, `newest` its jobs, the newest first."""

    page: str
    title: str
    description: str
    newest: tuple[JobView, ...]
    whole: bool
    updated: str


@dataclass(frozen=True, slots=True)
class _Source:
    """A feed that nobody has asked for yet; its words are needed only when it is rendered."""

    page: str
    newest: tuple[JobView, ...]
    make: Callable[[str, tuple[JobView, ...]], Feed]

    @property
    def feed(self) -> Feed:
        return self.make(self.page, self.newest)


def feeds(edition: Edition) -> Iterator[Artifact]:
    """feed.xml and feed.json, and two files beside each list that has feeds; nothing without an address."""
    found = list(_sources(edition))
    entries = Entries(edition, [view for source in found for view in source.newest])
    for source in found:
        head = edition.kept.get(f"feed {source.page}", partial(_head, edition, source))
        inputs = fingerprint(head, *[view.digest for view in source.newest])
        yield Artifact(urls.feed_of(source.page, "xml"), inputs, partial(_atom, edition, source, entries))
        yield Artifact(urls.feed_of(source.page, "json"), inputs, partial(_json, edition, source, entries))


def _head(edition: Edition, source: _Source) -> str:
    """A fingerprint of all that a feed shows but its jobs."""
    feed = source.feed
    return fingerprint(edition.key, feed.page, str(feed.whole), feed.title, feed.description, feed.updated)


def _sources(edition: Edition) -> Iterator[_Source]:
    """All feeds but those that stand."""
    if not edition.base:
        return
    site, options = edition.site, edition.site.config.site
    newest = _newest(site.jobs, options.feed_entries)
    if not edition.stands(newest):
        yield _Source(urls.index(), newest, partial(_of_all, edition))
    for kind in KINDS:
        if edition.has_feeds(kind.name):
            for group in kind.groups(site):
                newest = _newest(group.jobs, options.list_feed_entries)
                if newest and not edition.stands(newest):
                    yield _Source(kind.page(group), newest, partial(_of_group, edition, kind, group))


def _of_all(edition: Edition, page: str, newest: tuple[JobView, ...]) -> Feed:
    site = edition.site
    return Feed(
        page=page,
        title=edition.imprint.title,
        description=edition.imprint.description,
        newest=newest,
        whole=True,
        updated=max((view.posted for view in site.jobs or site.closed), default=_NEVER),
    )


def _of_group(edition: Edition, kind: Kind, group: Listed, page: str, newest: tuple[JobView, ...]) -> Feed:
    language = edition.site.language
    title = kind.title_of(group, language)
    return Feed(
        page=page,
        title=f"{title} · {edition.imprint.title}",
        # Not the list's own sentence: its number of jobs changes when old ones close.
        description=language.text("The newest jobs under “{title}”.", title=title),
        newest=newest,
        whole=False,
        updated=newest[0].posted,
    )


def _newest(jobs: Sequence[JobView], number: int) -> tuple[JobView, ...]:
    """Featured jobs come first in lists, but not here: a feed is in the order of days."""
    if not jobs or not jobs[0].featured:
        return tuple(jobs[:number])
    # The others stand in that order already.
    featured = next((at for at, view in enumerate(jobs) if not view.featured), len(jobs))
    return tuple(sorted(jobs[: featured + number], key=attrgetter("posted"), reverse=True)[:number])


def _atom(edition: Edition, source: _Source, entries: Entries) -> str:
    feed = source.feed
    text = edition.renderer.render(
        "site/feed.xml",
        board=edition.imprint,
        feed=feed,
        self_url=urls.absolute(edition.base, urls.feed_of(feed.page, "xml")),
        page_url=urls.absolute(edition.base, feed.page),
        entries=[entries.atom(view, whole=feed.whole) for view in feed.newest],
    )
    return xml_only(text)


def _json(edition: Edition, source: _Source, entries: Entries) -> str:
    """https://www.jsonfeed.org/version/1.1/"""
    feed = source.feed
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": urls.absolute(edition.base, feed.page),
        "feed_url": urls.absolute(edition.base, urls.feed_of(feed.page, "json")),
        "description": feed.description,
        "language": edition.imprint.language,
        "authors": [{"name": edition.imprint.title, "url": edition.base}],
    }
    return json_lines(head, "items", [entries.json(view, whole=feed.whole) for view in feed.newest])
