"""Hacker News, "Ask HN: Who is hiring?": two searches, for the newest month's thread and its comments.

Documentation: https://hn.algolia.com/api. Threads: `/api/v1/search_by_date?tags=story,author_whoishiring`; comments:
`/api/v1/search_by_date?tags=comment,story_{id}&hitsPerPage=1000&page=0`.

Quirks: the same account starts "Who wants to be hired?" and "Freelancer?". An opening is a comment on the thread itself
(not a reply) whose first line has "|" in it, by custom "Company | Role | Place | Remote | Pay" in any order; only what
that line shows plainly is read from it. A part is the title when it names a role; without one, the line is the title.
Text is HTML with bare <p> between paragraphs and `&#x2F;` for a slash. Authors are not read, e-mail addresses are taken
out; one applies by the comment. A search gives 1,000 comments at most. `/api/v1/items/{id}`, the thread as a tree whose
texts may be null, is read too. Not confirmed: `nbHits` and `nbPages` beside the comments; without them one page is all.
"""

from __future__ import annotations

import re
from functools import partial

from rolecall.errors import PayloadError
from rolecall.model import Board, Posting
from rolecall.sources._boards import require_all
from rolecall.sources._headline import read_headline
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_API = "https://hn.algolia.com/api/v1"
_PAGE = "https://news.ycombinator.com/item?id="
_THREAD = "Ask HN: Who is hiring?"
_ASKED = re.compile(r"story_(\d+)&.*page=(\d+)")
_LINE_END = re.compile(r"<p>|\n")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s?(?:@|[\[({<]\s?at\s?[\])}>]|\sat\s(?=[\w-]+\s(?:dot|\[dot\]|\(dot\))\s))\s?"
    r"[\w-]+(?:\s?(?:\.|[\[({]\s?dot\s?[\])}]|\sdot\s)\s?[\w-]+)+",
    re.IGNORECASE,
)


class HackerNews(Source):
    kind = "board"
    example = "- {source: hackernews, board: all}"
    steps = ("threads", "comments", "tree")
    addresses = (
        r"news\.ycombinator\.com/(?:submitted|user)\?id=whoishiring",
        r"hn\.algolia\.com/api/v1/search_by_date\?tags=story,author_whoishiring",
    )

    def first(self, board: Board) -> Request:
        require_all(board, "Who is hiring")
        return Request(url=f"{_API}/search_by_date?tags=story,author_whoishiring", step="threads")

    def employer_of(self, board: Board) -> str:
        return "Hacker News"

    def read(self, response: Response, board: Board) -> Batch:
        answer = response.json()
        if response.request.step == "comments":
            return _comments(answer, response.request)
        if response.request.step == "tree":
            thread = answer.need("id")
            openings = partial(_posting, thread=thread, key="id", text="text")
            postings, skipped = read_each(answer.each("children"), openings)
            return Batch(postings=postings, skipped=skipped)
        threads = [hit for hit in answer.each("hits") if (hit.may("title") or "").startswith(_THREAD)]
        if not threads:
            raise PayloadError("$.hits", f'no thread is called "{_THREAD}".', "Look at the account whoishiring.")
        newest = max(threads, key=lambda hit: hit.need("created_at"))
        return Batch(more=(_page(newest.need("objectID"), 0),))


def _page(thread: str, number: int) -> Request:
    query = f"tags=comment,story_{thread}&hitsPerPage=1000&page={number}"
    return Request(url=f"{_API}/search_by_date?{query}", step="comments")


def _comments(answer: Record, request: Request) -> Batch:
    hits = answer.each("hits")
    openings = partial(_posting, thread=None, key="objectID", text="comment_text")
    postings, skipped = read_each(hits, openings)
    held, pages, size = (_number(answer, name) for name in ("nbHits", "nbPages", "hitsPerPage"))
    asked = _ASKED.search(request.url)
    more = (_page(asked[1], int(asked[2]) + 1),) if asked and hits and int(asked[2]) + 1 < pages else ()
    is_cut = bool(pages and size) and held > pages * size
    partial_ = f"a search gives {pages * size:,} of the thread's {held:,} comments" if is_cut else None
    return Batch(postings=postings, more=more, skipped=skipped, partial=partial_)


def _number(answer: Record, name: str) -> int:
    text = answer.may(name) or ""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _posting(comment: Record, thread: str | None, key: str, text: str) -> Posting | None:
    """The opening in a comment; None for replies, deleted comments and those without "|" in the first line."""
    html = comment.may(text)
    if html is None or comment.may("parent_id") != (thread or comment.need("story_id")):
        return None
    first_line = _LINE_END.split(html.strip(), maxsplit=1)[0]
    opening = read_headline(_EMAIL.sub("", first_line))
    if opening is None:
        return None
    number = comment.need(key)
    return opening.but(
        key=number, url=_PAGE + number, description=_EMAIL.sub("[e-mail]", html), posted=comment.may("created_at")
    )


SOURCE = HackerNews()
