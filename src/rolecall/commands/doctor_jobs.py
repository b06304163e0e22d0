"""What `rolecall doctor` says of jobs: boards that have gone quiet, jobs that are over, companies without a logo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from rolecall.commands import CONFIG, JOBS, LOGOS
from rolecall.commands.doctor_patient import Patient, doubtful, notable, some
from rolecall.commands.read_days import load_read_days
from rolecall.issues import Issue
from rolecall.model import Company, Job, Status
from rolecall.normalise.identity import company_slug
from rolecall.site.logos import find_logos

UNREAD = timedelta(days=7)
NOTHING_NEW = timedelta(days=120)


def boards(patient: Patient) -> Iterator[Issue]:
    """Boards that bring nothing any more, and jobs whose board nobody reads."""
    if patient.config is None:
        return
    of_board = _jobs_by_board(patient)
    read_days = load_read_days(patient.folder)
    names = [board.name for board in patient.config.to_boards()]
    for index, name in enumerate(names):
        yield from _board(f"{CONFIG}: boards[{index}] ({name})", of_board.get(name, []), read_days.get(name), patient)
    for name in sorted(set(of_board) - set(names)):
        open_jobs = [job for job in of_board[name] if job.is_open(patient.today)]
        if open_jobs:
            what = f"has {len(open_jobs):,} open jobs of {name}, which no line of `boards` reads: they never close."
            yield doubtful("orphans", JOBS, what, "Add the board again, or remove their files.")


def over(patient: Patient) -> Iterator[Issue]:
    """Jobs whose last day has passed, and whose file does not say so yet."""
    files = sorted(
        f"{JOBS}/{stored.file}"
        for stored in patient.store.jobs.values()
        if stored.job.status is not Status.CLOSED and stored.job.closes and stored.job.closes < patient.today
    )
    if files:
        what = f"has {len(files):,} {'job' if len(files) == 1 else 'jobs'} past the last day: {some(files)}."
        yield notable("over", JOBS, what, "They count as closed. `rolecall fetch` marks them; or remove the files.")


def logos(patient: Patient) -> Iterator[Issue]:
    """Employers of open jobs that are shown by their initials."""
    if patient.config is None or patient.config.logos == "none":
        return
    names = {company_slug(job.company): job.company for job in _open(patient)}
    companies: dict[str, Company] = patient.store.companies
    known = find_logos(patient.folder / LOGOS, companies)
    without = sorted(
        name for slug, name in names.items() if slug not in known and not (slug in companies and companies[slug].logo)
    )
    if without:
        what = f"has none for {len(without):,} of {len(names):,} companies: {some(without)}."
        hint = "Put <company>.png there, or name `logo:` or `github:` in company.yaml: fetch takes a copy."
        yield notable("no-logo", LOGOS, what, hint)


def facts_of_jobs(patient: Patient) -> dict[str, Any]:
    """Open and closed jobs, those that are missing, and the day on which the newest was published."""
    jobs = [stored.job for stored in patient.store.jobs.values()]
    open_jobs = _open(patient)
    newest = max((job.posted for job in open_jobs), default=None)
    return {
        "open": len(open_jobs),
        "closed": len(jobs) - len(open_jobs),
        "missing": sum(job.missing_since is not None for job in open_jobs),
        "newest": newest.isoformat() if newest else None,
    }


def _board(where: str, jobs: list[Job], read_day: str | None, patient: Patient) -> Iterator[Issue]:
    open_jobs = [job for job in jobs if job.is_open(patient.today)]
    look = "Run `rolecall fetch --board` with its name, and look at its page."
    if not jobs:
        yield notable("no-jobs", where, "has brought no job.", look)
    elif open_jobs and all(job.missing_since for job in open_jobs):
        since = min(job.missing_since for job in open_jobs if job.missing_since)
        what = f"lists none of its {len(open_jobs):,} open jobs any more, since {since}."
        yield doubtful("all-missing", where, what, f"The board may have moved. {look}")
    if read_day and patient.today - _day(read_day, patient) > UNREAD:
        what = f"was last read to its end on {read_day}."
        yield doubtful("unread-board", where, what, look)
    newest = max((job.posted for job in jobs), default=None)
    if newest and patient.today - newest > NOTHING_NEW:
        yield notable("stale-board", where, f"has had nothing new since {newest}.", "It may have moved. " + look)


def _day(text: str, patient: Patient) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return patient.today


def _open(patient: Patient) -> list[Job]:
    return [stored.job for stored in patient.store.jobs.values() if stored.job.is_open(patient.today)]


def _jobs_by_board(patient: Patient) -> dict[str, list[Job]]:
    found: dict[str, list[Job]] = {}
    for stored in patient.store.jobs.values():
        if stored.job.source is not None:
            found.setdefault(f"{stored.job.source.name}/{stored.job.source.board}", []).append(stored.job)
    return found
