"""The views of the last run: an unchanged build parses no YAML and imports neither pydantic nor pyyaml.

A file is first known by its time and size, then by a hash of its bytes (a fresh checkout changes every time).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from rolecall.files import Stamp
from rolecall.site import cache_file
from rolecall.site.lasting import lasting
from rolecall.site.texts import Place, StoredText, TextStore
from rolecall.site.view import JobView

# mtime_ns, size, hash of the bytes, the view or its values in the order of its fields.
Entry = tuple[int, int, str, tuple[Any, ...]]

_BODY = JobView._fields.index("body")
# Files of the cache: a few, so that what is read or written at once is small, and one changed job changes one of them.
_PARTS = 32


class ViewCache:
    """The views of job files. `key` names what else a view depends on: the vocabulary of config.yaml, for one.

    `path` is a folder. What this run neither got nor put is forgotten by `save`: files that are gone leave no trace.
    """

    def __init__(self, path: Path, key: str = "") -> None:
        self._path = path
        self._key = f"views {cache_file.tool_key()} {','.join(JobView._fields)} {key}"
        self.texts = TextStore(path / "texts")
        with lasting():
            self._parts: list[dict[str, Entry]] = [
                cache_file.load(self._file(part), self._key) or {} for part in range(_PARTS)
            ]
        self._old: dict[str, Entry] = {}
        for found in self._parts:
            self._old.update(found)
        self._new: dict[str, Entry] = {}
        self._changed: set[int] = set()
        self._moved: Mapping[Place, Place] = {}

    def untouched(self, standing: Mapping[str, Stamp]) -> dict[str, JobView]:
        """The views of the files that stand there with the times and sizes that they had."""
        found, stands, holds, view_of = {}, standing.get, self.texts.holds, self.view
        for file, entry in self._old.items():
            if stands(file) == entry[:2] and holds(entry[3][_BODY]):
                self._new[file] = entry
                found[file] = view_of(entry[3])
        return found

    def get_same(self, file: str, mtime_ns: int, size: int, digest: str) -> JobView | None:
        """The view of a file that was touched but holds the same bytes, or None; `digest` is any hash of them."""
        entry = self._old.get(file)
        if entry is None or entry[2] != digest or not self.texts.holds(entry[3][_BODY]):
            return None
        view = self.view(entry[3])
        self.put(file, mtime_ns, size, digest, view)
        return view

    def put(self, file: str, mtime_ns: int, size: int, digest: str, view: JobView) -> None:
        """Keep the view of a file whose bytes have this `digest`."""
        self._new[file] = (mtime_ns, size, digest, view)
        self._changed.add(_part_of(file))

    def tidy(self) -> None:
        """Remove the texts that no view of this run needs. In this process alone, all can be read as before."""
        bodies = [_body_of(values) for _, _, _, values in self._new.values()]
        self._moved = self.texts.tidy([body for body in bodies if not isinstance(body, str)])

    def save(self) -> None:
        """Write the views of this run, but for the parts that are the last run's. The texts must be tidied by then."""
        is_old = self._changed.union(map(_part_of, self._old.keys() - self._new.keys()))
        changed = range(_PARTS) if self._moved else is_old
        added: dict[int, list[str]] = {}
        for file in self._new.keys() - self._old.keys():
            added.setdefault(_part_of(file), []).append(file)
        for part in changed:
            files = [file for file in self._parts[part] if file in self._new] + sorted(added.get(part, ()))
            cache_file.save(self._file(part), self._key, {file: self._entry(file) for file in files})

    def _entry(self, file: str) -> Entry:
        mtime_ns, size, digest, values = self._new[file]
        body = _body_of(values)
        body = body if isinstance(body, str) else self._moved.get(body, body)
        return mtime_ns, size, digest, (*values[:_BODY], body, *values[_BODY + 1 :])

    def view(self, values: tuple[Any, ...]) -> JobView:
        """The view of what `values_of` gave, in this process or another."""
        fields = [*values]
        if not isinstance(fields[_BODY], str):
            fields[_BODY] = StoredText(self.texts, fields[_BODY])
        return tuple.__new__(JobView, fields)

    def _file(self, part: int) -> Path:
        return self._path / f"{part:02}"


def values_of(view: JobView, body: str | StoredText, shared: dict[Any, Any]) -> tuple[Any, ...]:
    """The values of a view with this `body` as marshal can write them, to be read where many other views are.

    What many jobs have alike is one copy in memory, here and where it is read: `shared` are the copies so far, and of
    what is listed, tags and places, each text.
    """
    copy = shared.get
    values = [copy(value) or _interned(value) if value and type(value) is tuple else value for value in view]
    values[_BODY] = body if isinstance(body, str) else body.place
    return tuple(map(shared.setdefault, values, values))


def _body_of(values: tuple[Any, ...]) -> str | Place:
    """Of a view, or of its values: the text itself, or where it stands."""
    body: str | Place | StoredText = values[_BODY]
    return body.place if isinstance(body, StoredText) else body


def _interned(values: tuple[Any, ...]) -> tuple[Any, ...]:
    intern = sys.intern
    return tuple(
        [intern(item) if type(item) is str else _interned(item) if type(item) is tuple else item for item in values]
    )


def _part_of(file: str) -> int:
    return crc32(file.encode("utf-8", "surrogateescape")) % _PARTS
