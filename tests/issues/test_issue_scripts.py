"""`.github/scripts/issue-*`, as the workflow runs them, against a repository that is a folder and a GitHub that is a file.

What people write must reach files below jobs/ and the fence of a comment, and nothing else.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rolecall import yaml_io

BOT = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
BRANCH = "issue-12"
COOK = {"title": "Senior Cook", "company": "Acme", "apply_url": "https://jobs.acme.example/7"}
HOSTILE = (
    "::error file=a.py,line=1::pwned",
    "x ##[add-mask]pwned",
    "a\n::set-env name=PATH::/tmp/pwned",
    "pwned=1\nstate=written",
    "EOF\npwned=1\nghadelimiter_x",
    "$(touch pwned) `touch pwned` ; touch pwned #",
    "${{ github.token }} pwned",
    "[skip ci] pwned Co-authored-by: a <a@b> @everyone Fixes #1",
)


class Hub:
    """A repository on GitHub and the runner that an event about one of its issues starts."""

    def __init__(self, root: Path, repo: Path, env: Mapping[str, str], github: Any) -> None:
        self.root, self.github, self.scripts = root, github, repo / ".github" / "scripts"
        self.state_file, self.event_file = root / "state.json", root / "event.json"
        (root / "bin").mkdir()
        gh = root / "bin" / "gh"
        gh.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{repo / "tests" / "issues" / "fake_gh.py"}" "$@"\n')
        gh.chmod(0o755)
        kept = {name: value for name, value in env.items() if not name.startswith(("GIT_", "GH_"))}
        self.env = kept | {
            "PATH": f"{root / 'bin'}{os.pathsep}{env['PATH']}",
            "HOME": str(root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GH_STATE": str(self.state_file),
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_EVENT_PATH": str(self.event_file),
            "GITHUB_ENV": str(root / "env"),
            "GITHUB_OUTPUT": str(root / "output"),
            "RUNNER_TEMP": str(root / "temp"),
            "ISSUE": "12",
            "BASE": "main",
            "SOURCE_DATE_EPOCH": "1795305600",
        }
        self.log = ""
        self.git(root, "init", "--quiet", "--bare", "--initial-branch=main", "remote")
        self.git(root, "clone", "--quiet", "remote", "person")
        person = root / "person"
        self.git(person, "checkout", "--quiet", "-b", "main")
        github.make_board(person)
        self.push_by_person("First jobs", "main")
        self.say(github.body_of("new-job", **COOK))

    # -- What people do --

    def say(self, body: str, **more: Any) -> None:
        """The issue reads `body` from now on."""
        state = self.state if self.state_file.exists() else {"comments": [], "pulls": [], "labels": ["approved"]}
        roles = {"grace": "triage", "mallory": "read"}
        state |= {"issue": self.github.issue_of(body, **more), "roles": roles, "may_propose": True}
        self.state_file.write_text(json.dumps(state))

    def push_by_person(self, message: str, branch: str) -> None:
        person = self.root / "person"
        self.git(person, "add", "--all")
        self.git(person, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", message)
        self.git(person, "push", "--quiet", "origin", f"HEAD:{branch}")

    # -- What the workflow does --

    def event(self, action: str) -> None:
        """GitHub writes the event, and a runner checks the repository out."""
        self.github.event_of(self.event_file, self.state["issue"], action)
        for folder in ("checkout", "temp"):
            shutil.rmtree(self.root / folder, ignore_errors=True)
        (self.root / "temp").mkdir()
        self.git(self.root, "clone", "--quiet", "remote", "checkout")

    def run(self, script: str, *arguments: str, sender: str = "grace") -> int:
        env = self.env | {"SENDER": sender}
        command = [str(self.scripts / script), *arguments]
        folder = self.root / "checkout"
        done = subprocess.run(command, cwd=folder, env=env, check=False, capture_output=True, text=True)
        self.log += done.stdout + done.stderr
        return done.returncode

    def check(self) -> int:
        self.event("edited")
        return self.run("issue-unapprove") or self.run("issue-read") or self.run("issue-comment")

    def publish(self, *, sender: str = "grace", edit: str | None = None) -> int:
        """The steps of the job; `edit` is what the issue is made to read between label and run."""
        self.event("labeled")
        if edit is not None:
            self.say(edit)
        code = (
            self.run("issue-approved", sender=sender)
            or self.run("issue-read", "approved")
            or self.run("issue-propose")
            or self.run("issue-comment")
        )
        self.run("issue-unapprove")
        return code

    # -- What one sees afterwards --

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.state_file.read_text())
        return found

    @property
    def comments(self) -> list[str]:
        return [comment["body"] for comment in self.state["comments"]]

    def git(self, folder: Path, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=folder, env=self.env, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def remote(self, *arguments: str) -> str:
        return self.git(self.root / "remote", *arguments)

    def branches(self) -> list[str]:
        return self.remote("for-each-ref", "--format=%(refname:short)").split()


@pytest.fixture
def hub(tmp_path: Path, repo: Path, offline_env: Mapping[str, str], github: Any) -> Hub:
    if shutil.which("jq") is None:
        pytest.skip("needs jq, which is not there")
    return Hub(tmp_path, repo, offline_env, github)


def test_a_good_issue_becomes_one_request_with_its_author_credited(hub: Hub) -> None:
    assert hub.check() == 0, hub.log
    assert hub.branches() == ["main"]
    assert "this can be taken" in hub.comments[0]
    hub.say(hub.state["issue"]["body"])
    assert hub.publish() == 0, hub.log
    assert hub.branches() == [BRANCH, "main"]
    assert hub.remote("log", "--format=%an <%ae>%n%cn <%ce>%n%B", f"main..{BRANCH}").splitlines() == [
        BOT,
        BOT,
        "Add a job from issue #12",
        "",
        "Co-authored-by: ada <1815+ada@users.noreply.github.com>",
    ]
    (file,) = hub.remote("diff", "--name-only", "main", BRANCH).splitlines()
    assert yaml_io.load(hub.remote("show", f"{BRANCH}:{file}").encode(), file).value["title"] == "Senior Cook"
    (request,) = hub.state["pulls"]
    assert (request["title"], request["base"], request["head"]) == ("Add a job from issue #12", "main", BRANCH)
    assert "Closes #12" in request["body"]
    (comment,) = hub.comments  # the same one, written anew
    assert "Approved." in comment


def test_a_second_run_makes_no_second_commit_and_no_second_request(hub: Hub) -> None:
    assert hub.publish() == 0, hub.log
    first = hub.remote("rev-parse", BRANCH)
    hub.git(hub.root / "person", "pull", "--quiet", "origin", "main")
    (hub.root / "person" / "README.md").write_text("Jobs\n")
    hub.push_by_person("Read me", "main")
    assert hub.publish() == 0, hub.log
    assert hub.remote("rev-parse", BRANCH) == first
    assert len(hub.state["pulls"]) == 1


def test_an_issue_that_is_approved_anew_brings_its_branch_up_to_date(hub: Hub) -> None:
    assert hub.publish() == 0, hub.log
    first = hub.remote("rev-parse", BRANCH)
    hub.say(hub.github.body_of("new-job", **{**COOK, "title": "Head Cook"}))
    assert hub.publish() == 0, hub.log
    assert hub.remote("merge-base", first, BRANCH) == first  # nothing was forced
    (file,) = hub.remote("diff", "--name-only", "main", BRANCH).splitlines()
    assert file.startswith("jobs/acme/head-cook-")
    assert len(hub.state["pulls"]) == 1


def test_a_branch_on_which_a_person_has_committed_is_left_alone(hub: Hub) -> None:
    assert hub.publish() == 0, hub.log
    person = hub.root / "person"
    hub.git(person, "fetch", "--quiet", "origin", BRANCH)
    hub.git(person, "checkout", "--quiet", "--detach", "FETCH_HEAD")
    (person / "note.txt").write_text("x\n")
    hub.push_by_person("Mend it", BRANCH)
    theirs = hub.remote("rev-parse", BRANCH)
    hub.say(hub.github.body_of("new-job", **{**COOK, "title": "Head Cook"}))
    assert hub.publish() == 1
    assert hub.remote("rev-parse", BRANCH) == theirs
    assert "::error::A person has committed" in hub.log


def test_an_issue_that_was_edited_after_approval_is_not_published(hub: Hub) -> None:
    edit = hub.github.body_of("new-job", **{**COOK, "apply_url": "https://evil.example/"})
    assert hub.publish(edit=edit) == 0, hub.log
    assert hub.branches() == ["main"]
    assert hub.state["pulls"] == []
    assert "edited after it was approved" in hub.comments[0]
    assert hub.state["labels"] == []


def test_an_edit_takes_the_approval_back(hub: Hub) -> None:
    assert hub.state["labels"] == ["approved"]
    assert hub.check() == 0, hub.log
    assert hub.state["labels"] == []


@pytest.mark.parametrize("sender", ["mallory", "stranger", "x/../../y", "a b", "bot[bot]"])
def test_a_label_by_somebody_without_rights_counts_for_nothing(hub: Hub, sender: str) -> None:
    assert hub.publish(sender=sender) == 1
    assert hub.branches() == ["main"]
    assert (hub.state["pulls"], hub.state["labels"]) == ([], [])


def test_a_refused_issue_is_answered_and_loses_the_label(hub: Hub) -> None:
    hub.say(hub.github.body_of("new-job", **{**COOK, "salary": "a lot"}))
    assert hub.publish() == 0, hub.log
    assert hub.branches() == ["main"]
    assert "Pay: 'a lot' cannot be read" in hub.comments[0]
    assert hub.state["labels"] == []


def test_another_issue_is_left_alone(hub: Hub) -> None:
    hub.say("The site is slow.")
    assert hub.check() == 0, hub.log
    assert hub.publish() == 0, hub.log
    assert (hub.comments, hub.branches(), hub.state["pulls"]) == ([], ["main"], [])


def test_a_request_of_a_fork_by_the_same_name_is_not_taken_for_ours(hub: Hub) -> None:
    theirs = {"number": 7, "from": f"mallory:{BRANCH}", "head": BRANCH, "title": "theirs"}
    hub.state_file.write_text(json.dumps(hub.state | {"pulls": [theirs]}))
    assert hub.publish() == 0, hub.log
    assert hub.state["pulls"][0] == theirs
    assert len(hub.state["pulls"]) == 2


def test_a_repository_that_allows_no_requests_says_where_to_allow_them(hub: Hub) -> None:
    hub.state_file.write_text(json.dumps(hub.state | {"may_propose": False}))
    assert hub.publish() == 1
    assert "Settings, Actions, General, Workflow permissions" in hub.log
    assert hub.branches() == [BRANCH, "main"]


def test_many_jobs_are_closed_by_one_request(hub: Hub) -> None:
    jobs = "jobs/acme/cook-7f3a1c22.yaml\njobs/kelpline/harbour-cook.yaml"
    hub.say(hub.github.body_of("close-jobs", jobs=jobs, reason="The link leads nowhere"))
    assert hub.publish() == 0, hub.log
    assert hub.state["pulls"][0]["title"] == "Close 2 jobs from issue #12"
    assert len(hub.remote("diff", "--name-only", "main", BRANCH).splitlines()) == 2


def test_a_broken_board_fails_the_run_and_says_nothing_of_the_issue(hub: Hub) -> None:
    person = hub.root / "person"
    (person / "config.yaml").write_text("titel: Jobs\n")
    hub.push_by_person("Break it", "main")
    assert hub.check() == 1
    assert "::error::The issue could not be read (exit code 1). Run rolecall check" in hub.log
    assert hub.comments == []


# --- Hostile words ---


def hostile_issue(hub: Hub, words: str) -> None:
    """`words` in every answer that takes any, in the title, in a label, and in the author's name."""
    answers = {
        "title": f"Cook {' '.join(words.split())}"[:150],
        "company": f"Acme {' '.join(words.split())}"[:110],
        "apply_url": "https://jobs.acme.example/7",
        "tags": " ".join(re.sub(r"[<>,;]", "", words).split())[:40].strip(),
        "places": words,
        "description": f"Soup.\n\n{words}\n\n```\n{words}\n````\n",
    }
    body = hub.github.body_of("new-job", **answers)
    hub.say(body, title=words, user={"login": words, "id": 1}, labels=[{"name": words}])


