"""`.github/scripts/look`, `comment` and `picture`: what the two workflows of a pull request do, without GitHub."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).resolve().parent.parent
SCRIPTS = REPO / ".github" / "scripts"
SHA = "a" * 40
GH = """#!{python}
# Stands for `gh api`: answers from a file, and writes down what it was asked to change.
import json, os, pathlib, subprocess, sys
here = pathlib.Path(os.environ["FAKE_GH"])
arguments = sys.argv[1:]
with (here / "asked").open("a") as log:
    log.write(json.dumps(arguments) + "\\n")
path = next(word for word in arguments[1:] if word.startswith("repos/"))
answers = json.loads((here / "answers.json").read_text())
method = arguments[arguments.index("--method") + 1] if "--method" in arguments else "GET"
if method != "GET":
    field = arguments[arguments.index("--field") + 1]
    body = pathlib.Path(field.removeprefix("body=@")).read_text()
    (here / "written.json").write_text(json.dumps({{"method": method, "path": path, "body": body}}))
    sys.exit(0)
if path.endswith("/zip"):
    sys.stdout.buffer.write((here / "changes.zip").read_bytes())
    sys.exit(0)
answer = answers[path.partition("?")[0]]
sys.stdout.write(answer)
"""


class GitHub:
    """A pretended GitHub: one run, one pull request, its comments."""

    def __init__(self, folder: Path, board: Path, env: dict[str, str]) -> None:
        self.folder, self.board = folder, board
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "gh").write_text(GH.format(python=sys.executable))
        (folder / "bin" / "gh").chmod(0o755)
        self.env = env | {
            "PATH": f"{folder / 'bin'}{os.pathsep}{env['PATH']}",
            "FAKE_GH": str(folder),
            "GH_TOKEN": "secret",
            "REPOSITORY": "o/r",
            "RUN_ID": "7",
            "HEAD_SHA": SHA,
            "SOURCE_DATE_EPOCH": "1795564800",
        }
        # What gh's own --jq would have made of the answers.
        self.answers = {
            "repos/o/r/actions/runs/7/artifacts": "33\n",
            "repos/o/r/pulls/12": f"{SHA}\n",
            "repos/o/r/issues/12/comments": "",
        }

    def left_behind(self, **changes: Any) -> None:
        """The artefact of the first run."""
        job = {"path": "jobs/acme/cook.yaml", "status": "added", "text": "title: Cook @you\n", "size": 17}
        data = {"version": 1, "number": 12, "head": SHA, "files": [job]} | changes
        with zipfile.ZipFile(self.folder / "changes.zip", "w") as archive:
            archive.writestr("changes.json", json.dumps(data))

    def run(self) -> subprocess.CompletedProcess[str]:
        (self.folder / "answers.json").write_text(json.dumps(self.answers))
        return subprocess.run(
            [SCRIPTS / "comment"], cwd=self.board, env=self.env, capture_output=True, text=True, check=False
        )

    @property
    def written(self) -> dict[str, str] | None:
        path = self.folder / "written.json"
        return json.loads(path.read_text()) if path.exists() else None


@pytest.fixture
def github(tmp_path: Path, board: Path, offline_env: dict[str, str]) -> GitHub:
    made = GitHub(tmp_path / "github", board, offline_env)
    made.left_behind()
    return made


def test_a_comment_is_written_once(github: GitHub) -> None:
    done = github.run()
    assert done.returncode == 0, done.stdout + done.stderr
    written = github.written
    assert written is not None
    assert (written["method"], written["path"]) == ("POST", "repos/o/r/issues/12/comments")
    assert written["body"].startswith("<!-- rolecall:review -->\n")
    assert "apply_url: is missing" in written["body"]
    assert "https://github.com/o/r/actions/runs/7" in written["body"]
    assert "secret" not in done.stdout + done.stderr + written["body"]


def test_the_comment_that_stands_is_changed(github: GitHub) -> None:
    github.answers["repos/o/r/issues/12/comments"] = "501\n502\n"
    assert github.run().returncode == 0
    assert github.written is not None
    assert (github.written["method"], github.written["path"]) == ("PATCH", "repos/o/r/issues/comments/501")


def test_only_our_own_comment_is_looked_for(github: GitHub) -> None:
    github.run()
    asked = [json.loads(line) for line in (github.folder / "asked").read_text().splitlines()]
    query = next(
        words[-1] for words in asked if "repos/o/r/issues/12/comments?per_page=100" in words and "--jq" in words
    )
    assert 'select(.user.login == "github-actions[bot]"' in query


def test_a_number_of_another_pull_request_is_not_believed(github: GitHub) -> None:
    github.left_behind(number=99)
    github.answers["repos/o/r/pulls/99"] = "b" * 40 + "\n"
    done = github.run()
    assert done.returncode == 0
    assert "Nothing is said." in done.stdout
    assert github.written is None


@pytest.mark.parametrize("changes", [{"head": "b" * 40}, {"version": 3}, {"number": "12; true"}, {"more": -1}])
def test_what_is_not_to_be_trusted_is_not_used(changes: dict[str, Any], github: GitHub) -> None:
    github.left_behind(**changes)
    done = github.run()
    assert done.returncode == 1
    assert "was not used" in done.stdout
    assert github.written is None


def test_a_run_that_left_nothing_is_passed_over(github: GitHub) -> None:
    github.answers["repos/o/r/actions/runs/7/artifacts"] = ""
    assert github.run().returncode == 0
    assert github.written is None


def test_nothing_is_said_when_no_job_file_is_touched(github: GitHub) -> None:
    github.left_behind(files=[], outside=["README.md"])
    done = github.run()
    assert (done.returncode, github.written) == (0, None), done.stderr
    github.answers["repos/o/r/issues/12/comments"] = "501\n"
    assert github.run().returncode == 0
    assert github.written is not None
    assert "no longer changes a job file" in github.written["body"]


@pytest.mark.parametrize("name", ["RUN_ID", "HEAD_SHA"])
def test_what_is_no_number_or_commit_ends_it(name: str, github: GitHub) -> None:
    github.env[name] = "1/../../x"
    assert github.run().returncode == 2
    assert not (github.folder / "asked").exists()


def git(folder: Path, *arguments: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GH_"))}
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main")
    env = kept | {"HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", *who, *arguments], cwd=folder, env=env, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def look(tmp_path: Path) -> Callable[[str], str]:
    """`look("jobs/a.yaml")`: what the script says of a pull request that adds this file, and its output for the run."""
    remote, base = tmp_path / "remote", tmp_path / "base"
    remote.mkdir()
    git(remote, "init", "--quiet")
    git(remote, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(remote, "commit", "--quiet", "--allow-empty", "--message", "The board")
    git(tmp_path, "clone", "--quiet", str(remote), "base")

    def call(file: str) -> str:
        git(remote, "checkout", "--quiet", "-B", "offer", "main")
        (remote / file).parent.mkdir(parents=True, exist_ok=True)
        (remote / file).write_text("x")
        git(remote, "add", "--all")
        git(remote, "commit", "--quiet", "--message", "Offer")
        output = tmp_path / "output"
        output.write_text("")
        env = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GH_"))}
        env |= {
            "BASE_SHA": git(base, "rev-parse", "HEAD"),
            "HEAD_SHA": git(remote, "rev-parse", "HEAD"),
            "GITHUB_OUTPUT": str(output),
        }
        done = subprocess.run([SCRIPTS / "look"], cwd=base, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert not (base / file).exists()
        return output.read_text()

    return call


@pytest.mark.parametrize(
    ("file", "board"),
    [
        ("jobs/acme/cook.yaml", "yes"),
        ("jobs/acme/[odd] name", "yes"),
        ("README.md", "yes"),
        ("listings.json", "yes"),
        (".github/scripts/listings.json", "yes"),
        ("_posts/2026-11-20-cook.md", "yes"),
        ("src/rolecall/x.py", "no"),
        ("docs/index.md", "no"),
        ("tests/site/golden/x.json", "no"),
        (".github/workflows/ci.yml", "no"),
        ("CHANGELOG.md", "no"),
        ("Makefile", "no"),
    ],
)
def test_code_and_its_pages_do_not_concern_the_board(file: str, board: str, look: Callable[[str], str]) -> None:
    assert look(file) == f"board={board}\n"


def picture(folder: Path, report: object, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    (folder / "review.json").write_text(json.dumps(report))
    command = [sys.executable, SCRIPTS / "picture", "review.json", "pictures"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_without_a_browser_there_is_no_picture_and_no_error(tmp_path: Path) -> None:
    done = picture(tmp_path, {"files": []}, {"PATH": str(tmp_path)})
    assert (done.returncode, done.stdout) == (0, "There is no browser here, and so no picture.\n")
    done = picture(tmp_path, [], {"PATH": str(tmp_path)})
    assert done.returncode == 0


def test_a_browser_that_fails_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "chromium").write_text("#!/bin/sh\nexit 7\n")
    (tmp_path / "chromium").chmod(0o755)
    (tmp_path / "output/jobs").mkdir(parents=True)
    (tmp_path / "output/jobs/cook.html").write_text("<p>Cook")
    done = picture(tmp_path, {"files": [{"page": "jobs/cook.html"}]}, {"PATH": f"{tmp_path}:/usr/bin:/bin"})
    assert done.returncode == 0
    assert "not made" in done.stdout


def test_pages_are_pictured_as_wide_as_a_desk_and_a_phone(tmp_path: Path) -> None:
    if not any(map(shutil.which, ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser"))):
        if os.environ.get("CI"):
            pytest.fail("needs chromium (on Debian: apt install chromium)")
        pytest.skip("needs chromium (on Debian: apt install chromium)")
    (tmp_path / "output/jobs").mkdir(parents=True)
    (tmp_path / "output/jobs/cook.html").write_text("<!doctype html><body style='margin:0'><p style='height:1500px'>x")
    pages = ["jobs/cook.html", "../secret.html", "jobs/none.html", None, 7]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = picture(tmp_path, {"files": [{"page": page} for page in pages]}, kept)
    assert done.returncode == 0, done.stderr
    sizes = {}
    for path in sorted((tmp_path / "pictures").iterdir()):
        sizes[path.name] = struct.unpack(">II", path.read_bytes()[16:24])
    assert {name: width for name, (width, _) in sizes.items()} == {
        "jobs-cook-1280.png": 1280,
        "jobs-cook-400.png": 400,
    }
    assert all(height > 1500 for _, height in sizes.values())
