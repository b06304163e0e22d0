"""What `rolecall doctor` says of GitHub: workflows, forms, Pages. It sees files only, no settings on the site."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rolecall import __version__
from rolecall.address import host_of
from rolecall.commands.doctor_patient import Patient, doubtful, notable, some, wrong
from rolecall.errors import RolecallError
from rolecall.files import read_regular
from rolecall.issues import Issue
from rolecall.scaffold.board import VERSION_FILE
from rolecall.scaffold.facts import domain_of
from rolecall.scaffold.git import ask_git, pages_address, remote_of
from rolecall.scaffold.shipped import is_program, shipped_files
from rolecall.site.urls import base_of
from rolecall.yaml_io import load

_MAX_BYTES = 1_000_000
_WORKFLOWS = ".github/workflows/"
_AGAIN = "Run `rolecall init`: it writes what is missing, and nothing else."
# Dependabot moves these every week, so they are not what makes a workflow old.
_PIN = re.compile(rb"(uses: *[\w./-]+)@[0-9a-f]{40}(?: *#[^\r\n]*)?")
_USES = re.compile(r"^\s*-?\s*uses:\s*(?P<action>[\w-]+/[\w./-]+)@(?P<at>\S+)", re.MULTILINE)
_MINUTE_0 = re.compile(r"0?0\s")


def workflows(patient: Patient) -> Iterator[Issue]:
    """Missing ones, those that are not those of this rolecall, and what is wrong with any."""
    for file, shipped in shipped_files().items():
        if not file.startswith(_WORKFLOWS) and not is_program(file):
            continue
        data = _read(patient.folder / file)
        if data is None:
            yield doubtful("workflow-missing", file, "is not there.", _AGAIN)
        elif _bare(data) != _bare(shipped):
            what = f"is not the one of rolecall {__version__}: older, newer, or changed by hand."
            hint = "If nobody changed it, remove it and run `rolecall init`, then look at the difference in git."
            yield doubtful("workflow-differs", file, what, hint)
    folder = patient.folder / _WORKFLOWS
    for path in sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")]):
        yield from _workflow(f"{_WORKFLOWS}{path.name}", _read(path) or b"", patient)


def forms(patient: Patient) -> Iterator[Issue]:
    """Issue forms and dependabot.yml that are not there; what is written in them is the owner's."""
    missing = [
        file
        for file in shipped_files()
        if not file.startswith(_WORKFLOWS) and not is_program(file) and not (patient.folder / file).exists()
    ]
    for file in missing:
        yield notable("form-missing", file, "is not there.", _AGAIN)


def programs(patient: Patient) -> Iterator[Issue]:
    """Scripts that a workflow could not start."""
    listed = ask_git(patient.folder, "ls-files", "--stage", ".github/scripts") if patient.in_git else ""
    modes = {line.partition("\t")[2]: line[:6] for line in (listed or "").splitlines()}
    for file in filter(is_program, shipped_files()):
        path = patient.folder / file
        if file in modes and modes[file] == "100644":
            hint = f"Run `git update-index --chmod=+x {file}` and commit."
            yield wrong("not-executable", file, "is not executable in git, so no workflow can start it.", hint)
        elif file not in modes and path.is_file() and os.name == "posix" and not os.access(path, os.X_OK):
            yield wrong("not-executable", file, "is not executable.", f"Run `chmod +x {file}`.")


def rolecall_pin(patient: Patient) -> Iterator[Issue]:
    """Which rolecall the workflows install."""
    if (patient.folder / "src" / "rolecall").is_dir():
        return
    data = _read(patient.folder / VERSION_FILE)
    found = re.search(rb"^rolecall==(\S+)", data or b"", re.MULTILINE)
    if data is None or (found is None and b"rolecall" not in data):
        what = "does not name rolecall, so the workflows install none."
        yield wrong("no-rolecall", VERSION_FILE, what, f"Write `rolecall=={__version__}` into it.")
    elif found and found[1].decode("ascii", "replace") != __version__:
        what = f"has the workflows install rolecall {found[1].decode('ascii', 'replace')}; here is {__version__}."
        yield notable("other-version", VERSION_FILE, what, "Use the same one here and there.")


