"""Sources that read web pages: one job's page, or a list or sitemap whose links lead to the pages of jobs.

A sitemap (https://www.sitemaps.org/protocol.html) may be an index of further ones, and packed with gzip. Its `lastmod`
is an edit date and not read.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from urllib.parse import urlsplit

from rolecall.address import web_address
from rolecall.errors import PayloadError, SourceError
from rolecall.issues import Issue
from rolecall.markup.page import links
from rolecall.model import Board, Posting
from rolecall.sources._feeds import local
from rolecall.sources._xml import parse_xml
from rolecall.sources.base import Batch, Request, Response, Source

_MAX_BYTES = 10_000_000
_MAX_SITEMAPS = 50
_MAX_PAGES = 1_000


class PageSource(Source):
    """A reader of pages: write `postings`. The option `links`, a regular expression, picks the links of a list page;
    with `sitemap: true` those of the sitemap at `url`.

    A linked page that holds no job is a finding; the board's own page that holds none is a failure.
    """

    takes = "url"
    options = frozenset({"links", "sitemap"})
    steps = ("page",)

    def first(self, board: Board) -> Request:
        if not board.url:
            raise SourceError(board.name, "url is missing.", f"Write it as in: {self.example}")
        pattern = _pattern(board)
        if board.options.get("sitemap") in (True, "true"):
            if pattern is None:
                hint = r"Say which of its addresses are jobs, such as links: /jobs/\d+"
                raise SourceError(board.name, "sitemap needs links.", hint)
            return Request(url=board.url, expect="xml", step="sitemap")
        return Request(url=board.url, expect="html", step="list" if pattern else "page")

    def read(self, response: Response, board: Board) -> Batch:
        if response.request.step == "list":
            return Batch(more=self._linked(response, board))
        if response.request.step in ("sitemap", "sitemap-part"):
            return _mapped_pages(response, board)
        try:
            postings, skipped = self.postings(response, board)
        except PayloadError as error:
            if response.request.step == "page":
                raise
            return Batch(skipped=(Issue("unreadable-item", error.where, error.what, error.hint),))
        return Batch(postings=postings, skipped=skipped)

    def postings(self, response: Response, board: Board) -> tuple[tuple[Posting, ...], tuple[Issue, ...]]:
        """The jobs of a page and what could not be read. Raises `PayloadError` when there is none."""
        raise NotImplementedError

    def _linked(self, response: Response, board: Board) -> tuple[Request, ...]:
        wanted = _pattern(board)
        found = [
            address
            for address in links(response.text(), response.url)
            if wanted and address != response.url and wanted.search(address)
        ]
        if not found:
            what = f"no link of the page matches {board.options['links']!r}."
            raise PayloadError(response.url, what, "Open the page and compare its links.")
        return tuple(Request(url=address, expect="html", step="linked") for address in found)


def _mapped_pages(response: Response, board: Board) -> Batch:
    """The pages of jobs that a sitemap names, or the sitemaps that an index names.

    Raises `PayloadError` when the board's own sitemap names no job; a part of an index may hold other pages alone.
    """
    root = parse_xml(replace(response, body=_unpacked(response)))
    kind = local(root.tag) if root is not None else "broken XML"
    if root is None or kind not in ("urlset", "sitemapindex"):
        what = f"expected a sitemap, found {kind[:40]}."
        raise PayloadError(response.url, what, "robots.txt of the site names its sitemap.")
    stated = (child.text for entry in root for child in entry if local(child.tag) == "loc")
    found = dict.fromkeys(address.partition("#")[0] for text in stated if (address := web_address(text)))
    if kind == "sitemapindex":
        host = urlsplit(response.request.url).hostname
        parts = [address for address in found if urlsplit(address).hostname == host]
        return _asked(parts, _MAX_SITEMAPS, "sitemaps", Request(url="", expect="xml", step="sitemap-part"))
    wanted = _pattern(board)
    pages = [address for address in found if wanted and wanted.search(address)]
    if not pages and response.request.step == "sitemap":
        what = f"none of the {len(found):,} addresses of the sitemap matches {board.options.get('links')!r}."
        raise PayloadError(response.url, what, "Open the sitemap and compare its addresses.")
    return _asked(pages, _MAX_PAGES, "pages of jobs", Request(url="", expect="html", step="linked"))


def _asked(addresses: list[str], most: int, what: str, request: Request) -> Batch:
    over = len(addresses) > most
    partial = f"the sitemap names {len(addresses):,} {what}, over the limit of {most:,}" if over else None
    return Batch(more=tuple(replace(request, url=address) for address in addresses[:most]), partial=partial)


def _unpacked(response: Response) -> bytes:
    """The body of a `.xml.gz`, unpacked up to a limit, or the body as it is."""
    if not response.body.startswith(b"\x1f\x8b"):
        return response.body
    try:
        return zlib.decompressobj(31).decompress(response.body, _MAX_BYTES + 1)
    except zlib.error as error:
        raise PayloadError(response.url, f"cannot be unpacked ({error}).", "Open the address in a browser.") from error


def _pattern(board: Board) -> re.Pattern[str] | None:
    pattern = str(board.options.get("links", ""))
    try:
        return re.compile(pattern) if pattern else None
    except re.error as error:
        what = f"links is not a regular expression: {error}."
        raise SourceError(board.name, what, r"Write it as in: links: /jobs/\d+") from error
