"""Whether an entry of a list stands on the board already, and what the two say differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rolecall.address import canonical
from rolecall.importers import Made
from rolecall.model import Job
from rolecall.normalise.identity import company_slug
from rolecall.schema import plain


class Known:
    """The jobs that stand on the board, by what an entry can be known again by.

    The file's name says it, or employer and address do, when they mean one job there and one entry here: then the
    list has changed its title or places since.
    """

    def __init__(self, standing: Mapping[str, Job], entries: Iterable[Made]) -> None:
        self._standing = standing
        made = list(entries)
        named = {one.file for one in made}
        self._here = Counter(_opening(one.job) for one in made if one.job and one.file not in standing)
        self._there: dict[tuple[str, str], list[str]] = {}
        for file, job in sorted(standing.items()):
            if file not in named:
                self._there.setdefault(_opening(job), []).append(file)

    def of(self, one: Made) -> str | None:
        if one.file in self._standing:
            return one.file
        opening = _opening(one.job) if one.job is not None else ("", "")
        there = self._there.get(opening, [])
        return there[0] if len(there) == 1 and self._here[opening] == 1 else None


def _opening(job: Job) -> tuple[str, str]:
    address = canonical(job.apply_url) if "://" in job.apply_url else job.apply_url
    return company_slug(job.company), address


def differences(job: Job, standing: Job) -> list[str]:
    """The fields that the list states and the board has otherwise. An estimated day changes with every import."""
    ours, theirs = plain(job), plain(standing)
    if standing.source is not None:  # fetched: what the list says less well does not count
        ours = {"title": job.title}
    estimated = ("posted", "posted_estimated") if job.posted_estimated else ()
    return [name for name, value in ours.items() if theirs.get(name) != value and name not in estimated]
