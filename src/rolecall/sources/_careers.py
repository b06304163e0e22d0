"""Careers sites of vendors without a public API: a list page whose links lead to one page with JSON-LD for each job.

A vendor's module says the list's address and which links are jobs. The number in a job's address is its key, so that
it outlives what the page calls its identifier. A job page without JSON-LD leaves what the list says: the words of the
link. A list without such a link is an error, never an empty board: from its page the two cannot be told apart.
"""

from __future__ import annotations

import re

from rolecall.errors import PayloadError
from rolecall.issues import Issue
from rolecall.markup.page import Piece, root_of
from rolecall.model import Board, Posting
from rolecall.sources._jobposting import merged
from rolecall.sources.base import Batch, Request, Response, Source


class CareersSource(Source):
    """Write `page`, the list's address; `job` finds the link of a job and, as the group `key`, what names it there.

    `title` is a CSS selector for the title in a link that holds more. `words_are_titles` False: such links may lead
    elsewhere, so that only a page with a JobPosting is a job.
    """

    steps = ("list", "page")
    job: re.Pattern[str]
    title: str = ""
    words_are_titles: bool = True

    def page(self, board: Board) -> str:
        raise NotImplementedError

    def next_page(self, address: str) -> str | None:
        """The page of the list after `address`, where its vendor has several: the last one has no job."""
        return None

    def asked(self, address: str) -> str:
        """What to ask for the job at `address`, which is that of its link without the query."""
        return address

    def first(self, board: Board) -> Request:
        return Request(url=self.page(board), expect="html")

    def read(self, response: Response, board: Board) -> Batch:
        if response.request.step == "list":
            return Batch(more=self._linked(response, board))
        try:
            posting = merged(response, response.request.carry)
        except PayloadError as error:
            if response.request.step == "page":
                raise
            return Batch(skipped=(Issue("unreadable-item", error.where, error.what, error.hint),))
        own = self.job.search(response.request.url)
        return Batch(postings=(posting.but(key=own["key"]) if own else posting,))

    def _linked(self, response: Response, board: Board) -> tuple[Request, ...]:
        root = root_of(response.text(), response.url)
        found: dict[str, Request] = {}
        for link in root.select("a[href]") if root else ():
            address = (link.address("href") or "").partition("#")[0]
            if named := self.job.search(address):
                wanted = self._asked(named["key"], address.partition("?")[0], link)
                # A job may be linked twice, at first without words.
                if named["key"] not in found or (wanted.carry and not found[named["key"]].carry):
                    found[named["key"]] = wanted
        after = self.next_page(response.request.url)
        if found:
            return (*found.values(), Request(url=after, expect="html")) if after else tuple(found.values())
        if after is None or response.request.url == self.page(board):
            what = "the page has no link to a job."
            raise PayloadError(response.url, what, "Open it in a browser: has the layout changed, or is no job open?")
        return ()

    def _asked(self, key: str, address: str, link: Piece) -> Request:
        words = next(iter(link.select(self.title)), link).text if self.title else link.text
        if not words or not self.words_are_titles:
            return Request(url=self.asked(address), expect="html", step="linked")
        listed = Posting(key=key, title=words, url=address)
        return Request(url=self.asked(address), expect="html", step="page", carry=listed)
