"""Rows as they were printed, in a file: most are needed again in the next run, and few of them at a time.

The rows stand one after the other in a file that only grows; where each begins is in a second one, its index, under all
that the row depends on. Both are below .cache: whatever is wrong with one, the row counts as not printed yet.
"""

from __future__ import annotations

import io
import os
import zlib
from contextlib import suppress
from pathlib import Path
from struct import Struct
from typing import IO, Self

from rolecall.site import cache_file

_ENTRY = Struct("<QIII")  # where the row begins, its bytes, its line ends, its checksum
_BUFFER_BYTES = 1 << 18  # rows are read in about the order in which they were written


class Rows:
    """Printed rows by all that they depend on within one board's settings, for which `settings` stands.

    Without a `path` they are kept in memory.
    """

    def __init__(self, path: Path | None = None, settings: str = "") -> None:
        self._path, self._settings = path, settings
        self._before: dict[str, bytes] = (path and cache_file.load(_index(path), settings)) or {}
        self._now: dict[str, bytes] = {}
        self._file: IO[bytes] = (path and _opened(path, empty=not self._before)) or io.BytesIO()
        self._end = self._begun = self._file.seek(0, io.SEEK_END)
        self._at_end = True  # a file that is told to go where it is writes out what it has gathered

    def size(self, key: str) -> tuple[int, int] | None:
        """The bytes and the line ends of a row."""
        entry = self._entry(key)
        return _ENTRY.unpack(entry)[1:3] if entry else None

    def get(self, key: str) -> str | None:
        """A row, or None when it has to be printed."""
        entry = self._entry(key)
        if entry is None:
            return None
        start, size, _, checksum = _ENTRY.unpack(entry)
        self._at_end = False
        try:
            self._file.seek(start)
            data = self._file.read(size)
        except OSError:
            data = b""
        return data.decode("utf-8", "surrogatepass") if zlib.crc32(data) == checksum and len(data) == size else None

    def keep(self, key: str, text: str) -> None:
        """Keep a row that was printed."""
        data = text.encode("utf-8", "surrogatepass")
        try:
            if not self._at_end:
                self._file.seek(self._end)
            self._file.write(data)
        except OSError:  # a full disk costs time here, not the build
            self._forget()
            self._file.write(data)
        self._now[key] = _ENTRY.pack(self._end, len(data), text.count("\n"), zlib.crc32(data))
        self._end, self._at_end = self._end + len(data), True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Remember where the rows of this run are. When more than half of the file are others, it is begun anew.

        Of a run that failed nobody knows all rows: what it added is taken away, so that many such runs add nothing.
        """
        if kind is not None:
            with suppress(OSError):
                self._file.truncate(self._begun)
        elif self._path is not None and self._now != self._before:
            self._save(self._path)
        with suppress(OSError):
            self._file.close()

    def _save(self, path: Path) -> None:
        try:
            self._file.flush()
        except OSError:
            self._forget()
        used = sum(_ENTRY.unpack(entry)[1] for entry in self._now.values())
        kept = {} if isinstance(self._file, io.BytesIO) or 2 * used < self._end else self._now
        cache_file.save(_index(path), self._settings, kept)

    def _entry(self, key: str) -> bytes | None:
        entry = self._now.get(key)
        if entry is None:
            entry = self._before.get(key)
            if entry is not None:
                self._now[key] = entry
        return entry

    def _forget(self) -> None:
        raw = getattr(self._file, "raw", None)
        if raw is not None:
            raw.close()  # and not the buffer, which would try to write once more
        self._before, self._now, self._end, self._file = {}, {}, 0, io.BytesIO()


def _index(path: Path) -> Path:
    return path.with_name(f"{path.name}-index")


def _opened(path: Path, *, empty: bool) -> IO[bytes] | None:
    """The file, without what is in it when nobody knows where; None when it cannot be opened or is a link."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(path, flags | (os.O_TRUNC if empty else 0), 0o666), "r+b", _BUFFER_BYTES)
    except OSError:
        return None
