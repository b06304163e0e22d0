"""Homerun: the page `https://{board}.homerun.co/`, whose links lead to one page for each job.

Documentation: https://developers.homerun.co; its `GET https://api.homerun.co/v2/vacancies` needs the employer's token.

Quirks: a job's address is `/{title}/{language}`, in each of its languages; the first that is linked counts. Other pages
have addresses of the same form. Not confirmed, for want of a recorded page: that the list needs no script, and that the
jobs' pages have JSON-LD. So a page without it is no job but a finding, and too many of these make the read partial; a
list without any link is an error. Where the employer has a feed at `https://feed.homerun.co/{board}`, the source
`feed` reads it.
"""

from __future__ import annotations

import re

from rolecall.model import Board
from rolecall.sources._careers import CareersSource
from rolecall.sources._tenants import site_of


class Homerun(CareersSource):
    example = "- {source: homerun, board: gitbutler}"
    addresses = (
        r"(?!www\.|app\.|api\.|admin\.|feed\.|embed\.|developers\.|help\.)(?P<board>[\w-]+)\.homerun\.co(?:/|$)",
        r"feed\.homerun\.co/(?P<board>[\w-]+)",
    )
    job = re.compile(
        r"^https://(?!(?:www|app|api|admin|feed|embed|developers|help)\.)[\w-]+\.homerun\.co"
        r"/(?!(?:privacy|cookie|terms)[\w-]*(?:/|$))(?P<key>[\w%-]{2,})(?:/[a-z]{2})?/?(?=$|\?)"
    )
    words_are_titles = False

    def page(self, board: Board) -> str:
        return f"{site_of(board, 'homerun.co')}/"


SOURCE = Homerun()
