"""The texts of jobs, kept between builds in files below .cache: the safe HTML of each, and the pieces that find it.

A view is small and at hand for every list; its text is ten times as large, and asked for by its own page and a feed or
two. So views are held in memory, and a text is read when it is asked for.

Texts are only ever appended: each process that makes some writes a segment of its own. A segment in which nothing is
in use any more is removed, and many small or half-empty ones become one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from rolecall.errors import DamagedCache

# Segment, offset in it, bytes of HTML, bytes of pieces, checksum of each.
Place = tuple[int, int, int, int, int, int]

_MANY_SEGMENTS = 16
_SLACK_BYTES = 8_000_000


class StoredText:
    """A text that stands in a store; `place` is what finds it again."""

    __slots__ = ("_store", "place")

    def __init__(self, store: TextStore, place: Place) -> None:
        self._store = store
        self.place = place

    def beside(self, place: Place) -> StoredText:
        """Another text of the same store."""
        return StoredText(self._store, place)

    def html(self) -> str:
        """The safe HTML. Raises `DamagedCache`."""
        return self._store.html(self.place)

    def pieces(self) -> bytes:
        """What the search makes its terms of, joined by spaces. Raises `DamagedCache`."""
        number, offset, html, size, _, checksum = self.place
        return self._store.read(number, offset + html, size, checksum)


class TextStore:
    """The segments in `folder`, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handles: dict[int, int] = {}
        self._own: tuple[int, int, int] | None = None  # process, segment, bytes written
        self._is_full = False
        self._last: tuple[Place, str] | None = None  # a page asks for its text several times
        self._sizes = self._segments()

    def keep(self, html: str, pieces: bytes) -> StoredText | None:
        """Keep a text; None where there is no room for it. May be called in several processes at once."""
        if self._is_full:
            return None
        head = html.encode()
        data = head + pieces
        try:
            process, number, offset = self._mine()
            self._is_full = os.write(self._handles[number], data) != len(data)
        except OSError:
            self._is_full = True
        if self._is_full:  # and stays so in this run: where the next text would begin, nobody knows
            return None
        self._own = (process, number, offset + len(data))
        return StoredText(self, (number, offset, len(head), len(pieces), crc32(head), crc32(pieces)))

    def holds(self, body: str | Place) -> bool:
        """Whether a text is itself, or in a segment that was there, and long enough, when this store was opened."""
        return isinstance(body, str) or body[1] + body[2] + body[3] <= self._sizes.get(body[0], -1)

    def html(self, place: Place) -> str:
        """The safe HTML that stands in a place. Raises `DamagedCache`."""
        last = self._last
        if last is not None and last[0] is place:
            return last[1]
        number, offset, size, _, checksum, _ = place
        text = self.read(number, offset, size, checksum).decode()
        self._last = place, text
        return text

    def read(self, number: int, offset: int, size: int, checksum: int) -> bytes:
        """What was written there. Raises `DamagedCache`."""
        try:
            data = self._read(number, offset, size)
        except OSError:
            data = b""
        if len(data) != size or crc32(data) != checksum:
            raise DamagedCache(str(self._path(number)), "is damaged.", "Remove the folder .cache, and build again.")
        return data

    def tidy(self, places: Iterable[Place]) -> dict[Place, Place]:
        """Remove what none of the texts in `places`, all that count, stands in; where to find those that had to move.

        Texts that somebody still holds can be read as before, as long as this store lives.
        """
        used: dict[int, int] = {}
        held = list(places)
        for number, _, html, pieces, _, _ in held:
            used[number] = used.get(number, 0) + html + pieces
        standing = self._segments()
        bytes_kept, bytes_used = sum(standing[number] for number in used.keys() & standing.keys()), sum(used.values())
        moved: dict[Place, Place] = {}
        if len(used) > _MANY_SEGMENTS or bytes_kept > 2 * bytes_used + _SLACK_BYTES:
            moved = self._moved(StoredText(self, place) for place in held)
        for number in standing if moved else standing.keys() - used.keys():
            if self._own is None or number != self._own[1]:
                with suppress(OSError):
                    self._handle(number)
                    self._path(number).unlink()
        return moved

    def _moved(self, texts: Iterable[StoredText]) -> dict[Place, Place]:
        """Every text in one new segment; nothing when there is no room for them."""
        self._own = None
        moved: dict[Place, Place] = {}
        for text in texts:
            again = self.keep(text.html(), text.pieces())
            if again is None:
                return {}
            moved[text.place] = again.place
        return moved

    def _mine(self) -> tuple[int, int, int]:
        """This process, the segment into which it writes, and how long that is."""
        process = os.getpid()
        if self._own is not None and self._own[0] == process:
            return self._own
        self._folder.mkdir(parents=True, exist_ok=True)
        number = max(self._segments(), default=-1) + 1
        while True:
            with suppress(FileExistsError):
                flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
                self._handles[number] = os.open(self._path(number), flags, 0o666)
                return process, number, 0
            number += 1

    def _read(self, number: int, offset: int, length: int) -> bytes:
        handle = self._handle(number)
        if hasattr(os, "pread"):
            return os.pread(handle, length, offset)
        os.lseek(handle, offset, os.SEEK_SET)  # a file to append to is written at its end all the same
        return os.read(handle, length)

    def _handle(self, number: int) -> int:
        handle = self._handles.get(number)
        if handle is None:
            flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
            handle = self._handles[number] = os.open(self._path(number), flags)
        return handle

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:04}"

    def _segments(self) -> dict[int, int]:
        """The bytes of each segment that is there."""
        found: dict[int, int] = {}
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.isdecimal() and entry.is_file(follow_symlinks=False):
                    found[int(entry.name)] = entry.stat(follow_symlinks=False).st_size
        return found

    def __del__(self) -> None:
        for handle in self._handles.values():
            with suppress(OSError):
                os.close(handle)
