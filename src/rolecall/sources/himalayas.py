"""Himalayas: `GET https://himalayas.app/jobs/api?limit=20`, the newest jobs first, 20 a page.

Documentation: https://himalayas.app/api. `board` is always `all`. There are about 100,000 jobs, so only the first
pages are read: five, or as many as the option `pages` says; a read of some pages never says that a job has gone.

Quirks: `locationRestrictions` holds names of countries (once objects with a `name`); an empty list means anywhere.
`currency` may stand without a salary, and `salaryPeriod` is missing in older answers. `guid` is the page of the job and
its only name.
Not confirmed: whether `pubDate`, the only date, moves with an edit; the place of `nextCursor`, which no answer at hand
has; without one the count that the answer states (`totalCount`) shows that the list is cut.
Terms: link back and name Himalayas; not to be passed on to Google Jobs, LinkedIn, Jooble or Neuvoo.
"""

from __future__ import annotations

from urllib.parse import quote

from rolecall.model import Board, PayText, Posting
from rolecall.sources._boards import cut_after, page_limit, require_all, rows
from rolecall.sources._descriptions import described
from rolecall.sources.base import Batch, Record, Request, Response, Source, Terms, read_each

_URL = "https://himalayas.app/jobs/api?limit=20"
_PAGES = 5


class Himalayas(Source):
    kind = "board"
    example = "- {source: himalayas, board: all, pages: 5}"
    options = frozenset({"pages"})
    terms = Terms(attribution="Himalayas", emit_jsonld=False)
    addresses = (r"himalayas\.app(?:[/?#]|$)",)

    def first(self, board: Board) -> Request:
        require_all(board, "Himalayas")
        page_limit(board, _PAGES)
        return Request(url=_URL)

    def read(self, response: Response, board: Board) -> Batch:
        answer, most = response.json(), page_limit(board, _PAGES)
        postings, skipped = read_each(rows(answer, "jobs"), _posting)
        cursor, total = answer.may("nextCursor"), answer.may("totalCount") or ""
        # A cursor does not tell which page it leads to; the step of its request does: "list 2".
        page = int(response.request.step.partition(" ")[2] or 1)
        ends = cursor is None or page >= most or not (postings or skipped)
        more = () if ends else (Request(url=f"{_URL}&cursor={quote(cursor or '', safe='')}", step=f"list {page + 1}"),)
        return Batch(
            postings=postings,
            more=more,
            skipped=skipped,
            total=int(total) if total.isdecimal() else None,
            partial=cut_after(most) if cursor and page >= most else None,
        )


def _posting(job: Record) -> Posting:
    text, is_text = described(job.may("description"))
    low, high = job.may("minSalary"), job.may("maxSalary")
    pay = PayText(min=low, max=high, currency=job.may("currency"), per=job.may("salaryPeriod"))
    return Posting(
        key=job.need("guid"),
        title=job.need("title"),
        url=job.need("guid"),
        apply_url=job.may("applicationLink"),
        company=job.need("companyName"),
        logo=job.may("companyLogo"),
        description=text,
        description_is_text=is_text,
        remote=True,
        remote_from=_countries(job),
        timezones=job.words("timezoneRestrictions"),
        employment=job.words("employmentType"),
        salary=(pay,) if low or high else (),
        posted=job.may("pubDate"),
        closes=job.may("expiryDate"),
        tags=(*job.words("categories"), *job.words("parentCategories")),
        level=", ".join(job.words("seniority")) or None,
    )


def _countries(job: Record) -> tuple[str, ...]:
    if job.at("locationRestrictions").value == []:
        return ("Worldwide",)
    named = (place.may("name") or place.may("") for place in job.each_or_none("locationRestrictions"))
    return tuple(name for name in named if name)


SOURCE = Himalayas()
