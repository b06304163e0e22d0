"""`rolecall why`: where a job came from, why it is as it is, and why a posting has no file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rolecall.commands import CONFIG, JOBS
from rolecall.commands.decisions import Decision, load_decisions
from rolecall.config import Config, load_config
from rolecall.dedupe import alike
from rolecall.errors import RolecallError
from rolecall.model import Job, Status
from rolecall.normalise.identity import company_slug
from rolecall.normalise.lookup import fold
from rolecall.schema import did_you_mean
from rolecall.store import SUSPICIOUS_WAIT_DAYS, JobStore, StoredJob, closed_by_person

MOST = 20
_LEAST_OF_AN_ID = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one job or posting: its name, its file (None for one that was left out), and the facts."""

    id: str
    title: str
    company: str
    file: str | None
    state: str
    facts: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON-ready values."""
        facts = [{"what": what, "why": why} for what, why in self.facts]
        names = ("id", "title", "company", "file", "state")
        return {**{name: getattr(self, name) for name in names}, "facts": facts}

    def lines(self) -> Iterator[str]:
        """The answer as lines for a person."""
        yield f"{self.title}, {self.company} ({self.id}): {self.state}"
        if self.file:
            yield f"  file: {self.file}"
        for what, why in self.facts:
            yield f"  {what}: {why}"


def why(folder: Path, wanted: str, today: date) -> list[Answer]:
    """What is known of the jobs that `wanted` names: an id or its beginning, a file, or a part of the title.

    At most `MOST`, jobs before postings that were left out. Raises `RolecallError` when nothing is called so.
    """
    config = load_config(folder / CONFIG)
    store = JobStore.load(folder / JOBS)
    decisions = load_decisions(folder)
    jobs = [stored for stored in store.jobs.values() if _is_meant(stored, wanted)]
    left_out = [made for made in decisions if made.id not in store.jobs and _names(wanted, made.id, made.title)]
    if not jobs and not left_out:
        titles = [stored.job.title for stored in store.jobs.values()] + [made.title for made in decisions]
        near = did_you_mean(wanted, sorted({title.lower() for title in titles}))
        hint = near or "Name an id, a file below jobs/, or a part of the title."
        raise RolecallError(wanted[:200], "no job, and no posting of the last fetch, is called so.", hint)
    answers = [_of_job(stored, config, store, decisions, today) for stored in jobs[:MOST]]
    return [*answers, *(_of_decision(made, store) for made in left_out)][:MOST]


def _is_meant(stored: StoredJob, wanted: str) -> bool:
    file = wanted.removeprefix("./").removeprefix(f"{JOBS}/")
    return stored.file == file or _names(wanted, stored.id, stored.job.title)


def _names(wanted: str, found_id: str, title: str) -> bool:
    if len(wanted) >= _LEAST_OF_AN_ID and found_id.startswith(wanted.lower()):
        return True
    return bool(fold(wanted)) and fold(wanted) in fold(title)


def _of_job(stored: StoredJob, config: Config, store: JobStore, decisions: list[Decision], today: date) -> Answer:
    state, reason = _state(stored.job, config, today)
    facts = [("why", reason), *_origin(stored, store)]
    facts += [
        ("also at", f"{other.url} ({other.source or 'no source'}): {other.reason or 'no reason was kept'}")
        for other in stored.job.alternates
    ]
    facts += [("stands for", f"{made}, on {made.day}") for made in decisions if made.of == stored.id]
    facts += list(_likenesses(stored, store, today))
    if stored.job.source is not None:
        facts.append(("history", f"git log --follow -p {JOBS}/{stored.file}"))
    return Answer(stored.id, stored.job.title, stored.job.company, f"{JOBS}/{stored.file}", state, tuple(facts))


def _state(job: Job, config: Config, today: date) -> tuple[str, str]:
    """`open`, `missing` or `closed`, since when, and why."""
    if job.status is Status.CLOSED:
        who = "a person closed it" if closed_by_person(job) else "its board did not list it"
        missing = f", missing since {job.missing_since}" if job.missing_since else ""
        reason = f" ({job.closed_reason})" if job.closed_reason else ""
        return f"closed on {job.closed_at or 'a day that nobody wrote down'}", f"{who}{reason}{missing}"
    if not job.is_open(today):
        return f"closed since {job.closes}", f"its last day to apply was {job.closes}"
    if job.missing_since is not None:
        due, late = (
            job.missing_since + timedelta(days=days)
            for days in (config.close_after_days, max(config.close_after_days, SUSPICIOUS_WAIT_DAYS))
        )
        why = (
            f"complete reads of its board no longer list it; it closes when that is still so on {due}, "
            f"or on {late} when most of the board went missing at once"
        )
        return f"open, missing since {job.missing_since}", why
    if job.source is None:
        return "open", "a person wrote the file; nothing but that file closes it"
    return "open", "its board listed it in the last read that said anything about it"


def _origin(stored: StoredJob, store: JobStore) -> Iterator[tuple[str, str]]:
    job, source = stored.job, stored.job.source
    if source is None:
        yield "from", "a file that a person wrote"
    else:
        yield "from", f"{source.name}/{source.board}, key {source.key}" + (f", {source.url}" if source.url else "")
    yield "published", f"{job.posted}" + (", the day on which it was first seen" if job.posted_estimated else "")
    if source is not None and store.is_edited(stored.id):
        kept = ", ".join(job.keep) or "fields that the next fetch will name"
        yield "edited", f"a person decided: {kept}; fetch leaves that alone"


def _likenesses(stored: StoredJob, store: JobStore, today: date) -> Iterator[tuple[str, str]]:
    """The open jobs that look like this one, and are shown beside it because nothing proves them to be one."""
    company = company_slug(stored.job.company)
    near = [(found, other.job) for found, other in store.jobs.items() if company_slug(other.job.company) == company]
    for group in alike([(found, job) for found, job in near if job.is_open(today)]):
        if stored.id in group.ids:
            for found in group.ids:
                if found != stored.id:
                    yield "looks like", f"{JOBS}/{store.jobs[found].file}: {group.reason}"


def _of_decision(made: Decision, store: JobStore) -> Answer:
    facts = [("why", made.why), ("from", f"{made.board}, {made.url}"), ("decided", f"by the fetch of {made.day}")]
    standing = store.jobs.get(made.of) if made.of else None
    if standing is not None:
        facts.insert(1, ("see", f"{JOBS}/{standing.file}"))
    return Answer(made.id, made.title, made.company, None, f"left out ({made.kind})", tuple(facts))
