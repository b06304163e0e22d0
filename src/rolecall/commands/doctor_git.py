"""What `rolecall doctor` says of git: where the board lies, how old it is, and whether the clock agrees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from rolecall.commands import CONFIG, JOBS
from rolecall.commands.doctor_patient import Patient, doubtful, some, wrong
from rolecall.issues import Issue
from rolecall.scaffold.git import ask_git, is_top

# GitHub stops the schedules of a public repository after 60 days without activity.
QUIET_DAYS = 50
# GitHub advises less than 1 GB, and strongly less than 5.
LARGE_KIB, TOO_LARGE_KIB = 1_000_000, 5_000_000
CLOCK = timedelta(days=1)


def repository(patient: Patient) -> Iterator[Issue]:
    """Whether the folder is a repository that can be pushed, and how large that is."""
    if not patient.in_git:
        hint = "Run `git init --initial-branch=main`, commit, and push it to GitHub."
        yield doubtful("no-git", ".", "is not a git repository: nothing updates or publishes the board.", hint)
        return
    if not is_top(patient.folder):
        what = "is not the top of its repository: GitHub reads .github/ and README.md at the top only."
        yield doubtful("not-the-top", ".", what, "Give the board a repository of its own.")
    if not ask_git(patient.folder, "remote"):
        hint = "Make a repository on GitHub, then `git remote add origin ...` and push."
        yield doubtful("no-remote", ".git", "names no remote, so nothing is pushed.", hint)
    size = _kib(patient)
    if size > LARGE_KIB:
        what = f"takes {size / 1_000_000:.1f} GB; GitHub advises less than 1, and strongly less than 5."
        hint = "Look what is large: `git count-objects -vH`. The site and .cache/ do not belong into git."
        yield (wrong if size > TOO_LARGE_KIB else doubtful)("large-repository", ".git", what, hint)


def uncommitted(patient: Patient) -> Iterator[Issue]:
    """Jobs, or the config, that are only on this machine."""
    listed = ask_git(patient.folder, "status", "--porcelain", "--untracked-files=all", "--", JOBS, CONFIG)
    files = [line[3:] for line in (listed or "").splitlines()] if patient.in_git else []
    if files:
        what = f"{'has a file that is' if len(files) == 1 else f'has {len(files):,} files that are'} not committed: "
        yield doubtful("uncommitted", JOBS, f"{what}{some(files)}.", "Commit and push them, or put them back.")


def clock(patient: Patient) -> Iterator[Issue]:
    """A clock that is behind the last commit makes every date of the board wrong."""
    last = _last_commit(patient)
    if last is not None and last > patient.now + CLOCK:
        what = f"says {patient.now:%Y-%m-%d %H:%M} UTC, but the last commit is of {last:%Y-%m-%d %H:%M} UTC."
        yield doubtful("clock", "the clock", what, "Set this machine's clock; or the commit's was wrong.")


def schedules_stop(patient: Patient) -> Iterator[Issue]:
    """A repository without commits loses its schedules, silently."""
    last = _last_commit(patient)
    if last is not None and (age := patient.now - last) > timedelta(days=QUIET_DAYS):
        what = f"has no commit since {last:%Y-%m-%d}, {age.days} days ago; after 60 days GitHub stops the schedules."
        hint = "On GitHub, under Actions, open `update`: enable it if it says so, and run it. A commit helps, too."
        yield doubtful("schedules-stop", ".git", what, hint)


def facts_of_git(patient: Patient) -> dict[str, Any]:
    """The day of the data, of the last commit, and the size of the repository; None where git does not know."""
    data, last = _last_commit(patient, JOBS), _last_commit(patient)
    return {
        "data_as_of": data.isoformat() if data else None,
        "last_commit": last.isoformat() if last else None,
        "repository_bytes": _kib(patient) * 1024 if patient.in_git else None,
    }


def _last_commit(patient: Patient, *paths: str) -> datetime | None:
    """When the last commit (to `paths`) was made. Unknown in a shallow clone, whose first commit touches everything."""
    if not patient.in_git or (paths and ask_git(patient.folder, "rev-parse", "--is-shallow-repository") != "false"):
        return None
    said = ask_git(patient.folder, "log", "-1", "--format=%ct", "--", *paths)
    return datetime.fromtimestamp(int(said), UTC) if said and said.isascii() and said.isdecimal() else None


def _kib(patient: Patient) -> int:
    said = ask_git(patient.folder, "count-objects", "-v") if patient.in_git else ""
    sizes = dict(line.split(": ", 1) for line in (said or "").splitlines() if ": " in line)
    return sum(int(sizes.get(name, "0")) for name in ("size", "size-pack"))
