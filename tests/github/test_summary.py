"""The step summary: text from outside stays text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rolecall.github.summary import summary, write_counts, write_summary

BOARD = {
    "board": "feed/<b>",
    "state": "read",
    "postings": 2,
    "new": 1,
    "changed": 0,
    "missing": 0,
    "closed": 0,
    "relisted": 0,
    "expired": 0,
    "filtered": 0,
    "held": 0,
    "why": None,
}
ISSUE = {
    "level": "warning",
    "code": "x",
    "where": "feed/a",
    "what": "@everyone </table>\n\n# big ![x](https://evil.example)",
    "hint": "Go.",
}


class _Report:
    def as_dict(self) -> dict[str, Any]:
        return {"boards": [BOARD], "issues": [ISSUE]}


def test_data_cannot_leave_its_cell() -> None:
    text = summary(_Report().as_dict())
    assert "&lt;b&gt;" in text
    assert "&lt;/table&gt;" in text
    assert "@everyone" not in text
    # No blank line inside the HTML: after one, GitHub would read Markdown again.
    assert "\n\n" not in text.strip()
    assert not any(line.startswith(("#", "!")) for line in text.splitlines())


def test_many_findings_are_counted_not_listed() -> None:
    text = summary({"boards": [], "issues": [{**ISSUE, "what": str(number)} for number in range(250)]})
    assert text.count("<li>") == 200
    assert "50 more findings" in text


def test_the_summary_is_appended_where_github_says(tmp_path: Path) -> None:
    target = tmp_path / "summary.md"
    target.write_text("before\n")
    write_summary(str(target), _Report())
    write_summary(None, _Report())
    assert target.read_text().startswith("before\n\n<table>")


def test_the_summary_says_what_changed_in_all_and_how_many_boards_failed() -> None:
    failed = {**BOARD, "state": "failed", "new": 0}
    text = summary({"boards": [BOARD, BOARD, failed], "issues": []})
    assert "<p>2 new, 0 changed, 0 closed, 0 relisted; 1 of 3 boards failed.</p>" in text


def test_later_steps_are_told_counts_alone(tmp_path: Path) -> None:
    target = tmp_path / "output"
    write_counts(str(target), boards=3, failed=1)
    write_counts(None, boards=3)
    assert target.read_text() == "boards=3\nfailed=1\n"
