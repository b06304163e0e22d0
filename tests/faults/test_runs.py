"""What befalls a whole run: a second run beside it, a folder that cannot be written or is gone, a clock, a signal."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LOCK = ".cache/lock"
SCENES = ("fetch", "build", "import", "links", "from-issue", "check", "init", "new")
SLOW = """\
import signal, sys
sys.path.insert(0, sys.argv.pop(1))
from rolecall import files
take = files.os.replace
def replace(source, target):
    print("step", flush=True)
    sys.stdin.readline()
    take(source, target)
files.os.replace = replace
from rolecall.cli import main
main(sys.argv[1:], prog_name="rolecall")
"""


def slow(scene: Any, env: dict[str, str], *more: str) -> subprocess.Popen[str]:
    """The scene's command in a process that waits for a line before each rename; it stands at the first one."""
    source = str(Path(__file__).parents[2] / "src")
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, source, *scene.command, *more],
        cwd=scene.folder if scene.name == "init" else scene.board,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**env, "SOURCE_DATE_EPOCH": "1795305600"},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "step\n"
    return process


def finish(process: subprocess.Popen[str]) -> int:
    """Let it go on, however many renames it takes."""
    process.communicate("\n" * 5000)
    return process.returncode


def test_a_second_run_is_refused_and_the_first_one_ends_as_if_alone(scene: Any, offline_env: dict[str, str]) -> None:
    scene.fresh()
    first = slow(scene, offline_env)
    second = scene.go()
    assert (second.code, "another run is at work in this folder" in second.err) == (1, True), second
    assert finish(first) in scene.first
    assert scene.published(scene.tree()) == scene.published(scene.new)


def renames(scene: Any) -> list[int]:
    """The steps at which a file is put into its place; the lock is held at each of them."""
    return [number for number, step in enumerate(scene.steps, 1) if step.startswith("rename")]


def test_a_run_that_died_holds_no_lock(scene: Any) -> None:
    scene.fresh()
    assert scene.go(mode="kill", at=renames(scene)[0]).code == -signal.SIGKILL
    assert (scene.board / LOCK).is_file()
    assert scene.go().code in scene.again
    assert scene.published(scene.tree()) == scene.published(scene.new)


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_ends_a_run_with_its_code_and_no_half_file(
    scene: Any, name: str, code: int, thorough: bool, record_property: Any
) -> None:
    steps = renames(scene)
    for at in steps if thorough else steps[len(steps) // 2 :][:1]:
        scene.fresh()
        told = scene.go(mode=name, at=at)
        assert (told.code, "Traceback" in told.err) == (code, False), told
        what = f"{scene.name}, {name} at step {at}"
        scene.is_old_or_new(what)
        scene.is_whole_after_the_next_run(what)
    record_property(f"{name} at a step", len(steps) if thorough else 1)


@pytest.mark.parametrize("scene", [name for name in SCENES if name != "init"], indirect=True)
def test_a_board_that_is_not_there_is_said_and_not_made(scene: Any) -> None:
    scene.fresh()
    gone = scene.folder / "gone"
    told = scene.go("-C", str(gone))
    assert told.code == 2
    assert "does not exist" in told.err
    assert not gone.exists()


@pytest.mark.parametrize("folder", ["jobs", "output", ".cache"])
def test_a_file_where_a_folder_is_needed_is_named_and_kept(scene: Any, folder: str) -> None:
    """The one thing that stops a superuser, too; without rights to write the errors are those of test_kills."""
    scene.fresh()
    place = scene.board / folder
    if place.is_dir():
        place.rename(scene.folder / "aside")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("mine")
    told = scene.go()
    assert "Traceback" not in told.err, told.err
    assert told.code in (0, 1)
    assert place.read_text() == "mine"
    if (scene.folder / "aside").exists():
        place.unlink()
        (scene.folder / "aside").rename(place)


@pytest.mark.parametrize("scene", [name for name in SCENES if name != "init"], indirect=True)
def test_a_board_that_cannot_be_written_is_said_and_stays(scene: Any) -> None:
    scene.fresh()
    folders = [path for path in (scene.board, *scene.board.rglob("*")) if path.is_dir()]
    before = scene.tree()
    for path in folders:
        path.chmod(0o555)
    try:
        told = scene.go(mode="plain")
        assert (told.code, "Traceback" in told.err) == (1, False), told
        assert "Permission denied" in told.err
        assert scene.published(scene.tree()) == scene.published(before)
    finally:
        for path in folders:
            path.chmod(0o755)


@pytest.mark.parametrize("scene", ["fetch", "build", "links"], indirect=True)
@pytest.mark.parametrize("day", ["2026-11-01", "2001-01-01"])
def test_a_clock_that_goes_backwards_closes_and_loses_nothing(scene: Any, day: str) -> None:
    scene.fresh()
    before = {name for name in scene.tree() if name.startswith("jobs/")}
    told = scene.go("--now", day)
    assert "Traceback" not in told.err, told.err
    after = scene.tree()
    assert before <= after.keys()
    closed = [name for name, data in after.items() if name.startswith("jobs/") and b"status: closed" in data]
    assert not closed
    assert scene.go().code in scene.again  # and the right day finds its way back
    assert "Traceback" not in told.err


@pytest.mark.parametrize("day", ["1970-01-02", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_a_clock_that_no_file_could_hold_is_refused_before_anything_is_written(scene: Any, day: str) -> None:
    scene.fresh()
    before = scene.tree()
    told = scene.go("--now", day)
    assert (told.code, "is not between 2000 and 2100" in told.err) == (2, True), told
    assert scene.tree() == before
