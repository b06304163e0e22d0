"""Arbeitnow: `GET https://www.arbeitnow.com/api/job-board-api?page=2`, 100 jobs a page, the newest first, no key.

Documentation: https://www.arbeitnow.com/blog/job-board-api. `board` is always `all`. Ten pages are read, or as many as
the option `pages` says; a read that ends before the list does never says that a job has gone.

Quirks: not all jobs are remote, and `remote: false` is also said of hybrid ones. `job_types` are free words in German
and English, levels among them, often none. `description` is HTML or HTML escaped once, row by row. `tags` are
departments and even cost centres. `company_name` is sometimes the company's slug elsewhere.
Not confirmed: `links.next`, which no answer at hand has; a full page without `links` counts as cut.
Terms: name Arbeitnow and link to it (`meta.terms`, not confirmed).
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from rolecall.model import Board, PlaceText, Posting
from rolecall.sources._boards import cut_after, page_limit, require_all, rows
from rolecall.sources._descriptions import described
from rolecall.sources.base import Batch, Record, Request, Response, Source, Terms, read_each

_URL = "https://www.arbeitnow.com/api/job-board-api"
_PAGES = 10
_FULL = 100


class Arbeitnow(Source):
    kind = "board"
    example = "- {source: arbeitnow, board: all, pages: 10}"
    options = frozenset({"pages"})
    terms = Terms(attribution="Arbeitnow")
    addresses = (r"arbeitnow\.com(?:[/?#]|$)",)

    def first(self, board: Board) -> Request:
        require_all(board, "Arbeitnow")
        page_limit(board, _PAGES)
        return Request(url=_URL)

    def read(self, response: Response, board: Board) -> Batch:
        answer, most = response.json(), page_limit(board, _PAGES)
        items = rows(answer, "data")
        postings, skipped = read_each(items, _posting)
        page = _page(response.request.url)
        goes_on = bool(items) and answer.may("links.next") is not None
        partial = cut_after(most) if goes_on and page >= most else None
        if len(items) >= _FULL and answer.at("links").value is None:
            partial = "a full page names no next one (links.next), so there may be more"
        more = (Request(url=f"{_URL}?page={page + 1}"),) if goes_on and page < most else ()
        return Batch(postings=postings, more=more, skipped=skipped, partial=partial)


def _page(url: str) -> int:
    given = parse_qs(urlsplit(url).query).get("page", ["1"])[0]
    return int(given) if given.isdecimal() else 1


def _posting(job: Record) -> Posting:
    text, is_text = described(job.may("description"))
    place = job.may("location")
    return Posting(
        key=job.need("slug"),
        title=job.need("title"),
        url=job.need("url"),
        company=job.need("company_name"),
        description=text,
        description_is_text=is_text,
        places=(PlaceText(text=place),) if place else (),
        remote=job.flag("remote"),
        employment=job.words("job_types"),
        posted=job.may("created_at"),
        tags=job.words("tags"),
    )


SOURCE = Arbeitnow()
