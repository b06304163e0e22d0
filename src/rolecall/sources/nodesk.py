"""NoDesk: `GET https://nodesk.co/remote-jobs/index.xml`, the feed that the site's generator (Hugo) makes.

Documentation: none; https://nodesk.co/remote-jobs/ is the page it stands for.

Quirks: a title is "Role at Company". The description is an excerpt in plain text with a line end in front. The hour of
a date says nothing. Entities of HTML stand bare in the XML (`&rsquo;`), which is mended. Contract form, pay and places
are only told in the job's page. Not confirmed: how many jobs the feed holds, so the list may be shorter than the page.
"""

from __future__ import annotations

from urllib.parse import quote

from rolecall.model import Board
from rolecall.sources.base import Request
from rolecall.sources.feed import FeedOfJobs, Known

_SITE = "https://nodesk.co/remote-jobs"


class NoDesk(FeedOfJobs):
    takes = "board"
    kind = "board"
    example = "- {source: nodesk, board: all}"
    options = frozenset({"url", "follow"})
    known = Known(title="role at company")
    addresses = (r"nodesk\.co/?(?:remote-jobs(?:/index\.xml)?/?)?(?:[?#]|$)",)

    def first(self, board: Board) -> Request:
        path = "" if board.board == "all" else f"/{quote(board.board, safe='')}"
        return Request(url=board.url or f"{_SITE}{path}/index.xml", expect="xml")

    def employer_of(self, board: Board) -> str:
        return "NoDesk"


SOURCE = NoDesk()
