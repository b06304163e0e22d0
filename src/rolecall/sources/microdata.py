"""Any page with schema.org JobPosting as microdata (`itemscope`, `itemprop`): one GET of `url`; `links` as in jsonld.

Documentation: https://html.spec.whatwg.org/multipage/microdata.html and https://schema.org/JobPosting

Quirks: `content` wins on every element, not only on <meta>, as search engines read it. Properties are names or whole
addresses, one element may have several; values may be addresses of schema.org (`https://schema.org/FULL_TIME`). The
description is HTML, all other properties text. An item may be cut in two by `itemref`. Not confirmed on real pages:
all of it; a page without an itemtype JobPosting is a failure. What the fields mean stands in `_jobposting`.
"""

from __future__ import annotations

import re
from typing import Any

from rolecall.errors import PayloadError
from rolecall.issues import Issue
from rolecall.markup.page import Piece, page_title, root_of
from rolecall.model import Board, Posting
from rolecall.sources._jobposting import postings_from
from rolecall.sources._ldjson import Node
from rolecall.sources._pages import PageSource
from rolecall.sources.base import Response

_SCHEMA = re.compile(r"^https?://(?:www\.)?schema\.org/", re.IGNORECASE)
_HTML = frozenset({"description", "responsibilities", "qualifications", "jobBenefits"})
_SOURCES = frozenset({"img", "audio", "embed", "iframe", "source", "track", "video"})
_MAX_DEPTH = 12


class Microdata(PageSource):
    example = r"- {source: microdata, url: https://acme.example/careers, links: /careers/\d+}"

    def postings(self, response: Response, board: Board) -> tuple[tuple[Posting, ...], tuple[Issue, ...]]:
        html = response.text()
        page = root_of(html, response.url)
        scopes = page.select("[itemscope][itemtype]") if page else []
        jobs = [_item(scope, page) for scope in scopes if page and "JobPosting" in _types(scope)]
        if not jobs:
            others = ", ".join(dict.fromkeys(name for scope in scopes for name in _types(scope)))[:120]
            what = f"the page {(page_title(html) or '')[:80]!r} holds no JobPosting in microdata"
            hint = "Open the page and check that it is one job's own page, or try the source jsonld."
            raise PayloadError(response.url, f"{what}; but {others}." if others else f"{what}.", hint)
        return postings_from(jobs, html, response.url)


def _types(scope: Piece) -> list[str]:
    return [_SCHEMA.sub("", name) for name in (scope.attribute("itemtype") or "").split()]


def _item(scope: Piece, page: Piece, depth: int = 0) -> Node:
    """The properties of an item, as JSON-LD would hold them; a property that comes twice is a list."""
    found: dict[str, list[Any]] = {}
    waiting = [*reversed(scope.children)]
    for name in (scope.attribute("itemref") or "").split()[:20]:
        waiting += page.select(f'[id="{name}"]') if re.fullmatch(r"[\w:.-]+", name) else []
    while waiting:
        piece = waiting.pop()
        names = [_SCHEMA.sub("", name) for name in (piece.attribute("itemprop") or "").split()]
        is_item = piece.attribute("itemscope") is not None
        if names and depth < _MAX_DEPTH:
            value = _item(piece, page, depth + 1) if is_item else _value(piece, names)
            for name in names:
                found.setdefault(name, []).append(value)
        if not is_item:
            waiting += reversed(piece.children)
    properties = {name: values[0] if len(values) == 1 else values for name, values in found.items()}
    return {"@type": _types(scope), **properties}


def _value(piece: Piece, names: list[str]) -> str:
    """The value of a property that is no item: by its element, as the specification says, `content` first."""
    kind = piece.name
    stated = piece.attribute("content")
    if stated is None:
        attribute = "href" if kind in ("a", "area", "link") else "src" if kind in _SOURCES else "datetime"
        # Microdata knows the address of a link alone; what people write in it is the name of the company.
        is_name = kind == "a" and not {"url", "sameAs", "logo", "image"} & set(names)
        stated = None if is_name else piece.attribute(attribute)
    if stated is None and kind in ("data", "meter"):
        stated = piece.attribute("value")
    if stated is not None:
        return _SCHEMA.sub("", stated.strip())
    return piece.html if _HTML & set(names) else piece.text


SOURCE = Microdata()