def harmless(hub: Hub) -> None:
    """Nothing of the issue stands where it could act."""
    title = "Add a job from issue #12"
    assert set(hub.branches()) <= {BRANCH, "main"}
    if BRANCH in hub.branches():
        assert hub.remote("log", "--format=%an <%ae>%n%B", f"main..{BRANCH}").splitlines() == [BOT, title]
        (file,) = hub.remote("diff", "--name-only", "main", BRANCH).splitlines()
        assert re.fullmatch(r"jobs/[a-z0-9-]+/[a-z0-9-]+\.yaml", file)
    allowed = {
        "Issue 12: ready",
        "Issue 12: written",
        "Issue 12: refused",
        "Answered.",
        "Approved with the right to triage.",
        "Proposed.",
        "Nothing to propose.",
    }
    assert set(hub.log.splitlines()) <= allowed
    assert not (hub.root / "env").exists()
    assert not (hub.root / "output").exists()
    assert not list(hub.root.rglob("pwned"))
    outputs = (hub.root / "temp" / "issue" / "outputs").read_text().splitlines()
    assert [line.partition("=")[0] for line in outputs] == ["state", "form", "number", "title", "login", "user_id"]
    assert outputs[4:] == ["login=", "user_id="]
    for request in hub.state["pulls"]:
        assert request["title"] == title
        assert request["body"].startswith("Made from issue #12, whose text")
    (comment,) = hub.comments
    assert not re.search(r"@(?!\u200b)", comment)
    bare = hub.github.outside_fences(comment)
    assert set(re.findall(r"[^\s]*[@#<>][^\s]*", bare)) <= {"<!--", "-->"}
    assert "pwned" not in bare


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_refused_or_harmless(hub: Hub, words: str) -> None:
    hostile_issue(hub, words)
    assert hub.publish() == 0, hub.log
    harmless(hub)


