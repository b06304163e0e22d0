"""`rolecall probe`: what a page offers to read jobs from, without writing anything."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rolecall import sources
from rolecall.address import web_address
from rolecall.commands.recognise import Found, recognise
from rolecall.errors import RolecallError, SourceError
from rolecall.fetch.answers import Exchange, accept
from rolecall.fetch.asking import Reach, follow
from rolecall.fetch.exchange import open_exchange
from rolecall.fetch.settings import FetchSettings
from rolecall.issues import Issues
from rolecall.markup.page import Piece, links, root_of
from rolecall.sources.base import Request, Response

_MOST_ADDRESSES = 5_000
_IN_TEXT = re.compile(r"https?:(?:\\?/){2}[^\s\"'<>\\]+(?:\\?/[^\s\"'<>\\]*)*")
_JOB_WORDS = re.compile(r"job|career|vacanc|position|opening|stelle|karriere|hiring|emploi|empleo", re.IGNORECASE)
_JOB_FOLDER = re.compile(
    r"jobs?|careers?|karriere|positions?|openings?|vacanc(?:y|ies)|opportunit(?:y|ies)|roles?|stellen\w*|offers?",
    re.IGNORECASE,
)
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


@dataclass(frozen=True, slots=True)
class Offer:
    """Something on a page from which jobs can be read. `found` is the line for it; None: it is not known how."""

    kind: str
    what: str
    found: Found | None = None

    def as_dict(self) -> dict[str, str | None]:
        return {"kind": self.kind, "what": self.what, "line": self.found.line if self.found else None}


@dataclass(frozen=True, slots=True)
class Probe:
    """What stands at `url` (where redirects led); the offers that are likelier the board come first."""

    url: str
    offers: tuple[Offer, ...]

    @property
    def best(self) -> Found | None:
        """The first offer that is worth a line."""
        return next((offer.found for offer in self.offers if offer.found and offer.kind != "other feed"), None)


def full_address(text: str) -> str:
    """`text` as a safe address; `https://` may be left out. Raises `RolecallError` when it is none."""
    address = web_address(text if "://" in text else f"https://{text}")
    if address is None or "." not in (urlsplit(address).hostname or ""):
        raise RolecallError(text[:200], "is not a web address.", "Write it as in a browser: https://acme.example/jobs.")
    return address


def probe(address: str, settings: FetchSettings, *, replay: Path | None = None) -> Probe:
    """What the page at `address` offers. Raises `FetchError` or `PayloadError` when it cannot be read."""
    address = full_address(address)
    named = recognise(address)
    if named is not None:
        return Probe(address, (Offer("address", named.how, named),))
    return asyncio.run(_probe(address, settings, replay))


async def _probe(address: str, settings: FetchSettings, replay: Path | None) -> Probe:
    async with open_exchange(settings, cache=None, record=None, replay=replay) as exchange:
        response = await _ask(address, exchange)
        named = recognise(response.url)
        if named is not None:
            return Probe(response.url, (Offer("address", f"it leads to {response.url}", named),))
        body = response.text().lstrip()
        if body.startswith(("{", "[")):
            return Probe(response.url, (Offer("json", "JSON of no known source; `mapped` reads it by paths"),))
        if kind := _xml_kind(body):
            return Probe(response.url, (_xml_offer(kind, response.url),))
        offers = [*_embeds(response), *_postings(response)]
        offers += [] if offers else await _linked(response, exchange)
        return Probe(response.url, (*offers, *_feeds(response)))


async def _ask(address: str, exchange: Exchange) -> Response:
    request = Request(url=address, expect="html", step="page")
    return accept(request, await follow(request, exchange, Reach.ANY, Issues().add))


def _xml_kind(body: str) -> str | None:
    """The name of an XML document's root, when it is one that jobs come in."""
    root = re.match(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*<([\w:]+)", body[:4_000], re.DOTALL)
    name = root[1].lower() if root else ""
    return name if name in ("rss", "feed", "rdf:rdf", "source", "jobs", "urlset", "sitemapindex") else None


def _xml_offer(kind: str, url: str) -> Offer:
    if kind in ("urlset", "sitemapindex"):
        return Offer("sitemap", "a sitemap", Found({"source": "jsonld", "url": url}, "it is a sitemap"))
    name = "jobs_xml" if kind in ("source", "jobs") and "jobs_xml" in sources.names() else "feed"
    return Offer("feed", f"<{kind}>", Found({"source": name, "url": url}, f"it is a <{kind}> document"))


# --- Known vendors inside the page ---


def _embeds(response: Response) -> Iterator[Offer]:
    """Boards of known vendors that the page shows or links; what it shows (scripts, frames) comes first."""
    seen: set[str] = set()
    own = urlsplit(response.url).hostname
    for how, address in _addresses(response):
        found = recognise(address) if urlsplit(address).hostname != own else None
        if found is None or found.source.kind != "employer" or found.line in seen:
            continue
        seen.add(found.line)
        yield Offer("embed", f"{how} {address}", Found(found.entry, f"the page has {how} {address}"))


def _addresses(response: Response) -> Iterator[tuple[str, str]]:
    html = response.text()
    page = root_of(html, response.url)
    wanted = (("a script", "script[src]", "src"), ("a frame", "iframe[src]", "src"), ("a link", "a[href]", "href"))
    count = 0
    for how, css, attribute in wanted if page is not None else ():
        for piece in page.select(css) if page is not None else ():
            address = piece.address(attribute)
            if address is not None and count < _MOST_ADDRESSES:
                count += 1
                yield how, address
    for found in _IN_TEXT.finditer(html[:3_000_000]):
        address = web_address(found[0].replace("\\/", "/").replace("&amp;", "&"))
        if address is not None and count < _MOST_ADDRESSES:
            count += 1
            yield "in its code", address


# --- Jobs in the page itself ---


def _postings(response: Response) -> Iterator[Offer]:
    for name, kind in (("jsonld", "JSON-LD"), ("microdata", "microdata")):
        count = _count(name, response)
        if count:
            found = Found({"source": name, "url": response.url}, f"the page has {count} JobPosting in {kind}")
            yield Offer(name, f"{count} JobPosting in {kind}", found)


def _count(name: str, response: Response) -> int:
    """How many jobs the source called `name` reads in a page."""
    if name not in sources.names():
        return 0
    found = Found({"source": name, "url": response.url}, "")
    try:
        return len(found.source.read(response, found.board).postings)
    except SourceError:
        return 0


# --- Links to pages of jobs ---


async def _linked(response: Response, exchange: Exchange) -> list[Offer]:
    """Links of one form that look like jobs; the first is read, to see whether such pages can be."""
    prefix, addresses = _commonest(links(response.text(), response.url), response.url)
    if prefix is None:
        return []
    what = f"{len(addresses)} links such as {addresses[0]}"
    try:
        page = await _ask(addresses[0], exchange)
    except SourceError as error:
        return [Offer("links", f"{what}, which could not be read: {error.what}")]
    pattern = re.sub(r"([.+*?^$(){}|\[\]\\])", r"\\\1", prefix) + r"/[^/?#]+"
    for name in ("jsonld", "microdata"):
        if _count(name, page):
            entry = {"source": name, "url": response.url, "links": pattern}
            return [Offer("links", f"{what}, with JobPosting", Found(entry, f"the page has {what}"))]
    return [Offer("links", f"{what}, whose pages hold no JobPosting; `html` reads them by CSS selectors")]


def _commonest(addresses: Iterable[str], page: str) -> tuple[str | None, list[str]]:
    """The path below which most links lie that look like jobs, and these links; at least two."""
    host = urlsplit(page).hostname
    below: dict[str, list[str]] = {}
    for address in addresses:
        parts = urlsplit(address)
        steps = parts.path.rstrip("/").split("/")
        if parts.hostname == host and len(steps) > 2 and any(_JOB_FOLDER.fullmatch(step) for step in steps[:-1]):
            below.setdefault("/".join(steps[:-1]), []).append(address)
    counts = Counter({prefix: len(found) for prefix, found in below.items()})
    prefix, count = counts.most_common(1)[0] if counts else ("", 0)
    return (prefix, below[prefix]) if count > 1 else (None, [])


# --- Feeds ---


def _feeds(response: Response) -> Iterator[Offer]:
    """The feeds that the page names; one that speaks of jobs is likely the board, any other is likely a blog's."""
    page = root_of(response.text(), response.url)
    feeds = page.select("link[rel~=alternate][type][href]") if page is not None else []
    named = [piece for piece in feeds if (piece.attribute("type") or "").strip().lower() in _FEEDS]
    for piece in sorted(named, key=lambda piece: not _speaks_of_jobs(piece)):
        address = piece.address("href")
        if address is not None:
            title = piece.attribute("title") or "without a title"
            kind = "feed" if _speaks_of_jobs(piece) else "other feed"
            found = Found({"source": "feed", "url": address}, f"the page names the feed {address}")
            yield Offer(kind, f"{address} ({' '.join(title.split())[:80]})", found)


def _speaks_of_jobs(piece: Piece) -> bool:
    return _JOB_WORDS.search(f"{piece.attribute('title') or ''} {piece.attribute('href') or ''}") is not None
