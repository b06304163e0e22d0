"""Jobicy: `GET https://jobicy.com/api/v2/remote-jobs?count=100`, the newest jobs in one answer, at most 100.

Documentation: https://jobi.cy/apidocs. `board` is `all`, or an industry by its slug (`?industry=`; they are listed at
https://jobicy.com/api/v2/remote-jobs?get=industries). Options `geo` and `tag` narrow the list at Jobicy. Asking more
than once an hour is unwelcome.

Quirks: an answer with 100 jobs is cut, so it never says that a job has gone. `jobGeo` is a comma list with double
spaces. `jobType` was a text and is a list. The keys of the salary are absent when it is unknown, its maximum may be
alone absent, and they had other names (`annualSalaryMin`). Industries are escaped once (`&amp;`).
Terms: a direct link with Jobicy's name, and the Apply button leads to the page there; not to be passed on to Google
Jobs, LinkedIn or Jooble.
"""

from __future__ import annotations

from urllib.parse import urlencode

from rolecall.model import Board, PayText, Posting
from rolecall.sources._boards import ALL
from rolecall.sources._descriptions import described
from rolecall.sources.base import Batch, Record, Request, Response, Source, Terms, read_each

_MOST = 100


class Jobicy(Source):
    kind = "board"
    example = "- {source: jobicy, board: all}"
    options = frozenset({"geo", "tag"})
    terms = Terms(attribution="Jobicy", emit_jsonld=False, apply_via_source=True)
    addresses = (
        r"jobicy\.com/api/v2/remote-jobs\?(?:.*&)?industry=(?P<board>[\w-]+)",
        r"jobicy\.com(?:[/?#]|$)",
    )

    def first(self, board: Board) -> Request:
        asked = {"count": str(_MOST)} | ({"industry": board.board} if board.board != ALL else {})
        asked |= {name: str(board.options[name]) for name in ("geo", "tag") if board.options.get(name)}
        return Request(url=f"https://jobicy.com/api/v2/remote-jobs?{urlencode(asked)}")

    def read(self, response: Response, board: Board) -> Batch:
        items = response.json().each("jobs")
        postings, skipped = read_each(items, _posting)
        cut = f"Jobicy gives its newest {_MOST} jobs; narrow the board by an industry, geo or tag"
        return Batch(postings=postings, skipped=skipped, partial=cut if len(items) >= _MOST else None)


def _posting(job: Record) -> Posting:
    text, is_text = described(job.may("jobDescription"))
    pay = _pay(job)
    return Posting(
        key=job.need("id"),
        title=job.need("jobTitle"),
        url=job.need("url"),
        company=job.need("companyName"),
        logo=job.may("companyLogo"),
        description=text,
        description_is_text=is_text,
        remote=True,
        remote_from=job.words("jobGeo"),
        employment=job.words("jobType"),
        salary=(pay,) if pay.min or pay.max else (),
        posted=job.may("pubDate"),
        tags=job.words("jobIndustry"),
        level=job.may("jobLevel"),
    )


def _pay(job: Record) -> PayText:
    currency = job.may("salaryCurrency")
    low, high = job.may("annualSalaryMin"), job.may("annualSalaryMax")
    if low or high:
        return PayText(min=low, max=high, currency=currency, per="yearly")
    return PayText(min=job.may("salaryMin"), max=job.may("salaryMax"), currency=currency, per=job.may("salaryPeriod"))


SOURCE = Jobicy()
