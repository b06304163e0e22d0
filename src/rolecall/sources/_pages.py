"""Sources that read web pages: one job's page, or a list whose links lead to the pages of jobs."""

from __future__ import annotations

import re

from rolecall.errors import PayloadError, SourceError
from rolecall.issues import Issue
from rolecall.markup.page import links
from rolecall.model import Board, Posting
from rolecall.sources.base import Batch, Request, Response, Source


class PageSource(Source):
    """A reader of pages: write `postings`. The option `links`, a regular expression, picks the links of a list page.

    A linked page that holds no job is a finding; the board's own page that holds none is a failure.
    """

    takes = "url"
    options = frozenset({"links"})
    steps = ("page",)

    def first(self, board: Board) -> Request:
        if not board.url:
            raise SourceError(board.name, "url is missing.", f"Write it as in: {self.example}")
        return Request(url=board.url, expect="html", step="list" if _pattern(board) else "page")

    def read(self, response: Response, board: Board) -> Batch:
        if response.request.step == "list":
            return Batch(more=self._linked(response, board))
        try:
            postings, skipped = self.postings(response, board)
        except PayloadError as error:
            if response.request.step == "page":
                raise
            return Batch(skipped=(Issue("unreadable-item", error.where, error.what, error.hint),))
        return Batch(postings=postings, skipped=skipped)

    def postings(self, response: Response, board: Board) -> tuple[tuple[Posting, ...], tuple[Issue, ...]]:
        """The jobs of a page and what could not be read. Raises `PayloadError` when there is none."""
        raise NotImplementedError

    def _linked(self, response: Response, board: Board) -> tuple[Request, ...]:
        wanted = _pattern(board)
        found = [
            address
            for address in links(response.text(), response.url)
            if wanted and address != response.url and wanted.search(address)
        ]
        if not found:
            what = f"no link of the page matches {board.options['links']!r}."
            raise PayloadError(response.url, what, "Open the page and compare its links.")
        return tuple(Request(url=address, expect="html", step="linked") for address in found)


def _pattern(board: Board) -> re.Pattern[str] | None:
    pattern = str(board.options.get("links", ""))
    try:
        return re.compile(pattern) if pattern else None
    except re.error as error:
        what = f"links is not a regular expression: {error}."
        raise SourceError(board.name, what, r"Write it as in: links: /jobs/\d+") from error
