"""Days that cannot be, or are hardly meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rolecall.checks.ground import Finding, Ground, JobFile

MAX_AHEAD_DAYS = 400
MAX_AGE_DAYS = 365


def ahead(file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """A job from the future would stand on top of all lists."""
    posted = file.job.posted
    if posted > ground.today + timedelta(days=2):  # somewhere it is tomorrow already
        yield file.says("date-ahead", ("posted",), f"{posted} is in the future.", new=new)


def last_day(file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """A last day so far ahead that the year is wrong."""
    closes = file.job.closes
    if closes is not None and closes > ground.today + timedelta(days=MAX_AHEAD_DAYS):
        what = f"{closes} is more than {MAX_AHEAD_DAYS} days ahead."
        yield file.says("closes-far", ("closes",), what, "Check the year, or leave the line out.", new=new)


def stale(file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """A new file for a job that is over, or old."""
    job = file.job
    if job.closes is not None and job.closes < ground.today:
        what = f"{job.closes} is over, so the job would be closed at once."
        yield file.says("over-already", ("closes",), what, "Write the last day to apply, or leave it out.", new=new)
    elif job.posted < ground.today - timedelta(days=MAX_AGE_DAYS):
        what = f"{job.posted} is over a year ago."
        yield file.says("posted-long-ago", ("posted",), what, "Check the year, and whether the job is open.", new=new)
