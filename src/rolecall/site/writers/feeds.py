"""The Atom feed of the newest jobs, with their whole text.

Feeds stand apart from the site, so everything in them is absolute; without a base address there is none. The text is
what the sanitiser made, escaped once more; characters that XML cannot hold are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.view import JobView

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufdd0-\ufdef]")


def feeds(edition: Edition) -> Iterator[Artifact]:
    """feed.xml, when the site knows its address."""
    if not edition.base:
        return
    entries = edition.site.config.site.feed_entries
    newest = sorted(edition.site.jobs, key=lambda view: view.posted, reverse=True)[:entries]
    digests = " ".join(view.digest for view in newest)
    empty_since = "" if newest else edition.site.today.isoformat()
    inputs = fingerprint(edition.key, urls.FEED, digests, empty_since)
    yield Artifact(urls.FEED, inputs, partial(_feed, edition, newest))


def _feed(edition: Edition, newest: list[JobView]) -> str:
    base = edition.base
    text = edition.renderer.render(
        "site/feed.xml",
        board=edition.imprint,
        self_url=urls.absolute(base, urls.FEED),
        home_url=urls.absolute(base, urls.index()),
        updated=newest[0].posted if newest else edition.site.today.isoformat(),
        entries=[_entry(edition, view) for view in newest],
    )
    return _NOT_XML.sub("", text)


def _entry(edition: Edition, view: JobView) -> dict[str, object]:
    content = edition.renderer.render("site/feed_entry.html", job=view)
    page = urls.absolute(edition.base, urls.job(view))
    return {"job": view, "id": urls.entry_id(edition.base, view), "url": page, "content": content}