def pages(patient: Patient) -> Iterator[Issue]:
    """Whether base_url, repository, git's remote and CNAME tell the same story."""
    config, folder = patient.config, patient.folder
    if config is None:
        return
    remote, domain = remote_of(folder), domain_of(folder)
    repository = config.repository or remote
    if config.repository is None:
        hint = f"Write `repository: {remote or 'you/jobs'}`."
        yield doubtful("no-repository", "config.yaml: repository", "is not set: pages have no `Edit this job`.", hint)
    elif remote and remote.lower() != config.repository.lower():
        what = f"is {config.repository}, but git's remote `origin` is {remote}: links lead to another repository."
        yield doubtful("other-repository", "config.yaml: repository", what, f"Write `repository: {remote}`.")
    expected = f"https://{domain}/" if domain else pages_address(repository) if repository else None
    yield from _base_url(base_of(config) or None, expected, domain)
    if (folder / ".nojekyll").exists():
        what = "is not needed: the site is published as it is built."
        yield notable("nojekyll", ".nojekyll", what, "Remove it.")


def _base_url(base_url: str | None, expected: str | None, domain: str | None) -> Iterator[Issue]:
    where = "config.yaml: base_url"
    if base_url is None:
        what = "is not set, and neither is `repository`: there are no feeds for all jobs, no jobs.xml and no sitemap."
        yield doubtful("no-base-url", where, what, f"Write `base_url: {expected or 'https://you.github.io/jobs/'}`.")
        return
    if base_url.startswith("http://"):
        yield doubtful("base-url-http", where, "is http://.", "Write https://, which GitHub Pages serves, too.")
    host = host_of(base_url)
    if domain and host != domain:
        what = f"is {base_url}, but the file CNAME names {domain}."
        yield doubtful("base-url-differs", where, what, f"Write `base_url: https://{domain}/`, or remove CNAME.")
    elif expected and not domain and host.endswith(".github.io") and base_url.lower() != expected.lower():
        what = f"is {base_url}, but GitHub Pages serves this repository at {expected}"
        yield doubtful("base-url-differs", where, what, f"Write `base_url: {expected}`.")


def _workflow(file: str, data: bytes, patient: Patient) -> Iterator[Issue]:
    """What is wrong with one workflow, whoever wrote it."""
    try:
        value = load(data, file).value
    except RolecallError as error:
        hint = "GitHub says under Actions whether it can read it."
        yield notable("workflow-unread", file, f"was not looked at: {error.what}", hint)
        return
    if "permissions" not in value and not all("permissions" in job for job in _jobs(value)):
        what = "names no permissions, so it may have more than it needs."
        yield doubtful("workflow-permissions", file, what, "Add `permissions: {}`, and each job's own below it.")
    starts = value.get("on")
    starts = starts if isinstance(starts, dict) else {}
    crons = [str(one.get("cron")) for one in starts.get("schedule") or () if isinstance(one, dict)]
    for cron in filter(_MINUTE_0.match, crons):
        what = f"starts at a full hour ({cron}), when GitHub delays runs or drops them."
        yield doubtful("cron-minute-0", file, what, "Take an odd minute, such as 23.")
    loose = sorted({found["action"] for found in _USES.finditer(data.decode("utf-8", "replace")) if not _pinned(found)})
    if loose:
        what = f"takes actions that their owners can change: {some(loose)}."
        yield doubtful("action-not-pinned", file, what, "Name each by its commit: `uses: owner/name@<40 hex digits>`.")
    push = starts.get("push")
    branches = push.get("branches") if isinstance(push, dict) else None
    branch = _default_branch(patient)
    if file.endswith("/pages.yml") and isinstance(branches, list) and branch and branch not in branches:
        what = f"publishes what is pushed to {some(branches)}, but the branch here is {branch}."
        yield doubtful("other-branch", file, what, f"Add {branch} to `branches`, or rename the branch to main.")


def _jobs(value: dict[str, Any]) -> list[dict[str, Any]]:
    jobs = value.get("jobs")
    return [job for job in jobs.values() if isinstance(job, dict)] if isinstance(jobs, dict) else [{}]


def _pinned(found: re.Match[str]) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", found["at"]))


def _default_branch(patient: Patient) -> str | None:
    """The branch that GitHub calls the default one, as far as git here knows; else the one that is checked out."""
    if not patient.in_git:
        return None
    head = ask_git(patient.folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    return head.partition("/")[2] if head else ask_git(patient.folder, "symbolic-ref", "--quiet", "--short", "HEAD")


def _bare(data: bytes) -> bytes:
    return _PIN.sub(rb"\1", data.replace(b"\r\n", b"\n"))


def _read(path: Path) -> bytes | None:
    try:
        return read_regular(path, max_bytes=_MAX_BYTES) if path.is_file() and not path.is_symlink() else None
    except RolecallError:
        return None
