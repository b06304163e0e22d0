"""BambooHR: `GET https://{board}.bamboohr.com/careers/list`, and `/careers/{id}/detail` for each job.

Documentation: none public; this is what the vendor's own careers pages ask.

Quirks: the list is an index; description, date, country and pay stand in the job's own answer. A job has `location` or
`atsLocation`, never both, and either may say province for state. `isRemote` is null or beside the point: `locationType`
says "0" office, "1" remote, "2" hybrid. `compensation` is free text. Nothing names the company. An unknown name answers
200 with a page of HTML.
"""

from __future__ import annotations

from urllib.parse import quote

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._details import with_list
from rolecall.sources._tenants import site_of
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_WORKPLACES = {"0": "office", "1": "remote", "2": "hybrid"}


class BambooHR(Source):
    example = "- {source: bamboohr, board: giottoai}"
    steps = ("list", "job")
    addresses = (
        r"(?P<board>(?!api\.|app\.|documentation\.|help\.|partners\.)[\w-]+)\.bamboohr\.com/(?:careers|jobs)\b",
    )

    def first(self, board: Board) -> Request:
        return Request(url=f"{site_of(board, 'bamboohr.com')}/careers/list")

    def read(self, response: Response, board: Board) -> Batch:
        answer = response.json()
        if response.request.step == "job":
            return Batch(postings=(_job(answer.at("result.jobOpening"), response.request.carry),))
        careers = f"{site_of(board, 'bamboohr.com')}/careers"
        listed, skipped = read_each(answer.each("result"), lambda item: _listed(item, careers))
        more = tuple(Request(url=f"{job.url}/detail", step="job", carry=job) for job in listed)
        total = answer.may("meta.totalCount")
        return Batch(more=more, skipped=skipped, total=int(total) if total and total.isdecimal() else None)


def _listed(item: Record, careers: str) -> Posting:
    key = item.need("id")
    return _facts(item, key, f"{careers}/{quote(key, safe='')}")


def _job(job: Record, listed: Posting | None) -> Posting:
    url = job.may("jobOpeningShareUrl") or (listed.url if listed else None) or job.need("jobOpeningShareUrl")
    pay = job.may("compensation")
    page = _facts(job, url.rstrip("/").rpartition("/")[2], url).but(
        description=job.may("description"),
        salary=(PayText(text=pay),) if pay else (),
        posted=job.may("datePosted"),
        level=job.may("minimumExperience"),
    )
    return with_list(page, listed)


def _facts(job: Record, key: str, url: str) -> Posting:
    """What both answers say."""
    return Posting(
        key=key,
        title=job.need("jobOpeningName"),
        url=url,
        places=tuple(place for name in ("location", "atsLocation") if (place := _place(job.at(name))) != PlaceText()),
        workplace=_WORKPLACES.get(job.may("locationType") or ""),
        employment=job.words("employmentStatusLabel"),
        department=job.may("departmentLabel"),
    )


def _place(place: Record) -> PlaceText:
    return PlaceText(
        city=place.may("city"),
        region=place.may("state") or place.may("province"),
        country=place.may("country") or place.may("addressCountry"),
    )


SOURCE = BambooHR()