def test_every_hostile_string_of_the_collection_is_refused_or_harmless(hub: Hub, shared: Path) -> None:
    strings = json.loads((shared / "corpora" / "attacks" / "log_and_commit_injection.json").read_text())
    assert len(strings) > 30
    proposed = 0
    for words in strings:
        hostile_issue(hub, words)
        assert hub.publish() == 0, hub.log
        harmless(hub)
        proposed += len(hub.state["pulls"])
        hub.remote("update-ref", "-d", f"refs/heads/{BRANCH}")
        hub.state_file.write_text(json.dumps(hub.state | {"pulls": [], "comments": []}))
    assert proposed > 0  # hostile words are words: most get through, as text


# --- The workflow ---


def test_no_words_of_an_event_stand_in_a_command(repo: Path) -> None:
    text = (repo / ".github" / "workflows" / "issues.yml").read_text(encoding="utf-8")
    commands = re.findall(r"^ *(?:- )?run: (.*)$", text, flags=re.MULTILINE)
    assert len(commands) >= 8
    assert not any("${{" in command or command in ("|", ">") for command in commands)
    asked = set(re.findall(r"\$\{\{ *(.*?) *\}\}", text))
    assert asked == {"github.event.issue.number", "github.event.sender.login", "github.ref_name", "github.token"}


def test_strangers_words_are_read_without_the_token(repo: Path) -> None:
    text = (repo / ".github" / "workflows" / "issues.yml").read_text(encoding="utf-8")
    for step in text.split("      - ")[1:]:
        if "issue-read" in step:
            assert "GH_TOKEN" not in step


def test_words_of_an_event_in_a_command_would_be_found(repo: Path, tmp_path: Path) -> None:
    sound = (repo / ".github" / "workflows" / "issues.yml").read_text(encoding="utf-8")
    planted = sound.replace("run: .github/scripts/issue-read\n", 'run: echo "${{ github.event.issue.title }}"\n')
    assert planted != sound
    for text, found in ((sound, False), (planted, True)):
        workflow = tmp_path / ".github" / "workflows" / "issues.yml"
        workflow.parent.mkdir(parents=True, exist_ok=True)
        workflow.write_text(text)
        command = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--quiet", str(workflow)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert ("template-injection" in done.stdout, done.returncode != 0) == (found, found), done.stdout
