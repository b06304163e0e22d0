"""One board's read: which requests are asked, when it ends, and whether what was read is the whole list.

The pages of the list are asked one after the other, so that the end of paging never depends on the speed of answers;
then the pages of single jobs are asked together. Postings stand in the order of the source's list.
"""

from __future__ import annotations

import asyncio
from collections import deque

from rolecall.errors import SourceError
from rolecall.fetch.answers import Exchange
from rolecall.fetch.asking import ask
from rolecall.fetch.http_cache import identity
from rolecall.fetch.question import Position, Question
from rolecall.fetch.redact import public_url
from rolecall.fetch.settings import FetchSettings
from rolecall.issues import Issue, Issues
from rolecall.model import Board, FetchResult, Posting
from rolecall.sources.base import Batch, Request, Source

MAX_SKIPPED_SHARE = 0.2
_SHOWN_SKIPS = 20
_POSTINGS, _MORE = 0, 1


class Reading:
    """The state of one read. `read()` may be cut short at any time; `result()` then tells what came in."""

    def __init__(self, board: Board, source: Source, exchange: Exchange, settings: FetchSettings) -> None:
        self._board, self._source, self._exchange, self._settings = board, source, exchange, settings
        self._pages: deque[Question] = deque()
        self._jobs: list[Question] = []
        self._asked: set[str] = set()
        self._keys: set[str] = set()
        self._found: list[tuple[Position, Posting]] = []
        self._pages_read = self._jobs_asked = self._twice = self._skipped = 0
        self._total: int | None = None
        self._repeats = False
        self._failed_pages: list[str] = []
        self._failed_jobs: list[str] = []
        self._partial: list[str] = []
        self._issues = Issues()

    @property
    def has_begun(self) -> bool:
        """Whether the first page was read."""
        return self._pages_read > 0

    async def read(self) -> None:
        """Ask until nothing more is asked. Raises what the first page raises; later failures only leave a mark."""
        first = Question(self._source.first(self._board))
        self._asked.add(identity(first.request))
        self._take_page(first, await self._ask(first.request))
        while self._pages or self._jobs:
            while self._pages:
                await self._read_page()
            await self._read_jobs()

    def stop(self, why: str) -> None:
        """Say that the read was cut short. Pages of single jobs that are missing do not make the list less whole."""
        if self._pages or not self.has_begun:
            self._pages.clear()
            self._partial.append(why)
        self._leave_jobs(why)

    async def _ask(self, request: Request) -> Batch:
        return self._source.read(await ask(request, self._exchange, self._issues.add), self._board)

    # --- Pages of the list ---

    async def _read_page(self) -> None:
        if self._pages_read + len(self._failed_pages) >= self._settings.max_pages:
            self._mark(f"stopped after {self._settings.max_pages:,} pages")
            self._pages.clear()
            return
        page = self._pages[0]  # it waits until it is read, so that a read that is cut short knows of it
        try:
            batch = await self._ask(page.request)
        except SourceError as error:
            self._pages.popleft()
            self._failed_pages.append(f"{error.where}: {error.what}")
            return
        self._pages.popleft()
        self._take_page(page, batch)

    def _take_page(self, page: Question, batch: Batch) -> None:
        self._pages_read += 1
        self._note(batch)
        listed = [posting.key for posting in batch.postings]
        listed += [request.carry.key for request in batch.more if request.carry is not None]
        # One known job on a page is a job listed twice; a page full of them is a page that came before.
        ends = bool(listed) and self._keys.issuperset(listed)
        ends = ends and (len(listed) > 1 or any(request.carry is None for request in batch.more))
        if ends:
            self._repeats = True
            self._pages = deque(other for other in self._pages if other.request.step != page.request.step)
            return
        for index, posting in enumerate(batch.postings):
            if self._is_new(posting.key):
                self._found.append(((*page.position, _POSTINGS, index), posting))
        self._take_more(page, batch)
        if len(self._keys) >= self._settings.max_postings and self._pages:
            self._pages.clear()
            self._mark(f"stopped at {self._settings.max_postings:,} postings")

    def _take_more(self, page: Question, batch: Batch) -> None:
        for index, request in enumerate(batch.more):
            question = Question(request, (*page.position, _MORE, index), page)
            if request.carry is not None:
                if question.is_same_job() or self._is_new(request.carry.key):
                    self._jobs.append(question)
            elif identity(request) not in self._asked:
                self._asked.add(identity(request))
                self._pages.append(question)
            elif question.comes_round():
                self._repeats = True

    def _is_new(self, key: str) -> bool:
        """Count `key` as read, unless it was before or the board is full."""
        if key in self._keys:
            self._twice += 1
            return False
        if len(self._keys) >= self._settings.max_postings:
            self._mark(f"stopped at {self._settings.max_postings:,} postings")
            return False
        self._keys.add(key)
        return True

    def _note(self, batch: Batch) -> None:
        """What a batch says about the whole list."""
        if batch.total is not None:
            self._total = max(self._total or 0, batch.total)
        if batch.partial:
            self._mark(batch.partial.rstrip("."))
        for issue in batch.skipped:
            self._skipped += 1
            if self._skipped <= _SHOWN_SKIPS:
                where = f"{self._board.name}: {issue.where}"
                self._issues.add(Issue(issue.code, where, issue.what, issue.hint, issue.level))

    def _mark(self, why: str) -> None:
        if why not in self._partial:
            self._partial.append(why)

    # --- Pages of single jobs ---

    async def _read_jobs(self) -> None:
        """Ask for all job pages that wait, together; take them in the list's order, whichever came first."""
        batches: dict[int, Batch] = {}
        failures: dict[int, str] = {}
        jobs = self._jobs

        async def read(index: int, job: Question) -> None:
            try:
                batches[index] = await self._ask(job.request)
            except SourceError as error:
                failures[index] = f"{error.where}: {error.what}"

        try:
            async with asyncio.TaskGroup() as group:
                for index, job in enumerate(jobs):
                    group.create_task(read(index, job))
        finally:
            self._jobs = []
            for index, job in enumerate(jobs):
                if index in batches or index in failures:
                    self._take_job(job, batches.get(index), failures.get(index, ""))
                else:
                    self._jobs.append(job)

    def _take_job(self, job: Question, batch: Batch | None, failure: str) -> None:
        """A job's page: its posting, or what the list said of it when the page gave none."""
        carry = job.request.carry
        assert carry is not None
        self._jobs_asked += 1
        self._take_more(job, batch or Batch())
        goes_on = any(other.asked_by is job and other.is_same_job() for other in self._jobs)
        postings = batch.postings if batch is not None else ()
        if not postings and not goes_on:
            said = [f"{issue.where}: {issue.what}" for issue in batch.skipped] if batch is not None else []
            self._failed_jobs.append(failure or next(iter(said), f"{public_url(job.request.url)}: no job on the page."))
            self._found.append((job.position, carry.but(partial=True)))
        for index, posting in enumerate(postings):
            if posting.key == carry.key or self._is_new(posting.key):
                self._found.append(((*job.position, _POSTINGS, index), posting))

    def _leave_jobs(self, why: str) -> None:
        for job in self._jobs:
            self._take_job(job, None, f"{why}.")
        self._jobs = []

    # --- What it comes to ---

    def result(self) -> FetchResult:
        """What was read, and whether it is the whole list."""
        self._judge()
        postings: dict[str, Posting] = {}
        for _, posting in sorted(self._found, key=lambda entry: entry[0]):
            postings.setdefault(posting.key, posting)
        partial = "; ".join(self._partial) or None
        return FetchResult(self._board, tuple(postings.values()), partial is None, None, partial, tuple(self._issues))

    def _judge(self) -> None:
        read = len(self._keys)
        if self._failed_pages:
            asked = self._pages_read + len(self._failed_pages)
            first = self._failed_pages[0].rstrip(".")
            self._mark(f"{len(self._failed_pages):,} of {asked:,} pages could not be read ({first})")
        # Items that could not be read are known to be there: the source's total counts them, and so do we.
        is_short = self._total is not None and self._total > read + self._skipped
        if self._repeats and (is_short or self._total is None):
            self._mark("the source repeats its pages")
        if is_short:
            self._mark(f"the source says {self._total:,}, read {read:,}")
        items = read + self._twice + self._skipped
        if self._skipped > MAX_SKIPPED_SHARE * items:
            self._mark(f"{self._skipped:,} of {items:,} items could not be read")
        self._summarise()

    def _summarise(self) -> None:
        name = self._board.name
        if self._skipped > _SHOWN_SKIPS:
            self._issues.warn(
                "unreadable-item", name, f"{self._skipped - _SHOWN_SKIPS:,} more items could not be read."
            )
        if self._twice:
            self._issues.info("listed-twice", name, f"{self._twice:,} postings came twice; the first of each counts.")
        if self._failed_jobs:
            share = f"{len(self._failed_jobs):,} of {self._jobs_asked:,}"
            what = f"{share} job pages could not be read, the first: {self._failed_jobs[0]}"
            self._issues.warn("unread-pages", name, what, "Kept what the list says of these jobs.")
