"""Other files with the same opening."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.checks.ground import Finding, Ground, JobFile, address_key, opening_of
from rolecall.model import Job
from rolecall.normalise.same_opening import differs

_SHOWN = 3


def twins(file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """The same opening in another file, and what merely looks like it.

    One address may take applications for several openings of an employer, so alone it proves nothing.
    """
    job, key = file.job, opening_of(file.job)
    there = [name for name in ground.by_address.get(address_key(job), ()) if name != file.file]
    same = [name for name in there if opening_of(ground.jobs[name]) == key and _may_be_one(job, ground.jobs[name])]
    if same:
        what = f"is the same opening as {_named(same)}: same employer, title and address."
        yield file.says("duplicate", ("apply_url",), what, _mend(ground, same[0]), new=new)
        return
    if there:
        what = f"is the address of {_named(there)}, too."
        yield file.says("same-address", ("apply_url",), what, "Link the opening's own page.", new=new)
    alike = [
        name
        for name in ground.by_opening.get(key, ())
        if name != file.file and name not in there and _may_be_one(job, ground.jobs[name]) and _open(ground, name)
    ]
    if alike and _open_job(job, ground):
        what = f"has the employer, title and places of {_named(alike)}."
        yield file.says("same-opening", ("title",), what, new=new)


def _may_be_one(one: Job, other: Job) -> bool:
    return differs(one, other) is None


def _open(ground: Ground, name: str) -> bool:
    return _open_job(ground.jobs[name], ground)


def _open_job(job: Job, ground: Ground) -> bool:
    return job.is_open(ground.today)


def _mend(ground: Ground, name: str) -> str:
    if _open(ground, name):
        return f"Change {name} instead."
    return f"That job is closed: remove `status` and the lines beside it from {name} instead."


def _named(files: list[str]) -> str:
    more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
    return ", ".join(files[:_SHOWN]) + more
