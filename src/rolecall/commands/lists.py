"""The files in `lists/`, beside the README: written where they changed, swept when they are no longer made.

They are committed like the README, and the folder may hold files of other people: those are neither written over nor
removed. A list of ours is known by its name and its last line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from rolecall.errors import BuildError
from rolecall.files import inside, remove, stamp, write_atomic
from rolecall.site.readme_lists import MARK, NAME, ListFile
from rolecall.site.readme_topics import lists_folder

_LAST_LINE_BYTES = 2_000
_LAST_LINE = re.compile(rb'<p id="' + MARK.encode() + rb'">[^\r\n]*</p>\s*\Z')
_LEFT_BEHIND = re.compile(rf"\.(?:{NAME.pattern})\.new")


@dataclass(frozen=True, slots=True)
class Known:
    """A list as it was written: what it was made of, a hash of its bytes, and the file's time and size."""

    inputs: str
    digest: str
    mtime_ns: int
    size: int


@dataclass(frozen=True, slots=True)
class Lists:
    """What has to be written, by name, and what removed; `made` are the inputs and digests of all lists.

    What is changed waits in the file `staged`, from one place to another: all lists are twice the board, more than
    should stand in memory while the site is made.
    """

    folder: Path
    staged: Path
    changed: Mapping[str, tuple[int, int]]
    leftovers: tuple[str, ...]
    made: Mapping[str, tuple[str, str]]

    @property
    def digest(self) -> str:
        """Of all lists as they stand once they are written."""
        return _digest((name, digest) for name, (_, digest) in self.made.items())

    def write(self) -> None:
        """Put the lists in place. A reader sees the old or the new bytes of each. Raises `BuildError`."""
        try:
            with self.staged.open("rb") as file:
                for name, (start, end) in self.changed.items():
                    file.seek(start)
                    write_atomic(self.folder / name, file.read(end - start))
        except OSError as error:
            raise BuildError(str(self.staged), f"cannot be read: {error.strerror}.", "Build again.") from error
        remove(self.staged)

    def sweep(self) -> None:
        """Remove what is no longer made, and the folder when nothing is left in it."""
        for name in self.leftovers:
            remove(self.folder / name)
        if self.leftovers:
            with suppress(OSError):  # other people's files are in it
                self.folder.rmdir()

    def known(self) -> dict[str, tuple[str, str, int, int]]:
        """What the next run may know of the lists, once they are written."""
        return {name: (*made, *stamp(self.folder / name)) for name, made in self.made.items()}


def prepare_lists(
    board: Path, readme: str, files: Sequence[ListFile], known: Mapping[str, Known], staged: Path
) -> Lists:
    """What has to happen so that `files` stand beside `readme`. Raises `BuildError` when one is not ours to replace.

    A list that is `known` to be made of the same, and stands there as it was written, is not made again.
    """
    folder = folder_of(board, readme)
    if files and folder.exists() and not folder.is_dir():
        raise BuildError(str(folder), "is a file, and the lists of jobs need a folder.", "Rename it.")
    changed, made = {}, {}
    with _begun(staged) as stage:
        for file in files:
            path, before = folder / file.name, known.get(file.name)
            if before is not None and before.inputs == file.inputs and _digest_of(path, before) == before.digest:
                made[file.name] = (file.inputs, before.digest)
                continue
            data, old = file.text.encode(), _read(path)
            if old is not None and not _LAST_LINE.search(old[-_LAST_LINE_BYTES:]):
                what = "was not made by rolecall, and a list of jobs would replace it."
                raise BuildError(str(path), what, "Move it elsewhere, or write lists: never below readme.")
            if old != data:
                start = stage.tell()
                changed[file.name] = (start, start + stage.write(data))
            made[file.name] = (file.inputs, sha256(data).hexdigest())
    leftovers = tuple(name for name in _ours(folder, known) if name not in made)
    return Lists(folder, staged, changed, leftovers, made)


@contextmanager
def _begun(path: Path) -> Iterator[IO[bytes]]:
    """A new file below .cache. Raises `BuildError` when it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with path.open("xb") as file:  # never through a link
            yield file
    except OSError as error:
        raise BuildError(
            str(path), f"cannot be written: {error.strerror}.", "Check the disk and its permissions."
        ) from error


def digest_of_lists(board: Path, readme: str, known: Mapping[str, Known]) -> str:
    """A hash of all lists of ours as they stand."""
    folder = folder_of(board, readme)
    return _digest((name, _digest_of(folder / name, known.get(name))) for name in _ours(folder, known))


def folder_of(board: Path, readme: str) -> Path:
    """Where the lists beside the file `readme` stand."""
    return inside(board, lists_folder(readme))


def _digest(files: Iterable[tuple[str, str]]) -> str:
    return sha256("".join(f"{name}\0{digest}\n" for name, digest in sorted(files)).encode()).hexdigest()


def _digest_of(path: Path, known: Known | None) -> str:
    """A hash of the file's bytes, which are not read when it has the time and size that it had when it was written."""
    if known is not None and stamp(path) == (known.mtime_ns, known.size):
        return known.digest
    return sha256(_read(path) or b"").hexdigest()


def _ours(folder: Path, known: Mapping[str, Known]) -> Iterator[str]:
    """The names of the lists that rolecall made, and of what a killed run left beside them."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if not entry.is_file(follow_symlinks=False):
            continue
        if _LEFT_BEHIND.fullmatch(entry.name) or (
            NAME.fullmatch(entry.name) and _is_ours(Path(entry.path), known.get(entry.name))
        ):
            yield entry.name


def _is_ours(path: Path, known: Known | None) -> bool:
    if known is not None and stamp(path) == (known.mtime_ns, known.size):
        return True
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - _LAST_LINE_BYTES))
        return _LAST_LINE.search(file.read()) is not None


def _read(path: Path) -> bytes | None:
    if path.is_symlink():
        raise BuildError(str(path), "is a symbolic link, and is not written through.", "Remove the link.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BuildError(
            str(path), f"cannot be read: {error.strerror}.", "Check the disk and its permissions."
        ) from error
