"""The same work on several cores."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from rolecall.site.workers import by_parts, spread, worker_count


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
@pytest.mark.parametrize("count", [0, 1, 7, 100])
def test_results_come_in_order_whatever_the_number_of_workers(count: int, workers: int) -> None:
    assert spread(lambda index: (index, "x" * index), count, workers) == [
        (index, "x" * index) for index in range(count)
    ]


@pytest.mark.parametrize("count", [0, 3, 2_000, 4_001])
def test_results_by_parts_are_those_of_all(count: int) -> None:
    assert list(by_parts(lambda index: index * 2, count, 2)) == [index * 2 for index in range(count)]


def test_results_larger_than_a_pipe_arrive() -> None:
    assert spread(lambda index: "x" * 300_000, 4, 2) == ["x" * 300_000] * 4


def test_an_error_of_a_child_is_raised_by_the_parent() -> None:
    def work(index: int) -> int:
        if index == 3:
            raise KeyError(index)
        return index

    with pytest.raises(KeyError, match="3"):
        spread(work, 6, 2)


def test_the_work_of_a_killed_child_is_done_by_the_parent() -> None:
    parent = os.getpid()

    def work(index: int) -> int:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return index

    assert spread(work, 9, 3) == list(range(9))


def test_no_child_outlives_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[int] = []
    fork = os.fork

    def noted() -> int:
        pid = fork()
        children.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", noted)
    spread(lambda index: index, 10, 4)
    assert len(children) == 3
    for pid in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def test_a_program_with_threads_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert worker_count(4) == 1
    finally:
        stop.set()
        thread.join()
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # a thread of another test may still be ending
    assert worker_count(4) == 4
