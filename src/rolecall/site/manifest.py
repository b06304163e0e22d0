"""What stands in output/, remembered between builds, and what may be removed from there.

Only files that rolecall wrote are ever swept. With a manifest, those are the files that it lists: whatever else lies
in the folder stays. Without one (a fresh clone, `.cache` deleted, a damaged file) the mark tells whose folder it is:
marked, everything in it is ours but dot files and CNAME, so that the page of a job that is gone cannot survive a lost
cache; not marked and not empty, the folder is somebody's work and the build refuses it.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import eq, itemgetter
from pathlib import Path

from rolecall.errors import BuildError
from rolecall.files import Stamp
from rolecall.site import cache_file

MARK = ".rolecall"
_OWNERS = frozenset({"CNAME"})  # what people put beside the site by hand, as GitHub Pages' documentation says
_KEY = "manifest 3"
# Fingerprint of the inputs, mtime_ns, size; an empty fingerprint: about to be written.
Entry = tuple[str, int, int]
_STAMP = itemgetter(1, 2)
# What all entries rest on, as `claims` wrote it: two fingerprints, and the digests of all jobs.
Basis = tuple[str, str, str]


@dataclass(slots=True)
class Manifest:
    """The files of the last build by path. `found` is False when there was no usable manifest.

    `basis` is None where the files are not all of one build that came to its end.
    """

    path: Path
    files: dict[str, Entry]
    found: bool
    saved: tuple[dict[str, Entry], Basis | None]
    basis: Basis | None = None

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """The last build's. What another rolecall wrote is ours, but how it came about says nothing any more."""
        tool, files, basis = cache_file.load(path, _KEY) or ("", None, None)
        if files is None:
            return cls(path, files={}, found=False, saved=({}, None))
        if tool != cache_file.tool_key():
            files, basis = {name: ("", *entry[1:]) for name, entry in files.items()}, None
        return cls(path, files=dict(files), found=True, saved=(files, basis), basis=basis)

    def stand(self, standing: Mapping[str, Stamp]) -> bool:
        """Whether each of the files is among those that stand there, as it was left."""
        return all(map(eq, map(standing.get, self.files), map(_STAMP, self.files.values())))

    def expect(self, paths: Iterable[str]) -> None:
        """Note files that are about to be written, so that a killed build leaves none that nobody knows."""
        new = [path for path in paths if path not in self.files]
        if new or not self.found:
            self.files |= dict.fromkeys(new, ("", 0, 0))
            self.basis = None
            self.save()

    def keep_only(self, claimed: Container[str]) -> None:
        """Forget what nobody claims any more."""
        self.files = {path: entry for path, entry in self.files.items() if path in claimed}

    def save(self) -> None:
        """Write the manifest, unless nothing changed."""
        if not self.found or (self.files, self.basis) != self.saved:
            cache_file.save(self.path, _KEY, (cache_file.tool_key(), self.files, self.basis))
            self.found, self.saved = True, (dict(self.files), self.basis)


def sweepable(output: Path, known: Manifest, claimed: Container[str]) -> list[str]:
    """The files that rolecall wrote and nobody claims now. Raises `BuildError` when the folder is not ours."""
    if known.found:
        return [path for path in known.files if path not in claimed]
    unclaimed = [path for path in _files(str(output)) if path not in claimed]
    if unclaimed and not (output / MARK).exists():
        hint = "Move it elsewhere, or empty the folder: rolecall writes and sweeps it."
        raise BuildError(
            f"{output}/{unclaimed[0]}", "was not made by rolecall, and the site would stand around it.", hint
        )
    return unclaimed


def _files(folder: str, inside: str = "") -> Iterator[str]:
    """Every file below `folder` but dot files, dot folders and the owner's; links are not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith(".") or (not inside and entry.name in _OWNERS):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{inside}{entry.name}/")
        else:
            yield f"{inside}{entry.name}"
