"""On a larger board the README of a build after an edit is made in a second process: it shows in nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result

from rolecall.commands.catalogue import WORTH_FORKING

Run = Callable[..., Result]
DAY = "2026-11-22"


def written(folder: Path) -> dict[str, bytes]:
    files = [path for part in ("output", "lists") for path in (folder / part).rglob("*")]
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in (*files, folder / "README.md") if path.is_file()
    }


@pytest.fixture
def edited(run: Run, tmp_path: Path) -> Path:
    """A board that was built, and of which one text has changed since."""
    folder = tmp_path / "board"
    (folder / "jobs" / "larkspur").mkdir(parents=True)
    (folder / "config.yaml").write_text("title: Larkspur\nsite: {cards: 0}\nreadme: {lists: always}\n")
    (folder / "README.md").write_text("<!-- rolecall:start -->\n<!-- rolecall:end -->\n")
    for number in range(WORTH_FORKING + 20):
        (folder / "jobs" / "larkspur" / f"cook-{number:03}.yaml").write_text(
            f"title: Cook {number}\ncompany: Larkspur\napply_url: https://larkspur.example/{number}\n"
            f"posted: 2026-11-{number % 20 + 1:02}\ndescription: We cook for {number} guests.\n"
        )
    assert run("build", "-C", folder, "--now", DAY).exit_code == 0
    job = folder / "jobs" / "larkspur" / "cook-007.yaml"
    job.write_text(job.read_text().replace("guests", "hungry guests"))
    return folder


def test_two_processes_write_what_one_does(run: Run, edited: Path) -> None:
    assert run("build", "-C", edited, "--now", DAY, "--workers", "2").exit_code == 0
    found = written(edited)
    assert b"hungry" in found["README.md"]
    (edited / ".cache" / "build" / "last").unlink()
    for path in ("README.md", "output/index.html"):
        (edited / path).write_text("<!-- rolecall:start -->\n<!-- rolecall:end -->\n")
    assert run("build", "-C", edited, "--now", DAY, "--workers", "1").exit_code == 0
    assert written(edited) == found


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_readme_that_cannot_be_made_leaves_the_site_as_it_was(run: Run, edited: Path, workers: str) -> None:
    before = written(edited)
    template = edited / "templates" / "readme" / "board.md"
    template.parent.mkdir(parents=True)
    template.write_text("{% if %}")
    ended = run("build", "-C", edited, "--now", DAY, "--workers", workers)
    assert ended.exit_code == 1
    assert "readme/board.md" in ended.stderr
    assert written(edited) == before


def test_texts_that_move_can_still_be_read_while_another_process_keeps_the_views(
    run: Run, edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # a thread of another test may still be there
    started_over: list[object] = []
    spy = SimpleNamespace(rmtree=lambda path, **_: started_over.append(path))
    monkeypatch.setattr("rolecall.commands.build.shutil", spy)
    monkeypatch.setattr("rolecall.site.texts._MANY_SEGMENTS", 1)
    job = edited / "jobs" / "larkspur" / "cook-007.yaml"
    job.with_name("cook-one-more.yaml").write_text(job.read_text().replace("/7", "/one-more"))
    assert run("build", "-C", edited, "--now", DAY, "--workers", "2").exit_code == 0
    assert len(list((edited / ".cache" / "build" / "job-views" / "texts").iterdir())) == 1
    assert not started_over
