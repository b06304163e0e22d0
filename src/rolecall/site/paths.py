"""The paths of the site's files: plain ones, each claimed once, none of which leads elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rolecall.errors import BuildError, PathConflict

if TYPE_CHECKING:
    from rolecall.site.artifact import Artifact

# Lower-case ASCII only, so that no two paths can differ in case or normal form alone.
_PATH = re.compile(r"(?:[a-z0-9_-][a-z0-9._-]*/)*[a-z0-9_-][a-z0-9._-]*")


def claimed_once(artifacts: Iterable[Artifact]) -> dict[str, Artifact]:
    """The artifacts by their paths. Raises `PathConflict`."""
    claimed: dict[str, Artifact] = {}
    is_path = _PATH.fullmatch
    for artifact in artifacts:
        path = artifact.path
        if not is_path(path):
            hint = "Use lower-case letters, digits, dots, hyphens and underscores; no name starts with a dot."
            raise PathConflict(path[:200], "is not a path for a file of the site.", hint)
        if path in claimed:
            raise PathConflict(path, "is claimed twice.", "Rename one of the two files that lead to it.")
        claimed[path] = artifact
    for folder in sorted(_folders(claimed) & claimed.keys()):
        path = next(path for path in claimed if path.startswith(f"{folder}/"))
        raise PathConflict(folder, f"is claimed as a file, and as the folder of {path}.", "Rename one of them.")
    return claimed


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder on the way to one of the files; "" is the one that holds all."""
    found = {""}
    new = {path.rpartition("/")[0] for path in paths}
    while new:
        found |= new
        new = {folder.rpartition("/")[0] for folder in new} - found
    return found


def refuse_links(output: Path, claimed: Iterable[str]) -> None:
    """No folder on the way to a file may lead elsewhere; the file itself is replaced, never followed."""
    for folder in sorted(_folders(claimed)):
        if os.path.islink(output / folder):
            raise BuildError(
                str(output / folder), "is a symbolic link, and is not written through.", "Remove the link."
            )
