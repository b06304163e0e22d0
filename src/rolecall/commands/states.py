"""A board as it stood: at a commit, or in a folder. Only what differs between two states is ever read and parsed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from rolecall import yaml_io
from rolecall.commands import JOBS
from rolecall.commands.catalogue import attribution_of
from rolecall.commands.git_files import Entry, commit_of, contents, list_commit
from rolecall.errors import StoreError
from rolecall.files import read_regular
from rolecall.issues import Issue, Issues, Level
from rolecall.model import Company, Job
from rolecall.normalise.tags import Vocabulary
from rolecall.schema import validate
from rolecall.site.language import Language
from rolecall.site.view import JobView
from rolecall.site.views import view_of
from rolecall.store import list_files, not_yet
from rolecall.store.read import COMPANY_FILE, id_of

HERE = "the working tree"


@dataclass(frozen=True, slots=True)
class State:
    """The files of a board at one moment. `ids` are hashes of their contents by path below jobs/.

    `readme_bytes` is None when there is no README.
    """

    name: str
    ids: Mapping[str, str]
    read: Callable[[Iterable[str]], Mapping[str, bytes]]
    readme_bytes: int | None
    issues: tuple[Issue, ...] = ()


@dataclass(slots=True)
class Parsed:
    """What some files of a state hold: jobs by id, companies by path, and the files that cannot be read."""

    jobs: dict[str, JobView] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    issues: Issues = field(default_factory=Issues)


@dataclass(frozen=True, slots=True)
class Words:
    """What turns files into what readers see: the day, the names of tags, the language."""

    today: date
    vocabulary: Vocabulary
    language: Language


def two_states(folder: Path, before: str, after: str | None, readme: str) -> tuple[State, State]:
    """The states that are named: a folder with a board, else a commit; `after` None is `folder` as it stands."""
    folders = [_folder_of(before), folder if after is None else _folder_of(after)]
    names = (before, after if after is not None else HERE)
    found = [
        at_commit(folder, name, readme) if there is None else None for name, there in zip(names, folders, strict=True)
    ]
    # A repository may name its contents by SHA-256: then a folder's are named so too, to be compared.
    is_long = any(len(one) == 64 for state in found if state for one in state.ids.values())
    algorithm = "sha256" if is_long else "sha1"
    first, second = (
        state or in_folder(there or folder, name, readme, algorithm)
        for state, there, name in zip(found, folders, names, strict=True)
    )
    return first, second


def _folder_of(name: str) -> Path | None:
    path = Path(name)
    return path if name and name.isprintable() and (path / JOBS).is_dir() else None


def at_commit(folder: Path, ref: str, readme: str) -> State:
    """The board in `folder` as it was committed. Raises `RolecallError` when `ref` names no commit."""
    entries = list_commit(folder, commit_of(folder, ref), (JOBS, readme))
    table = entries.pop(readme, None)
    issues, ids = [], {}
    for path, entry in sorted(entries.items()):
        file = path.removeprefix(f"{JOBS}/")
        if not _is_ours(file):
            continue
        problem = _problem(path, entry)
        if problem:
            issues.append(Issue("unreadable", ascii(path)[1:-1], problem, "Look at it in that commit."))
        else:
            ids[file] = entry.id

    def read(files: Iterable[str]) -> dict[str, bytes]:
        wanted = list(files)
        found = contents(folder, (ids[file] for file in wanted))
        return {file: found[ids[file]] for file in wanted if ids[file] in found}

    return State(ref, ids, read, table.bytes if table else None, tuple(issues))


def _is_ours(file: str) -> bool:
    return file.endswith(".yaml") and not any(step.startswith(".") for step in file.split("/"))


def _problem(path: str, entry: Entry) -> str:
    if not entry.is_plain:
        return "is not a regular file."
    if not path.isprintable():
        return "has a name that is not UTF-8, or holds an invisible character."
    return f"is over the limit of {yaml_io.MAX_BYTES:,} bytes." if entry.bytes > yaml_io.MAX_BYTES else ""


def in_folder(folder: Path, name: str, readme: str, algorithm: str) -> State:
    """The board as it lies in a folder, with hashes as git makes them."""
    root = folder / JOBS
    found = list_files(root)
    issues, ids = [issue for issue in found.issues if issue.level is Level.ERROR], {}
    for file in (*found.jobs, *found.companies):
        try:
            ids[file] = _git_hash(read_regular(root / file, max_bytes=yaml_io.MAX_BYTES), algorithm)
        except StoreError as error:
            issues += error.problems
    table = folder / readme
    return State(
        name, ids, partial(_read_files, root), table.stat().st_size if table.is_file() else None, tuple(issues)
    )


def _read_files(root: Path, files: Iterable[str]) -> dict[str, bytes]:
    return {file: read_regular(root / file, max_bytes=yaml_io.MAX_BYTES) for file in files}


def _git_hash(data: bytes, algorithm: str) -> str:
    return hashlib.new(algorithm, b"blob %d\0%s" % (len(data), data), usedforsecurity=False).hexdigest()


def differing(before: State, after: State) -> tuple[list[str], list[str]]:
    """The files of each state that the other has not, or not with these contents."""
    return (
        sorted(file for file, one in before.ids.items() if after.ids.get(file) != one),
        sorted(file for file, one in after.ids.items() if before.ids.get(file) != one),
    )


def parse(state: State, files: Iterable[str], words: Words) -> Parsed:
    """What `files` of `state` hold. What cannot be read is named, and left out."""
    parsed = Parsed()
    parsed.issues.extend(_quieter(issue) for issue in state.issues)
    for file, data in sorted(state.read(files).items()):
        where = f"{JOBS}/{file}"
        try:
            document = yaml_io.load(data, where)
        except StoreError as error:
            _note(parsed, file, error.problems)
            continue
        if file.endswith(f"/{COMPANY_FILE}"):
            company, problems = validate(Company, document)
            if company is not None:
                parsed.companies[file] = company
            _note(parsed, file, problems)
        else:
            _add_job(parsed, file, document, words)
    return parsed


def _add_job(parsed: Parsed, file: str, document: yaml_io.Document, words: Words) -> None:
    job, problems = validate(Job, document)
    where = f"{JOBS}/{file}"
    if job is not None and (ahead := not_yet(where, job.posted, words.today)):
        job, problems = None, [ahead]
    if job is not None:
        named = job.model_copy(update={"id": id_of(job, file)})
        view = view_of(where, named, attribution_of(job), words.vocabulary, words.language)
        parsed.jobs.setdefault(view.id, view)
    _note(parsed, file, problems)


def _note(parsed: Parsed, file: str, problems: Iterable[Issue]) -> None:
    for issue in problems:
        parsed.broken.add(file)
        parsed.issues.add(_quieter(issue))


def _quieter(issue: Issue) -> Issue:
    """A broken file hides a job from the comparison, which goes on; `check` is what fails for it."""
    return Issue(issue.code, issue.where, issue.what, issue.hint, Level.WARNING, issue.spot)
