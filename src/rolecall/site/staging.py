"""One file of the site: rendered into the stage, unless it has these bytes already, and moved into its place."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rolecall.files import stamp

if TYPE_CHECKING:
    from rolecall.site.artifact import Artifact
    from rolecall.site.manifest import Entry


def is_untouched(path: str, entry: Entry) -> bool:
    """Whether the file at `path` is the one that the manifest speaks of."""
    return any(entry[1:]) and entry[1:] == stamp(path)


# Whether a file has other bytes than before, and its time and size.
Staged = tuple[bool, int, int]


class Stage:
    """The folder in which files are rendered until all are: named by their numbers, or, in `new`, by their paths.

    There stand those whose folder below `output` is not there yet, so that it is moved as a whole, with all its files.
    """

    def __init__(self, folder: str, output: str, paths: Iterable[str]) -> None:
        """`paths` are those of all files that will be rendered."""
        self.output = output
        self._folder = folder
        folders = {path.rpartition("/")[0] for path in paths} - {""}
        tops = {path.partition("/")[0] for path in folders}
        self._new = {top for top in tops if not os.path.lexists(f"{output}/{top}")}
        for path in folders:
            if path.partition("/")[0] in self._new:
                os.makedirs(f"{folder}/new/{path}", exist_ok=True)
        self._moved: dict[str, bool] = {}
        self._there: set[str] = set()

    def at(self, index: int, path: str) -> str:
        """Where a file is rendered."""
        return f"{self._folder}/new/{path}" if path.partition("/")[0] in self._new else f"{self._folder}/{index}"

    def move(self, index: int, path: str) -> bool:
        """Put a file in its place, unless it stands there already; whether it had to be copied."""
        top = path.partition("/")[0]
        if top in self._new:
            if top not in self._moved:
                self._moved[top] = _is_moved(f"{self._folder}/new/{top}", f"{self.output}/{top}")
            if self._moved[top]:
                return False
        return move(self.at(index, path), f"{self.output}/{path}", self._there)


def _is_moved(staged: str, folder: str) -> bool:
    """Move a folder as a whole, if that can be: it lies on another disk, or somebody made one meanwhile."""
    try:
        os.replace(staged, folder)
    except OSError:
        return False
    return True


def stage_one(
    stale: list[Artifact], known: Mapping[str, Entry], standing: Container[str] | None, stage: Stage, index: int
) -> Staged:
    """Render one artifact into the stage; nothing is staged when the file has these bytes already.

    `standing` is what stands in output/; None: nobody has looked.
    """
    path, staged = f"{stage.output}/{stale[index].path}", stage.at(index, stale[index].path)
    made = _rendered(stale[index], known.get(stale[index].path), path)
    if not isinstance(made, str | bytes):
        return _stage_pieces(made, path, staged)
    data = made.encode("utf-8", "replace") if isinstance(made, str) else made
    if (standing is None or stale[index].path in standing) and _holds(path, data):
        return False, *stamp(path)
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        written = os.write(handle, data)
        while written < len(data):  # a disk that fills up takes a part, and says so only when it is asked again
            written += os.write(handle, memoryview(data)[written:])
        return True, os.fstat(handle).st_mtime_ns, len(data)
    finally:
        os.close(handle)


def _rendered(artifact: Artifact, entry: Entry | None, path: str) -> str | bytes | Iterator[bytes]:
    if artifact.renew is not None and entry is not None and is_untouched(path, entry):
        return artifact.renew(path, entry[0])
    return artifact.render()


def _stage_pieces(pieces: Iterator[bytes], path: str, staged: str) -> Staged:
    """Like `stage_one`, for a file that is too large to stand in memory."""
    with open(staged, "wb", buffering=1 << 20) as file:
        file.writelines(pieces)
    if _same(path, staged):
        os.unlink(staged)
        return False, *stamp(path)
    return True, *stamp(staged)


def _same(path: str, other: str) -> bool:
    try:
        return stamp(path)[1] == stamp(other)[1] and filecmp.cmp(path, other, shallow=False)
    except OSError:
        return False


def _holds(path: str, data: bytes) -> bool:
    try:
        if stamp(path)[1] != len(data):
            return False
        with open(path, "rb", buffering=0) as file:
            return file.read() == data
    except OSError:
        return False


def move(staged: str, path: str, folders: set[str]) -> bool:
    """Put a staged file in its place; whether it had to be copied. `folders` are known to be there, and grow."""
    folder, _, name = path.rpartition("/")
    if folder not in folders:
        os.makedirs(folder, exist_ok=True)
        folders.add(folder)
    try:
        os.replace(staged, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = f"{folder}/.{name}.new"  # output/ and .cache/ lie on two disks
        shutil.copyfile(staged, beside)
        os.replace(beside, path)
        return True
    return False
