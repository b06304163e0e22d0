"""Same input, same bytes: whatever a build finds in its cache, and whoever shares the work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
DAY = "2026-11-22"
JOBS = int(os.environ.get("ROLECALL_SAME_BYTES_JOBS", "60"))  # 1000 for the whole measure: it takes minutes


@pytest.fixture(scope="module")
def made_up(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board of made-up jobs, as `bench/corpus.py` writes them."""
    folder = tmp_path_factory.mktemp("corpus")
    command = [sys.executable, str(repo / "bench" / "corpus.py"), str(JOBS), str(folder), "--today", DAY, "--languages"]
    subprocess.run(command, check=True, capture_output=True)
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8") + "site: {cards: 3}\nreadme: {lists: always}\n", "utf-8")
    return folder


def written(folder: Path) -> dict[str, bytes]:
    """Everything that a build writes."""
    files = [path for part in ("output", "lists") for path in (folder / part).rglob("*")]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (*files, folder / "README.md")
        if path.is_file()
    }


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def reworded(path: Path) -> None:
    """Change a word of the text, and nothing else of the job."""
    head, name, text = path.read_text("utf-8").partition("\ndescription")
    assert " a " in text
    path.write_text(head + name + text.replace(" a ", " another & ", 1), "utf-8")


def replaced(path: Path, field: str, value: str) -> None:
    """Give a field that stands on one line another value."""
    before = path.read_text("utf-8")
    after = re.sub(rf"^{field}: .*$", f"{field}: {value}", before, count=1, flags=re.MULTILINE)
    assert after != before
    path.write_text(after, "utf-8")


def described(folder: Path) -> list[Path]:
    """The files of jobs with a text that `reworded` can change."""
    files = sorted(path for path in (folder / "jobs").glob("*/*.yaml") if path.name != "company.yaml")
    return [path for path in files if " a " in path.read_text("utf-8").partition("\ndescription")[2]]


def changes(folder: Path, day: str) -> Iterator[tuple[str, str]]:
    """Each kind of change in turn, as it is made: its name, and the day of the build that follows."""
    jobs = sorted(path for path in (folder / "jobs").glob("*/*.yaml") if path.name != "company.yaml")
    edited(jobs[3], "title: ", "title: X")
    yield "a title is edited", day
    reworded(described(folder)[2])
    yield "a text is edited", day
    (folder / "output" / "jobs.xml").write_text("edited by hand", "utf-8")
    reworded(described(folder)[3])
    yield "a text is edited, and jobs.xml by hand", day
    copy = jobs[4].with_name("one-more-job.yaml")
    lines = jobs[4].read_text("utf-8").splitlines(keepends=True)
    copy.write_text("".join(line for line in lines if not line.startswith(("id:", "source:", "# yaml"))), "utf-8")
    yield "a job is added", day
    jobs[5].write_text(jobs[5].read_text("utf-8").replace("status: closed\n", "") + "status: closed\n", "utf-8")
    yield "a job is closed", day
    jobs[6].unlink()
    yield "a job is gone", day
    edited(jobs[5], "status: closed\n", "")
    yield "a job is open again", day
    replaced(jobs[7], "posted", "2026-10-30")
    yield "the order of jobs changes", day
    replaced(next(path for path in jobs[7:] if "\ntags: [" in path.read_text("utf-8")), "tags", "[Python, Neatness]")
    yield "the tags of a job change", day
    company = next(path for path in sorted(folder.glob("jobs/*/company.yaml")))
    edited(company, "name: ", "website: https://renamed.example/\nname: ") if "website" not in company.read_text(
        "utf-8"
    ) else edited(company, "website: https://", "website: https://renamed.")
    yield "a company moves", day
    employer = next(path for path in jobs[8:] if path.exists())
    name = next(line for line in employer.read_text("utf-8").splitlines() if line.startswith("company: "))
    for path in employer.parent.glob("*.yaml"):
        if path.name != "company.yaml":
            edited(path, name, "company: Renamed and Sons")
    yield "a company is renamed", day
    edited(folder / "config.yaml", "title: ", "title: Our ")
    yield "the config changes", day
    row = folder / "templates" / "site" / "row.html"
    row.parent.mkdir(parents=True, exist_ok=True)
    row.write_text(
        (Path(__file__).parents[2] / "templates" / "site" / "row.html").read_text("utf-8") + "<hr>\n", "utf-8"
    )
    yield "a template changes", day
    words = folder / "templates" / "locales" / "en.po"
    words.parent.mkdir(parents=True, exist_ok=True)
    words.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Similar jobs"\nmsgstr "More & more"\n',
        "utf-8",
    )
    yield "a translation changes", day
    yield "the day changes", "2026-12-03"


def held(run: Run, folder: Path, tmp_path: Path, day: str) -> None:
    """The board as it stands gives the same bytes from its cache, from nothing, and by one process or by three."""
    done = run("build", "-C", folder, "--now", day)
    assert done.exit_code == 0, done.output
    again = run("build", "-C", folder, "--now", day)
    assert "; 0 files written" in again.stdout
    expected = written(folder)
    for workers in ("1", "3"):
        fresh = tmp_path / f"fresh-{workers}"
        shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns("output", ".cache", "lists"))
        assert run("build", "-C", fresh, "--now", day, "--workers", workers).exit_code == 0
        found = written(fresh)
        assert found.keys() == expected.keys()
        assert [name for name in found if found[name] != expected[name]] == []
        shutil.rmtree(fresh)


@pytest.mark.parametrize("which", ["sample", "made up"])
def test_every_kind_of_change_gives_the_bytes_of_a_build_from_nothing(
    which: str, run: Run, board: Path, made_up: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "changed"
    shutil.copytree(board if which == "sample" else made_up, folder)
    held(run, folder, tmp_path, DAY)
    for name, day in changes(folder, DAY):
        try:
            held(run, folder, tmp_path, day)
        except AssertionError as error:
            raise AssertionError(f"when {name}") from error


def test_whatever_the_cache_lost_the_next_change_gives_the_bytes_of_a_build_from_nothing(
    run: Run, made_up: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lossy"
    shutil.copytree(made_up, folder)
    run("build", "-C", folder, "--now", DAY)
    lost = ["facts", "manifest", "search-plan", "search-index", "search-columns", "pieces/jobs.xml", "pieces/jobs.json"]
    lost += ["readme", "readme-lists", "readme-rows", "readme-rows-index", "job-views/00"]
    for number, name in enumerate(lost):
        (folder / ".cache" / "build" / name).unlink()
        reworded(described(folder)[number])
        assert run("build", "-C", folder, "--now", DAY).exit_code == 0
    fresh = tmp_path / "fresh"
    shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns("output", ".cache"))
    run("build", "-C", fresh, "--now", DAY)
    assert written(fresh) == written(folder)


def test_another_version_makes_everything_anew_and_the_same(
    run: Run, board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", "-C", board, "--now", DAY)
    before = written(board)
    from rolecall.site import cache_file

    monkeypatch.setattr(cache_file, "tool_key", lambda: "another version")
    done = run("build", "-C", board, "--now", DAY)
    assert f"0 files written, {len(before) - 2} unchanged" in done.stdout
    assert written(board) == before
