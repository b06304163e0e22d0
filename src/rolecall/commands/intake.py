"""What the boards answered becomes jobs in the store: normalised, without copies, each board by its own rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from rolecall import sources
from rolecall.address import web_address
from rolecall.commands.decisions import Decision, Kind
from rolecall.commands.normalising import Task, normalise
from rolecall.commands.unchanged import Unchanged
from rolecall.config import Config
from rolecall.dedupe import dedupe
from rolecall.filters import Sieve
from rolecall.issues import Issue
from rolecall.model import Board, Company, FetchResult, Job
from rolecall.normalise.identity import job_file, job_id, stored_key
from rolecall.normalise.tags import Vocabulary
from rolecall.sources.base import Source
from rolecall.store import BoardChange, JobStore


@dataclass(slots=True)
class Intake:
    """One run's answers on their way into `store`, on the day `today`."""

    store: JobStore
    config: Config
    today: date
    accept_drop: frozenset[str] = frozenset()
    unchanged: Unchanged | None = None
    decisions: dict[str, list[Decision]] = field(default_factory=dict)
    _fresh: dict[str, dict[str, Job]] = field(default_factory=dict)
    _vocabulary: Vocabulary = field(init=False)
    _sieves: dict[str, tuple[Sieve, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._vocabulary = self.config.vocabulary()
        self._sieves = self.config.sieves()

    def take(self, read: Sequence[tuple[Source, FetchResult]]) -> list[BoardChange]:
        """Put each board's answer into the store; one change per board, in the same order.

        A board that failed changes nothing, one that was read in part adds and updates, and only one that was read to
        its end says that jobs are missing.
        """
        jobs = self._jobs_of(read)
        for (_, result), found in zip(read, jobs, strict=True):
            self.store.issues.extend(result.issues)
            self._fresh[result.board.name] = {_id(job): job for job in found}
            self._filter(result)
        copies = self._drop_copies([result.board for _, result in read])
        changes = [self._merge(result) for _, result in read]
        for copy in sorted(copies.keys() & self.store.jobs.keys()):
            if copies[copy] in self.store.jobs and not self.store.is_edited(copy):
                self.store.drop(copy)
        self._learn_companies(result for _, result in read)
        return changes

    def _jobs_of(self, read: Sequence[tuple[Source, FetchResult]]) -> list[list[Job]]:
        """The jobs of each board, in its order: as they stand where nothing changed, else read, on all cores."""
        found: list[list[Job | Task]] = []
        for source, result in read:
            terms, employer = source.terms_of(result.board), source.employer_of(result.board)
            asked = (Task.of(posting, result.board, terms.apply_via_source, employer) for posting in result.postings)
            found.append([self._standing(task) or task for task in asked])
        tasks = [task for entries in found for task in entries if isinstance(task, Task)]
        made = iter(normalise(tasks, self.today, self._vocabulary))
        return [[job for entry in entries if (job := self._made(entry, made)) is not None] for entries in found]

    def _standing(self, task: Task) -> Job | None:
        return self.unchanged.job(task.id, task.posting, task.way, self.store) if self.unchanged else None

    def _made(self, entry: Job | Task, made: Iterator[tuple[Job | None, list[Issue]]]) -> Job | None:
        if not isinstance(entry, Task):
            return entry
        job, issues = next(made)
        self.store.issues.extend(issues)
        if job is not None and self.unchanged and not issues:
            self.unchanged.note(entry.id, entry.posting, entry.way, job, self.today)
        return job

    def _filter(self, result: FetchResult) -> None:
        """Take out of a board's jobs what the filters leave out, and its file too, unless a person had a hand in it.

        It goes before copies are looked for: what one board's filters hide is no reason to hide it on another. A job
        whose own page could not be read is not known well enough to be dropped.
        """
        if result.error is not None:
            return
        board = result.board.name
        jobs, self.decisions[board] = self._fresh[board], []
        unread = {stored_key(posting.key) for posting in result.postings if posting.partial}
        for found, job in list(jobs.items()):
            sieves = self._sieves.get(board, ())
            left_out = next((why for sieve in sieves if (why := sieve.left_out(job, self.today))), None)
            stands = found in self.store.jobs
            if left_out is None or (stands and (_key(job) in unread or self.store.belongs_to_people(found))):
                continue
            if stands:
                self.store.drop(found)
            del jobs[found]
            self._decide("filtered", board, found, job, str(left_out))

    def _decide(self, kind: Kind, board: str, found: str, job: Job, why: str, of: str | None = None) -> None:
        url = (job.source.url if job.source else None) or job.apply_url
        made = Decision(kind, board, found, job.title, job.company, url, why, self.today.isoformat(), of)
        self.decisions.setdefault(board, []).append(made)

    def _drop_copies(self, read: Sequence[Board]) -> dict[str, str]:
        """Take out of the fresh jobs what another board brought too; the copies and what stands for each.

        A job that was not read this time still stands, so its copies elsewhere stay copies. One that is over, or that
        cannot be written, stands for nothing.
        """
        pool: list[tuple[str, Job]] = []
        for board in self._employers_first(read):
            fresh = self._fresh.get(board.name, {})
            pool += [(found, job) for found, job in fresh.items() if self._can_stand(found, job)]
            standing = [(stored.id, stored.job) for stored in self.store.of_board(board) if stored.id not in fresh]
            pool += [(found, job) for found, job in standing if job.is_open(self.today)]
        merged = dedupe(pool)
        for job in merged.jobs:
            name = f"{job.source.name}/{job.source.board}" if job.source else ""
            if _id(job) in self._fresh.get(name, {}):
                self._fresh[name][_id(job)] = job
        for board_name, jobs in self._fresh.items():
            for copy in sorted(merged.copies.keys() & jobs.keys()):
                job = jobs.pop(copy)
                if copy not in self.store.jobs or not self.store.is_edited(copy):
                    of = merged.copies[copy]
                    why = f"the same opening as the job {of}: {merged.reasons[copy]}"
                    self._decide("copy", board_name, copy, job, why, of)
        return merged.copies

    def _employers_first(self, read: Sequence[Board]) -> list[Board]:
        """All boards, in the order in which their postings stand for copies: an employer's own list goes first."""
        boards = {board.name: board for board in (*self.config.to_boards(), *read)}
        return sorted(boards.values(), key=lambda board: sources.find(board.source).kind == "board")

    def _can_stand(self, found: str, job: Job) -> bool:
        if not job.is_open(self.today):
            return False
        return found in self.store.jobs or not self.store.in_the_way(found, job_file(job.company, job.title, found))

    def _merge(self, result: FetchResult) -> BoardChange:
        if result.error is not None:
            return BoardChange()
        keys = [stored_key(posting.key) for posting in result.postings]
        read = zip(keys, result.postings, strict=True)
        partial = frozenset(key for key, posting in read if posting.partial)
        fresh = self._fresh[result.board.name].values()
        if result.complete and not keys and not self.store.of_board(result.board):
            what = "lists no jobs, and never did."
            hint = "Check the board's name: some vendors answer so for a name that they do not know."
            self.store.issues.warn("empty-board", result.board.name, what, hint)
        change = self.store.merge(result.board, fresh, keys, partial=partial, today=self.today)
        board = result.board.name
        for expired in change.expired:
            self._decide("expired", board, expired, self._fresh[board][expired], "was over when it was first read")
        change.filtered = [made.id for made in self.decisions.get(board, ()) if made.kind == "filtered"]
        if result.complete:
            self.store.mark_missing(
                result.board,
                keys,
                change,
                today=self.today,
                close_after_days=self.config.close_after_days,
                accept_drop=result.board.name in self.accept_drop,
            )
        return change

    def _learn_companies(self, results: Iterable[FetchResult]) -> None:
        """A company.yaml for each company that has a job here, with what its postings say of it."""
        for result in results:
            for posting in result.postings:
                website, logo = web_address(posting.company_url), web_address(posting.logo)
                if not (website or logo):
                    continue
                stored = self.store.jobs.get(job_id(result.board.source, result.board.board, stored_key(posting.key)))
                if stored is not None:
                    self.store.learn_company(Company(name=stored.job.company, website=website, logo=logo))


def _id(job: Job) -> str:
    assert job.source is not None
    return job_id(job.source.name, job.source.board, job.source.key)


def _key(job: Job) -> str:
    assert job.source is not None
    return job.source.key
