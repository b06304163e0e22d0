"""Any list of jobs on a web page, by CSS selectors: one GET of `url`, and one more for each page that `next` leads to.

Documentation: https://developer.mozilla.org/docs/Web/CSS/CSS_selectors. `items` selects the jobs; each of `fields`
selects an element inside the item (`title: h3`), an attribute (`posted: time@datetime`), an attribute of the item
itself (`key: "@data-id"`), or is a text (`currency: =EUR`). Of a list of these the first that gives something counts.

Quirks: a selector also looks at the item itself. Text is that of an element, `description` its HTML, `url` the href.
A page on which `items` finds nothing is a failure, for pages change without a word; only what `empty` selects
(`.no-openings`) says that there is no job. `next` selects the link to the next page, which must be on the same host.
`:scope` and pseudo-elements are not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from rolecall.errors import PayloadError, SourceError
from rolecall.issues import Issue
from rolecall.markup.page import Piece, check_selector, page_title, root_of
from rolecall.model import Board, Posting
from rolecall.sources._mapping import fields_of, posting_of
from rolecall.sources.base import Batch, Request, Response, Source

_PARTS = re.compile(r"(.*?)(?:@([A-Za-z_:][\w:.-]*))?", re.DOTALL)
_ADDRESSES = frozenset({"href", "src"})
_ATTRIBUTE = {"url": "href", "apply_url": "href", "company_url": "href", "logo": "src"}


class Pages(Source):
    takes = "url"
    example = "- {source: html, url: https://acme.example/jobs, items: .job, fields: {title: h3, url: a, place: .city}}"
    options = frozenset({"items", "fields", "next", "empty"})

    def first(self, board: Board) -> Request:
        stated = {"url": board.url, **board.options}
        if missing := [name for name in ("url", "items", "fields") if not stated.get(name)]:
            raise SourceError(board.name, f"{missing[0]} is missing.", f"Write it as in: {self.example}")
        named = {name: str(board.options[name]) for name in ("items", "next", "empty") if board.options.get(name)}
        selectors = [
            *named.items(),
            *((f"fields.{name}", text) for name, value in fields_of(board).items() for text in _as_list(value)),
        ]
        for name, selector in selectors:
            try:
                check_selector(_parts(selector)[0] or "*")
            except ValueError as error:
                hint = "Write a CSS selector, with an attribute behind @: time@datetime."
                raise SourceError(board.name, f"{name}: {error}.", hint) from error
        return Request(url=board.url or "", expect="html")

    def read(self, response: Response, board: Board) -> Batch:
        html = response.text()
        selector = str(board.options.get("items") or "title")
        page = root_of(html, response.url)
        items = page.select(selector) if page else []
        if page is None or not (items or _selects(page, board.options.get("empty"))):
            what = f"items: {selector[:80]!r} selects nothing on the page {(page_title(html) or '')[:60]!r}."
            raise PayloadError(response.url, what, "Open the page and compare; name what an empty page shows as empty.")
        fields = fields_of(board)
        postings, skipped = [], []
        for number, item in enumerate(items, 1):
            try:
                postings.append(_posting(item, fields, f"{response.url}: item {number}"))
            except PayloadError as error:
                skipped.append(Issue("unreadable-item", error.where, error.what, error.hint))
        following, partial = _next(page, response, board)
        return Batch(postings=tuple(postings), more=following, skipped=tuple(skipped), partial=partial)


def _as_list(value: Any) -> list[str]:
    return [str(item) for item in (value if isinstance(value, list) else [value])]


def _parts(selector: str) -> tuple[str, str | None]:
    """The selector and the attribute of `selector@attribute`; a text with `=` has neither."""
    if selector.startswith("="):
        return "", None
    found = _PARTS.fullmatch(selector.strip())
    return (found[1].strip(), found[2]) if found else (selector, None)


def _selects(page: Piece, selector: Any) -> bool:
    return bool(selector) and bool(page.select(str(selector)))


def _posting(item: Piece, fields: Mapping[str, Any], where: str) -> Posting:
    def texts(name: str) -> tuple[str | None, ...]:
        found = (tuple(_values(item, selector, name)) for selector in _as_list(fields.get(name) or []))
        return next(filter(None, found), ())

    return posting_of(texts, where)


def _values(item: Piece, selector: str, name: str) -> list[str]:
    if selector.startswith("="):
        return [selector[1:]]
    css, attribute = _parts(selector)
    attribute = attribute or _ATTRIBUTE.get(name)
    pieces = item.select(css) if css else [item]
    if attribute in _ADDRESSES:
        return [address for piece in pieces if (address := piece.address(attribute))]
    if attribute:
        return [value for piece in pieces if (value := (piece.attribute(attribute) or "").strip())]
    if name == "description":
        return ["\n".join(piece.html for piece in pieces)] if pieces else []
    return [piece.text for piece in pieces if piece.text]


def _next(page: Piece, response: Response, board: Board) -> tuple[tuple[Request, ...], str | None]:
    """The request for the next page, if there is one; why the list is cut when it must not be asked."""
    selector = str(board.options.get("next") or "")
    found = _values(page, selector, "url") if selector else []
    address = found[0].partition("#")[0] if found else None
    if address is None or address == response.request.url:
        return (), None
    if urlsplit(address).netloc != urlsplit(response.url).netloc:
        return (), f"next leads to another host, {urlsplit(address).netloc}"
    return (Request(url=address, expect="html"),), None


SOURCE = Pages()
