"""Feeds of the newest jobs, each as Atom and as JSON Feed: of all jobs with their whole text, of lists with excerpts.

Feeds stand apart from the site, so everything in them is absolute; without a base address there are none. A job that
closes leaves them; a list without jobs has none. No day in them comes from the clock: a feed is as new as its
newest job.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.kinds import KINDS
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


def feeds(edition: Edition) -> Iterator[Artifact]:
    """feed.xml and feed.json, and two files beside each list that has feeds; nothing without an address."""
    found = list(_all_feeds(edition))
    entries = Entries(edition, [view for feed in found for view in feed.newest])
    for feed in found:
        shown = (feed.page, str(feed.whole), feed.title, feed.description, feed.updated)
        inputs = fingerprint(edition.key, *shown, *[view.digest for view in feed.newest])
        for form, render in (("xml", _atom), ("json", _json)):
            yield Artifact(urls.feed_of(feed.page, form), inputs, partial(render, edition, feed, entries))


def _all_feeds(edition: Edition) -> Iterator[Feed]:
    if not edition.base:
        return
    site, options = edition.site, edition.site.config.site
    yield Feed(
        page=urls.index(),
        title=edition.imprint.title,
        description=edition.imprint.description,
        newest=_newest(site.jobs, options.feed_entries),
        whole=True,
        updated=max((view.posted for view in site.jobs or site.closed), default=_NEVER),
    )
    for kind in KINDS:
        if not edition.has_feeds(kind.name):
            continue
        for group in kind.groups(site):
            if group.jobs:
                newest = _newest(group.jobs, options.list_feed_entries)
                title = kind.title_of(group, site.language)
                yield Feed(
                    page=kind.page(group),
                    title=f"{title} · {edition.imprint.title}",
                    # Not the list's own sentence: its number of jobs changes when old ones close.
                    description=site.language.text("The newest jobs under “{title}”.", title=title),
                    newest=newest,
                    whole=False,
                    updated=newest[0].posted,
                )


def _newest(jobs: Sequence[JobView], number: int) -> tuple[JobView, ...]:
    """Featured jobs come first in lists, but not here: a feed is in the order of days."""
    if not any(view.featured for view in jobs[:1]):
        return tuple(jobs[:number])
    return tuple(sorted(jobs, key=lambda view: view.posted, reverse=True)[:number])


def _atom(edition: Edition, feed: Feed, entries: Entries) -> str:
    text = edition.renderer.render(
        "site/feed.xml",
        board=edition.imprint,
        feed=feed,
        self_url=urls.absolute(edition.base, urls.feed_of(feed.page, "xml")),
        page_url=urls.absolute(edition.base, feed.page),
        entries=[entries.atom(view, whole=feed.whole) for view in feed.newest],
    )
    return xml_only(text)


def _json(edition: Edition, feed: Feed, entries: Entries) -> str:
    """https://www.jsonfeed.org/version/1.1/"""
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
