"""A build that finds all as the last one left it does nothing; whatever is touched is seen."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from rolecall.commands.built import BuildReport
from rolecall.commands.standing import look
from rolecall.commands.standing import unchanged as unchanged_since

Run = Callable[..., Result]
DAY = date(2026, 11, 22)


def unchanged(folder: Path, day: date) -> BuildReport | None:
    return unchanged_since(folder, look(folder, day))


@pytest.fixture
def built(run: Run, board: Path) -> Path:
    assert run("build", "-C", board, "--now", DAY.isoformat()).exit_code == 0
    return board


def test_it_reports_what_the_build_before_it_made(run: Run, built: Path) -> None:
    report = unchanged(built, DAY)
    assert report is not None
    (built / ".cache" / "build" / "last").unlink()
    full = json.loads(run("build", "-C", built, "--now", DAY.isoformat(), "--json").stdout)
    assert report.as_dict() | {"seconds": None} == full | {"seconds": None}


@pytest.mark.parametrize(
    "file",
    [
        "config.yaml",
        "README.md",
        "jobs/kelpline/backend-engineer-tides.yaml",
        "jobs/new/job.yaml",
        "templates/site/row.html",
        "logos/new.png",
        "output/index.html",
        "output/new.html",
        "lists/new.md",
        ".cache/fetch/read-days",
    ],
)
def test_whatever_is_touched_is_looked_at(built: Path, file: str) -> None:
    path = built / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        os.utime(path, ns=(1, 1))
    else:
        path.write_text("")
    assert unchanged(built, DAY) is None


def test_a_file_that_is_gone_is_missed(built: Path) -> None:
    (built / "output" / "index.html").unlink()
    assert unchanged(built, DAY) is None


def test_another_day_is_another_build(built: Path) -> None:
    assert unchanged(built, date(2026, 11, 23)) is None


def test_where_a_link_stands_nothing_is_taken_for_granted(run: Run, built: Path, tmp_path: Path) -> None:
    row = built / "templates" / "site" / "row.html"
    row.rename(tmp_path / "row.html")
    row.symlink_to(tmp_path / "row.html")
    assert run("build", "-C", built, "--now", DAY.isoformat()).exit_code == 0
    assert unchanged(built, DAY) is None


def test_a_broken_job_is_told_every_time(run: Run, built: Path) -> None:
    (built / "jobs" / "kelpline" / "backend-engineer-tides.yaml").write_text("title: [\n")
    for _ in range(2):
        done = run("build", "-C", built, "--now", DAY.isoformat(), "--keep-going")
        assert done.exit_code == 1
        assert "backend-engineer-tides.yaml" in done.stderr
