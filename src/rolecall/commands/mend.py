"""`rolecall check --fix`: repairs what is safe, and shows what it changed."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rolecall.checks import Finding, Ground
from rolecall.checks.mending import mended
from rolecall.commands import CACHE
from rolecall.commands.check import Selection, config_of, read_board
from rolecall.errors import RolecallError
from rolecall.files import inside, only_one, write_atomic
from rolecall.issues import disarmed, one_line


@dataclass(frozen=True, slots=True)
class Repair:
    """One file that was repaired, or would be: the lines of its diff, and which findings that answered."""

    file: str
    diff: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def mend_board(folder: Path, today: date, selection: Selection, *, dry_run: bool) -> tuple[Repair, ...]:
    """Repair the selected files of people; with `dry_run` only say what would change."""
    with nullcontext() if dry_run else only_one(folder / CACHE / "lock"):
        return _mended(folder, today, selection, dry_run=dry_run)


def _mended(folder: Path, today: date, selection: Selection, *, dry_run: bool) -> tuple[Repair, ...]:
    config, _ = config_of(folder)
    bare = Ground.of(config, {}, {}, today)
    repairs = list(_renamed(folder, selection, bare, dry_run=dry_run))
    if not dry_run:
        selection = _with_new_names(selection, repairs)
    board = read_board(folder, bare, selection)
    ground = board.ground(config, today)
    for file, parsed in sorted(board.kept.items()):
        if not selection.has(file) or parsed.is_fetched:
            continue
        data, answered = mended(parsed.data, file, ground, new=file in selection.new)
        if data == parsed.data:
            continue
        if not dry_run:
            write_atomic(inside(folder, file), data)
        repairs.append(Repair(file, tuple(_diff(parsed.data, data, file)), answered))
    return tuple(repairs)


def _renamed(folder: Path, selection: Selection, bare: Ground, *, dry_run: bool) -> Iterator[Repair]:
    """Files that only their ending keeps from being read get the right one, where no other file has it."""
    for finding in read_board(folder, bare, selection).findings:
        spot = finding.issue.spot
        if finding.issue.code != "extension" or spot is None or not selection.has(spot.file):
            continue
        if (folder / spot.file).is_symlink():
            continue
        target = f"{spot.file.rpartition('.')[0]}.yaml"
        source = inside(folder, spot.file)
        if os.path.lexists(folder / target) and not (folder / target).samefile(source):
            continue
        if not dry_run:
            _rename(source, folder / target, spot.file)
        shown = (f"rename from {one_line(spot.file)}", f"rename to {one_line(target)}")
        yield Repair(spot.file, shown, (finding,))


def _rename(source: Path, target: Path, shown: str) -> None:
    try:
        source.rename(target)
    except OSError as error:
        raise RolecallError(shown, f"cannot be renamed: {error.strerror}.", "Check its permissions.") from error


def _with_new_names(selection: Selection, repairs: list[Repair]) -> Selection:
    names = {repair.file: f"{repair.file.rpartition('.')[0]}.yaml" for repair in repairs}
    if selection.files is None:
        return selection
    files = frozenset(names.get(file, file) for file in selection.files)
    return replace(selection, files=files, new=frozenset(names.get(file, file) for file in selection.new))


def _diff(before: bytes, after: bytes, file: str) -> Iterator[str]:
    """A unified diff whose lines hold nothing that a terminal or a log obeys; Windows' line ends are shown."""
    old, new = (data.decode("utf-8", "replace").split("\n") for data in (before, after))
    for line in difflib.unified_diff(old, new, f"a/{file}", f"b/{file}", n=1, lineterm=""):
        yield _shown(line)


def _shown(line: str) -> str:
    return disarmed("".join(one if one.isprintable() else "\ufffd" for one in line.replace("\t", "    ")))
