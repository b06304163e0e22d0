"""Any JSON API: one GET of `url`; `items` says where the list stands, `fields` where each job's fields stand.

Documentation: that of the API. `items: data.jobs` (nothing: the answer itself is the list), `fields: {key: id, title:
name, url: links.self}` (see `_mapping`; without it: fields of our own names), `only: {active: true}` leaves out what is
not public, `total: meta.count` (not with `only`) checks that all were read, and `next: links.next` names the next page.

Quirks: `next` is an address, or a text such as `=https://api.acme.example/jobs?cursor={meta.cursor}`; it must lead to
the same host. A missing list is a failure; an empty one is an empty board.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from rolecall.address import web_address
from rolecall.errors import SourceError
from rolecall.model import Board
from rolecall.sources._mapping import check_options, look_up, read_items
from rolecall.sources.base import Batch, Record, Request, Response, Source


class Mapped(Source):
    takes = "url"
    example = (
        "- {source: mapped, url: https://acme.example/api/jobs, items: data, fields: {key: id, title: name, url: link}}"
    )
    options = frozenset({"items", "fields", "only", "next", "total"})

    def first(self, board: Board) -> Request:
        if not board.url:
            raise SourceError(board.name, "url is missing.", f"Write it as in: {self.example}")
        check_options(board)
        return Request(url=board.url)

    def read(self, response: Response, board: Board) -> Batch:
        answer = response.json()
        items = answer.each(str(board.options.get("items") or ""))
        batch = read_items(items, board, response.url)
        following, partial = _next(answer, response, board)
        total = next((text for text in look_up(answer, board.options.get("total") or "=") if text), "")
        return Batch(
            postings=batch.postings,
            # A page without an item is the last one, whatever it says.
            more=following if items else (),
            skipped=batch.skipped,
            total=int(total) if total.isdecimal() else None,
            partial=partial if items else None,
        )


def _next(answer: Record, response: Response, board: Board) -> tuple[tuple[Request, ...], str | None]:
    """The request for the next page, if the answer names one; why the list is cut when it must not be asked."""
    stated = next((text for text in look_up(answer, board.options.get("next") or "=") if text), None)
    if stated is None:
        return (), None
    try:
        address = web_address(urljoin(response.request.url, stated))
    except ValueError:
        address = None
    if address is None or urlsplit(address).netloc != urlsplit(web_address(response.request.url) or "").netloc:
        return (), f"the next page is {stated[:80]!r}, which is no address of the same host"
    return (Request(url=address),), None


SOURCE = Mapped()
