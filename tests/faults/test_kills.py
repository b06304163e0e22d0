"""A run that dies, or whose disk refuses, at any step: old bytes or new ones, and the next run makes it whole.

The method is SQLite's: the fault comes at the first step, then at the second, until a run takes no further step.
`make test` disturbs some of the steps, `make faults` each of them.
"""

from __future__ import annotations

import errno
import os
import re
import signal
from random import Random
from typing import Any

import pytest

ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS")


def chosen(scene: Any, salt: str, some: int | None) -> list[int]:
    """The steps to disturb: all, or some that differ from fault to fault."""
    every = range(1, len(scene.steps) + 1)
    return list(every) if some is None else sorted(Random(f"{scene.name} {salt}").sample(every, some))


@pytest.mark.parametrize("mode", ["kill", "torn"])
def test_a_run_that_is_killed_at_any_step_leaves_old_or_new_bytes_and_the_next_run_mends(
    scene: Any, mode: str, thorough: bool, record_property: Any
) -> None:
    steps = chosen(scene, mode, None if thorough else 2)
    for at in steps:
        scene.fresh()
        told = scene.go(mode=mode, at=at)
        assert told.code == -9, (at, told)
        what = f"{scene.name}, {mode} at step {at}: {told.steps[-1]}"
        scene.is_old_or_new(what)
        scene.is_whole_after_the_next_run(what)
    record_property(f"{mode} at a step", len(steps))


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_of_the_disk_at_any_step_is_said_with_the_file_and_the_next_run_mends(
    scene: Any, error: str, thorough: bool, record_property: Any
) -> None:
    said = os.strerror(getattr(errno, error))
    steps = chosen(scene, error, None if thorough else 1)
    for at in steps:
        scene.fresh()
        told = scene.go(mode=error, at=at)
        what = f"{scene.name}, {error} at step {at}: {told.steps[at - 1]}"
        assert "Traceback" not in told.err, (what, told.err)
        assert told.code in (0, 1), (what, told.code)
        if told.code not in scene.again or scene.published(scene.tree()) != scene.published(scene.new):
            assert told.code == 1, (what, "it is not done, and says that it is", told)
            assert re.search(rf"\S: .*{said}", told.err), (what, told.err)
        scene.is_old_or_new(what)
        scene.is_whole_after_the_next_run(what)
    record_property(f"{error} at a step", len(steps))


def test_a_disk_that_is_full_from_some_step_on_loses_nothing(scene: Any, thorough: bool, record_property: Any) -> None:
    steps = chosen(scene, "full", None if thorough else 2)
    for at in steps:
        scene.fresh()
        told = scene.go(mode="full", at=at)
        what = f"{scene.name}, full from step {at}: {told.steps[at - 1]}"
        assert "Traceback" not in told.err, (what, told.err)
        scene.is_old_or_new(what)
        scene.is_whole_after_the_next_run(what)
    record_property("a disk full from a step on", len(steps))


def test_a_write_that_ends_in_the_middle_leaves_no_half_file(scene: Any, thorough: bool) -> None:
    for most in (0, 1, 100, 1000) if thorough else (100,):
        scene.fresh()
        told = scene.go(mode="limit", at=most)
        what = f"{scene.name}, files of at most {most} bytes"
        assert "Traceback" not in told.err, (what, told.err)
        scene.is_old_or_new(what)
        scene.is_whole_after_the_next_run(what)


def test_a_run_that_is_killed_at_any_moment_leaves_old_or_new_bytes(
    scene: Any, thorough: bool, record_property: Any
) -> None:
    dice, died = Random(scene.name), 0
    # The first moment is so early that no run has ended by then.
    for moment_s in (0.001, *(dice.uniform(0, scene.cpu_s) for _ in range(40 if thorough else 1))):
        scene.fresh()
        told = scene.go(mode="cpu", at=moment_s)
        assert told.code in (-signal.SIGPROF, *scene.first), told
        died += told.code == -signal.SIGPROF
        what = f"{scene.name}, killed after {moment_s:.4f} s"
        scene.is_old_or_new(what)
        scene.is_whole_after_the_next_run(what)
    assert died
    record_property("killed at a random moment", died)
