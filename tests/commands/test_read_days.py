"""On which day a board was last read to its end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rolecall.commands.read_days import FILE, load_read_days, note_read_days
from rolecall.issues import Issues
from rolecall.model import Board, FetchResult


def result(name: str, *, complete: bool) -> FetchResult:
    return FetchResult(board=Board(source="greenhouse", board=name), postings=(), complete=complete)


def test_the_day_of_a_complete_read_is_noted_and_other_boards_keep_theirs(tmp_path: Path) -> None:
    issues = Issues()
    note_read_days(tmp_path, [result("acme", complete=True), result("quay", complete=True)], date(2026, 11, 20), issues)
    note_read_days(
        tmp_path, [result("acme", complete=False), result("quay", complete=True)], date(2026, 11, 22), issues
    )
    assert load_read_days(tmp_path) == {"greenhouse/acme": "2026-11-20", "greenhouse/quay": "2026-11-22"}
    assert list(issues) == []


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1, "b": "yesterday"}', "\x00"])
def test_a_file_that_fetch_did_not_write_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(text)
    assert load_read_days(tmp_path) == {}
