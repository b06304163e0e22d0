"""build.py: `python build.py` in a checkout is `rolecall build`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest


def start(
    repo: Path, *arguments: str, env: Mapping[str, str], flags: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *flags, "build.py", *arguments], cwd=repo, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture
def bare_env(offline_env: Mapping[str, str]) -> dict[str, str]:
    """As in a fresh clone: rolecall is not installed."""
    return {name: value for name, value in offline_env.items() if name != "PYTHONPATH"}


def test_it_takes_the_options_of_build(repo: Path, bare_env: Mapping[str, str]) -> None:
    done = start(repo, "--help", env=bare_env)
    assert done.returncode == 0, done.stderr
    assert "build [OPTIONS]" in done.stdout
    assert "--now" in done.stdout


def test_a_missing_library_is_one_clear_sentence(repo: Path, bare_env: Mapping[str, str]) -> None:
    done = start(repo, env=bare_env, flags=("-S",))  # without site-packages
    assert done.returncode == 1
    assert done.stderr.startswith("build.py: the library click is missing. Run `make build`")
    assert done.stderr.count("\n") == 1


def test_it_stays_a_front_door(repo: Path) -> None:
    assert len((repo / "build.py").read_text(encoding="utf-8").splitlines()) <= 15
