"""The only watchfiles: which files of a board change while somebody works on it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_STANDS_MS = 500


@dataclass(frozen=True, slots=True)
class Watched:
    """What a build depends on, by names in `folder`; each may come and go. `written` is a file that it writes, too."""

    folder: Path
    files: tuple[str, ...]
    trees: tuple[str, ...]
    written: str

    def stamp(self) -> tuple[int, int] | None:
        """When the file that a build writes has changed, and its size."""
        path = self.folder / self.written
        return (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else None


class Changes:
    """Names of what changed since it was last asked; what comes while a build runs waits for the next one."""

    def __init__(self) -> None:
        self._news, self._names = threading.Condition(), set[str]()

    def add(self, names: Iterable[str]) -> None:
        with self._news:
            self._names.update(names)
            self._news.notify_all()

    def take(self) -> list[str]:
        """All names, as soon as there is one."""
        with self._news:
            while not self._names:
                self._news.wait(1)  # with an end, or Ctrl-C is not heard everywhere
            names, self._names = sorted(self._names), set()
            return names


def watch(watched: Watched, changes: Changes, stop: threading.Event) -> None:
    """Note what changes until `stop` is set. Files and folders may be made, removed and made again meanwhile."""
    from watchfiles import watch as follow

    root = watched.folder.resolve()
    files = {*watched.files, watched.written}
    folders = {root, *(parent for name in files if (parent := (root / name).parent).is_dir())}
    trees = _Trees(root, watched.trees, changes)
    trees.follow()
    for found in follow(*sorted(folders), recursive=False, stop_event=stop, raise_interrupt=False):
        changed = {Path(path).relative_to(root).as_posix() for _, path in found}
        if changed & set(watched.trees) and trees.have_changed():
            trees.stop.set()
            trees = _Trees(root, watched.trees, changes, is_late=True)
            trees.follow()
            changes.add(changed & set(watched.trees))
        changes.add(changed & files)
    trees.stop.set()


class _Trees:
    """Those of the folders that are there now, each watched to its bottom until `stop` is set."""

    def __init__(self, root: Path, names: tuple[str, ...], changes: Changes, *, is_late: bool = False) -> None:
        self.root, self.names, self.changes, self.is_late = root, names, changes, is_late
        self.there = self._there()
        self.stop = threading.Event()

    def have_changed(self) -> bool:
        return self.there != self._there()

    def follow(self) -> None:
        if self.there:
            threading.Thread(target=self._note, daemon=True).start()

    def _there(self) -> list[str]:
        return [name for name in self.names if (self.root / name).is_dir()]

    def _note(self) -> None:
        from watchfiles import watch as follow

        paths = [self.root / name for name in self.there]
        for found in follow(
            *paths, stop_event=self.stop, raise_interrupt=False, rust_timeout=_STANDS_MS, yield_on_timeout=True
        ):
            names = (Path(path).relative_to(self.root) for _, path in found)
            self.changes.add(name.as_posix() for name in names if not name.name.startswith("."))
            if self.is_late:  # what was written before the watch stood
                self.changes.add(self.there)
                self.is_late = False
