"""What differs between two commits, read from git's objects: nothing of a stranger's branch is checked out or run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rolecall.errors import RolecallError

_TIMEOUT_S = 120
_NOTHING = "000000"


@dataclass(frozen=True, slots=True)
class Entry:
    """A path that differs. Modes are git's (`100644`, `120000`), hashes those of blobs; both "" where it is absent."""

    path: str
    old_mode: str
    new_mode: str
    old: str
    new: str


def commit_of(folder: Path, ref: str) -> str:
    """The commit that `ref` names. Raises `RolecallError` when there is none."""
    what, hint = "names no commit here.", "Name a branch, a tag or a commit; fetch it first if it is of another place."
    return _git(folder, ref, what, hint, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")


def merge_base(folder: Path, base: str, head: str) -> str:
    """The commit from which `head` went its own way. Raises `RolecallError` when the two have nothing in common."""
    what, hint = f"and {head} have no common commit here.", "Fetch the history of both (fetch-depth: 0)."
    return _git(folder, base, what, hint, "merge-base", base, head)


def differences(folder: Path, old: str, new: str) -> list[Entry]:
    """Every path that differs between two commits, sorted; a renamed file is one that went and one that came."""
    arguments = ("diff-tree", "-r", "-z", "--raw", "--no-renames", old, new)
    parts = _run(folder, *arguments).stdout.split(b"\0")
    found = []
    for head, path in zip(parts[:-1:2], parts[1::2], strict=True):
        old_mode, new_mode, before, after, _ = head.decode("ascii").removeprefix(":").split(" ")
        was, stays = old_mode != _NOTHING, new_mode != _NOTHING
        modes = (old_mode if was else "", new_mode if stays else "")
        found.append(Entry(os.fsdecode(path), *modes, before if was else "", after if stays else ""))
    return sorted(found, key=lambda entry: entry.path)


def sizes(folder: Path, hashes: Iterable[str]) -> dict[str, int]:
    """How many bytes each blob has; a hash that is no blob here (a submodule's commit) is left out."""
    asked = "".join(f"{name}\n" for name in hashes).encode()
    lines = _run(folder, "cat-file", "--batch-check", stdin=asked).stdout.decode("ascii").splitlines()
    rows = [line.split(" ") for line in lines]
    return {row[0]: int(row[2]) for row in rows if len(row) == 3 and row[1] == "blob"}


def blobs(folder: Path, hashes: Iterable[str]) -> dict[str, bytes]:
    """The bytes of blobs that `sizes` knows."""
    asked = "".join(f"{name}\n" for name in hashes).encode()
    answer = _run(folder, "cat-file", "--batch", stdin=asked).stdout
    found, at = {}, 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        name, _, size = answer[at:end].decode("ascii").split(" ")
        found[name] = answer[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size) + 1
    return found


def _git(folder: Path, where: str, what: str, hint: str, *arguments: str) -> str:
    """The one word that git answers; that it has none is the caller's `what` and `hint`."""
    done = _run(folder, *arguments, check=False)
    if done.returncode:
        raise RolecallError(where, what, hint)
    return done.stdout.decode("ascii").strip()


def _run(folder: Path, *arguments: str, stdin: bytes = b"", check: bool = True) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise RolecallError("git", "is not there.", "Install it.")
    # A hook of git starts its programs with variables that name another repository than the folder's.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 -- a fixed program; what comes from outside is no option (rev-parse)
            [program, "-c", "core.fsmonitor=false", *arguments],
            cwd=folder,
            env=env,
            input=stdin,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RolecallError("git", f"cannot be asked: {error}.", "Try again.") from error
    if check and done.returncode:
        said = done.stderr.decode("utf-8", "replace")
        raise RolecallError(str(folder), f"git {arguments[0]} failed: {said[:300]}", "Is this a git repository?")
    return done
