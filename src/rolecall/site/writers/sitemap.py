"""For search engines: sitemap.xml, in parts when it is long, robots.txt, and the key of IndexNow.

Only pages that shall be found: no closed jobs, and of a list its first page, from which the others are reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.kinds import KINDS
from rolecall.site.view import JobView

MAX_URLS = 50_000  # per file, by the protocol (sitemaps.org)
Place = tuple[str, str]  # path, and the day of its last change or ""


def sitemap(edition: Edition) -> Iterator[Artifact]:
    """The sitemap when the site knows its address, robots.txt that names it, and the key file when there is a key."""
    yield Artifact(urls.ROBOTS, fingerprint(urls.ROBOTS, edition.base), partial(_robots, edition))
    key = edition.site.config.site.indexnow_key
    if key:
        yield Artifact(urls.key_file(key), fingerprint(key), partial(str, f"{key}\n"))
    if not edition.base:
        return
    # Of days and paths alone: kept while only texts change.
    parts = cache(partial(_parts, edition))
    prints = edition.kept.get("sitemap", lambda: [_print(edition, part) for part in parts()])
    if len(prints) == 1:
        yield Artifact(urls.SITEMAP, prints[0], partial(_part, edition, parts, 0), is_long=True)
        return
    names = [urls.sitemap(number) for number in range(1, len(prints) + 1)]
    for number, name in enumerate(names):
        yield Artifact(name, prints[number], partial(_part, edition, parts, number), is_long=True)
    render = partial(_render, edition, "site/sitemap_index.xml", [(name, "") for name in names])
    yield Artifact(urls.SITEMAP, fingerprint(edition.key, *names), render)


def _parts(edition: Edition) -> list[list[Place]]:
    places = list(_places(edition))
    return [places[first : first + MAX_URLS] for first in range(0, len(places), MAX_URLS)]


def _places(edition: Edition) -> Iterator[Place]:
    """A list is as new as its newest job; that of the directories, nobody knows."""
    site = edition.site
    yield urls.index(), _newest(site.jobs)
    yield urls.FEEDS, ""
    yield urls.STATS, ""
    for kind in KINDS:
        if kind.directory:
            yield kind.directory, ""
        for group in kind.groups(site):
            if group.jobs:
                yield kind.page(group), _newest(group.jobs)
    for view in site.jobs:
        yield urls.job(view), view.posted


def _newest(jobs: Sequence[JobView]) -> str:
    return max((view.posted for view in jobs), default="")


def _print(edition: Edition, places: Sequence[Place]) -> str:
    return fingerprint(edition.key, *(f"{place} {day}" for place, day in places))


def _part(edition: Edition, parts: Callable[[], list[list[Place]]], number: int) -> str:
    return _render(edition, "site/sitemap.xml", parts()[number])


def _render(edition: Edition, template: str, places: Sequence[Place]) -> str:
    addresses = [(urls.absolute(edition.base, path), day) for path, day in places]
    return edition.renderer.render(template, places=addresses)


def _robots(edition: Edition) -> str:
    lines = ["User-agent: *", "Allow: /"]
    if edition.base:
        lines += ["", f"Sitemap: {urls.absolute(edition.base, urls.SITEMAP)}"]
    return "\n".join(lines) + "\n"
