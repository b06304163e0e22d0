"""What a board takes as it is: the files that this repository runs itself, and nothing that only develops rolecall."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rolecall.scaffold.shipped import is_program, part, shipped_files


def test_all_of_github_is_shipped_but_what_develops_rolecall(repo: Path) -> None:
    ours = {path.relative_to(repo).as_posix() for path in (repo / ".github").rglob("*") if path.is_file()}
    assert ours - set(shipped_files()) == {".github/workflows/ci.yml"}
    assert all((repo / file).read_bytes() == data for file, data in shipped_files().items())


def workflows() -> dict[str, str]:
    return {file: data.decode() for file, data in shipped_files().items() if file.startswith(".github/workflows/")}


@pytest.mark.parametrize("file", sorted(workflows()))
def test_a_workflow_asks_for_nothing_that_only_this_repository_has(file: str) -> None:
    text = workflows()[file]
    assert not re.search(r"\bbuild\.py\b|\bmake (?!it|sure)|pip install|pyproject", text)
    if "-m rolecall" in text:
        assert "run: .github/scripts/install\n" in text
        assert "PYTHONPATH: src" in text


def test_the_scripts_can_be_started(repo: Path) -> None:
    programs = [file for file in shipped_files() if is_program(file)]
    assert programs
    for file in programs:
        assert (repo / file).stat().st_mode & 0o111
        assert shipped_files()[file].startswith(b"#!/usr/bin/env ")


def test_every_word_of_a_part_is_filled_in() -> None:
    text = part("rolecall.txt", version="1.2.3").decode()
    assert text.endswith("rolecall==1.2.3\n")
    assert not re.search(r"@\w+@", text)
