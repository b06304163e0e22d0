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

    def push_changes(self, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.script], cwd=self.bot, env=self.env() | env, check=False, capture_output=True, text=True
        )

    def hook(self, body: str) -> None:
        hook = self.root / "remote" / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{body}")
        hook.chmod(0o755)

    def clean(self) -> bool:
        return not self.git(self.bot, "status", "--porcelain")

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


def test_another_day_in_the_readme_alone_is_no_change(remote: Remote) -> None:
    readme = remote.bot / "README.md"
    readme.write_text(f"**As of 21 Nov 2026: 1 open job**, 1 new\n\n{readme.read_text()}")
    assert remote.push_changes().returncode == 0
    head = remote.log()
    readme.write_text(
        readme.read_text().replace("**As of 21 Nov 2026: 1 open job**, 1 new", "**As of 22 Nov 2026: 1 open job**")
    )
    done = remote.push_changes()
    assert (done.returncode, done.stdout, remote.log()) == (0, "Nothing changed.\n", head), done.stderr
    assert remote.clean()
    readme.write_text(readme.read_text().replace("As of 21", "As of 23") + "smith.yaml\n")
    assert remote.push_changes().returncode == 0
    assert len(remote.log()) == len(head) + 1


def test_the_message_names_the_run_that_wrote_it(remote: Remote) -> None:
    fetch(remote, cook="title: Cook\nposted: 2026-11-01\nstatus: closed\n")
    assert remote.push_changes(WHAT="Check links").returncode == 0
    assert remote.log()[0] == "Check links: 0 added, 1 changed, 0 removed"


def test_of_a_file_that_both_changed_the_persons_stays_whole_and_the_rest_is_pushed(remote: Remote) -> None:
    fetch(remote, cook="title: Cook from fetch\nposted: 2026-11-01\ntags: [a]\n", baker="title: Baker\n")
    (remote.person / "jobs" / "cook.yaml").write_text("title: Cook\nposted: 2026-11-01\nlevel: senior\n")
    remote.push_by_person("Say the level")
    done = remote.push_changes()
    assert done.returncode == 0, done.stdout + done.stderr
    assert remote.log() == ["Update jobs: 1 added, 0 changed, 0 removed", "Say the level", "First job"]
    assert remote.file("jobs/cook.yaml") == "title: Cook\nposted: 2026-11-01\nlevel: senior"
    assert remote.clean()


def test_a_file_that_fetch_removed_stays_when_a_person_has_edited_it(remote: Remote) -> None:
    (remote.person / "jobs" / "baker.yaml").write_text("title: Baker\n")
    remote.push_by_person("Add a baker")
    remote.git(remote.bot, "pull", "--quiet")
    for name in ("cook", "baker"):
        (remote.bot / "jobs" / f"{name}.yaml").unlink()
    (remote.person / "jobs" / "cook.yaml").write_text("title: Cook, still wanted\n")
    remote.push_by_person("The cook is still wanted")
    assert remote.push_changes().returncode == 0
    assert remote.log()[0] == "Update jobs: 0 added, 0 changed, 1 removed"
    assert remote.git(remote.root / "remote", "ls-tree", "--name-only", "main:jobs") == "cook.yaml"


def test_what_another_run_pushed_first_makes_no_empty_commit(remote: Remote) -> None:
    fetch(remote, baker="title: Baker\n")
    (remote.person / "jobs" / "baker.yaml").write_text("title: Baker\n")
    remote.push_by_person("Update jobs: 1 added, 0 changed, 0 removed")
    done = remote.push_changes()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing is left to push" in done.stdout
    assert len(remote.log()) == 2
    assert remote.clean()


def test_names_that_git_or_a_shell_would_read_as_patterns_are_names(remote: Remote) -> None:
    odd = ("*", "a b", ":!x", "-r", "$(id)", "line\nend", "héllo")
    fetch(remote, **{name: f"title: {number}\n" for number, name in enumerate(odd)})
    (remote.person / "jobs" / "smith.yaml").write_text("title: Smith\n")
    remote.push_by_person("Add a smith")
    assert remote.push_changes().returncode == 0
    assert remote.log()[0] == f"Update jobs: {len(odd)} added, 0 changed, 0 removed"
    assert len(remote.git(remote.root / "remote", "ls-tree", "-z", "--name-only", "main:jobs").split("\0")) == 10


def test_a_broken_file_that_came_first_does_not_keep_ours_back(remote: Remote) -> None:
    fetch(remote, baker="title: Baker\n")
    (remote.person / "jobs" / "smith.yaml").write_text("title: [\n")
    remote.push_by_person("Add a smith")
    (remote.bin / "python").write_text(BUILD + "exit 1\n")
    done = remote.push_changes()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "::warning::" in done.stdout
    assert remote.file("README.md").split() == ["baker.yaml", "cook.yaml", "smith.yaml"]


def test_the_steps_after_it_learn_which_commit_was_pushed(remote: Remote) -> None:
    fetch(remote, baker="title: Baker\n")
    output, summary = remote.root / "output", remote.root / "summary"
    remote.push_changes(GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary))
    assert output.read_text() == f"commit={remote.git(remote.root / 'remote', 'rev-parse', 'main')}\n"
    assert summary.read_text() == "Update jobs: 1 added, 0 changed, 0 removed (pushed at attempt 1).\n\n"


def test_a_branch_that_refuses_the_push_is_called_so(remote: Remote) -> None:
    remote.hook("echo x >> attempts\nexit 1\n")
    fetch(remote, baker="title: Baker\n")
    done = remote.push_changes()
    assert done.returncode == 1
    assert "::error::The branch refuses the push" in done.stdout
    assert len((remote.root / "remote" / "attempts").read_text().split()) == 3
    assert remote.log() == ["First job"]


def test_a_push_that_comes_second_three_times_ends_the_run_and_loses_nothing_of_others(remote: Remote) -> None:
    for number in (1, 2, 3):
        (remote.person / "jobs" / f"smith-{number}.yaml").write_text("title: Smith\n")
        remote.git(remote.person, "add", "--all")
        remote.git(remote.person, "commit", "--quiet", "--message", "Ada")
        remote.git(remote.person, "push", "--quiet", "origin", f"HEAD:refs/heads/next-{number}")
    # Each attempt is refused, for one of those commits is put on the branch first.
    remote.hook(
        "unset GIT_QUARANTINE_PATH\n"
        "echo x >> attempts\n"
        "git update-ref refs/heads/main refs/heads/next-$(wc -l < attempts | tr -d ' ')\n"
        "exit 1\n"
    )
    fetch(remote, baker="title: Baker\n")
    done = remote.push_changes()
    assert done.returncode == 1
    assert "::error::Three pushes came second" in done.stdout
    assert remote.log() == ["Ada", "Ada", "Ada", "First job"]
    (remote.root / "remote" / "hooks" / "pre-receive").unlink()
    remote.git(remote.bot, "fetch", "--quiet")
    remote.git(remote.bot, "reset", "--quiet", "--hard", "origin/main")
    fetch(remote, baker="title: Baker\n")
    assert remote.push_changes().returncode == 0
    assert remote.log()[0] == "Update jobs: 1 added, 0 changed, 0 removed"
