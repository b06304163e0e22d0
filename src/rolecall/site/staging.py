"""One file of the site rendered into the stage, unless it has these bytes already; and whether a file was touched."""

from __future__ import annotations

import filecmp
import os
import stat
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.site.artifact import Artifact
    from rolecall.site.manifest import Entry


def is_untouched(path: str, entry: Entry) -> bool:
    try:
        return entry[1:] == stamp(path)
    except OSError:
        return False


def stamp(path: str) -> tuple[int, int]:
    """Time and size of a regular file; (0, 0), which no entry has, for anything else."""
    found = os.lstat(path)
    return (found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else (0, 0)


def stage_one(stale: list[Artifact], known: Mapping[str, Entry], output: str, stage: str, index: int) -> bool:
    """Render one artifact into the stage; False, and nothing is staged, when the file has these bytes already."""
    made = _rendered(stale[index], known.get(stale[index].path), output)
    if not isinstance(made, str | bytes):
        return _stage_pieces(made, f"{output}/{stale[index].path}", f"{stage}/{index}")
    data = made.encode("utf-8", "replace") if isinstance(made, str) else made
    if _holds(f"{output}/{stale[index].path}", data):
        return False
    with open(f"{stage}/{index}", "wb", buffering=0) as file:
        left = memoryview(data)
        while left:  # a disk that fills up takes a part, and says so only when it is asked again
            left = left[file.write(left) :]
    return True


def _rendered(artifact: Artifact, entry: Entry | None, output: str) -> str | bytes | Iterator[bytes]:
    path = f"{output}/{artifact.path}"
    if artifact.renew is not None and entry is not None and is_untouched(path, entry):
        return artifact.renew(path, entry[0])
    return artifact.render()


def _stage_pieces(pieces: Iterator[bytes], path: str, staged: str) -> bool:
    """Like `_stage`, for a file that is too large to stand in memory."""
    with open(staged, "wb", buffering=1 << 20) as file:
        file.writelines(pieces)
    if _same(path, staged):
        os.unlink(staged)
        return False
    return True


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
