"""Pages asked one by one, politely: each answer is judged at once, so that no body is held longer than needed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Generic, TypeVar

from rolecall.errors import RolecallError, Unreachable
from rolecall.fetch.answers import Answer, Exchange
from rolecall.fetch.asking import Reach, follow
from rolecall.fetch.exchange import open_exchange
from rolecall.fetch.settings import FetchSettings
from rolecall.issues import Issue
from rolecall.sources.base import Request

MAX_PAGE_BYTES = 3_000_000
T = TypeVar("T")
Judge = Callable[[str, Answer | RolecallError], T]


def ask_pages(
    addresses: Sequence[str],
    settings: FetchSettings,
    judge: Judge[T],
    *,
    record: Path | None = None,
    replay: Path | None = None,
    asked: Callable[[int], None] = lambda _: None,
) -> dict[str, T]:
    """What `judge` makes of the answer of each address, or of the error that it ended in; robots.txt is obeyed.

    An answer's `url` is where redirects led. `asked` hears how many are done. What the run's time does not suffice for
    ends in an error, like a host that does not answer.
    """
    settings = replace(settings, max_bytes=min(settings.max_bytes, MAX_PAGE_BYTES))
    return asyncio.run(_Run(settings, judge, asked).ask(addresses, record, replay))


class _Run(Generic[T]):
    def __init__(self, settings: FetchSettings, judge: Judge[T], asked: Callable[[int], None]) -> None:
        self._settings, self._judge, self._asked = settings, judge, asked
        self._found: dict[str, T] = {}

    async def ask(self, addresses: Sequence[str], record: Path | None, replay: Path | None) -> dict[str, T]:
        ways = open_exchange(self._settings, cache=None, record=record, replay=replay)
        try:
            async with asyncio.timeout(self._settings.run_s), ways as exchange, asyncio.TaskGroup() as group:
                for address in addresses:
                    group.create_task(self._ask_one(exchange, address))
        except TimeoutError:
            late = f"was not asked: the run's time of {self._settings.run_s:g} s is over."
            for address in addresses:
                if address not in self._found:
                    self._found[address] = self._judge(address, Unreachable(address, late))
        return {address: self._found[address] for address in addresses}

    async def _ask_one(self, exchange: Exchange, address: str) -> None:
        answer: Answer | RolecallError
        try:
            request = Request(url=address, expect="html")
            answer = await follow(request, exchange, Reach.ANY, list[Issue]().append)
        except RolecallError as error:
            answer = error
        try:
            self._found[address] = self._judge(address, answer)
        except Exception as error:  # noqa: BLE001 -- the boundary that keeps strangers' pages apart
            what = f"reading it failed with {type(error).__name__}, a bug of ours."
            self._found[address] = self._judge(address, RolecallError(address, what, "Please report the address."))
        self._asked(len(self._found))
