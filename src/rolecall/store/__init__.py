"""jobs/: one YAML file per job. It is the only state, and what people wrote there is never overwritten.

When a job closes (docs/architecture.md): absence from a complete read marks it (`missing_since`), and absence that
lasts closes it. A read that failed, or saw only a part, marks nothing. No file changes when nothing new was learned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rolecall import yaml_io
from rolecall.files import inside, remove, write_atomic
from rolecall.issues import Issue, Issues, Level
from rolecall.model import Board, Company, Job, Status
from rolecall.normalise.identity import company_slug, job_file, job_id
from rolecall.schema import plain
from rolecall.store.edits import differences, is_edited, with_digest
from rolecall.store.read import (
    COMPANY_FILE,
    StoredJob,
    id_of,
    job_bytes,
    list_files,
    not_yet,
    parse_job,
    read_company,
    read_job,
)

__all__ = [
    "COMPANY_FILE",
    "BoardChange",
    "JobStore",
    "StoredJob",
    "id_of",
    "job_bytes",
    "list_files",
    "not_yet",
    "parse_job",
    "read_company",
    "read_job",
]

ORDER = tuple(Job.model_fields)
NOT_LISTED = "not listed"
PAGE_GONE = "page gone"
SUSPICIOUS_WAIT_DAYS = 14
SUSPICIOUS_JOBS = 10
MAX_FETCHED_BYTES = yaml_io.MAX_BYTES - 1_000  # room for what is written later: that it is missing, closed, kept


@dataclass(slots=True)
class BoardChange:
    """What one board's read changed, as ids of jobs.

    `expired` are those that were over and were not added, `filtered` those that the board's filters left out,
    `held` those that would have closed, had not so many gone at once.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    relisted: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)
    filtered: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    suspicious: str | None = None

    def counts(self) -> dict[str, int]:
        names = "new changed unchanged missing closed relisted kept expired filtered held".split()
        return {name: len(getattr(self, name)) for name in names}


