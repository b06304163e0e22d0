"""A year of a board's life (bench/year.py), in short: only the days on which something happens, with few jobs."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def story(repo: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(repo / "bench"))
    return importlib.import_module("year")


def test_in_a_year_nothing_is_lost_empty_looping_or_closed_by_a_fault(story: ModuleType, tmp_path: Path) -> None:
    year = story.Year(tmp_path / "board", jobs=32, boards=4, step=3, days=story.SHORT)
    year.live()
    events = {int(name.removeprefix("on_")) for name in dir(year) if name.startswith("on_")}
    assert events <= set(story.SHORT)
    assert len(year.board.people) == 7
    assert year.board.runs > len(story.SHORT)


def test_an_empty_commit_and_a_lost_one_would_be_seen(story: ModuleType, tmp_path: Path) -> None:
    year = story.Year(tmp_path / "board", jobs=8, boards=2, days=(0,))
    year.live()
    person = year.board.fresh("person")
    year.board.git(
        person, "commit", "--quiet", "--allow-empty", "--message", "Update jobs: 0 added", day=date(2026, 1, 2)
    )
    year.board.git(person, "push", "--quiet", "origin", "main")
    with pytest.raises(AssertionError, match="an empty commit"):
        year.judge()
    year.board.git(person, "push", "--quiet", "--force", "origin", "HEAD~1:main")
    year.board.people["0" * 40] = "Mend a line"
    with pytest.raises(AssertionError, match="lost"):
        year.judge()


def test_a_broken_file_that_was_not_planted_would_be_seen(story: ModuleType, tmp_path: Path) -> None:
    year = story.Year(tmp_path / "board", jobs=8, boards=2, days=())
    year.write("jobs/visitors/bad.yaml", "title: [\n", date(2026, 1, 1))
    with pytest.raises(AssertionError, match=r"check names \['jobs/visitors/bad.yaml'\], planted are \[\]"):
        year.board.update(date(2026, 1, 1), year.answers())
