"""Where the work is done, and from where."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.checks.ground import Finding, Ground, JobFile
from rolecall.model import Workplace
from rolecall.normalise.place import MAX_PLACES


def remote(file: JobFile, _: Ground, *, new: bool) -> Iterator[Finding]:
    """A remote job that does not say where one may live: the first thing that its readers want to know."""
    if file.job.workplace is Workplace.REMOTE and file.job.remote_from is None:
        what = "is remote, and it is not said where one may live; unknown is not worldwide."
        hint = "Add `remote_from: {countries: [DE]}`, or `remote_from: {worldwide: true}`."
        yield file.says("remote-where", ("workplace",), what, hint, new=new)


def many_places(file: JobFile, _: Ground, *, new: bool) -> Iterator[Finding]:
    """A fetched job with as many places as fetch keeps: its report says whether, and how many, it left out."""
    if file.job.source is not None and len(file.job.places) >= MAX_PLACES:
        what = f"has {len(file.job.places)} places, the most that fetch keeps: the posting may name more."
        yield file.says("many-places", ("places",), what, new=new)
