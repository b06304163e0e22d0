"""`rolecall build` of a board whose jobs are listed beside the README: written whole, swept, nobody's work touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from rolecall.commands import lists as lists_module

Run = Callable[..., Result]
NOW = ("--now", "2026-11-22")
JOB = "jobs/kelpline/backend-engineer-tides.yaml"


@pytest.fixture
def listed(board: Path) -> Path:
    """The sample board with lists."""
    set_lists(board, "always")
    return board


def set_lists(board: Path, value: str) -> None:
    config = board / "config.yaml"
    text = config.read_text()
    for old in ("auto", "always", "never"):
        text = text.replace(f"  lists: {old} ", f"  lists: {value} ")
    config.write_text(text)


def files(board: Path) -> dict[str, tuple[bytes, int]]:
    paths = [*sorted((board / "lists").rglob("*")), board / "README.md"]
    return {str(path.relative_to(board)): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def facts(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout)["readme"]
    return found


def test_a_second_build_writes_nothing_and_a_third_without_cache_neither(run: Run, listed: Path) -> None:
    first = facts(run("build", "-C", listed, *NOW, "--json"))
    before = files(listed)
    again = facts(run("build", "-C", listed, *NOW, "--json"))
    (listed / ".cache" / "build" / "readme").unlink()
    anew = facts(run("build", "-C", listed, *NOW, "--json"))
    assert first["lists"] == first["lists_written"] == len(before) - 1 > 5
    assert again == anew == {**first, "lists_written": 0}
    assert files(listed) == before


def test_the_report_says_how_many_lists_there_are(run: Run, listed: Path) -> None:
    made = run("build", "-C", listed, *NOW)
    count = len(list((listed / "lists").iterdir()))
    assert f"; {count} lists beside it ({count} written, 0 removed)." in made.stdout


def test_a_changed_list_is_made_again(run: Run, listed: Path) -> None:
    run("build", "-C", listed, *NOW)
    path = listed / "lists" / "backend.md"
    whole = path.read_bytes()
    path.write_bytes(b"Hello!\n" + whole)
    assert facts(run("build", "-C", listed, *NOW, "--json"))["lists_written"] == 1
    assert path.read_bytes() == whole
    path.unlink()
    assert facts(run("build", "-C", listed, *NOW, "--json"))["lists_written"] == 1
    assert path.read_bytes() == whole


def test_what_is_no_longer_made_is_swept_and_other_files_stay(run: Run, listed: Path) -> None:
    run("build", "-C", listed, *NOW)
    (listed / "lists" / "notes.md").write_text("Mine.\n")
    (listed / "lists" / ".backend.md.new").write_text("half")
    set_lists(listed, "never")
    assert facts(run("build", "-C", listed, *NOW, "--json"))["lists"] == 0
    assert [path.name for path in (listed / "lists").iterdir()] == ["notes.md"]
    (listed / "lists" / "notes.md").unlink()
    set_lists(listed, "always")
    run("build", "-C", listed, *NOW)
    set_lists(listed, "never")
    run("build", "-C", listed, *NOW)
    assert not (listed / "lists").exists()


def test_lists_of_another_language_are_known_again(run: Run, listed: Path) -> None:
    run("build", "-C", listed, *NOW)
    catalogue = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Made by rolecall from the files in jobs/. What is changed here is overwritten."\nmsgstr "Fait."\n'
    )
    (listed / "templates" / "locales").mkdir(exist_ok=True)
    (listed / "templates" / "locales" / "fr.po").write_text(catalogue)
    config = listed / "config.yaml"
    config.write_text(config.read_text().replace("language: en ", "language: fr "))
    run("build", "-C", listed, *NOW)
    assert (listed / "lists" / "backend.md").read_text().endswith(">Fait.</p>\n")


def test_a_file_that_somebody_wrote_is_refused_before_anything_is_written(run: Run, listed: Path) -> None:
    (listed / "lists").mkdir()
    (listed / "lists" / "backend.md").write_text("# My notes\n")
    before = files(listed)
    result = run("build", "-C", listed, *NOW)
    assert result.exit_code == 1
    assert "lists/backend.md: was not made by rolecall, and a list of jobs would replace it. Move it" in result.stderr
    assert files(listed) == before


@pytest.mark.parametrize("name", ["lists", "lists/backend.md"])
def test_links_are_not_written_through(run: Run, listed: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    if name == "lists":
        outside.mkdir()
    else:
        outside.write_text("theirs")
        (listed / "lists").mkdir()
    (listed / name).symlink_to(outside)
    result = run("build", "-C", listed, *NOW)
    assert result.exit_code == 1
    assert "is a symbolic link" in result.stderr
    assert list(outside.iterdir()) == [] if name == "lists" else outside.read_text() == "theirs"


def test_a_file_in_the_place_of_the_folder_is_named(run: Run, listed: Path) -> None:
    (listed / "lists").write_text("mine")
    result = run("build", "-C", listed, *NOW)
    assert result.exit_code == 1
    assert "lists: is a file, and the lists of jobs need a folder. Rename it." in result.stderr


def test_a_readme_in_a_folder_has_its_lists_beside_it(run: Run, listed: Path) -> None:
    config = listed / "config.yaml"
    config.write_text(config.read_text().replace("file: README.md ", "file: docs/JOBS.md "))
    (listed / "docs" / "JOBS.md").write_text("<!-- rolecall:start -->\n<!-- rolecall:end -->\n")
    run("build", "-C", listed, *NOW)
    assert "](../JOBS.md)" in (listed / "docs" / "lists" / "backend.md").read_text()
    assert 'href="lists/backend.md"' in (listed / "docs" / "JOBS.md").read_text()
    assert not (listed / "lists").exists()


@pytest.mark.parametrize("written", [0, 1, 3])
def test_a_build_that_ends_half_way_leaves_old_or_new_bytes_and_the_next_one_mends_it(
    run: Run, listed: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    run("build", "-C", listed, *NOW)
    old = {name: data for name, (data, _) in files(listed).items()}
    for path in (listed / JOB, listed / "jobs/quillfen/support-engineer.yaml"):
        path.write_text(path.read_text().replace("title: ", "title: New ", 1))
    with monkeypatch.context() as patch:
        patch.setattr(lists_module, "write_atomic", ending_after(written))
        with pytest.raises(Killed):
            run("build", "-C", listed, *NOW)
    half = {name: data for name, (data, _) in files(listed).items()}
    run("build", "-C", listed, *NOW)
    new = {name: data for name, (data, _) in files(listed).items()}
    assert sum(half[name] != old[name] for name in old) == written
    assert all(half[name] in (old[name], new[name]) for name in old)
    assert half["README.md"] == old["README.md"] != new["README.md"]


class Killed(BaseException):
    """What no code but the interpreter catches."""


def ending_after(count: int) -> Callable[[Path, bytes], bool]:
    left = [count]

    def write(path: Path, data: bytes) -> bool:
        if not left[0]:
            raise Killed
        left[0] -= 1
        beside = path.with_suffix(".tmp")
        beside.write_bytes(data)
        beside.replace(path)
        return True

    return write
