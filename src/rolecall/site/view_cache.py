"""The views of the last run: an unchanged build parses no YAML and imports neither pydantic nor pyyaml.

A file is first known by its time and size, then by a hash of its bytes (a fresh checkout changes every time).
"""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from zlib import crc32

from rolecall.site import cache_file
from rolecall.site.view import JobView

_NAMES = tuple(field.name for field in fields(JobView))
_VALUES = attrgetter(*_NAMES)
# mtime_ns, size, hash of the bytes, the view's values in the order of its fields.
Entry = tuple[int, int, str, tuple[object, ...]]


# Files of the cache: a few, so that what is read or written at once is small, and one changed job changes one of them.
_PARTS = 32


class ViewCache:
    """The views of job files. `key` names what else a view depends on: the vocabulary of config.yaml, for one.

    `path` is a folder. What this run neither got nor put is forgotten by `save`: files that are gone leave no trace.
    """

    def __init__(self, path: Path, key: str = "") -> None:
        self._path = path
        self._key = f"views {cache_file.tool_key()} {','.join(_NAMES)} {key}"
        self._old: dict[str, Entry] = {}
        self._counts = [0] * _PARTS
        for part in range(_PARTS):
            found: dict[str, Entry] = cache_file.load(self._file(part), self._key) or {}
            self._counts[part] = len(found)
            self._old.update(found)
        self._new: dict[str, Entry] = {}
        self._changed: set[int] = set()

    def get(self, file: str, mtime_ns: int, size: int) -> JobView | None:
        """The view of a file that has not been touched since, or None."""
        entry = self._old.get(file)
        if entry is None or entry[0] != mtime_ns or entry[1] != size:
            return None
        self._new[file] = entry
        return _view(entry)

    def get_same(self, file: str, mtime_ns: int, size: int, digest: str) -> JobView | None:
        """The view of a file that was touched but holds the same bytes, or None; `digest` is any hash of them."""
        entry = self._old.get(file)
        if entry is None or entry[2] != digest:
            return None
        self._new[file] = (mtime_ns, size, *entry[2:])
        self._changed.add(_part_of(file))
        return _view(entry)

    def put(self, file: str, mtime_ns: int, size: int, digest: str, view: JobView) -> None:
        """Keep the view of a file whose bytes have this `digest`."""
        self._new[file] = (mtime_ns, size, digest, _VALUES(view))
        self._changed.add(_part_of(file))

    def save(self) -> None:
        """Write the views of this run, but for the parts that are the last run's."""
        parts: list[dict[str, Entry]] = [{} for _ in range(_PARTS)]
        for file, entry in self._new.items():
            parts[_part_of(file)][file] = entry
        for number, part in enumerate(parts):
            if number in self._changed or len(part) != self._counts[number]:
                cache_file.save(self._file(number), self._key, part)

    def _file(self, part: int) -> Path:
        return self._path / f"{part:02}"


def _part_of(file: str) -> int:
    return crc32(file.encode("utf-8", "surrogateescape")) % _PARTS


def _view(entry: Entry) -> JobView:
    return JobView(**dict(zip(_NAMES, entry[3], strict=True)))  # type: ignore[arg-type]
