"""The disk: whole files or nothing.

A reader, or a run that is killed, sees the old bytes or the new ones. Nothing is forced to the platter (no fsync): a
rename is atomic for every process, and after a power cut git has the last good state.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rolecall.errors import AnotherRun, RolecallError, StoreError

Stamp = tuple[int, int]  # time of the last change in nanoseconds, bytes


def stamp(path: str | Path) -> Stamp:
    """Time and size of a regular file; (0, 0), which none has, for anything else, and where nothing stands."""
    try:
        found = os.lstat(path)
    except OSError:
        return 0, 0
    return (found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else (0, 0)


def inside(root: Path, file: str) -> Path:
    """`root`/`file`, when no folder on the way from `root` is a link that would lead out. Raises `StoreError`."""
    path = root
    for step in file.split("/"):
        path = path / step
        if path.is_symlink():
            raise StoreError(str(path), "is a symbolic link.", "Put the file or folder itself here.")
    return path


def read_regular(path: str | Path, *, max_bytes: int) -> bytes:
    """The bytes of a regular file, at most `max_bytes` + 1 of them; a link or a device is refused with `StoreError`."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if os.path.islink(path):
            raise StoreError(str(path), "is a symbolic link.", "Put the file itself here.") from error
        raise StoreError(str(path), f"cannot be read: {error.strerror}.", "Check its permissions.") from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise StoreError(str(path), "is not a regular file.", "Put a regular file here.")
        data = os.read(handle, min(status.st_size, max_bytes) + 1)
        if len(data) != status.st_size:  # the file grows, or the disk gives it piece by piece
            with os.fdopen(handle, "rb", closefd=False) as file:
                data += file.read(max_bytes + 1 - len(data))
        return data
    finally:
        os.close(handle)


def remove(path: Path) -> bool:
    """Remove a file if it is there; True when it was. Raises `RolecallError` that names the file."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise RolecallError(str(path), f"cannot be removed: {error.strerror}.", "Check its permissions.") from error
    return True


def write_atomic(path: Path, *data: bytes) -> bool:
    """Make `path` hold `data`, one after the other, in one step; True when that changed it.

    Raises `RolecallError` that names the file.
    """
    try:
        if path.is_symlink():
            raise RolecallError(str(path), "is a symbolic link, and is not written through.", "Remove the link.")
        with suppress(FileNotFoundError):
            if path.stat().st_size == sum(map(len, data)) and path.read_bytes() == b"".join(data):
                return False
        path.parent.mkdir(parents=True, exist_ok=True)
        # A fixed name beside the file: what a killed run left is overwritten by the next one, never collected.
        beside = path.with_name(f".{path.name}.new")
        try:
            with suppress(FileNotFoundError):
                beside.unlink()  # if somebody has put a link there, it must not be written through
            with beside.open("wb") as file:
                file.writelines(data)
            os.replace(beside, path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise RolecallError(
            str(path), f"cannot be written: {error.strerror}.", "Check the disk and its permissions."
        ) from error
    return True


def own_cache() -> Path | None:
    """The folder in which this user's programs keep what only saves time, ours in it; None when there is no home.

    Unlike a board's `.cache`, nobody else's branch can put anything there.
    """
    given = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    try:
        return (Path(given) if os.path.isabs(given) else Path.home() / ".cache") / "rolecall"
    except RuntimeError:
        return None


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold `lock` while the block runs. Raises `AnotherRun` when another run holds it; a dead run's lock is free."""
    try:
        import fcntl
    except ImportError:  # no such lock on Windows; runs there are started by hand
        yield
        return
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = lock.open("a+")
    except OSError as error:
        raise RolecallError(str(lock), f"cannot be opened: {error.strerror}.", "Remove what stands there.") from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AnotherRun(str(lock), "another run is at work in this folder.", "Wait until it ends.") from error
        yield
