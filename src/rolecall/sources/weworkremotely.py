"""We Work Remotely: `GET https://weworkremotely.com/remote-jobs.rss`, or the feed of one category.

Documentation: https://weworkremotely.com/remote-job-rss-feed (attribution is asked for; every link leads to the site).

Quirks: a title is "Company: Role", and some lack the colon. Categories overlap: their items share a guid, which is the
key. <country> lists countries behind flags, <region> is a phrase ("USA Only"), <state> is the head office's and often
wrong, so it is not read. Descriptions begin with logo, head office and site, and end with "To apply". Pay stands only
in the text. Not confirmed: that the feed of all jobs holds every job of the categories.
"""

from __future__ import annotations

from urllib.parse import quote

from rolecall.model import Board
from rolecall.sources.base import Request, Terms
from rolecall.sources.feed import FeedOfJobs, Known

_SITE = "https://weworkremotely.com"
# The category whose address is not formed like the others.
_OTHER = "all-other"


class WeWorkRemotely(FeedOfJobs):
    takes = "board"
    kind = "board"
    example = "- {source: weworkremotely, board: all}  # or a category: back-end-programming"
    options = frozenset({"url", "follow"})
    terms = Terms(attribution="We Work Remotely")
    known = Known(terms, "company: role")
    addresses = (
        r"weworkremotely\.com/categories/remote-(?P<board>[\w-]+?)-jobs(?:\.rss)?/?(?:[?#]|$)",
        r"weworkremotely\.com/categories/(?P<board>all-other)-remote-jobs",
        r"weworkremotely\.com/?(?:remote-jobs(?:\.rss)?/?)?(?:[?#]|$)",
    )

    def first(self, board: Board) -> Request:
        name = quote(board.board, safe="")
        category = f"{name}-remote-jobs" if name == _OTHER else f"remote-{name}-jobs"
        path = "remote-jobs" if name == "all" else f"categories/{category}"
        return Request(url=board.url or f"{_SITE}/{path}.rss", expect="xml")

    def employer_of(self, board: Board) -> str:
        return "We Work Remotely"


SOURCE = WeWorkRemotely()
