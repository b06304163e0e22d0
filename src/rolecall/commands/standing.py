"""Whether all stands as the last build left it: then there is nothing to do, and little to load to say so.

Told by name, time and size of every file that a build reads or writes, as a job's view and a page are; nothing is read.
Where a link stands among them, or anything else is in doubt, the answer is no, and the build looks for itself.
"""

from __future__ import annotations

import marshal
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, replace
from datetime import date
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from rolecall.commands import CACHE, CONFIG, JOBS, LOGOS, OUTPUT, TEMPLATES
from rolecall.commands.built import BuildReport, ReadmeFacts
from rolecall.files import Stamp
from rolecall.issues import Issue, Issues, Level, Spot
from rolecall.site import cache_file
from rolecall.site.packaged import packaged_templates
from rolecall.site.workers import aside, worker_count

_FILE = f"{CACHE}/build/last"
_READ_DAYS = f"{CACHE}/fetch/read-days"

# Time and size of a file, by its path below a folder.
Listing = dict[str, Stamp]


@dataclass(frozen=True, slots=True)
class Watched:
    """What config.yaml names beside the folders that every board has: README, its lists, a font."""

    readme: str
    lists: str
    font: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood there when a build began to look: by folder, the files that it reads, and those of the site.

    None where something stands there that time and size say too little of. `digest` is a hash of all that a build on
    that day reads but README and font; "" in doubt. `wait` gives the files of the site, which may take until it is
    known; it must be asked for the first time before any of them is written.
    """

    inputs: dict[str, Listing] | None
    wait: Callable[[], Listing | None]
    digest: str

    @property
    def site(self) -> Listing | None:
        return self.wait()


@dataclass(frozen=True, slots=True)
class Standing:
    """The files of the site: how many, their bytes, and a hash of all names, times and sizes; "" in doubt."""

    digest: str
    files: int
    bytes: int


class _Doubt(Exception):
    """Something stands there that time and size say too little of."""


def look(folder: Path, today: date) -> Seen:
    """All that a board's folder holds and a build reads or writes, but README and font."""
    with looking(folder, today) as seen:
        site = seen.site
        return replace(seen, wait=lambda: site)


@contextmanager
def looking(folder: Path, today: date) -> Iterator[Seen]:
    """What `look` gives, as soon as the files that a build reads are known; a second process looks at the site."""
    site = partial(_surely, partial(_walk, os.fspath(folder / OUTPUT)))
    with aside(site, None) as found:
        wait = cache(found)
        if worker_count(None) < 2:
            wait()
        inputs: dict[str, Listing] | None = _surely(partial(_inputs, folder))
        day, digest = today.isoformat(), ""
        if inputs is not None:
            digest = _hashed(cache_file.tool_key(), day, *map(_sorted, inputs.values()))
        yield Seen(inputs, wait, digest)


def standing_of(folder: Path, site: Mapping[str, Stamp], watched: Watched) -> Standing:
    """What stands where the build writes: `site`, README and its lists; and the font, which only config.yaml names."""
    digest = ""
    with suppress(_Doubt, OSError):
        beside = _walk(os.fspath(folder / watched.lists))
        for name in (watched.readme, watched.font):
            if name:
                beside |= _look_at(os.fspath(folder / name))
        digest = _hashed(_sorted(site), _sorted(beside))
    return Standing(digest, len(site), sum(size for _, size in site.values()))


def remember(folder: Path, seen: Seen, watched: Watched, after: Standing, report: BuildReport) -> None:
    """Keep what the build found and left, for `unchanged`. `seen` is from the moment at which it began to read."""
    if report.issues.errors or seen.site is None or not (seen.digest and after.digest):
        (folder / _FILE).unlink(missing_ok=True)
        return
    issues = [(*astuple(issue)[:4], issue.level.value, astuple(issue)[5]) for issue in report.issues]
    total = report.written + report.unchanged + report.skipped
    readme = astuple(replace(report.readme, lists_written=0, lists_removed=0)) if report.readme is not None else None
    facts = (report.jobs, report.closed, total, readme, issues)
    cache_file.save(folder / _FILE, cache_file.tool_key(), (seen.digest, astuple(watched), astuple(after), facts))


def unchanged(folder: Path, seen: Seen) -> BuildReport | None:
    """The report of a build that finds all as the last one left it; None when it may not be so."""
    started = perf_counter()
    known = cache_file.load(folder / _FILE, cache_file.tool_key())
    if known is None:
        return None
    before, watched, after, facts = known
    if seen.digest != before or seen.site is None:
        return None
    if astuple(standing_of(folder, seen.site, Watched(*watched))) != after:
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


def _inputs(folder: Path) -> dict[str, Listing]:
    found = {name: _walk(os.fspath(folder / name)) for name in (JOBS, LOGOS, TEMPLATES)}
    found["packaged"] = _walk(os.fspath(packaged_templates()))
    found[""] = _look_at(os.fspath(folder / CONFIG)) | _look_at(os.fspath(folder / _READ_DAYS))
    return found


def _surely(work: Callable[[], Any]) -> Any:
    """What `work` gives; None in doubt."""
    try:
        return work()
    except (_Doubt, OSError):
        return None


def _walk(folder: str) -> Listing:
    """Every file below `folder`, which need not be there.

    Raises `_Doubt` at a link: what it leads to may change; and at a folder that looks like a job, which may be empty.
    """
    found: Listing = {}
    pending = [""]
    while pending:
        inside = pending.pop()
        try:
            entries = os.scandir(f"{folder}/{inside}")
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                if entry.is_symlink():
                    raise _Doubt
                if entry.is_dir(follow_symlinks=False):
                    if entry.name.endswith(".yaml"):
                        raise _Doubt
                    pending.append(f"{inside}{entry.name}/")
                else:
                    known = entry.stat(follow_symlinks=False)
                    found[inside + entry.name] = known.st_mtime_ns, known.st_size
    return found


def _look_at(path: str) -> Listing:
    try:
        known = os.lstat(path)
    except FileNotFoundError:
        return {}
    if not stat.S_ISREG(known.st_mode):
        raise _Doubt
    return {path: (known.st_mtime_ns, known.st_size)}


def _sorted(files: Mapping[str, Stamp]) -> tuple[list[str], list[Stamp]]:
    paths = sorted(files)
    return paths, [files[path] for path in paths]


def _hashed(*parts: Any) -> str:
    # The format without references, which depend on who else holds a text.
    return sha256(marshal.dumps(parts, 2)).hexdigest()
