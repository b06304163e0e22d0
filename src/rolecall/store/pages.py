"""What the page of a job changes in its file, where no board's list decides: the same steps as in a board's reads."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from rolecall.model import Job, Status
from rolecall.store import PAGE_GONE, JobStore, StoredJob, closed_by_person

Step = Literal["", "marked", "waiting", "closed", "relisted"]


def closed_by_page(job: Job) -> bool:
    """Whether a link check closed the job, so that it may also list it again."""
    return job.status is Status.CLOSED and not closed_by_person(job) and (job.closed_reason or "").startswith(PAGE_GONE)


def may_decide(job: Job) -> bool:
    """Whether a page may change the job's status at all: not when a person has decided it."""
    return "status" not in job.keep and not closed_by_person(job)


def page_gone(store: JobStore, stored: StoredJob, reason: str, today: date, close_after_days: int) -> Step:
    """The page is gone: the first time its day is noted, and when it is still so `close_after_days` later, the job
    closes. `missing_since` goes then, so that a job that a person opens again is given the whole wait once more."""
    since = stored.job.missing_since
    if stored.job.status is Status.CLOSED:
        return ""
    if since is None or since > today:
        store.change(stored.id, {"missing_since": today})
        return "marked"
    if today - since < timedelta(days=close_after_days):
        return "waiting"
    closed = {"status": Status.CLOSED, "missing_since": None, "closed_at": today, "closed_reason": reason}
    store.change(stored.id, closed)
    return "closed"


def page_open(store: JobStore, stored: StoredJob) -> Step:
    """The page stands: what a link check noted before is taken back."""
    if stored.job.missing_since is None and not closed_by_page(stored.job):
        return ""
    closed = ("status", "closed_at", "closed_reason") if closed_by_page(stored.job) else ()
    store.change(stored.id, dict.fromkeys(("missing_since", *closed)))
    return "relisted"
