"""Greenhouse: `GET https://boards-api.greenhouse.io/v1/boards/{board}/jobs?content=true`, all jobs in one answer.

Documentation: https://developers.greenhouse.io/job-board.html

Quirks: `content` is HTML escaped once (its own entities stay, so once is undone, never twice). `id` names a post;
`internal_job_id` is shared by the posts of one opening. `first_published` is missing before 2025, and `updated_at`
moves with every edit. Workplace, contract form and level only stand in fields that each customer names for itself.
`metadata` may be null, and `requisition_id` a phrase. An answer of `/jobs/{id}` is one such job without the list.
"""

from __future__ import annotations

from html import unescape
from urllib.parse import quote

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_WORKPLACE = ("location type", "workplace type", "workplace")
_EMPLOYMENT = ("employment type", "employment length", "time type", "job type")
_LEVEL = ("experience level", "seniority", "seniority level")


class Greenhouse(Source):
    example = "- {source: greenhouse, board: canonical}"
    steps = ("list", "job")
    addresses = (
        r"(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?:embed/job_(?:board|app)(?:/js)?\?(?:.*&)?for=)?(?P<board>[\w-]+)",
        r"(?:boards-api|api)\.greenhouse\.io/v1/boards/(?P<board>[\w-]+)",
    )

    def first(self, board: Board) -> Request:
        return Request(
            url=f"https://boards-api.greenhouse.io/v1/boards/{quote(board.board, safe='')}/jobs?content=true"
        )

    def read(self, response: Response, board: Board) -> Batch:
        answer = response.json()
        if response.request.step == "job":
            return Batch(postings=(_posting(answer),))
        postings, skipped = read_each(answer.each("jobs"), _posting)
        total = answer.may("meta.total")
        return Batch(postings=postings, skipped=skipped, total=int(total) if total and total.isdecimal() else None)


def _posting(job: Record) -> Posting:
    requisition = job.may("requisition_id")
    return Posting(
        key=job.need("id"),
        title=job.need("title"),
        url=job.may("absolute_url"),
        company=job.may("company_name"),
        description=unescape(job.may("content") or "") or None,
        places=_places(job),
        workplace=" ".join(_custom(job, _WORKPLACE)) or None,
        employment=_custom(job, _EMPLOYMENT),
        salary=tuple(_pay(pay) for pay in job.each_or_none("pay_input_ranges")),
        posted=job.may("first_published"),
        closes=job.may("application_deadline"),
        department=next((name for item in job.each_or_none("departments") if (name := item.may("name"))), None),
        # Words such as "See Opening ID" stand where customers keep no numbers.
        requisition_id=requisition if requisition and any(map(str.isdigit, requisition)) else None,
        level=" ".join(_custom(job, _LEVEL)) or None,
        language=job.may("language"),
    )


def _custom(job: Record, names: tuple[str, ...]) -> tuple[str, ...]:
    """The values of the first custom field that is called one of `names` and is filled in."""
    fields = {(field.may("name") or "").strip().casefold(): field for field in reversed(job.each_or_none("metadata"))}
    return next((words for name in names if name in fields and (words := fields[name].words("value"))), ())


def _places(job: Record) -> tuple[PlaceText, ...]:
    """The job's own place; where it has none, the offices that it belongs to."""
    if name := job.may("location.name"):
        return (PlaceText(text=name),)
    offices = [office.may("location") or office.may("name") for office in job.each_or_none("offices")]
    return tuple(PlaceText(text=office) for office in offices if office)


def _pay(pay: Record) -> PayText:
    """One range of `?pay_transparency=true`: cents, and the period only in words."""
    low, high = (_units(pay.may(name)) for name in ("min_cents", "max_cents"))
    return PayText(text=pay.may("title"), min=low, max=high, currency=pay.may("currency_type"))


def _units(cents: str | None) -> str | None:
    return f"{int(cents) // 100}.{int(cents) % 100:02}" if cents and cents.isdecimal() else None


SOURCE = Greenhouse()
