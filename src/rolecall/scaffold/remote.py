"""Where a board is on GitHub, by its git remote. Without git, or outside a repository: nothing."""

from __future__ import annotations

import re
from pathlib import Path

from rolecall import git

_GITHUB = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^@/\s]+@)?(?:www\.|ssh\.)?github\.com(?::\d+)?/|(?:[\w.-]+@)?github\.com:/?)"
    r"(?P<owner>[A-Za-z0-9-]+)/(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?/?",
    re.IGNORECASE,
)


def remote_of(folder: Path) -> str | None:
    """`owner/name` of the remote `origin`, when that is on GitHub."""
    address = git.ask(folder, "config", "--get", "remote.origin.url")
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
