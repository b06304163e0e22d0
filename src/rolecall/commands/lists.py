"""The files in `lists/`, beside the README: written where they changed, swept when they are no longer made.

They are committed like the README, and the folder may hold files of other people: those are neither written over nor
removed. A list of ours is known by its name and its last line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rolecall.errors import BuildError
from rolecall.files import inside, remove, write_atomic
from rolecall.site.readme_lists import MARK, NAME, ListFile
from rolecall.site.readme_topics import lists_folder

_LAST_LINE_BYTES = 2_000
_LAST_LINE = re.compile(rb'<p id="' + MARK.encode() + rb'">[^\r\n]*</p>\s*\Z')
_LEFT_BEHIND = re.compile(rf"\.(?:{NAME.pattern})\.new")


@dataclass(frozen=True, slots=True)
class Lists:
    """What has to be written, by name, and what removed; `digest` is of all lists as they then stand."""

    folder: Path
    changed: Mapping[str, bytes]
    leftovers: tuple[str, ...]
    digest: str

    def write(self) -> None:
        """Put the lists in place. A reader sees the old or the new bytes of each."""
        for name, data in self.changed.items():
            write_atomic(self.folder / name, data)

    def sweep(self) -> None:
        """Remove what is no longer made, and the folder when nothing is left in it."""
        for name in self.leftovers:
            remove(self.folder / name)
        if self.leftovers:
            with suppress(OSError):  # other people's files are in it
                self.folder.rmdir()


def prepare_lists(board: Path, readme: str, files: Iterable[ListFile]) -> Lists:
    """What has to happen so that `files` stand beside `readme`. Raises `BuildError` when one is not ours to replace."""
    folder = _folder(board, readme)
    made = {file.name: file.text.encode() for file in files}
    if made and folder.exists() and not folder.is_dir():
        raise BuildError(str(folder), "is a file, and the lists of jobs need a folder.", "Rename it.")
    changed = {}
    for name, data in made.items():
        old = _read(folder / name)
        if old is not None and not _LAST_LINE.search(old[-_LAST_LINE_BYTES:]):
            what = "was not made by rolecall, and a list of jobs would replace it."
            raise BuildError(str(folder / name), what, "Move it elsewhere, or write lists: never below readme.")
        if old != data:
            changed[name] = data
    leftovers = tuple(name for name in _ours(folder) if name not in made)
    return Lists(folder, changed, leftovers, _digest(made.items()))


def digest_of_lists(board: Path, readme: str) -> str:
    """A hash of all lists of ours as they stand."""
    folder = _folder(board, readme)
    return _digest((name, _read(folder / name) or b"") for name in _ours(folder))


def _folder(board: Path, readme: str) -> Path:
    return inside(board, lists_folder(readme))


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    state = sha256()
    for name, data in sorted(files):
        state.update(f"{name}\0{sha256(data).hexdigest()}\n".encode())
    return state.hexdigest()


def _ours(folder: Path) -> Iterator[str]:
    """The names of the lists that rolecall made, and of what a killed run left beside them."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if not entry.is_file(follow_symlinks=False):
            continue
        if _LEFT_BEHIND.fullmatch(entry.name) or (NAME.fullmatch(entry.name) and _is_ours(Path(entry.path))):
            yield entry.name


def _is_ours(path: Path) -> bool:
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
