"""The same opening from two boards becomes one job that names the other address.

Only what is certain is merged: the same employer, the same title, the same places and the same web address to apply
at, apart from what tracks the reader. A false merge would hide an opening that the reader never learns of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rolecall.address import canonical
from rolecall.model import Alternate, Job
from rolecall.normalise.identity import company_slug


@dataclass(frozen=True, slots=True)
class Merged:
    """`jobs` without copies, in the order given; `copies` maps the id of each copy to the id that stands for it."""

    jobs: tuple[Job, ...]
    copies: dict[str, str]


def dedupe(jobs: Sequence[tuple[str, Job]]) -> Merged:
    """One job for each opening of `jobs` (id, job): the first one stands, so give the better boards first."""
    standing: dict[tuple[str, str, str], list[str]] = {}
    found: dict[str, Job] = {}
    copies: dict[str, str] = {}
    for job_id, job in jobs:
        alike = standing.setdefault(_key(job_id, job), [])
        first = next((known for known in alike if _same(found[known], job)), None)
        if first is None:
            alike.append(job_id)
            found[job_id] = job
        else:
            copies[job_id] = first
            found[first] = _with_alternate(found[first], job)
    return Merged(tuple(found.values()), copies)


def _key(job_id: str, job: Job) -> tuple[str, str, str]:
    if job.apply_url.lower().startswith("mailto:"):
        return "", "", job_id  # one mailbox takes the applications for many openings
    return company_slug(job.company), job.title.casefold(), canonical(job.apply_url)


def _same(one: Job, other: Job) -> bool:
    """Whether two jobs that are alike by name and address are one: two entries of one board never are."""
    if _board(one) == _board(other):
        return False
    places, others = ({(place.city, place.country) for place in job.places} for job in (one, other))
    return not places or not others or places == others


def _board(job: Job) -> tuple[str, str] | None:
    return (job.source.name, job.source.board) if job.source else None


def _with_alternate(job: Job, copy: Job) -> Job:
    url = (copy.source.url if copy.source else None) or copy.apply_url
    if any(known.url == url for known in job.alternates):
        return job
    name = copy.source.name if copy.source else None
    alternate = Alternate(url=url, source=name, reason="same employer, title, place and address to apply at")
    return job.model_copy(update={"alternates": (*job.alternates, alternate)})
