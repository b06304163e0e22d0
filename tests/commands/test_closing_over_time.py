"""Four recorded days of one real board: jobs open, go missing, close and come back as docs/architecture.md says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
# What each day's read did. The first loss is suspicious (62 of 71), and still old enough on the next day to close.
DAYS = {
    "2020-08-31": {"postings": 71, "new": 71, "missing": 0, "closed": 0, "relisted": 0, "pruned": 0},
    "2023-01-13": {"postings": 201, "new": 192, "missing": 62, "closed": 0, "relisted": 0, "pruned": 0},
    "2023-03-28": {"postings": 173, "new": 25, "missing": 53, "closed": 62, "relisted": 0, "pruned": 0},
    "2023-07-09": {"postings": 175, "new": 32, "missing": 36, "closed": 47, "relisted": 6, "pruned": 62},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text("title: Jobs\nboards:\n  - {source: greenhouse, board: canonical}\n")
    return tmp_path


def fetch(run: Run, folder: Path, recordings: Path, day: str) -> dict[str, Any]:
    result = run("fetch", "-C", folder, "--replay", recordings / day, "--now", day, "--json")
    assert result.exit_code == 0, result.output
    values: dict[str, Any] = json.loads(result.stdout)
    return values


def test_jobs_open_go_missing_close_and_come_back(run: Run, folder: Path, shared: Path) -> None:
    recordings = shared / "recordings" / "canonical-over-time"
    for day, expected in DAYS.items():
        report = fetch(run, folder, recordings, day)
        board = report["boards"][0]
        assert {
            **{name: board[name] for name in expected if name != "pruned"},
            "pruned": len(report["pruned"]),
        } == expected, day
        assert board["state"] == ("suspicious" if day == "2023-01-13" else "read")
        again = fetch(run, folder, recordings, day)
        assert again["files_changed"] == 0, f"a second read on {day} changed something"


def test_what_stands_in_the_files_is_what_the_four_days_say(run: Run, folder: Path, shared: Path) -> None:
    recordings = shared / "recordings" / "canonical-over-time"
    listed: dict[str, set[str]] = {}
    for day in DAYS:
        fetch(run, folder, recordings, day)
        line = json.loads((recordings / day / "index.jsonl").read_text().splitlines()[0])
        body = json.loads((recordings / day / line["response"]["body"]).read_text())
        listed[day] = {f"key: '{job['id']}'" for job in body["jobs"]}
    texts = [path.read_text() for path in (folder / "jobs").rglob("*.yaml") if path.name != "company.yaml"]
    last = list(DAYS)[-1]
    for text in texts:
        key = next(part for part in text.split("source: {", 1)[1].split(", ") if part.startswith("key: "))
        on_last_day = key in listed[last]
        assert on_last_day == ("missing_since" not in text)
        assert ("status: closed" in text) == (not on_last_day and key not in listed["2023-03-28"])
