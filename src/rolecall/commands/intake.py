"""What the boards answered becomes jobs in the store: normalised, without copies, each board by its own rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rolecall.address import web_address
from rolecall.config import Config
from rolecall.dedupe import dedupe
from rolecall.issues import Issues
from rolecall.model import Company, FetchResult, Job
from rolecall.normalise.identity import job_id, stored_key
from rolecall.normalise.job import to_job
from rolecall.normalise.tags import Vocabulary
from rolecall.sources.base import Source
from rolecall.store import BoardChange, JobStore


def take(
    store: JobStore,
    config: Config,
    read: Sequence[tuple[Source, FetchResult]],
    today: date,
    accept_drop: frozenset[str] = frozenset(),
) -> list[BoardChange]:
    """Put each board's answer into the store; one change per board, in the same order.

    A board that failed changes nothing, one that was read in part adds and updates, and only one that was read to
    its end says that jobs are missing.
    """
    vocabulary = config.vocabulary()
    answered: dict[str, str] = {}
    pool: list[tuple[str, Job]] = []
    for source, result in read:
        store.issues.extend(result.issues)
        jobs = {_id(job): job for job in _jobs_of(result, source, today, vocabulary, store.issues)}
        answered.update(dict.fromkeys(jobs, result.board.name))
        # A job that was not read this time still stands: its copies elsewhere stay copies.
        standing = [(stored.id, stored.job) for stored in store.of_board(result.board) if stored.id not in jobs]
        pool += [*jobs.items(), *((found, job) for found, job in standing if job.is_open(today))]
    merged = dedupe(pool)
    for copy in sorted(merged.copies.keys() & store.jobs.keys()):
        if not store.is_edited(copy):
            store.drop(copy)
    fresh: dict[str, list[Job]] = {}
    for job in merged.jobs:
        if (name := answered.get(_id(job))) is not None:
            fresh.setdefault(name, []).append(job)
    changes = [
        _merge(store, config, result, fresh.get(result.board.name, []), today, accept_drop) for _, result in read
    ]
    _learn_companies(store, [result for _, result in read])
    return changes


def _merge(
    store: JobStore, config: Config, result: FetchResult, jobs: Sequence[Job], today: date, accept_drop: frozenset[str]
) -> BoardChange:
    if result.error is not None:
        return BoardChange()
    keys = [stored_key(posting.key) for posting in result.postings]
    partial = frozenset(stored_key(posting.key) for posting in result.postings if posting.partial)
    change = store.merge(result.board, jobs, keys, partial=partial, today=today)
    if result.complete:
        store.mark_missing(
            result.board,
            keys,
            change,
            today=today,
            close_after_days=config.close_after_days,
            accept_drop=result.board.name in accept_drop,
        )
    return change


def _learn_companies(store: JobStore, results: Iterable[FetchResult]) -> None:
    """A company.yaml for each company that has a job here, with what its postings say of it."""
    for result in results:
        for posting in result.postings:
            stored = store.jobs.get(job_id(result.board.source, result.board.board, stored_key(posting.key)))
            website, logo = web_address(posting.company_url), web_address(posting.logo)
            if stored is not None and (website or logo):
                store.learn_company(Company(name=stored.job.company, website=website, logo=logo))


def _id(job: Job) -> str:
    assert job.source is not None
    return job_id(job.source.name, job.source.board, job.source.key)


def _jobs_of(result: FetchResult, source: Source, today: date, vocabulary: Vocabulary, issues: Issues) -> list[Job]:
    terms, employer = source.terms_of(result.board), source.employer_of(result.board)
    jobs = []
    for posting in result.postings:
        job, found = to_job(
            posting,
            result.board,
            today,
            vocabulary,
            apply_via_source=terms.apply_via_source,
            employer=employer,
        )
        issues.extend(found)
        if job is not None:
            jobs.append(job)
    return jobs
