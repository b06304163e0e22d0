"""Rippling: `GET https://api.rippling.com/platform/api/ats/v1/board/{board}/jobs`, and one GET of `/{uuid}` per job.

Documentation: https://developer.rippling.com/documentation/job-board-api-v2/reference/get-board-slug-jobs

Quirks: the older list is a bare array with all jobs; the newer one (option `api: v2`, for boards that the older API
does not know) comes in pages, counted from 0. Either may name a job once for each of its places, with one id. Label
and id of `employmentType` are swapped. Neither list has description, date or pay; the job's page lacks the workplace.
Not confirmed: that `createdOn` is the day of publication; the address, `page` and `pageSize` of the newer list, and
that its jobs' pages stand below it, so a job that is not found there keeps what the list says.
"""

from __future__ import annotations

from urllib.parse import quote

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._details import joined
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_API = {
    "v1": "https://api.rippling.com/platform/api/ats/v1/board/{board}/jobs",
    "v2": "https://ats.rippling.com/api/v2/board/{board}/jobs",
}
_PAGE_SIZE = 100


class Rippling(Source):
    example = "- {source: rippling, board: 11fs-group-ltd}"
    options = frozenset({"api"})
    steps = ("list", "job")
    addresses = (
        r"ats(?:\.\w+)?\.rippling\.com/(?:[a-z]{2}-[A-Z]{2}/|api/v\d/board/)?(?P<board>[\w.-]+)",
        r"api\.rippling\.com/platform/api/ats/v\d/board/(?P<board>[\w.-]+)",
    )

    def first(self, board: Board) -> Request:
        return Request(url=_list_url(board) + (f"?page=0&pageSize={_PAGE_SIZE}" if _is_paged(board) else ""))

    def read(self, response: Response, board: Board) -> Batch:
        answer = response.json()
        if response.request.step == "job":
            return Batch(postings=(_job(answer, response.request.carry),))
        paged = isinstance(answer.value, dict)
        rows, skipped = read_each(answer.each("items" if paged else ""), _listed)
        carried = _joined(rows)
        url = _list_url(board)
        jobs = tuple(Request(url=f"{url}/{quote(job.key, safe='')}", step="job", carry=job) for job in carried)
        if not paged:
            return Batch(more=jobs, skipped=skipped)
        page, size = _number(answer, "page"), _number(answer, "pageSize") or _PAGE_SIZE
        is_last = page + 1 >= _number(answer, "totalPages")
        more = () if is_last else (Request(url=f"{url}?page={page + 1}&pageSize={size}"),)
        # Where one job fills several rows, those of further pages cannot be counted beforehand.
        stated, doubled = _number(answer, "totalItems"), len(rows) - len(carried)
        is_counted = stated > 0 and page == 0 and (is_last or not doubled)
        return Batch(more=(*jobs, *more), skipped=skipped, total=stated - doubled if is_counted else None)


def _is_paged(board: Board) -> bool:
    return str(board.options.get("api", "v1")) == "v2"


def _list_url(board: Board) -> str:
    return _API["v2" if _is_paged(board) else "v1"].format(board=quote(board.board, safe=""))


def _number(answer: Record, name: str) -> int:
    stated = answer.may(name) or ""
    return int(stated) if stated.isdecimal() and len(stated) < 10 else 0


def _listed(item: Record) -> Posting:
    locations = item.each_or_none("locations")
    workplaces = {word for location in locations for word in location.words("workplaceType")}
    old = item.may("workLocation.label") or item.may("workLocation.id")
    return Posting(
        key=item.may("uuid") or item.need("id"),
        title=item.need("name"),
        url=item.need("url"),
        places=(PlaceText(text=old),) if old else tuple(place for place in map(_place, locations) if place),
        # Where the places differ, only that one of them is remote.
        workplace=next(iter(workplaces)) if len(workplaces) == 1 else None,
        remote="REMOTE" in workplaces or None,
        department=item.may("department.label") or item.may("department.name"),
        language=item.may("language"),
    )


def _place(location: Record) -> PlaceText | None:
    place = PlaceText(
        text=location.may("name"),
        city=location.may("city"),
        region=location.may("state") or location.may("stateCode"),
        country=location.may("countryCode") or location.may("country"),
    )
    return place if place != PlaceText() else None


def _joined(rows: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """One posting for each job, with the places of all its rows."""
    found: dict[str, Posting] = {}
    for row in rows:
        known = found.setdefault(row.key, row)
        found[row.key] = known.but(
            places=tuple(dict.fromkeys((*known.places, *row.places))),
            workplace=known.workplace if known.workplace == row.workplace else None,
            remote=known.remote or row.remote,
        )
    return tuple(found.values())


def _job(job: Record, listed: Posting | None) -> Posting:
    """A job's own page; places in parts, workplace and language stand only in the list."""
    known = listed or Posting(key=job.need("uuid"), title=job.need("name"))
    stated = tuple(PlaceText(text=text) for text in job.words("workLocations"))
    return known.but(
        title=job.may("name") or known.title,
        url=job.may("url") or known.url,
        company=job.may("companyName"),
        logo=job.may("board.logo.url"),
        description=_description(job),
        places=known.places if len(known.places) >= len(stated) else stated,
        employment=job.words("employmentType.id") or job.words("employmentType.label"),
        salary=tuple(_pay(pay) for pay in job.each_or_none("payRangeDetails")),
        # The one field of every answer seen: without it, this is no job, and what the list says stays.
        posted=job.need("createdOn"),
        department=job.may("department.name") or known.department,
    )


def _description(job: Record) -> str | None:
    """What the work is, then, under its name, who offers it."""
    return joined([(None, job.may("description.role")), (job.may("companyName"), job.may("description.company"))])


def _pay(pay: Record) -> PayText:
    return PayText(
        min=pay.may("rangeStart"), max=pay.may("rangeEnd"), currency=pay.may("currency"), per=pay.may("frequency")
    )


SOURCE = Rippling()
