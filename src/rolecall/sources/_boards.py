"""What job boards have in common: one list for everybody (`board: all`), and a limit to how much of it is read."""

from __future__ import annotations

from rolecall.errors import SourceError
from rolecall.model import Board
from rolecall.sources.base import Record

ALL = "all"


def require_all(board: Board, site: str) -> None:
    """Raises `SourceError` for a board that asks for a part of a list that is only given as a whole."""
    if board.board != ALL:
        raise SourceError(
            board.name, f"{site} has one list for everybody, and no part called {board.board!r}.", "Write board: all."
        )


def page_limit(board: Board, default: int) -> int:
    """How many pages of the list to read: the option `pages`. Raises `SourceError` when it is no number above 0."""
    given = str(board.options.get("pages", default)).strip()
    if not given.isdecimal() or not 1 <= int(given) <= 500:
        raise SourceError(board.name, f"pages is {given[:40]!r}.", "Write a number from 1 to 500.")
    return int(given)


def cut_after(pages: int) -> str:
    """Why a list is not whole of which only `pages` pages were read."""
    return f"read up to page {pages:,} only; the option pages sets how far"


def rows(answer: Record, name: str) -> list[Record]:
    """The list called `name`; a saved page may hold the list alone. Raises `PayloadError` when there is none."""
    return answer.each() if isinstance(answer.value, list) and answer.value else answer.each(name)
