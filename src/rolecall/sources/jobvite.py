"""Jobvite: the page `https://jobs.jobvite.com/{board}/jobs/viewall`, whose links lead to pages with JSON-LD.

Documentation: none public; the JSON API needs a key of the employer's.

Quirks: `/search` shows the same links in pages, the bare `/{board}` none. Newer sites answer with a redirect to
`/careers/{board}/jobs`, an unknown company with one off the site. A classic list has title and place in one link.
Not confirmed, for want of a recorded page: that `viewall` is the whole list, and the class of the title; a page
without a link to a job is an error.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from rolecall.model import Board
from rolecall.sources._careers import CareersSource


class Jobvite(CareersSource):
    example = "- {source: jobvite, board: buckman}"
    addresses = (r"jobs\.jobvite\.com/(?:careers/)?(?P<board>[\w-]+)",)
    job = re.compile(r"^https://jobs\.jobvite\.com/(?:careers/)?[\w-]+/job/(?P<key>\w+)(?=$|\?)")
    title = ".jv-job-list-name, .jv-featured-job-title"

    def page(self, board: Board) -> str:
        return f"https://jobs.jobvite.com/{quote(board.board, safe='')}/jobs/viewall"


SOURCE = Jobvite()
