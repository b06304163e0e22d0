"""Workable: `GET https://apply.workable.com/api/v1/widget/accounts/{account}?details=true`, all jobs in one answer.

Documentation: none public; this is what the vendor's widget for careers pages asks
(https://help.workable.com/hc/en-us/articles/115012771647). With `api: v3` the list is
`POST /api/v3/accounts/{account}/jobs`, as the vendor's own pages ask, and one GET per job
(`/api/v2/accounts/{account}/jobs/{shortcode}`): many requests, but it knows workplace and language.

Quirks: a job in several places is listed once for each, under one `shortcode`: that is one job. `hidden: true` of a
place means that the employer hides the town, so the country alone is read. `created_at` may be months before
`published_on`. `telecommuting` may also be true for hybrid jobs; v3's `workplace` is the better word. Texts are ""
where unset. v3 pages by `nextPage`, sent back as `token`, and answers fast readers with 429. Pay is only free text.

Not confirmed: the fields of a v3 job page (`description`, `requirements`, `benefits`, else as in the list); a page
without a `description` fails loudly, and the job stands as the list has it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from rolecall.errors import SourceError
from rolecall.model import Board, PlaceText, Posting
from rolecall.sources._details import joined, with_list
from rolecall.sources.base import NOT_PUBLIC, Batch, Record, Request, Response, Source, read_each

_API = "https://apply.workable.com/api"
_ACCOUNT = r"(?P<board>[\w-]+)"
_ALL: dict[str, Any] = {"query": "", "location": [], "department": [], "worktype": [], "remote": []}
_SECTIONS = ("description", "requirements", "benefits")


class Workable(Source):
    example = "- {source: workable, board: zego}"
    options = frozenset({"api"})
    steps = ("list", "v3", "job")
    addresses = (
        rf"apply\.workable\.com/api/v\d/(?:widget/)?accounts/{_ACCOUNT}",
        rf"apply\.workable\.com/(?!api/|j/|jobs(?:[/?]|$)){_ACCOUNT}",
        rf"(?!apply\.|help\.|jobs\.|api\.|resources\.){_ACCOUNT}\.workable\.com",
    )

    def first(self, board: Board) -> Request:
        api, account = board.options.get("api"), quote(board.board, safe="")
        if api == "v3":
            return Request(url=f"{_API}/v3/accounts/{account}/jobs", method="POST", json=_ALL, step="v3")
        if api is not None:
            raise SourceError(board.name, f"api is {str(api)[:40]!r}.", "Write api: v3, or leave it out.")
        return Request(url=f"{_API}/v1/widget/accounts/{account}?details=true")

    def read(self, response: Response, board: Board) -> Batch:
        answer, request = response.json(), response.request
        if request.step == "job":
            return Batch(postings=_page(answer, request.carry))
        if request.step == "v3":
            return _v3(answer, request, quote(board.board, safe=""))
        company = answer.may("name")
        found, skipped = read_each(answer.each("jobs"), _posting)
        return Batch(postings=tuple(posting.but(company=company) for posting in _merged(found)), skipped=skipped)


def _v3(answer: Record, request: Request, account: str) -> Batch:
    items = answer.each("results")
    found, skipped = read_each(items, _public)
    listed = _merged(found)
    more = [
        Request(url=f"{_API}/v2/accounts/{account}/jobs/{quote(posting.key, safe='')}", step="job", carry=posting)
        for posting in listed
    ]
    if token := answer.may("nextPage"):
        more.append(Request(url=request.url, method="POST", json={**_ALL, "token": token}, step="v3"))
    stated = answer.may("total") or ""
    hidden = len(items) - len(listed) - len(skipped)
    total = max(int(stated) - hidden, 0) if stated.isdecimal() and "token" not in (request.json or {}) else None
    return Batch(more=tuple(more), skipped=skipped, total=total)


def _merged(found: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """One posting per key, with the places of all that have it."""
    jobs: dict[str, Posting] = {}
    for posting in found:
        known = jobs.setdefault(posting.key, posting)
        jobs[posting.key] = known.but(places=tuple(dict.fromkeys((*known.places, *posting.places))))
    return tuple(jobs.values())


def _page(job: Record, listed: Posting | None) -> tuple[Posting, ...]:
    job.need("description")
    posting = _public(job)
    if posting is None:
        return ()
    # Only the list is known to say which towns are hidden.
    return (with_list(posting.but(places=listed.places) if listed else posting, listed),)


def _public(job: Record) -> Posting | None:
    """A job of v3, where `state` is how far it got; in the widget's answer `state` is part of a place."""
    return None if job.flag("isInternal") or job.may("state") in NOT_PUBLIC else _posting(job)


def _posting(job: Record) -> Posting:
    key = job.need("shortcode")
    sections = [(name.title() if name != "description" else None, job.may(name)) for name in _SECTIONS]
    return Posting(
        key=key,
        title=job.need("title"),
        url=job.may("url") or job.may("shortlink") or f"https://apply.workable.com/j/{quote(key, safe='')}",
        apply_url=job.may("application_url"),
        description=joined(sections),
        places=tuple(place for place in _places(job) if place != PlaceText()),
        workplace=job.may("workplace") or job.may("workplace_type"),
        remote=job.flag("remote") if job.flag("telecommuting") is None else job.flag("telecommuting"),
        employment=job.words("employment_type") or job.words("type"),
        posted=job.may("published_on") or job.may("published"),
        department=next(iter(job.words("department")), None),
        requisition_id=job.may("code"),
        level=job.may("experience"),
        language=job.may("language"),
    )


def _places(job: Record) -> list[PlaceText]:
    if places := job.each_or_none("locations"):
        return [_place(place) for place in places]
    if job.may("country"):
        return [PlaceText(city=job.may("city"), region=job.may("state"), country=job.may("country"))]
    return [_place(job.at("location"))]


def _place(place: Record) -> PlaceText:
    country = place.may("countryCode") or place.may("country")
    if place.flag("hidden"):
        return PlaceText(country=country)
    return PlaceText(city=place.may("city"), region=place.may("region"), country=country)


SOURCE = Workable()
