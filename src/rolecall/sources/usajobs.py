"""USAJOBS, the United States' government: `GET https://data.usajobs.gov/api/Search?ResultsPerPage=500&Page=1`.

Documentation: https://developer.usajobs.gov/api-reference/get-api-search. The key and the e-mail address that it was
given to come from the environment, USAJOBS_KEY and USAJOBS_EMAIL, and travel as headers.

Quirks: at most 500 a page and 10,000 in all. Pay is text without a currency (the government pays in dollars), for a
unit such as PA, PH or "Per Year"; units that are no time (piece work, without compensation) are left out. A teleworker
still has an office, so `TeleworkEligible` says nothing of the workplace. Contacts of the agency are not read.
Not confirmed, no answer of the API being at hand: `SearchResultCountAll`, offering types, qualifications and duties,
read where they are. A missing `SearchResultItems` fails loudly. The older XML feed (HR-XML) is not read.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._descriptions import with_sections
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_API = "https://data.usajobs.gov/api/Search"
_LIMIT, _MOST = 500, 10_000
_EMAIL, _KEY = "USAJOBS_EMAIL", "USAJOBS_KEY"
_FILTERS = {
    "keyword": "Keyword",
    "location": "LocationName",
    "organization": "Organization",
    "category": "JobCategoryCode",
    "remote": "RemoteIndicator",
}
_NUMBER = re.compile(r"/(\d+)/?$")
_UNITS = re.compile(r"P[AHDM]|Per (?:Year|Hour|Day|Week|Month)", re.IGNORECASE)


class UsaJobs(Source):
    kind = "board"
    example = "- {source: usajobs, board: all, keyword: software}"
    options = frozenset(_FILTERS)
    addresses = (r"(?:data\.)?usajobs\.gov/(?:api/)?[Ss]earch",)
    env = (_EMAIL, _KEY)

    def first(self, board: Board) -> Request:
        return _page(board, 1)

    def employer_of(self, board: Board) -> str:
        return "USAJOBS"

    def read(self, response: Response, board: Board) -> Batch:
        found = response.json().at("SearchResult")
        jobs = found.each("SearchResultItems")
        postings, skipped = read_each(jobs, _posting)
        asked = parse_qs(urlsplit(response.request.url).query).get("Page")
        stated = found.may("SearchResultCountAll") or ""
        total = int(stated) if stated.isdecimal() and len(stated) < 10 else None
        page = int(asked[0]) if asked else 0
        left = page * _LIMIT < total if total is not None else len(jobs) == _LIMIT
        more = (_page(board, page + 1),) if page and jobs and left and page * _LIMIT < _MOST else ()
        is_cut = (total or 0) > _MOST
        partial = f"USAJOBS gives {_MOST:,} jobs at most; narrow the board with its options." if is_cut else None
        return Batch(postings=postings, more=more, skipped=skipped, total=total, partial=partial)


def _page(board: Board, number: int) -> Request:
    given = board.options.get("env", {})
    for name in (_EMAIL, _KEY):
        if not given.get(name):
            raise SourceError(board.name, f"{name} is not set.", "Ask for a key at https://developer.usajobs.gov.")
    asked: dict[str, Any] = {parameter: board.options.get(name) for name, parameter in _FILTERS.items()}
    query = urlencode({name: value for name, value in asked.items() if value})
    return Request(
        url=f"{_API}?ResultsPerPage={_LIMIT}&Page={number}{'&' if query else ''}{query}",
        headers={"User-Agent": given[_EMAIL], "Authorization-Key": given[_KEY]},
    )


def _posting(item: Record) -> Posting:
    job = item.at("MatchedObjectDescriptor")
    details = job.at("UserArea.Details")
    url = job.need("PositionURI")
    number = _NUMBER.search(url)
    key = item.may("MatchedObjectId") or (number[1] if number else None)
    if key is None:
        raise PayloadError(f"{item.path}.MatchedObjectId", "missing.", "Compare with the documentation.")
    duties = "\n".join(details.words("MajorDuties")) or None
    sections = (("Duties", duties), ("Qualifications", job.may("QualificationSummary")))
    description, is_text = with_sections(details.may("JobSummary"), sections)
    return Posting(
        key=key,
        title=job.need("PositionTitle"),
        url=url,
        apply_url=next(iter(job.words("ApplyURI")), None),
        company=job.may("OrganizationName"),
        description=description,
        description_is_text=is_text,
        places=_places(job),
        remote=details.flag("RemoteIndicator"),
        employment=(*_names(job, "PositionSchedule"), *_names(job, "PositionOfferingType")),
        salary=tuple(_pay(pay) for pay in job.each_or_none("PositionRemuneration") if _is_timed(pay)),
        posted=job.may("PublicationStartDate"),
        closes=job.may("ApplicationCloseDate"),
        requisition_id=job.may("PositionID"),
        tags=_names(job, "JobCategory"),
    )


def _names(job: Record, field: str) -> tuple[str, ...]:
    return tuple(name for entry in job.each_or_none(field) if (name := entry.may("Name")))


def _places(job: Record) -> tuple[PlaceText, ...]:
    located = job.each_or_none("PositionLocation")
    listed = (PlaceText(text=at.may("LocationName"), country=at.may("CountryCode")) for at in located)
    shown = job.may("PositionLocationDisplay")
    return tuple(place for place in listed if place.text) or ((PlaceText(text=shown),) if shown else ())


def _is_timed(pay: Record) -> bool:
    return bool(_UNITS.fullmatch(pay.may("RateIntervalCode") or ""))


def _pay(pay: Record) -> PayText:
    return PayText(
        min=pay.may("MinimumRange"), max=pay.may("MaximumRange"), currency="USD", per=pay.may("RateIntervalCode")
    )


SOURCE = UsaJobs()
