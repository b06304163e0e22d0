"""Any page with schema.org JobPosting in JSON-LD: one GET of `url`; with `links` one more per link that it matches.

With `sitemap: true` the address is that of a sitemap or of an index of sitemaps, and `links` picks its pages of jobs.

Documentation: https://schema.org/JobPosting

Quirks: the shapes of fields stand in `_jobposting` and `_shapes`, broken JSON in `_ldjson`. The identifier is the key
where the page gives each job one of its own, else the job's address. Microdata is another source.
"""

from __future__ import annotations

from rolecall.issues import Issue
from rolecall.model import Board, Posting
from rolecall.sources._jobposting import postings_of
from rolecall.sources._pages import PageSource
from rolecall.sources.base import Response


class JobPostings(PageSource):
    example = r"- {source: jsonld, url: https://acme.example/careers, links: /careers/\d+}"

    def postings(self, response: Response, board: Board) -> tuple[tuple[Posting, ...], tuple[Issue, ...]]:
        return postings_of(response)


SOURCE = JobPostings()
