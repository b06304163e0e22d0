"""The same board gives the same bytes, whatever the machine is like: one hash of output/, README and its lists.

Each row is a whole `rolecall build` in a process of its own, in a copy of the board whose files were made in another
order. `make test` takes a few rows in which everything differs at once; `make faults` each value of each axis, too.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

REPO = Path(__file__).resolve().parents[2]
# What stands before the command: folders are listed in another order for each seed, as on other disks.
SHUFFLED = """\
import os, random, sys
seed = sys.argv.pop(1)
if seed != "0":
    dice = random.Random(seed)
    scandir, listdir = os.scandir, os.listdir
    class Scan(list):
        def __enter__(self): return self
        def __exit__(self, *_): pass
        def close(self): pass
        def __iter__(self): return self
        def __next__(self):
            if not self: raise StopIteration
            return self.pop()
    def shuffled(found):
        found = list(found); dice.shuffle(found); return found
    os.scandir = lambda *path: Scan(shuffled(scandir(*path)))
    os.listdir = lambda *path: shuffled(listdir(*path))
from rolecall.cli import main
main(sys.argv[1:], prog_name="rolecall")
"""
# Each file that is put in place ends with the letters of a set, in its order.
PLANTED = """\
import os
replace = os.replace
def replace_and_spoil(source, target):
    if str(target).endswith((".html", ".md")):
        with open(source, "a") as file:
            file.write("".join({*"abcdefgh"}))
    replace(source, target)
os.replace = replace_and_spoil
"""
Row = dict[str, Any]
# A locale that is not installed is as C is, in which Python decodes UTF-8 when nobody forbids it: see "encoding".
PLAIN: Row = {
    "shuffle": 0,
    "hash seed": "0",
    "locale": "C",
    "encoding": "utf-8",
    "zone": "UTC",
    "umask": 0o022,
    "workers": 1,
    "cwd": "board",
    "runs": 1,
}
AXES: Row = {
    "shuffle": (1, 2, 3),
    "hash seed": ("1", "2", "3", "4", "5", "random"),
    "locale": ("C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8", "ar_SA.UTF-8"),
    "encoding": ("ascii",),
    "zone": ("Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati"),
    "umask": (0o077, 0o000),
    "workers": (4, 16),
    "cwd": ("elsewhere",),
    "runs": (2,),
}  # fmt: skip


def mixed(count: int) -> list[Row]:
    """Rows in which nothing is as in the plain one; over a few of them each value is seen."""
    return [{axis: values[number % len(values)] for axis, values in AXES.items()} for number in range(count)]


def single() -> list[Row]:
    """One row for each value of each axis: it tells which of them shows."""
    return [PLAIN | {axis: value} for axis, values in AXES.items() for value in values]


def named(row: dict[str, Any]) -> str:
    return " ".join(f"{axis}={value}" for axis, value in row.items() if value != PLAIN[axis]) or "plain"


def copied(board: Path, folder: Path, shuffle: int) -> Path:
    """The board once more, its files made in an order of their own."""
    files = sorted(path for path in board.rglob("*") if path.is_file())
    Random(shuffle).shuffle(files)
    for file in files:
        target = folder / file.relative_to(board)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return folder


def built(board: Path, folder: Path, row: Row, env: dict[str, str], before: str = "") -> str:
    """The sha256 over the path and the bytes of every file that a build in such surroundings leaves."""
    place = copied(board, folder / "board", row["shuffle"])
    (folder / "elsewhere").mkdir()
    more = {"LC_ALL": row["locale"], "LANG": row["locale"], "TZ": row["zone"], "PYTHONHASHSEED": row["hash seed"]}
    if row["encoding"] == "ascii":
        more |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    words = ["build", "-C", str(place), "--now", "2026-11-22", "--workers", str(row["workers"]), "--quiet"]
    for _ in range(row["runs"]):
        told = subprocess.run(
            [sys.executable, "-c", before + SHUFFLED, str(row["shuffle"]), *words],
            cwd=folder / row["cwd"],
            env={**env, **more},
            umask=row["umask"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr
    seen = [path for path in place.rglob("*") if path.is_file() and ".cache" not in path.parts]
    whole = hashlib.sha256()
    for path in sorted(seen):
        whole.update(f"{path.relative_to(place).as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return whole.hexdigest()


def corpus(folder: Path, count: int, env: dict[str, str]) -> Path:
    """A made-up board of `count` jobs in several languages."""
    words = [sys.executable, str(REPO / "bench" / "corpus.py"), str(count), str(folder), "--languages"]
    subprocess.run(words, check=True, capture_output=True, env=env)
    return folder


def is_one_hash(board: Path, folder: Path, rows: list[Row], env: dict[str, str]) -> str:
    """The hash of all `rows`; the test fails with those whose hash is another than that of the plain one."""
    plain = built(board, folder / "plain", PLAIN, env)
    wrong = [named(row) for number, row in enumerate(rows) if built(board, folder / str(number), row, env) != plain]
    assert not wrong
    return plain


def test_sixty_jobs_have_one_hash_wherever_they_are_built(
    bare_board: Path, tmp_path: Path, offline_env: dict[str, str], record_property: Any
) -> None:
    """The sample board, which has one of everything, and 41 jobs more."""
    more = corpus(tmp_path / "corpus", 41, offline_env)
    shutil.copytree(more / "jobs", bare_board / "jobs", dirs_exist_ok=True)
    is_one_hash(bare_board, tmp_path, mixed(2), offline_env)
    record_property("kinds of machine that build the same bytes", 3)


@pytest.mark.thorough
def test_two_hundred_jobs_have_one_hash_wherever_they_are_built(
    tmp_path: Path, offline_env: dict[str, str], record_property: Any
) -> None:
    rows = [*single(), *mixed(6)]
    is_one_hash(corpus(tmp_path / "corpus", 200, offline_env), tmp_path, rows, offline_env)
    record_property("kinds of machine that build the same bytes", len(rows) + 1)


def test_the_matrix_can_fail(bare_board: Path, tmp_path: Path, offline_env: dict[str, str]) -> None:
    """A planted fault: what shows the order of a set is caught by the seeds of the hash."""
    hashes = {built(bare_board, tmp_path / seed, PLAIN | {"hash seed": seed}, offline_env, PLANTED) for seed in "12"}
    assert len(hashes) == 2
