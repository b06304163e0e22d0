"""Workday: `POST https://{tenant}.wd5.myworkdayjobs.com/wday/cxs/{tenant}/{site}/jobs`, 20 a page, and one GET per job.

Documentation: none public; this is what the vendor's own job pages ask, such as
https://nvidia.wd5.myworkdayjobs.com/NVIDIAExternalCareerSite

Quirks: a `limit` over 20 is refused. `total` counts only on the first page (later ones say 0) and never exceeds
2,000, so a list that says 2,000 is cut. The list has a relative date ("Posted 8 Days Ago") and, for several places,
only their number; description, date and places stand in the job's own page. Postings of one requisition share
`jobReqId`; the end of their path (`_R123-1`) tells them apart and outlives a new title or place, so it is the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board, PlaceText, Posting
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_LIMIT = 20
_MOST = 2_000
_LOCALE = re.compile(r"[a-z]{2}-[A-Z]{2}")
_NUMBER_OF_PLACES = re.compile(r"\d+\s+\w+")


class Workday(Source):
    example = "- {source: workday, board: nvidia.wd5/NVIDIAExternalCareerSite}"
    options = frozenset({"search", "url"})
    steps = ("list", "job")
    addresses = (
        r"(?P<board>[\w-]+\.wd\d+)\.myworkdayjobs\.com/(?:wday/cxs/[\w-]+/|[a-z]{2}-[A-Z]{2}/)?(?P<site>[\w-]+)",
        r"wd\d+\.myworkdaysite\.com/",
    )

    def first(self, board: Board) -> Request:
        return _page(_list_url(board), str(board.options.get("search", "")), 0)

    def board_of(self, groups: Mapping[str, str | None]) -> str:
        return f"{groups['board']}/{groups['site']}" if groups.get("board") else ""

    def employer_of(self, board: Board) -> str:
        return super().employer_of(board) if board.url else board.board.partition(".")[0]

    def read(self, response: Response, board: Board) -> Batch:
        if response.request.step == "job":
            return Batch(postings=(_job(response.json(), response.request.carry, response.url),))
        api = response.request.url.removesuffix("/jobs").rstrip("/")
        answer = response.json()
        carried, skipped = read_each(answer.each("jobPostings"), lambda item: _listed(item, api))
        jobs = tuple(Request(url=api + _path(posting, api), step="job", carry=posting) for posting in carried)
        sent = response.request.json or {}
        if sent.get("offset"):
            return Batch(more=jobs, skipped=skipped)
        stated = answer.may("total") or ""
        total = int(stated) if stated.isdecimal() else 0
        pages = (
            _page(response.request.url, str(sent.get("searchText", "")), at)
            for at in range(_LIMIT, min(total, _MOST), _LIMIT)
        )
        partial = (
            f"Workday lists {_MOST:,} jobs at most; narrow the board with the option search."
            if total >= _MOST
            else None
        )
        return Batch(more=(*jobs, *pages), skipped=skipped, total=total or None, partial=partial)


def _list_url(board: Board) -> str:
    """The address of the list: from `tenant.wd5/Site`, or from that of the page on which people see it."""
    tenant, _, site = board.board.partition("/")
    page = board.url or f"https://{tenant}.myworkdayjobs.com/{site}"
    parts = urlsplit(page if "//" in page else f"https://{page}")
    names = [name for name in parts.path.split("/") if name and not _LOCALE.fullmatch(name)]
    # https://wd5.myworkdaysite.com/recruiting/{tenant}/{site}
    names = names[1:] if names[:1] == ["recruiting"] else [parts.netloc.partition(".")[0], *names]
    if len(names) < 2 or "." not in parts.netloc:
        hint = "Write board: tenant.wd5/Site, or url: https://tenant.wd5.myworkdayjobs.com/Site."
        raise SourceError(board.name, "does not name a tenant, its data centre and its site.", hint)
    return f"https://{parts.netloc}/wday/cxs/{quote(names[0], safe='')}/{quote(names[1], safe='')}/jobs"


def _page(url: str, search: str, offset: int) -> Request:
    return Request(
        url=url, method="POST", json={"appliedFacets": {}, "limit": _LIMIT, "offset": offset, "searchText": search}
    )


def _key(path: str, requisitions: tuple[str, ...]) -> str:
    """`RQ221571-1` of `/job/Place/Title_RQ221571-1`: from the requisition on, else the number behind the title."""
    name = path.rstrip("/").rpartition("/")[2]
    at = max((name.rfind(f"_{requisition}") for requisition in requisitions), default=-1)
    if at < 0 and any(map(str.isdigit, name.rpartition("_")[2])):
        at = name.rfind("_")
    return name[at + 1 :]


def _site(api: str) -> str:
    """Where people see the site that the API at `api` serves: without `/wday/cxs/{tenant}`."""
    return re.sub(r"/wday/cxs/[^/]+", "", api)


def _path(posting: Posting, api: str) -> str:
    return (posting.url or "").removeprefix(_site(api))


def _listed(item: Record, api: str) -> Posting:
    path = item.need("externalPath")
    if not path.startswith("/"):
        raise PayloadError(
            f"{item.path}.externalPath", f"expected a path, found {path[:60]!r}.", "Compare with the job pages."
        )
    bullets = item.words("bulletFields")
    place = item.may("locationsText")
    return Posting(
        key=_key(path, bullets),
        title=item.need("title"),
        url=_site(api) + path,
        places=(PlaceText(text=place),) if place and not _NUMBER_OF_PLACES.fullmatch(place) else (),
        workplace=item.may("remoteType"),
        employment=item.words("timeType"),
        posted=item.may("postedOn"),
        requisition_id=next((word for word in bullets if f"_{word}" in path), None),
    )


def _job(answer: Record, listed: Posting | None, asked: str) -> Posting:
    job = answer.at("jobPostingInfo")
    requisition = job.may("jobReqId")
    url = job.may("externalUrl") or asked
    country = job.may("country.descriptor") or job.may("jobRequisitionLocation.country.descriptor")
    places = (
        PlaceText(text=job.may("location"), country=country),
        *(PlaceText(text=text) for text in job.words("additionalLocations")),
    )
    return Posting(
        key=listed.key if listed else _key(url, (requisition,) if requisition else ()),
        title=job.need("title"),
        url=url,
        company=answer.may("hiringOrganization.name"),
        company_url=answer.may("hiringOrganization.url"),
        description=job.may("jobDescription"),
        places=tuple(place for place in places if place.text or place.country),
        workplace=job.may("remoteType") or (listed.workplace if listed else None),
        employment=job.words("timeType"),
        posted=job.may("startDate"),
        closes=job.may("endDate"),
        requisition_id=requisition,
    )


SOURCE = Workday()
