"""All boards at once: one that fails never stops another."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from rolecall.errors import RolecallError, Unreachable
from rolecall.fetch.answers import Answer, Exchange
from rolecall.fetch.exchange import open_exchange
from rolecall.fetch.guard import safe_url
from rolecall.fetch.local import SCHEME, with_files
from rolecall.fetch.progress import Progress, Silent
from rolecall.fetch.reading import Reading
from rolecall.fetch.settings import FetchSettings
from rolecall.issues import Issue, Level
from rolecall.model import Board, FetchResult
from rolecall.sources.base import Request, Source


def fetch_boards(
    boards: Sequence[tuple[Board, Source]],
    settings: FetchSettings,
    *,
    cache: Path | None = None,
    record: Path | None = None,
    replay: Path | None = None,
    progress: Progress | None = None,
    folder: Path | None = None,
) -> list[FetchResult]:
    """What each board answered, in the order of `boards`.

    `cache` is the folder of held answers, `record` gets every answer, `replay` gives them without any network. `folder`
    is the board's own, in which boards of the source `file` have theirs; without it they fail. Raises
    `ConfigError` for a broken recording; whatever goes wrong with a board is its result's `error`.
    """
    ways = open_exchange(settings, cache=cache, record=record, replay=replay)
    return asyncio.run(_fetch_boards(boards, settings, ways, progress=progress or Silent(), folder=folder))


async def _fetch_boards(
    boards: Sequence[tuple[Board, Source]],
    settings: FetchSettings,
    ways: AbstractAsyncContextManager[Exchange],
    *,
    progress: Progress,
    folder: Path | None,
) -> list[FetchResult]:
    async with ways as exchange:
        run = _Run(exchange, settings, progress, asyncio.get_running_loop().time() + settings.run_s, folder)
        progress.begin(len(boards))
        async with asyncio.TaskGroup() as group:
            reads = [group.create_task(run.read(board, source)) for board, source in boards]
    return [read.result() for read in reads]


async def read_board(board: Board, source: Source, exchange: Exchange, settings: FetchSettings) -> FetchResult:
    """What one board answers through `exchange`. Never raises: what goes wrong is the result's `error` or `partial`."""
    run = _Run(exchange, settings, Silent(), asyncio.get_running_loop().time() + settings.run_s)
    return await run.read(board, source)


@dataclass(slots=True)
class _Counted:
    """An exchange that counts what one board costs."""

    exchange: Exchange
    board: Board
    progress: Progress
    requests: int = 0
    bytes: int = 0
    cached: int = 0

    async def ask(self, request: Request) -> Answer:
        self.requests += 1
        answer = await self.exchange(request)
        self.bytes += len(answer.body)
        self.cached += answer.is_cached
        self.progress.answered(self.board, len(answer.body))
        return answer


@dataclass(slots=True)
class _Run:
    """What the boards of one run share. `ends_at` is a time of the event loop's clock."""

    exchange: Exchange
    settings: FetchSettings
    progress: Progress
    ends_at: float
    folder: Path | None = None
    turns: defaultdict[str, asyncio.Semaphore] = field(init=False)

    def __post_init__(self) -> None:
        self.turns = defaultdict(lambda: asyncio.Semaphore(self.settings.per_host))

    async def read(self, board: Board, source: Source) -> FetchResult:
        """One board's result, with what it cost."""
        counted = _Counted(self._way_of(board), board, self.progress)
        started = time.monotonic()
        result = await self._read(board, source, counted.ask)
        seconds = time.monotonic() - started
        result = replace(result, requests=counted.requests, bytes=counted.bytes, cached=counted.cached, seconds=seconds)
        self.progress.finish(result)
        return result

    def _way_of(self, board: Board) -> Exchange:
        """How a board is asked. Only one of the source `file` may name files: no answer of a host may."""
        if board.source != "file" or self.folder is None:
            return self.exchange
        return with_files(self.exchange, self.folder, max_bytes=self.settings.max_bytes)

    async def _read(self, board: Board, source: Source, exchange: Exchange) -> FetchResult:
        reading = Reading(board, source, exchange, self.settings)
        try:
            await self._read_in_time(reading, _host_of(source.first(board)))
            return reading.result()
        except RolecallError as error:
            issue = Issue(
                error.code,
                board.name if error.where == board.name else f"{board.name}: {error.where}",
                error.what,
                error.hint,
                Level.ERROR,
            )
        except Exception as error:  # noqa: BLE001 -- the one boundary that keeps boards apart
            what = f"reading it failed with {_name_of(error)}, a bug of ours."
            issue = Issue("unexpected", board.name, what, "Please report it with the board's name.", Level.ERROR)
        return FetchResult(board, error=issue)

    async def _read_in_time(self, reading: Reading, host: str) -> None:
        """Read within the board's time and the run's. A board's time begins with its turn at its host: many boards of
        one vendor share a host and its pauses, and waiting for them is not the board's fault."""
        limit = asyncio.timeout_at(self.ends_at)
        try:
            async with limit, self.turns[host], asyncio.timeout(self.settings.board_s):
                await reading.read()
        except TimeoutError as error:
            whose, limit_s = ("run", self.settings.run_s) if limit.expired() else ("board", self.settings.board_s)
            why = f"the {whose}'s time of {limit_s:g} s is over"
            if not reading.has_begun:
                raise Unreachable(host, f"{why}, and nothing was read.", "Try again later.") from error
            reading.stop(why)


def _host_of(request: Request) -> str:
    if request.url.startswith(SCHEME):
        return ""
    return urlsplit(safe_url(request.url, allow_private=True)).netloc


def _name_of(error: BaseException) -> str:
    """The type of an error, or of the first one in a group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return type(error).__name__
