"""A request within one board's read: where it stands in the source's list, and who asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from rolecall.fetch.http_cache import identity
from rolecall.sources.base import Request

Position = tuple[int, ...]
"""A place in the source's list; positions sort as the list does."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request, its place, and the page that asked for it (None for the first)."""

    request: Request
    position: Position = ()
    asked_by: Question | None = None

    def comes_round(self) -> bool:
        """Whether a page on the way to this one was the same request."""
        name, page = identity(self.request), self.asked_by
        while page is not None and identity(page.request) != name:
            page = page.asked_by
        return page is not None

    def is_same_job(self) -> bool:
        """Whether a job's first page asks for a second one of the same job; there is never a third."""
        asker = self.asked_by
        if self.request.carry is None or asker is None or asker.request.carry is None or asker.asked_by is None:
            return False
        return asker.request.carry.key == self.request.carry.key and asker.asked_by.request.carry is None
