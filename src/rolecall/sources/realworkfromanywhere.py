"""Real Work From Anywhere: `GET https://www.realworkfromanywhere.com/rss.xml`, or the feed of one category.

Documentation: none; the feeds are linked from https://www.realworkfromanywhere.com.

Quirks: a title is "Role at Company", and the author is the company where there is one. The board takes only jobs that
can be done from anywhere. A job's number stands at the end of its address. Contract form, last day and the employer's
own address stand only in the JSON-LD of the job's page: `follow: true` asks for each.
Not confirmed: reports differ on whether the feed of all jobs is still there; where it is gone its page of HTML fails
loudly, and a category's feed (`board: frontend`) can be named instead. Category feeds are said to lack the author.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from rolecall.model import Board, Posting
from rolecall.sources._feeds import Feed, Item
from rolecall.sources.base import Request, Terms
from rolecall.sources.feed import FeedOfJobs, Known

_SITE = "https://www.realworkfromanywhere.com"
_POLICY = ("Anywhere in the World",)
_NUMBER = re.compile(r"-(\d+)/?$")


class RealWorkFromAnywhere(FeedOfJobs):
    takes = "board"
    kind = "board"
    example = "- {source: realworkfromanywhere, board: all}  # or a category: frontend"
    options = frozenset({"url", "follow"})
    terms = Terms(attribution="Real Work From Anywhere")
    known = Known(terms, "role at company")
    addresses = (
        r"realworkfromanywhere\.com/remote-(?P<board>[\w-]+?)-jobs(?:/rss\.xml)?/?(?:[?#]|$)",
        r"realworkfromanywhere\.com/?(?:rss\.xml)?(?:[?#]|$)",
    )

    def first(self, board: Board) -> Request:
        path = "" if board.board == "all" else f"/remote-{quote(board.board, safe='')}-jobs"
        return Request(url=board.url or f"{_SITE}{path}/rss.xml", expect="xml")

    def employer_of(self, board: Board) -> str:
        return "Real Work From Anywhere"

    def posting(self, item: Item, feed: Feed, board: Board) -> Posting:
        posting = super().posting(item, feed, board)
        number = _NUMBER.search(posting.url or posting.key)
        return posting.but(key=number[1] if number else posting.key, remote_from=posting.remote_from or _POLICY)


SOURCE = RealWorkFromAnywhere()
