"""The only git: what it knows of a folder, read through its plumbing. Nothing is checked out, fetched or changed.

Neither the repository's configuration nor the variables of a hook make it start another program, or look elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rolecall.errors import RolecallError
from rolecall.issues import one_line

_TIMEOUT_S = 120
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=off", "-c", "core.hooksPath=/dev/null")
_DIFF = ("diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative")
_NOTHING = "000000"
_FETCH_MORE = "Check its spelling with `git log`; a shallow clone has it after `git fetch --unshallow`."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit: the hash of its content, its size, and whether it is a plain file, not a link."""

    id: str
    bytes: int
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A path that differs. Modes are git's (`100644`, `120000`), hashes those of blobs; both "" where it is absent."""

    path: str
    old_mode: str
    new_mode: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Files relative to the folder that were added or changed; what was removed is in neither."""

    added: frozenset[str]
    modified: frozenset[str]


def ask(folder: Path, *arguments: str) -> str | None:
    """What `git ARGUMENTS` prints in `folder`; None when there is no git, it fails, or it takes too long."""
    try:
        done = _run(folder, arguments)
    except RolecallError:
        return None
    return done.stdout.decode("utf-8", "replace").strip("\n") if done.returncode == 0 else None


def top_of(folder: Path) -> Path | None:
    """The top folder of the repository in which `folder` lies; None outside of one."""
    top = ask(folder, "rev-parse", "--show-toplevel")
    return Path(top) if top else None


def is_top(folder: Path) -> bool:
    """Whether `folder` is the top of its repository: GitHub reads workflows and the README there only."""
    top = top_of(folder)
    return top is not None and top.resolve() == folder.resolve()


def commit_of(folder: Path, ref: str) -> str:
    """The hash of the commit that `ref` names. Raises `RolecallError` when there is none."""
    found = None
    if ref and ref.isprintable():
        found = ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if not found:
        _must(folder, "rev-parse", "--git-dir")
        raise RolecallError(one_line(ref)[:80] or "ref", "names no commit of this repository.", _FETCH_MORE)
    return found


def merge_base(folder: Path, one: str, other: str) -> str:
    """The commit from which two went their own ways. Raises `RolecallError` when they have nothing in common."""
    found = ask(folder, "merge-base", one, other)
    if not found:
        raise RolecallError(one, f"and {other} have no common commit here.", "Fetch all of both (fetch-depth: 0).")
    return found


def list_commit(folder: Path, commit: str, paths: Iterable[str]) -> dict[str, Entry]:
    """The files at and below `paths` (relative to `folder`) in a commit; a path that is not there has none."""
    entries = {}
    for line in _must(folder, "ls-tree", "-r", "-z", "-l", commit, "--", *paths).split(b"\0"):
        facts, _, path = line.partition(b"\t")
        if path:
            mode, kind, digest, size = facts.decode().split()
            is_plain = kind == "blob" and mode.startswith("100")
            entries[os.fsdecode(path)] = Entry(digest, int(size) if size.isdigit() else 0, is_plain)
    return entries


def differences(folder: Path, old: str, new: str) -> list[Difference]:
    """Every path that differs between two commits, sorted; a renamed file is one that went and one that came.

    Paths are relative to `folder`; what lies above it begins with `../`.
    """
    prefix = _must(folder, "rev-parse", "--show-prefix").removesuffix(b"\n")
    parts = _must(folder, "diff-tree", "-r", "-z", "--raw", "--no-renames", old, new).split(b"\0")
    found = []
    for head, path in zip(parts[:-1:2], parts[1::2], strict=True):
        old_mode, new_mode, before, after, _ = head.decode("ascii").removeprefix(":").split(" ")
        was, stays = old_mode != _NOTHING, new_mode != _NOTHING
        modes = (old_mode if was else "", new_mode if stays else "")
        here = path[len(prefix) :] if path.startswith(prefix) else b"../" * prefix.count(b"/") + path
        found.append(Difference(os.fsdecode(here), *modes, before if was else "", after if stays else ""))
    return sorted(found, key=lambda entry: entry.path)


def changed_since(folder: Path, ref: str) -> Changed:
    """What differs from where `ref` and the present parted, in commits or not. Raises `RolecallError`."""
    commit = commit_of(folder, ref)
    base = ask(folder, "merge-base", commit, "HEAD") or commit
    cells = list(_paths(_must(folder, *_DIFF, base, "--")))
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    new = set(_paths(_must(folder, "ls-files", "--others", "--exclude-standard", "-z", "--")))
    return Changed(
        frozenset(new | {file for status, file in pairs if status == "A"}),
        frozenset(file for status, file in pairs if status in ("M", "T")),
    )


def sizes(folder: Path, ids: Iterable[str]) -> dict[str, int]:
    """How many bytes each blob has; a hash that is no blob here (a submodule's commit) is left out."""
    lines = _must(folder, "cat-file", "--batch-check", data=_listed(ids)).decode("ascii").splitlines()
    rows = [line.split(" ") for line in lines]
    return {row[0]: int(row[2]) for row in rows if len(row) == 3 and row[1] == "blob"}


def contents(folder: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """The contents with these hashes. One process reads them all. Raises `RolecallError` when one is not here."""
    answer = _must(folder, "cat-file", "--batch", data=_listed(ids))
    found, at = {}, 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        row = answer[at:end].decode("ascii").split(" ")
        if len(row) != 3:
            raise RolecallError("git", f"does not have the object {row[0][:12]}.", "Fetch all (not --filter).")
        found[row[0]] = answer[end + 1 : end + 1 + int(row[2])]
        at = end + 1 + int(row[2]) + 1
    return found


def _listed(ids: Iterable[str]) -> bytes:
    return "".join(f"{one}\n" for one in dict.fromkeys(ids)).encode()


def _paths(answer: bytes) -> Iterator[str]:
    return (os.fsdecode(cell) for cell in answer.split(b"\0") if cell)


def _must(folder: Path, *arguments: str, data: bytes = b"") -> bytes:
    """What git prints. Raises `RolecallError` with git's own words."""
    done = _run(folder, arguments, data)
    if done.returncode:
        words = one_line(done.stderr.decode("utf-8", "replace")).removeprefix("fatal: ")[:300]
        raise RolecallError("git", f"{words or 'failed'}.", "Run it in the folder of a board that is in git.")
    return done.stdout


def _run(folder: Path, arguments: Iterable[str], data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise RolecallError("git", "cannot be started: it is not there.", "Install it.")
    # A hook of git starts its programs with variables that name another repository than the folder's.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0"}
    env |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 -- a fixed program; a ref from outside is no option (commit_of)
            [program, *_SAFE, *arguments],
            cwd=folder,
            env=env,
            input=data,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RolecallError("git", f"cannot be asked: {one_line(str(error))}.", "Try again.") from error