@dataclass(slots=True)
class JobStore:
    """All files of jobs/, and the changes that `save` will write."""

    root: Path
    jobs: dict[str, StoredJob] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    issues: Issues = field(default_factory=Issues)
    broken: set[str] = field(default_factory=set)
    _writes: dict[str, str | None] = field(default_factory=dict)
    _of_board: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Path) -> JobStore:
        """Every file below `root`. Broken ones are findings of level error, and are never written over."""
        store = cls(root)
        files = list_files(root)
        store.issues.extend(files.issues)
        for file in files.companies:
            company, problems = read_company(root, file)
            store._report(file, problems)
            if company is not None:
                store.companies[company_slug(company.name)] = company
        for file in files.jobs:
            stored, problems = read_job(root, file)
            store._report(file, problems)
            if stored is not None:
                store._take(stored)
        return store

    def _take(self, stored: StoredJob) -> None:
        """One job for one id. A fetched job's own file goes before one in which a person wrote the same id."""
        first = self.jobs.get(stored.id)
        if first is not None and first.job.source is None and stored.job.source is not None:
            first, stored = stored, first
            self._put(first)
        if first is None:
            self._put(stored)
            return
        what = f"is the same job as jobs/{first.file} (id {stored.id})."
        self._report(
            stored.file, [Issue("same-id", f"jobs/{stored.file}", what, "Remove one of the two.", Level.ERROR)]
        )

    def _put(self, stored: StoredJob) -> None:
        self.jobs[stored.id] = stored
        if stored.job.source is not None:
            self._of_board.setdefault((stored.job.source.name, stored.job.source.board), {})[stored.id] = None

    def _report(self, file: str, problems: Iterable[Issue]) -> None:
        for problem in problems:
            self.issues.add(problem)
            if problem.level is Level.ERROR:
                self.broken.add(file)

    def merge(
        self, board: Board, jobs: Iterable[Job], seen: Iterable[str], *, partial: frozenset[str], today: date
    ) -> BoardChange:
        """Take what a board said: new files, changed fields, jobs that are listed again.

        `jobs` are the readable ones, `seen` the keys of all that were listed, `partial` the keys whose own page could
        not be read: what those leave out is not known, and stays as it was.
        """
        change = BoardChange()
        for job in jobs:
            assert job.source is not None
            self._merge_one(job, job.source.key in partial, change, today)
        for key in seen:
            if (stored := self.jobs.get(job_id(board.source, board.board, key))) is not None:
                self._seen(stored, change)
        return change

    def _merge_one(self, job: Job, partial: bool, change: BoardChange, today: date) -> None:
        assert job.source is not None
        known = self.jobs.get(job_id(job.source.name, job.source.board, job.source.key))
        if known is None:
            self._add(job, change, today)
            return
        changes, kept = differences(known.job, job, partial) if job is not known.job else ({}, [])
        if kept:
            change.kept.append(known.id)
            fields = ", ".join(kept)
            what = f"was edited by a person, whose word stands, now and later: {fields}."
            self.issues.info(
                "kept-edit", f"jobs/{known.file}", what, f"Remove {fields} from `keep` to follow the source again."
            )
        took = bool(changes) and self._rewrite(known, changes, MAX_FETCHED_BYTES)
        (change.changed if took else change.unchanged).append(known.id)

    def _add(self, job: Job, change: BoardChange, today: date) -> None:
        assert job.source is not None
        new_id = job_id(job.source.name, job.source.board, job.source.key)
        if not job.is_open(today):
            change.expired.append(new_id)
            return
        file = job_file(job.company, job.title, new_id)
        if (standing := self.in_the_way(new_id, file)) is not None:
            what = "is broken, or belongs to a person, and was not overwritten."
            self.issues.warn("file-in-the-way", f"jobs/{standing}", what, "Mend or remove it.")
            return
        job = with_digest(job)
        text = yaml_io.dump(plain(job))
        if not self._fits(text, file, MAX_FETCHED_BYTES):
            return
        self._put(StoredJob(new_id, file, job, text))
        self._writes[file] = text
        change.new.append(new_id)

    def in_the_way(self, new_id: str, file: str) -> str | None:
        """The file that stands where a new job would be written: a broken one, or one that people took over.

        A broken file may be this very job under another name: the eight characters of its id stand in its name.
        """
        if file in self.broken or (self.root / file).exists():
            return file
        return next((name for name in sorted(self.broken) if name.endswith(f"-{new_id[:8]}.yaml")), None)

    def _seen(self, stored: StoredJob, change: BoardChange) -> None:
        job = stored.job
        if closed_by_person(job):
            return
        if job.status is Status.CLOSED or job.missing_since is not None:
            change.relisted.append(stored.id)
            self._rewrite(stored, dict.fromkeys(("status", "missing_since", "closed_at", "closed_reason")))

    def mark_missing(
        self,
        board: Board,
        seen: Iterable[str],
        change: BoardChange,
        *,
        today: date,
        close_after_days: int,
        accept_drop: bool = False,
    ) -> None:
        """After a complete read: mark the board's jobs that were not in it, and close those that stay away."""
        listed = {job_id(board.source, board.board, key) for key in seen}
        standing = [
            stored for stored in self.of_board(board) if stored.job.is_open(today) and stored.id not in change.new
        ]
        absent = [stored for stored in standing if stored.id not in listed and "status" not in stored.job.keep]
        wait_days = close_after_days
        if not accept_drop and absent and _suspicious(len(absent), len(standing), empty=not listed):
            wait_days = max(close_after_days, SUSPICIOUS_WAIT_DAYS)
            change.suspicious = (
                f"{len(absent)} of {len(standing)} open jobs are gone at once; they close after {wait_days} days"
            )
        for stored in absent:
            since = stored.job.missing_since
            if since is None:
                change.missing.append(stored.id)
                self._rewrite(stored, {"missing_since": today})
            elif (today - since).days >= wait_days:
                change.closed.append(stored.id)
                self._rewrite(stored, {"status": Status.CLOSED, "closed_at": today, "closed_reason": NOT_LISTED})
            elif (today - since).days >= close_after_days:
                change.held.append(stored.id)

    def of_board(self, board: Board) -> list[StoredJob]:
        """The stored jobs of one board, in the order of their files."""
        ids = self._of_board.get((board.source, board.board), {})
        return [self.jobs[job_id] for job_id in ids if job_id in self.jobs]

    def prune(self, today: date, keep_closed_days: int) -> list[str]:
        """Drop fetched jobs that closed more than `keep_closed_days` ago, and give their files.

        The files of people stay, and what a person closed stays closed: without its file it would be fetched anew.
        """
        dropped = []
        for stored in list(self.jobs.values()):
            closed = stored.job.closed_on(today)
            if stored.job.source is None or closed is None or closed_by_person(stored.job):
                continue
            if (today - closed).days > keep_closed_days:
                self.drop(stored.id)
                dropped.append(stored.file)
        return dropped

    def is_edited(self, job_id: str) -> bool:
        """Whether a person has had a hand in the file of a fetched job."""
        job = self.jobs[job_id].job
        return bool(job.keep) or is_edited(job)

    def belongs_to_people(self, job_id: str) -> bool:
        """Whether dropping a job would lose what a person decided: an edit, `featured`, or that it is closed."""
        job = self.jobs[job_id].job
        return job.source is None or self.is_edited(job_id) or job.featured is not None or closed_by_person(job)

    def drop(self, job_id: str) -> None:
        """Forget a job and its file."""
        self._writes[self.jobs.pop(job_id).file] = None

    def learn_company(self, company: Company) -> None:
        """Write a company.yaml where there is none; one that exists belongs to people."""
        name = company_slug(company.name)
        file = f"{name}/{COMPANY_FILE}"
        if name in self.companies or (self.root / file).exists():
            return
        self.companies[name] = company
        self._writes[file] = yaml_io.dump(plain(company))

    def change(self, job_id: str, changes: Mapping[str, Any]) -> None:
        """Set fields of a job's file, or remove them (None); all else in it stays, comments too."""
        self._rewrite(self.jobs[job_id], changes)

    def _rewrite(self, stored: StoredJob, changes: Mapping[str, Any], max_bytes: int = yaml_io.MAX_BYTES) -> bool:
        """Whether the changes were taken: a file that could not be read again is not written."""
        values = {name: plain(value) for name, value in changes.items()}
        text = yaml_io.replace_keys(stored.text, values, ORDER, f"jobs/{stored.file}")
        if len(text) > len(stored.text) and not self._fits(text, stored.file, max_bytes):
            return False
        stored.text = text
        empty = {name: Job.model_fields[name].get_default() for name, value in changes.items() if value is None}
        stored.job = stored.job.model_copy(update={**changes, **empty})
        self._writes[stored.file] = stored.text
        return True

    def _fits(self, text: str, file: str, max_bytes: int) -> bool:
        if (size := len(text.encode())) <= max_bytes:
            return True
        what = f"would be {size:,} bytes, and over {max_bytes:,} a file may not be; it was not written."
        self.issues.warn("too-large", f"jobs/{file}", what, "Look at the posting: what it says is no job.")
        return False

    def save(self, may_write: Callable[[str], bool] = lambda _: True) -> int:
        """Write what changed, each file in one step, and remove what was dropped. Gives the number of files touched.

        What `may_write` refuses (by its name below jobs/) is another run's to write, and is left as it stands.
        """
        touched = 0
        for file, text in sorted(self._writes.items(), key=lambda item: (item[1] is None, item[0])):
            if not may_write(file):
                continue
            if text is not None:
                touched += write_atomic(inside(self.root, file), text.encode())
                continue
            path = inside(self.root, file)
            touched += remove(path)
            if path.parent.is_dir() and path.parent != self.root and not any(path.parent.iterdir()):
                path.parent.rmdir()
        self._writes.clear()
        return touched


def closed_by_person(job: Job) -> bool:
    """Whether a person, not a fetch or a link check, closed the job."""
    by_us = job.closed_reason == NOT_LISTED or (job.closed_reason or "").startswith(PAGE_GONE)
    return job.status is Status.CLOSED and (not by_us or "status" in job.keep)


def _suspicious(absent: int, standing: int, *, empty: bool) -> bool:
    return empty or (absent >= SUSPICIOUS_JOBS and absent * 2 > standing)
