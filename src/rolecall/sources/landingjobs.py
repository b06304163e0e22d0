"""Landing.jobs: `GET https://landing.jobs/api/v1/jobs.json?limit=50&offset=0`, an array.

Documentation: https://landing.jobs/api/v1 (the endpoint is not confirmed; the fields are seen).

Quirks: no field names the company; its slug stands in the job's address (`/at/<company>/`). Figures of pay are missing
when the company hides them, and no field says that they are for a year. `remote: false` is also said of hybrid jobs.
The text is four parts, some of them blank. `created_at` and `updated_at` are not the day of publication.
Not confirmed: how many a page may hold, and how the list ends. Pages are asked until one is empty; if `offset` were
ignored, the read says that pages repeat.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._boards import require_all
from rolecall.sources._descriptions import with_sections
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_API = "https://landing.jobs/api/v1/jobs.json"
_LIMIT = 50
_COMPANY = re.compile(r"/at/([^/?#]+)")
_SECTIONS = (("Main requirements", "main_requirements"), ("Nice to have", "nice_to_have"), ("Perks", "perks"))


class LandingJobs(Source):
    kind = "board"
    example = "- {source: landingjobs, board: all}"
    addresses = (r"landing\.jobs/?(?:jobs(?:/|[?#]|$)|[?#]|$)", r"landing\.jobs/api/v1/jobs")

    def first(self, board: Board) -> Request:
        require_all(board, "Landing.jobs")
        return _page(0)

    def employer_of(self, board: Board) -> str:
        return "Landing.jobs"

    def read(self, response: Response, board: Board) -> Batch:
        jobs = response.json().each()
        postings, skipped = read_each(jobs, _posting)
        asked = parse_qs(urlsplit(response.request.url).query).get("offset")
        more = (_page(int(asked[0]) + len(jobs)),) if jobs and asked else ()
        return Batch(postings=postings, more=more, skipped=skipped)


def _page(offset: int) -> Request:
    return Request(url=f"{_API}?limit={_LIMIT}&offset={offset}")


def _posting(job: Record) -> Posting:
    url = job.need("url")
    company = _COMPANY.search(url)
    sections = ((heading, job.may(name)) for heading, name in _SECTIONS)
    description, is_text = with_sections(job.may("role_description"), sections)
    places = (PlaceText(city=at.may("city"), country=at.may("country_code")) for at in job.each_or_none("locations"))
    low, high = job.may("gross_salary_low"), job.may("gross_salary_high")
    return Posting(
        key=job.need("id"),
        title=job.need("title"),
        url=url,
        company=company[1].replace("-", " ").title() if company else None,
        description=description,
        description_is_text=is_text,
        places=tuple(place for place in places if place != PlaceText()),
        remote=job.flag("remote"),
        employment=job.words("type"),
        salary=(PayText(min=low, max=high, currency=job.may("currency_code")),) if low or high else (),
        posted=job.may("published_at"),
        closes=job.may("expires_at"),
        tags=job.words("tags"),
    )


SOURCE = LandingJobs()
