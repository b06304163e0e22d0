"""What git says of a board's folder, and nothing that changes it. Without git, or outside a repository: nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

TIMEOUT_S = 20
_GITHUB = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^@/\s]+@)?(?:www\.|ssh\.)?github\.com(?::\d+)?/|(?:[\w.-]+@)?github\.com:/?)"
    r"(?P<owner>[A-Za-z0-9-]+)/(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?/?",
    re.IGNORECASE,
)


def ask_git(folder: Path, *arguments: str) -> str | None:
    """What `git ARGUMENTS` prints in `folder`; None when there is no git, it fails, or it takes too long."""
    program = shutil.which("git")
    if program is None:
        return None
    # A hook of git starts its programs with variables that name another repository than the folder's.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 -- a fixed program, and arguments of ours
            [program, "-c", "core.fsmonitor=false", "-C", os.fspath(folder), *arguments],
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip("\n") if done.returncode == 0 else None


def top_of(folder: Path) -> Path | None:
    """The top folder of the repository in which `folder` lies; None outside of one."""
    top = ask_git(folder, "rev-parse", "--show-toplevel")
    return Path(top) if top else None


def is_top(folder: Path) -> bool:
    """Whether `folder` is the top of its repository: GitHub reads workflows and the README there only."""
    top = top_of(folder)
    return top is not None and top.resolve() == folder.resolve()


def remote_of(folder: Path) -> str | None:
    """`owner/name` of the remote `origin`, when that is on GitHub."""
    address = ask_git(folder, "config", "--get", "remote.origin.url")
    return repository_of(address) if address else None


def repository_of(address: str) -> str | None:
    """`owner/name` in an address of GitHub, of any form that git knows; a password in it goes nowhere."""
    found = _GITHUB.fullmatch(address.strip())
    return f"{found['owner']}/{found['name']}" if found else None


def pages_address(repository: str) -> str:
    """Where GitHub Pages serves `owner/name`, unless the board has a domain of its own."""
    owner, _, name = repository.partition("/")
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
