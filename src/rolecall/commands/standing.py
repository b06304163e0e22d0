"""Whether all stands as the last build left it: then there is nothing to do, and little to load to say so.

Told by name, time and size of every file that a build reads or writes, as a job's view and a page are; nothing is read.
Where a link stands among them, or anything else is in doubt, the answer is no, and the build looks for itself.
"""

from __future__ import annotations

import marshal
import os
import stat
from dataclasses import astuple, dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from rolecall.commands import CACHE, CONFIG, JOBS, LOGOS, OUTPUT, TEMPLATES
from rolecall.commands.built import BuildReport, ReadmeFacts
from rolecall.issues import Issue, Issues, Level, Spot
from rolecall.site import cache_file
from rolecall.site.packaged import packaged_templates
from rolecall.site.workers import together

_FILE = f"{CACHE}/build/last"
_READ_DAYS = f"{CACHE}/fetch/read-days"


@dataclass(frozen=True, slots=True)
class Watched:
    """What config.yaml names beside the folders that every board has: README, its lists, a font."""

    readme: str
    lists: str
    font: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The files of the site: how many, their bytes, and a hash of all names, times and sizes; "" in doubt."""

    digest: str
    files: int
    bytes: int


class _Doubt(Exception):
    """Something stands there that time and size say too little of."""


def inputs_of(folder: Path, today: date) -> str:
    """A hash of all that a build reads but README and font, as it stands now; "" in doubt."""
    found: list[tuple[str, int, int]] = []
    try:
        for each in (folder / JOBS, folder / LOGOS, folder / TEMPLATES, packaged_templates()):
            _walk(os.fspath(each), found)
        for name in (CONFIG, _READ_DAYS):
            _look_at(os.fspath(folder / name), found)
    except (_Doubt, OSError):
        return ""
    return _hashed(cache_file.tool_key(), today.isoformat(), sorted(found))


def outputs_of(folder: Path, watched: Watched) -> Standing:
    """What stands where the build writes: output/, README and its lists; and the font, which only config.yaml names."""
    site: list[tuple[str, int, int]] = []
    beside: list[tuple[str, int, int]] = []
    try:
        _walk(os.fspath(folder / OUTPUT), site)
        for name in (watched.readme, watched.font):
            if name:
                _look_at(os.fspath(folder / name), beside)
        _walk(os.fspath(folder / watched.lists), beside)
        digest = _hashed(sorted(site), sorted(beside))
    except (_Doubt, OSError):
        digest = ""
    return Standing(digest, len(site), sum(size for _, _, size in site))


def remember(folder: Path, before: str, watched: Watched, after: Standing, report: BuildReport) -> None:
    """Keep what the build found and left, for `unchanged`. `before` is from the moment at which it began to read."""
    if report.issues.errors or not (before and after.digest):
        (folder / _FILE).unlink(missing_ok=True)
        return
    issues = [(*astuple(issue)[:4], issue.level.value, astuple(issue)[5]) for issue in report.issues]
    total = report.written + report.unchanged + report.skipped
    readme = astuple(replace(report.readme, lists_written=0, lists_removed=0)) if report.readme is not None else None
    facts = (report.jobs, report.closed, total, readme, issues)
    cache_file.save(folder / _FILE, cache_file.tool_key(), (before, astuple(watched), astuple(after), facts))


def unchanged(folder: Path, today: date) -> BuildReport | None:
    """The report of a build that finds all as the last one left it; None when it may not be so."""
    started = perf_counter()
    known = cache_file.load(folder / _FILE, cache_file.tool_key())
    if known is None:
        return None
    before, watched, after, facts = known

    def outputs() -> tuple[Any, ...]:
        return astuple(outputs_of(folder, Watched(*watched)))

    inputs_now, after_now = together([lambda: inputs_of(folder, today), outputs], None)
    if inputs_now != before or after_now != after:
        return None
    jobs, closed, total, readme, issues = facts
    found = Issues()
    found.extend(_issue(*values) for values in issues)
    return BuildReport(
        jobs=jobs,
        closed=closed,
        written=0,
        unchanged=0,
        skipped=total,
        swept=0,
        files=after[1],
        bytes=after[2],
        readme=ReadmeFacts(*readme) if readme is not None else None,
        seconds={"read": perf_counter() - started, "readme": 0.0, "site": 0.0},
        issues=found,
    )


def _issue(code: str, where: str, what: str, hint: str, level: str, spot: tuple[Any, ...] | None) -> Issue:
    return Issue(code, where, what, hint, Level(level), Spot(*spot) if spot else None)


def _walk(folder: str, found: list[tuple[str, int, int]]) -> None:
    """Every file below `folder`, which need not be there. Raises `_Doubt` at a link: what it leads to may change."""
    pending = [folder]
    while pending:
        try:
            entries = os.scandir(pending.pop())
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                if entry.is_symlink():
                    raise _Doubt
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    known = entry.stat(follow_symlinks=False)
                    found.append((entry.path, known.st_mtime_ns, known.st_size))


def _look_at(path: str, found: list[tuple[str, int, int]]) -> None:
    try:
        known = os.lstat(path)
    except FileNotFoundError:
        return
    if not stat.S_ISREG(known.st_mode):
        raise _Doubt
    found.append((path, known.st_mtime_ns, known.st_size))


def _hashed(*parts: Any) -> str:
    # The format without references, which depend on who else holds a text.
    return sha256(marshal.dumps(parts, 2)).hexdigest()
