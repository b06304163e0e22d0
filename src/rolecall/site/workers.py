"""The same work on several cores: forked processes, the parent among them.

A fork shares what is already in memory, so nothing is pickled on the way in, and what comes back is small. The work is
cut into parts, and whoever is free takes the next one.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import IO, Any, BinaryIO, TypeVar

Result = TypeVar("Result")

_AT_A_TIME = 4_000  # pieces of work, after which the processes beside this one are new ones
_PARTS = 64  # for each process: small enough that all end at about the same time
_MOST_PARTS = 4_096  # as many as fit into a pipe of 16 KiB, the least that there is
_NUMBER_BYTES = 4


def worker_count(wanted: int | None) -> int:
    """How many processes to use: `wanted`, else one per core; 1 where a fork is not there or not safe."""
    # A fork copies no other thread, but the locks that it holds; and macOS's own libraries do not survive one.
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    return wanted or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def spread(work: Callable[[int], Result], count: int, workers: int) -> list[Result]:
    """`[work(0), ..., work(count - 1)]`, made by `workers` processes; results must be what marshal can write.

    What a child could not do (it raised, or was killed) is done again here, so that its error is raised here.
    """
    if workers < 2:
        return [work(index) for index in range(count)]
    gc.freeze()
    found: dict[int, Result] = {}
    with _parts(count, workers) as parts:
        children = [_Child.start(work, parts) for _ in range(1, workers)]
        try:
            for index in parts:
                found[index] = work(index)
            for child in children:
                found.update(child.results())
        finally:
            for child in children:
                child.end()
            gc.unfreeze()
    return [found[index] if index in found else work(index) for index in range(count)]


def by_parts(work: Callable[[int], Result], count: int, workers: int) -> Iterator[Result]:
    """What `spread` gives, some thousand at a time, so that the results of all never stand in memory together.

    Nor does what a process makes its own of the memory that it shares: for each part there are new ones.
    """
    for start in range(0, count, _AT_A_TIME):
        part = range(start, min(start + _AT_A_TIME, count))
        yield from spread(partial(_of_part, work, part), len(part), workers)


def _of_part(work: Callable[[int], Result], part: range, at: int) -> Result:
    return work(part[at])


@contextmanager
def aside(work: Callable[[], Result], workers: int | None) -> Iterator[Callable[[], Result]]:
    """Starts `work` in a process beside this one; what is given waits for its result, which marshal can write.

    Where there is only one process, or the other died, the work is done when it is asked for.
    """
    if worker_count(workers) < 2:
        yield work
        return
    child = _Child.start(lambda _: work(), range(1))
    found: dict[int, Result] | None = None

    def result() -> Result:
        nonlocal found
        found = child.results() if found is None else found
        return found[0] if found else work()

    try:
        yield result
    finally:
        child.end()


@contextmanager
def _parts(count: int, workers: int) -> Iterator[Iterator[int]]:
    """The numbers below `count`; of all processes that iterate over them, each number reaches one."""
    size = -(-count // min(workers * _PARTS, _MOST_PARTS)) or 1
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        with os.fdopen(writing, "wb", buffering=0) as filling:
            for start in range(0, count, size):
                filling.write(start.to_bytes(_NUMBER_BYTES, "big"))
        yield _taken(pipe, size, count)


def _taken(pipe: IO[bytes], size: int, count: int) -> Iterator[int]:
    while number := pipe.read(_NUMBER_BYTES):
        start = int.from_bytes(number, "big")
        yield from range(start, min(start + size, count))


@dataclass(frozen=True, slots=True)
class _Child:
    pid: int
    pipe: BinaryIO

    @classmethod
    def start(cls, work: Callable[[int], Result], indexes: Iterable[int]) -> _Child:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid:
            os.close(writing)
            return cls(pid, os.fdopen(reading, "rb"))
        try:
            _report(work, indexes, writing)
        finally:
            # Whatever happened, a child must never go on as if it were the parent.
            os._exit(0)

    def results(self) -> dict[int, Any]:
        """What the child made; nothing when it died before it could say."""
        found: dict[int, Any] = {}
        with suppress(EOFError, ValueError):
            found = marshal.loads(self.pipe.read())
        return found

    def end(self) -> None:
        self.pipe.close()
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def _report(work: Callable[[int], Result], indexes: Iterable[int], writing: int) -> None:
    made: dict[int, Result] = {}
    try:
        for index in indexes:
            made[index] = work(index)
    finally:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(marshal.dumps(made))
