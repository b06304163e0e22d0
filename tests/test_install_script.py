"""`.github/scripts/install`: one script for rolecall's own repository, its forks, and boards that only install it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

LIBRARIES = "-m pip install --quiet --require-hashes --requirement .github/requirements.txt"
ROLECALL = "-m pip install --quiet --no-deps --requirement .github/rolecall.txt"


@pytest.fixture
def board(tmp_path: Path, repo: Path) -> Path:
    """A folder with the script, and a `python` that writes down how it was called."""
    scripts = tmp_path / "board" / ".github" / "scripts"
    scripts.mkdir(parents=True)
    shutil.copy(repo / ".github" / "scripts" / "install", scripts)
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\necho "$PWD: $*" >> {tmp_path}/calls\ncase "$*" in *"$FAILS"*) exit 1;; esac\n')
    python.chmod(0o755)
    return tmp_path / "board"


def calls(board: Path, *, fails: str = "nothing at all") -> tuple[int, list[str]]:
    """The exit code, and what python was asked for, when the script is started from elsewhere."""
    env = {**os.environ, "PATH": f"{board.parent / 'bin'}{os.pathsep}{os.environ['PATH']}", "FAILS": fails}
    script = board / ".github" / "scripts" / "install"
    done = subprocess.run([script], cwd=board.parent, env=env, capture_output=True, check=False)
    lines = (board.parent / "calls").read_text().splitlines()
    assert all(line.startswith(f"{board}: ") for line in lines)
    return done.returncode, [line.removeprefix(f"{board}: ") for line in lines]


def test_a_board_gets_the_libraries_by_their_hashes_and_then_rolecall(board: Path) -> None:
    assert calls(board) == (0, [LIBRARIES, ROLECALL, "-m pip check"])


def test_rolecalls_own_repository_and_its_forks_run_what_they_hold(board: Path) -> None:
    (board / "src" / "rolecall").mkdir(parents=True)
    assert calls(board) == (0, [LIBRARIES])


@pytest.mark.parametrize(("fails", "done"), [("--require-hashes", 1), ("--no-deps", 2), ("pip check", 3)])
def test_what_cannot_be_installed_stops_the_workflow(board: Path, fails: str, done: int) -> None:
    code, asked = calls(board, fails=fails)
    assert code == 1
    assert len(asked) == done
