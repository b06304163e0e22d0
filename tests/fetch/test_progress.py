from __future__ import annotations

import io

import pytest

from rolecall.fetch.progress import TerminalProgress
from rolecall.issues import Issue
from rolecall.model import Board, FetchResult

BOARD = Board(source="listing", board="[red]acme")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_INTERACTIVE", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


def show(stream: io.StringIO) -> str:
    with TerminalProgress(stream) as progress:
        progress.begin(2)
        progress.answered(BOARD, 2_500_000)
        progress.finish(FetchResult(BOARD, error=Issue("gone", "x", "y")))
        progress.finish(FetchResult(BOARD, complete=True))
    return stream.getvalue()


def test_a_terminal_shows_boards_answers_and_failures() -> None:
    shown = show(Terminal())
    assert "2/2" in shown
    assert "1 answers, 2.5 MB, 1 failed" in shown
    assert "[red]acme" in shown


def test_anything_but_a_terminal_shows_nothing() -> None:
    assert show(io.StringIO()) == ""
