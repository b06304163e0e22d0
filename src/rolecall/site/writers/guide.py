"""feeds.html: what can be followed and what can be downloaded, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition, Head
from rolecall.site.kinds import KINDS, Kind
from rolecall.site.language import mark as _
from rolecall.site.writers.exchange import parts

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Followed:
    """A kind of lists that have feeds: how many, the largest as (page, name, Atom, JSON), and where all are."""

    heading: str
    total: int
    lists: tuple[tuple[str, str, str, str], ...]
    directory: str


def guide(edition: Edition) -> Iterator[Artifact]:
    """The page of feeds and data; without an address of the site it names the data alone."""
    kinds = [_followed(edition, kind) for kind in KINDS if edition.has_feeds(kind.name)]
    files = [urls.exchange(number) for number, _jobs in enumerate(parts(edition), 1)]
    context = {
        "kinds": [kind for kind in kinds if kind.total],
        "exchange": files,
        "entries": edition.site.config.site.feed_entries,
        "trail": ((edition.site.language.text("All jobs"), urls.index()),),
    }
    text = edition.site.language.text
    head = Head(
        text(_("Feeds and data")),
        text(_("Follow new jobs in a feed reader, or download all of them for a spreadsheet or a program.")),
        urls.FEEDS,
        canonical=edition.canonical(urls.FEEDS),
    )
    render = partial(edition.page, "site/feeds.html", head, **context)
    yield Artifact(urls.FEEDS, fingerprint(edition.key, repr(context)), render)


def _followed(edition: Edition, kind: Kind) -> Followed:
    """A kind without a directory is named in full; of the others, the largest lists."""
    groups = [group for group in kind.groups(edition.site) if group.jobs]
    shown = sorted(groups, key=lambda group: -len(group.jobs))[:_SHOWN] if kind.directory else groups
    rows = ((kind.page(group), group.name) for group in shown)
    return Followed(
        heading=edition.site.language.text(kind.heading),
        total=len(groups),
        lists=tuple((page, name, urls.feed_of(page, "xml"), urls.feed_of(page, "json")) for page, name in rows),
        directory=kind.directory,
    )
