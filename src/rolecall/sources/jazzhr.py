"""JazzHR: the page `https://{board}.applytojob.com/apply/jobs`, whose links lead to pages that mostly have JSON-LD.

Documentation: none public; the feed is gone (410) and the API needs a key of the employer's.

Quirks: each job is linked twice, for wide and for narrow screens. About 70 % of the job pages have JSON-LD; of the
others only the link's words are read. Not confirmed, for want of a recorded page: that all jobs stand on one page, and
the two forms of a job's address, `/apply/jobs/details/{code}` and `/apply/{code}/{title}`; a page without a link of
either form is an error.
"""

from __future__ import annotations

import re

from rolecall.model import Board
from rolecall.sources._careers import CareersSource
from rolecall.sources._tenants import site_of


class JazzHR(CareersSource):
    example = "- {source: jazzhr, board: opulo}"
    addresses = (r"(?!www\.|app\.)(?P<board>[\w-]+)\.applytojob\.com(?:/|$)",)
    job = re.compile(r"^https://[\w-]+\.applytojob\.com/apply/(?:jobs/details/)?(?P<key>[\w-]{9,12})(?=$|[/?])")

    def page(self, board: Board) -> str:
        return f"{site_of(board, 'applytojob.com')}/apply/jobs"


SOURCE = JazzHR()
