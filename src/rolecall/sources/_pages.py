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
        return Request(url=board.url, expect="html", step="list" if board.options.get("links") else "page")

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
        pattern = str(board.options["links"])
        try:
            wanted = re.compile(pattern)
        except re.error as error:
            raise SourceError(
                board.name, f"links is not a regular expression: {error}.", r"Write it as in: links: /jobs/\d+"
            ) from error
        found = [
            address
            for address in links(response.text(), response.url)
            if address != response.url and wanted.search(address)
        ]
        if not found:
            raise PayloadError(
                response.url, f"no link of the page matches {pattern!r}.", "Open the page and compare its links."
            )
        return tuple(Request(url=address, expect="html", step="linked") for address in found)
