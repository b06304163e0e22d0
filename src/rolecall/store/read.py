"""The files of jobs/, read one by one; each gives a value or every problem in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from pathlib import Path

from rolecall import yaml_io
from rolecall.errors import StoreError
from rolecall.files import read_regular
from rolecall.issues import Issue, Spot
from rolecall.model import Company, Job
from rolecall.normalise.identity import job_id, path_id
from rolecall.schema import validate

COMPANY_FILE = "company.yaml"


@dataclass(slots=True)
class StoredJob:
    """A job and its file: `file` is relative to jobs/, `text` what the file holds (or will)."""

    id: str
    file: str
    job: Job
    text: str


@dataclass(slots=True)
class FilesFound:
    """What lies below jobs/, sorted: files of jobs and of companies (`acme/cook.yaml`), and what is neither."""

    jobs: list[str] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def list_files(root: Path, shown: str = "jobs") -> FilesFound:
    """Every file below `root`; names that start with a dot are not ours. Links are reported, and not followed."""
    found = FilesFound()
    if not os.path.lexists(root):
        return found
    if root.is_symlink() or not root.is_dir():
        found.issues.append(
            _error("not-a-folder", shown, "is not a folder.", "Put a folder here, not a file or a link.")
        )
        return found

    _list_folder(found, os.fspath(root), "", shown)
    return found


def sorted_files(files: Iterable[str]) -> FilesFound | None:
    """What `list_files` finds where just these files lie, the jobs in any order; None where it takes a look to tell."""
    found = FilesFound()
    for file in files:
        if "/." in f"/{file}":
            return None
        _sort_in(found, file, "jobs", kind="file")
    found.companies.sort(key=lambda file: file.split("/")[:-1])
    return None if found.issues else found


def _list_folder(found: FilesFound, root: str, inside: str, shown: str) -> None:
    """What lies in one folder of jobs/ (`inside` is "" or ends with a slash), and in those below it."""
    try:
        with os.scandir(f"{root}/{inside}") as entries:
            listed = sorted((entry for entry in entries if not entry.name.startswith(".")), key=attrgetter("name"))
    except OSError as error:
        where = f"{shown}/{inside[:-1] or '.'}"
        found.issues.append(_error("unreadable", where, f"cannot be read: {error.strerror}.", "Check its permissions."))
        return
    folders = []
    for entry in listed:
        file = inside + entry.name
        if not _is_dir(entry):
            _sort_in(found, file, shown, kind="file")
        elif entry.is_symlink():
            _sort_in(found, file, shown, kind="link")
        else:
            folders.append(file)
            if file.endswith(".yaml"):
                _sort_in(found, file, shown, kind="folder")
    for folder in folders:
        _list_folder(found, root, f"{folder}/", shown)


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _sort_in(found: FilesFound, file: str, shown: str, *, kind: str) -> None:
    if kind == "file" and file.endswith(".yaml") and file.isprintable():
        (found.companies if file.endswith(f"/{COMPANY_FILE}") else found.jobs).append(file)
        return
    where = f"{shown}/{file}"
    if kind == "link":
        found.issues.append(_error("link", where, "is a symbolic link.", "Put the folder itself here."))
    elif kind == "folder":
        found.issues.append(_error("not-a-job", where, "is a folder with the name of a file.", "Rename it."))
    elif not file.isprintable():
        what = "has a name that is not UTF-8, or holds an invisible character."
        found.issues.append(_error("file-name", where.encode("ascii", "replace").decode(), what, "Rename it."))
    else:
        found.issues.append(Issue("not-a-job", where, "is not a .yaml file, and is not read.", "Rename or remove it."))


def _error(code: str, where: str, what: str, hint: str) -> Issue:
    return Issue.at(code, Spot(where), what, hint)


def read_job(root: Path, file: str, shown: str = "jobs") -> tuple[StoredJob | None, list[Issue]]:
    """One job file, or every problem in it."""
    try:
        data = job_bytes(root, file, shown)
    except StoreError as error:
        return None, list(error.problems)
    return parse_job(data, file, shown)


def job_bytes(root: Path, file: str, shown: str = "jobs") -> bytes:
    """The bytes of one job file. Raises `StoreError`, by the name that the owner knows."""
    try:
        return read_regular(f"{root}/{file}", max_bytes=yaml_io.MAX_BYTES)  # a Path would take longer than the reading
    except StoreError as error:
        raise StoreError.of(_at(f"{shown}/{file}", error.problems)) from error


def parse_job(data: bytes, file: str, shown: str = "jobs") -> tuple[StoredJob | None, list[Issue]]:
    """The job that `data`, the bytes of `file`, holds, or every problem in it."""
    where = f"{shown}/{file}"
    try:
        document = yaml_io.load(data, where)
    except StoreError as error:
        return None, _at(where, error.problems)
    job, problems = validate(Job, document)
    if job is None:
        return None, problems
    return StoredJob(id_of(job, file), file, job, document.text), []


def not_yet(where: str, posted: date, today: date) -> Issue | None:
    """What is wrong with a job that claims to be published in the future: it would stand on top of all lists."""
    if posted <= today + timedelta(days=2):  # somewhere it is tomorrow already
        return None
    spot = Spot(where, field="posted")
    return Issue.at("date-ahead", spot, f"{posted} is in the future.", "Write the day of publication.")


def read_company(root: Path, file: str, shown: str = "jobs") -> tuple[Company | None, list[Issue]]:
    """One company.yaml, or every problem in it."""
    where = f"{shown}/{file}"
    try:
        document = yaml_io.load(read_regular(root / file, max_bytes=yaml_io.MAX_BYTES), where)
    except StoreError as error:
        return None, _at(where, error.problems)
    return validate(Company, document)


def _at(where: str, problems: Sequence[Issue]) -> list[Issue]:
    """The problems by the name that the owner knows: relative to the board's folder."""
    named = (
        issue if issue.spot is not None else Issue.at(issue.code, Spot(where), issue.what, issue.hint, issue.level)
        for issue in problems
    )
    return list(named)


def id_of(job: Job, file: str) -> str:
    """A job's stable id: of source, board and key; for files that people wrote their own, else of the path."""
    if job.source:
        return job_id(job.source.name, job.source.board, job.source.key)
    return job.id or path_id(file)
