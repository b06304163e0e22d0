"""`.github/scripts/push-changes` against a remote that is a folder: what the update workflow does at its end."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

BUILD = """#!/bin/sh
# Stands for `python -m rolecall build`: README.md lists the files of jobs/, and so does a list, named by their number.
ls jobs > README.md
rm -rf lists && mkdir lists && ls jobs > lists/$(ls jobs | wc -l | tr -d ' ').md
"""


class Remote:
    """A bare repository, a checkout in which fetch ran, and a checkout of a person."""

    def __init__(self, root: Path, script: Path) -> None:
        self.root, self.script = root, script
        self.bin = root / "bin"
        self.bin.mkdir()
        (self.bin / "python").write_text(BUILD)
        (self.bin / "python").chmod(0o755)
        self.git(root, "init", "--quiet", "--bare", "--initial-branch=main", "remote")
        self.bot, self.person = root / "bot", root / "person"
        self.git(root, "clone", "--quiet", "remote", "person")
        for name, value in (("user.name", "Ada"), ("user.email", "ada@example.org")):
            self.git(self.person, "config", name, value)
        self.git(self.person, "checkout", "--quiet", "-b", "main")
        (self.person / "jobs").mkdir()
        (self.person / "jobs" / "cook.yaml").write_text("title: Cook\nposted: 2026-11-01\n")
        self.push_by_person("First job")
        self.git(root, "clone", "--quiet", "remote", "bot")

    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GH_", "GITHUB_"))}
        kept |= {"HOME": str(self.root), "GIT_CONFIG_NOSYSTEM": "1", "BRANCH": "main"}
        return kept | {"PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}"}

    def git(self, folder: Path, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=self.env(), check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def push_by_person(self, message: str) -> None:
        subprocess.run([self.bin / "python"], cwd=self.person, check=True)
        self.git(self.person, "add", "--all")
        self.git(self.person, "commit", "--quiet", "--message", message)
        self.git(self.person, "push", "--quiet", "origin", "main")

    def push_changes(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run([self.script], cwd=self.bot, env=self.env(), check=False, capture_output=True, text=True)

    def log(self) -> list[str]:
        return self.git(self.root / "remote", "log", "--format=%s", "main").splitlines()

    def file(self, path: str) -> str:
        return self.git(self.root / "remote", "show", f"main:{path}")


@pytest.fixture
def remote(tmp_path: Path, repo: Path) -> Remote:
    return Remote(tmp_path, repo / ".github" / "scripts" / "push-changes")


def fetch(remote: Remote, **files: str) -> None:
    for name, text in files.items():
        (remote.bot / "jobs" / f"{name}.yaml").write_text(text)
    subprocess.run([remote.bin / "python"], cwd=remote.bot, check=True)


def test_nothing_changed_makes_no_commit(remote: Remote) -> None:
    done = remote.push_changes()
    assert (done.returncode, done.stdout) == (0, "Nothing changed.\n"), done.stderr
    assert remote.log() == ["First job"]


def test_the_message_holds_counts_and_no_title(remote: Remote) -> None:
    fetch(remote, cook="title: '[skip ci] Cook'\nposted: 2026-11-01\n", baker="title: Baker\n")
    assert remote.push_changes().returncode == 0
    assert remote.log() == ["Update jobs: 1 added, 1 changed, 0 removed", "First job"]


def test_a_push_that_comes_second_keeps_both_and_builds_the_readme_anew(remote: Remote) -> None:
    fetch(remote, baker="title: Baker\n")
    (remote.person / "jobs" / "smith.yaml").write_text("title: Smith\n")
    remote.push_by_person("Add a smith")
    done = remote.push_changes()
    assert done.returncode == 0, done.stdout + done.stderr
    assert remote.log() == ["Update jobs: 1 added, 0 changed, 0 removed", "Add a smith", "First job"]
    assert remote.file("README.md").split() == ["baker.yaml", "cook.yaml", "smith.yaml"]
    assert remote.git(remote.root / "remote", "ls-tree", "--name-only", "main:lists") == "3.md"
    assert remote.file("lists/3.md") == remote.file("README.md")


def test_two_changes_of_the_same_lines_end_the_run_and_the_persons_stays(remote: Remote) -> None:
    fetch(remote, cook="title: Cook from fetch\nposted: 2026-11-01\n")
    (remote.person / "jobs" / "cook.yaml").write_text("title: Cook from Ada\nposted: 2026-11-01\n")
    remote.push_by_person("Mend the title")
    done = remote.push_changes()
    assert done.returncode == 1
    assert "::error::Fetch and a person changed the same lines." in done.stdout
    assert remote.log() == ["Mend the title", "First job"]
    assert "Ada" in remote.file("jobs/cook.yaml")


def test_a_refused_push_ends_after_three_attempts(remote: Remote) -> None:
    hook = remote.root / "remote" / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho x >> attempts\nexit 1\n")
    hook.chmod(0o755)
    fetch(remote, baker="title: Baker\n")
    done = remote.push_changes()
    assert done.returncode == 1
    assert "::error::Three pushes" in done.stdout
    assert len((remote.root / "remote" / "attempts").read_text().split()) == 3
    assert remote.log() == ["First job"]
