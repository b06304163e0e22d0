"""Pinpoint: `GET https://{board}.pinpointhq.com/postings.json`, all jobs with their texts in one answer.

Documentation: none public; `/postings.json` follows `/jobs.json`, which is deprecated.

Quirks: the description comes in four parts, three with a heading of the employer's own. `compensation_visible` says
whether the pay may be shown. There is no date of publication, and no country but in the free name of the place.
Emoji arrive as `????`; `<!--block-->` comments stand in the HTML. Some answers have `department` in `job`, some beside
it, and some only the texts of `workplace_type` and `employment_type`. Not confirmed: an end of the list at 1,000 jobs,
so that a list which long counts as cut.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._details import joined
from rolecall.sources._tenants import site_of
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_MOST = 1_000


class Pinpoint(Source):
    example = "- {source: pinpoint, board: workwithus}"
    options = frozenset({"url"})
    addresses = (r"(?!www\.|app\.|developers?\.|help\.|support\.)(?P<board>[\w-]+)\.pinpointhq\.com(?:/|$)",)

    def first(self, board: Board) -> Request:
        return Request(url=f"{site_of(board, 'pinpointhq.com')}/postings.json")

    def read(self, response: Response, board: Board) -> Batch:
        items = response.json().each("data")
        postings, skipped = read_each(items, lambda item: _posting(item, response.url))
        partial = f"the list ends at {_MOST:,} jobs" if len(items) == _MOST else None
        return Batch(postings=postings, skipped=skipped, partial=partial)


def _posting(item: Record, address: str) -> Posting:
    return Posting(
        key=item.need("id"),
        title=item.need("title"),
        url=item.may("url") or _site(address) + item.need("path"),
        description=_description(item),
        places=_places(item.at("location")),
        workplace=item.may("workplace_type") or item.may("workplace_type_text"),
        employment=item.words("employment_type") or item.words("employment_type_text"),
        salary=_pay(item),
        closes=item.may("deadline_at"),
        department=item.may("job.department.name") or item.may("department.name"),
        requisition_id=item.may("job.requisition_id") or item.may("requisition_id"),
    )


def _site(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _description(item: Record) -> str | None:
    parts = ("key_responsibilities", "skills_knowledge_expertise", "benefits")
    return joined([(None, item.may("description")), *((item.may(f"{name}_header"), item.may(name)) for name in parts)])


def _places(location: Record) -> tuple[PlaceText, ...]:
    """City, province and the free name in one text: the name alone says the country, where it says one."""
    words = (word for name in ("city", "province", "name") if (word := location.may(name)))
    text = ", ".join(dict.fromkeys(words))
    return (PlaceText(text=text),) if text else ()


def _pay(item: Record) -> tuple[PayText, ...]:
    if not item.flag("compensation_visible"):
        return ()
    pay = PayText(
        text=item.may("compensation"),
        min=item.may("compensation_minimum"),
        max=item.may("compensation_maximum"),
        currency=item.may("compensation_currency"),
        per=item.may("compensation_frequency"),
    )
    return (pay,) if pay.text or pay.min or pay.max else ()


SOURCE = Pinpoint()
