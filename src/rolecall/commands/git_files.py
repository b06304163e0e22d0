"""Files as they stand in a commit, read through git's plumbing: nothing is checked out, and no branch is touched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rolecall.errors import RolecallError
from rolecall.issues import one_line

_FETCH_MORE = "Check its spelling with `git log`; a shallow clone has it after `git fetch --unshallow`."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a commit: the hash of its content, its size, and whether it is a plain file, not a link."""

    id: str
    bytes: int
    is_plain: bool


def commit_of(folder: Path, ref: str) -> str:
    """The hash of the commit that `ref` names. Raises `RolecallError` when there is none."""
    shown = one_line(ref)[:80]
    found = None
    if ref and not ref.startswith("-") and ref.isprintable():
        found = _git(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", may_fail=True)
    if not found:
        _git(folder, "rev-parse", "--git-dir")
        raise RolecallError(shown or "ref", "names no commit of this repository.", _FETCH_MORE)
    return found.decode().strip()


def list_commit(folder: Path, commit: str, paths: Iterable[str]) -> dict[str, Entry]:
    """The files at and below `paths` (relative to `folder`) in a commit; a path that is not there has none."""
    found = _git(folder, "ls-tree", "-r", "-z", "-l", commit, "--", *paths) or b""
    entries = {}
    for line in found.split(b"\0"):
        facts, _, path = line.partition(b"\t")
        if path:
            mode, kind, digest, size = facts.decode().split()
            is_plain = kind == "blob" and mode.startswith("100")
            entries[os.fsdecode(path)] = Entry(digest, int(size) if size.isdigit() else 0, is_plain)
    return entries


def contents(folder: Path, ids: Iterable[str]) -> Mapping[str, bytes]:
    """The contents with these hashes. One process reads them all."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    answer = _git(folder, "cat-file", "--batch", data="".join(f"{one}\n" for one in wanted).encode()) or b""
    found, at = {}, 0
    for one in wanted:
        head, _, _ = answer[at : at + 200].partition(b"\n")
        size = int(head.split()[2]) if head.split()[1:2] == [b"blob"] else None
        at += len(head) + 1
        if size is not None:
            found[one] = answer[at : at + size]
            at += size + 1
    return found


def _git(folder: Path, *arguments: str, data: bytes = b"", may_fail: bool = False) -> bytes | None:
    """What git prints; None when it fails and may. Raises `RolecallError` with git's own words."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False, env=os.environ | {"LC_ALL": "C"})  # noqa: S603 -- no shell, and no argument that git takes for an option
    except OSError as error:
        what = f"cannot be started: {error.strerror}."
        raise RolecallError("git", what, "Install it, or name two folders.") from error
    if done.returncode == 0:
        return done.stdout
    if may_fail:
        return None
    words = one_line(done.stderr.decode("utf-8", "replace")).removeprefix("fatal: ")[:300]
    raise RolecallError("git", f"{words or 'failed'}.", "Run it in the folder of a board that is in git.")
