"""The Muse: `GET https://www.themuse.com/api/public/jobs?page=0`, 20 a page, 500 requests an hour without a key.

Documentation: https://www.themuse.com/developers/api/v2

Quirks: the whole list is over five thousand pages, so a board says what it wants by `category`, `location` and `level`,
and how far to read by `pages` (50). A place is "City, ST" or "Flexible / Remote". `tags` are lists that the company is
on ("Fortune 1000"), not words of the job; pay, contract form, logo and last day are not told.
Not confirmed: whether pages count from 0. It asks from 0; if 0 and 1 were one page, the read says that pages repeat.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from rolecall.model import Board, PlaceText, Posting
from rolecall.sources._boards import cut_after, page_limit
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_API = "https://www.themuse.com/api/public/jobs"
_PAGES = 50
_FILTERS = ("category", "level", "location")


class TheMuse(Source):
    kind = "board"
    example = "- {source: themuse, board: all, category: Design and UX, location: Flexible / Remote}"
    options = frozenset((*_FILTERS, "pages"))
    addresses = (r"themuse\.com/(?:search|jobs/?(?:[?#]|$))", r"themuse\.com/api/public/jobs")

    def first(self, board: Board) -> Request:
        page_limit(board, _PAGES)
        return _page(board, 0)

    def employer_of(self, board: Board) -> str:
        return "The Muse"

    def read(self, response: Response, board: Board) -> Batch:
        answer = response.json()
        jobs = answer.each("results")
        postings, skipped = read_each(jobs, _posting)
        asked, pages = parse_qs(urlsplit(response.request.url).query).get("page"), _number(answer, "page_count")
        total, limit = _number(answer, "total"), page_limit(board, _PAGES)
        page = int(asked[0]) if asked else None
        if not jobs or page is None or pages is None or page + 1 >= pages:
            return Batch(postings=postings, skipped=skipped, total=total)
        if page + 1 >= limit:
            return Batch(postings=postings, skipped=skipped, total=total, partial=cut_after(limit))
        return Batch(postings=postings, more=(_page(board, page + 1),), skipped=skipped, total=total)


def _page(board: Board, number: int) -> Request:
    asked: list[tuple[str, Any]] = [("page", number)]
    for name in _FILTERS:
        value = board.options.get(name)
        asked += [(name, word) for word in (value if isinstance(value, list | tuple) else [value]) if word]
    return Request(url=f"{_API}?{urlencode(asked)}")


def _number(answer: Record, name: str) -> int | None:
    text = answer.may(name) or ""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _posting(job: Record) -> Posting:
    return Posting(
        key=job.need("id"),
        title=job.need("name"),
        url=job.need("refs.landing_page"),
        company=job.may("company.name"),
        description=job.may("contents"),
        places=tuple(PlaceText(text=name) for place in job.each_or_none("locations") if (name := place.may("name"))),
        posted=job.may("publication_date"),
        tags=tuple(name for category in job.each_or_none("categories") if (name := category.may("name"))),
        level=next((name for level in job.each_or_none("levels") if (name := level.may("name"))), None),
    )


SOURCE = TheMuse()
