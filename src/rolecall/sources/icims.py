"""iCIMS: pages of `https://{board}.icims.com/jobs/search?ss=1&in_iframe=1`, whose links lead to pages with JSON-LD.

Documentation: none public; the APIs need a key of the employer's.

Quirks: the list and the JSON-LD stand only in the view for frames (`in_iframe=1`), 20 jobs a page, counted by `pr` from
0; the page after the last has no job. `board` is the whole name before `.icims.com`, often `careers-acme`.
Not confirmed, for want of a recorded page: the paging, and the heading that holds the title; a first page without a
link to a job is an error, and one that comes round again makes the read partial.
"""

from __future__ import annotations

import re

from rolecall.model import Board
from rolecall.sources._careers import CareersSource
from rolecall.sources._tenants import site_of

_PAGE = re.compile(r"&pr=(\d+)$")


class Icims(CareersSource):
    example = "- {source: icims, board: careers-acme}"
    options = frozenset({"url"})
    addresses = (r"(?!www\.|login\.|api\.)(?P<board>[\w-]+)\.icims\.com(?:/|$)",)
    job = re.compile(r"/jobs/(?P<key>\d+)/[^/?#]+/job(?=$|\?)")
    title = "h1, h2, h3, h4"

    def page(self, board: Board) -> str:
        return f"{site_of(board, 'icims.com')}/jobs/search?ss=1&in_iframe=1&pr=0"

    def next_page(self, address: str) -> str | None:
        number = _PAGE.search(address)
        return f"{address[: number.start()]}&pr={int(number[1]) + 1}" if number else None

    def asked(self, address: str) -> str:
        return f"{address}?in_iframe=1"

    def employer_of(self, board: Board) -> str:
        return re.sub(r"^(?:[a-z]+-)?(?:careers?|jobs)-", "", super().employer_of(board))


SOURCE = Icims()
