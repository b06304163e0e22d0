"""Which files of a board differ from another state that git knows."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from rolecall.errors import RolecallError

# What a repository's own configuration may not turn into a program of its choice, or into other output.
_PLAIN = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=off", "-c", "core.hooksPath=/dev/null")
_DIFF = ("diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative")
_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Changed:
    """Files relative to the board's folder that were added or changed; what was removed is in neither."""

    added: frozenset[str]
    modified: frozenset[str]


def changed_since(folder: Path, ref: str) -> Changed:
    """What differs from where `ref` and the present parted, in commits or not. Raises `RolecallError`."""
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if commit is None:
        raise RolecallError("--since", f"git knows no commit called {ref!r} here.", "Fetch it, or check its name.")
    target = commit.decode("ascii", "replace").strip()
    parted = _git(folder, "merge-base", target, "HEAD")
    base = parted.decode("ascii", "replace").strip() if parted else target
    listed = _git(folder, *_DIFF, base, "--")
    untracked = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--")
    if listed is None or untracked is None:
        raise RolecallError("--since", "git cannot compare the files.", f"Try: git diff {target[:12]}")
    cells = [cell.decode("utf-8", "surrogateescape") for cell in listed.split(b"\0") if cell]
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    new = {cell.decode("utf-8", "surrogateescape") for cell in untracked.split(b"\0") if cell}
    return Changed(
        frozenset(new | {file for status, file in pairs if status == "A"}),
        frozenset(file for status, file in pairs if status in ("M", "T")),
    )


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 -- a fixed program; what comes from outside stands behind --end-of-options
            ["git", *_PLAIN, *arguments],  # noqa: S607 -- the user's own git
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RolecallError("git", f"cannot be run: {error}.", "Install git, or leave --since out.") from error
    return done.stdout if done.returncode == 0 else None
