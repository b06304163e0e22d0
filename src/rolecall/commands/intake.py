"""What the boards answered becomes jobs in the store: normalised, without copies, each board by its own rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rolecall.address import web_address
from rolecall.config import Config
from rolecall.dedupe import dedupe
from rolecall.model import Board, Company, FetchResult, Job
from rolecall.normalise.identity import job_file, job_id, stored_key
from rolecall.normalise.job import to_job
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
    _fresh: dict[str, dict[str, Job]] = field(default_factory=dict)
    _vocabulary: Vocabulary = field(init=False)

    def __post_init__(self) -> None:
        self._vocabulary = self.config.vocabulary()

    def take(self, read: Sequence[tuple[Source, FetchResult]]) -> list[BoardChange]:
        """Put each board's answer into the store; one change per board, in the same order.

        A board that failed changes nothing, one that was read in part adds and updates, and only one that was read to
        its end says that jobs are missing.
        """
        for source, result in read:
            self.store.issues.extend(result.issues)
            self._fresh[result.board.name] = {_id(job): job for job in self._jobs_of(source, result)}
        copies = self._drop_copies([result.board for _, result in read])
        changes = [self._merge(result) for _, result in read]
        for copy in sorted(copies.keys() & self.store.jobs.keys()):
            if copies[copy] in self.store.jobs and not self.store.is_edited(copy):
                self.store.drop(copy)
        self._learn_companies(result for _, result in read)
        return changes

    def _jobs_of(self, source: Source, result: FetchResult) -> Iterable[Job]:
        terms, employer = source.terms_of(result.board), source.employer_of(result.board)
        for posting in result.postings:
            job, found = to_job(
                posting,
                result.board,
                self.today,
                self._vocabulary,
                apply_via_source=terms.apply_via_source,
                employer=employer,
            )
            self.store.issues.extend(found)
            if job is not None:
                yield job

    def _drop_copies(self, read: Sequence[Board]) -> dict[str, str]:
        """Take out of the fresh jobs what another board brought too; the copies and what stands for each.

        A job that was not read this time still stands, so its copies elsewhere stay copies. One that is over, or that
        cannot be written, stands for nothing.
        """
        pool: list[tuple[str, Job]] = []
        for board in dict.fromkeys((*self.config.to_boards(), *read)):
            fresh = self._fresh.get(board.name, {})
            pool += [(found, job) for found, job in fresh.items() if self._can_stand(found, job)]
            standing = [(stored.id, stored.job) for stored in self.store.of_board(board) if stored.id not in fresh]
            pool += [(found, job) for found, job in standing if job.is_open(self.today)]
        merged = dedupe(pool)
        for job in merged.jobs:
            name = f"{job.source.name}/{job.source.board}" if job.source else ""
            if _id(job) in self._fresh.get(name, {}):
                self._fresh[name][_id(job)] = job
        for jobs in self._fresh.values():
            for copy in merged.copies.keys() & jobs.keys():
                del jobs[copy]
        return merged.copies

    def _can_stand(self, found: str, job: Job) -> bool:
        if not job.is_open(self.today):
            return False
        return found in self.store.jobs or not self.store.in_the_way(found, job_file(job.company, job.title, found))

    def _merge(self, result: FetchResult) -> BoardChange:
        if result.error is not None:
            return BoardChange()
        keys = [stored_key(posting.key) for posting in result.postings]
        partial = frozenset(stored_key(posting.key) for posting in result.postings if posting.partial)
        fresh = self._fresh[result.board.name].values()
        change = self.store.merge(result.board, fresh, keys, partial=partial, today=self.today)
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
                stored = self.store.jobs.get(job_id(result.board.source, result.board.board, stored_key(posting.key)))
                website, logo = web_address(posting.company_url), web_address(posting.logo)
                if stored is not None and (website or logo):
                    self.store.learn_company(Company(name=stored.job.company, website=website, logo=logo))


def _id(job: Job) -> str:
    assert job.source is not None
    return job_id(job.source.name, job.source.board, job.source.key)
