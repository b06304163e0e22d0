"""Remotive: `GET https://remotive.com/api/remote-jobs`, all jobs that the public API gives (about 20) in one answer.

Documentation: https://remotive.com/api-documentation. `board` is `all`, or a category by its slug (`?category=`; they
are listed at https://remotive.com/api/remote-jobs/categories). Asking more than four times a day is unwelcome.

Quirks: jobs come a day late. `candidate_required_location` is a comma list of regions, countries and time zones.
`salary` is free text, "-" and "Pay per task" included; `job_type` may be "". `publication_date` is UTC without saying
so. There is no other address to apply at than the job's page at Remotive.
Terms: link back and name Remotive; not to be passed on to Google Jobs, LinkedIn, Jooble or Neuvoo.
"""

from __future__ import annotations

from urllib.parse import quote

from rolecall.model import Board, PayText, Posting
from rolecall.sources._boards import ALL
from rolecall.sources._descriptions import described
from rolecall.sources.base import Batch, Record, Request, Response, Source, Terms, read_each

_URL = "https://remotive.com/api/remote-jobs"


class Remotive(Source):
    kind = "board"
    example = "- {source: remotive, board: all}"
    terms = Terms(attribution="Remotive", emit_jsonld=False)
    addresses = (
        r"remotive\.(?:com|io)/api/remote-jobs\?(?:.*&)?category=(?P<board>[\w-]+)",
        r"remotive\.(?:com|io)(?:[/?#]|$)",
    )

    def first(self, board: Board) -> Request:
        return Request(url=_URL if board.board == ALL else f"{_URL}?category={quote(board.board, safe='')}")

    def read(self, response: Response, board: Board) -> Batch:
        answer = response.json()
        postings, skipped = read_each(answer.each("jobs"), _posting)
        total = answer.may("total-job-count") or ""
        return Batch(postings=postings, skipped=skipped, total=int(total) if total.isdecimal() else None)


def _posting(job: Record) -> Posting:
    text, is_text = described(job.may("description"))
    pay = job.may("salary")
    return Posting(
        key=job.need("id"),
        title=job.need("title"),
        url=job.need("url"),
        company=job.need("company_name"),
        logo=job.may("company_logo") or job.may("company_logo_url"),
        description=text,
        description_is_text=is_text,
        remote=True,
        remote_from=job.words("candidate_required_location"),
        employment=job.words("job_type"),
        salary=(PayText(text=pay),) if pay else (),
        posted=job.may("publication_date"),
        tags=(*job.words("tags"), *job.words("category")),
    )


SOURCE = Remotive()
