"""What git says of a folder: by paths of that folder, without another program, and never half of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from rolecall import git
from rolecall.errors import RolecallError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """`board/` in a repository that holds other things, too."""
    _git(tmp_path, "init", "--quiet", "--initial-branch=main")
    _commit(tmp_path, "board/jobs/acme/cook.yaml", "title: Cook\n")
    return tmp_path / "board"


def _git(folder: Path, *arguments: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    env = kept | {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    done = subprocess.run(["git", *who, *arguments], cwd=folder, env=env, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _commit(top: Path, file: str, text: str) -> None:
    (top / file).parent.mkdir(parents=True, exist_ok=True)
    (top / file).write_text(text)
    _git(top, "add", "--all")
    _git(top, "commit", "--quiet", "--message", "One more")


def test_paths_are_those_of_the_folder_and_what_lies_above_it_is_outside(folder: Path) -> None:
    _commit(folder.parent, "board/jobs/acme/baker.yaml", "title: Baker\n")
    _commit(folder.parent, "jobs/acme/of-another-board.yaml", "title: Waiter\n")
    start, end = git.commit_of(folder, "HEAD~2"), git.commit_of(folder, "HEAD")
    assert [one.path for one in git.differences(folder, start, end)] == [
        "../jobs/acme/of-another-board.yaml",
        "jobs/acme/baker.yaml",
    ]
    assert list(git.list_commit(folder, end, ["jobs"])) == ["jobs/acme/baker.yaml", "jobs/acme/cook.yaml"]
    assert git.changed_since(folder, start).added == {"jobs/acme/baker.yaml"}


def test_a_hook_of_another_repository_does_not_lead_away(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("other")
    _git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    commit = git.commit_of(folder, "HEAD")
    assert git.changed_since(folder, commit).added == frozenset()
    assert list(git.list_commit(folder, commit, ["jobs"])) == ["jobs/acme/cook.yaml"]


@pytest.mark.parametrize("ref", ["", "-h", "--output=x", "nowhere", "HEAD\n", "\x1b[2J"])
def test_what_names_no_commit_is_said_and_is_no_option(folder: Path, ref: str) -> None:
    with pytest.raises(RolecallError, match="names no commit"):
        git.commit_of(folder, ref)


def test_what_is_not_here_is_an_error_and_not_left_out(folder: Path) -> None:
    there = git.list_commit(folder, git.commit_of(folder, "HEAD"), ["jobs"])["jobs/acme/cook.yaml"].id
    assert git.contents(folder, [there, there]) == {there: b"title: Cook\n"}
    with pytest.raises(RolecallError, match="does not have the object"):
        git.contents(folder, [there, "0" * 39 + "1"])


def test_a_folder_without_a_repository_knows_nothing(tmp_path: Path) -> None:
    assert git.ask(tmp_path, "rev-parse", "--git-dir") is None
    assert git.top_of(tmp_path / "nowhere") is None
    with pytest.raises(RolecallError, match="not a git repository"):
        git.commit_of(tmp_path, "HEAD")
