"""The views of the last run: an unchanged build parses no YAML and imports neither pydantic nor pyyaml.

A file is first known by its time and size, then by a hash of its bytes (a fresh checkout changes every time).
"""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from rolecall.site import cache_file
from rolecall.site.view import JobView

_NAMES = tuple(field.name for field in fields(JobView))
_VALUES = attrgetter(*_NAMES)
# mtime_ns, size, hash of the bytes, the view's values in the order of its fields.
Entry = tuple[int, int, str, tuple[object, ...]]


class ViewCache:
    """The views of job files. `key` names what else a view depends on: the vocabulary of config.yaml, for one.

    What this run neither got nor put is forgotten by `save`: files that are gone leave no trace.
    """

    def __init__(self, path: Path, key: str = "") -> None:
        self._path = path
        self._key = f"views {cache_file.tool_key()} {','.join(_NAMES)} {key}"
        self._old: dict[str, Entry] = cache_file.load(path, self._key) or {}
        self._new: dict[str, Entry] = {}
        self._changed = False

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
        self._changed = True
        return _view(entry)

    def put(self, file: str, mtime_ns: int, size: int, digest: str, view: JobView) -> None:
        """Keep the view of a file whose bytes have this `digest`."""
        self._new[file] = (mtime_ns, size, digest, _VALUES(view))
        self._changed = True

    def save(self) -> None:
        """Write the views of this run, unless they are the last run's."""
        if self._changed or len(self._new) != len(self._old):
            cache_file.save(self._path, self._key, self._new)


def _view(entry: Entry) -> JobView:
    return JobView(**dict(zip(_NAMES, entry[3], strict=True)))  # type: ignore[arg-type]
