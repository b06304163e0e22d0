"""Politeness: how many requests one host and the whole run may have open, and the pause between two at one host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

Sleep = Callable[[float], Awaitable[None]]
Clock = Callable[[], float]


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    free_at: float = 0.0


class Hosts:
    """The turns of a run. `clock` gives seconds that only go forward, `sleep` waits for some."""

    def __init__(self, *, in_flight: int, per_host: int, sleep: Sleep, clock: Clock) -> None:
        self._all = asyncio.Semaphore(in_flight)
        self._per_host = per_host
        self._hosts: dict[str, _Host] = {}
        self._sleep, self._clock = sleep, clock

    @asynccontextmanager
    async def turn(self, name: str, pause_s: float) -> AsyncIterator[None]:
        """Hold one of the host's slots, `pause_s` after the turn before began. The global slot comes last, so that a
        slow host never keeps the others from theirs."""
        host = self._host(name)
        async with host.slots:
            while (wait_s := host.free_at - self._clock()) > 0:
                await self._sleep(wait_s)
            host.free_at = self._clock() + pause_s
            async with self._all:
                yield

    def hold_back(self, name: str, wait_s: float) -> None:
        """Begin no turn of this host in the next `wait_s` seconds: it has asked for patience."""
        host = self._host(name)
        host.free_at = max(host.free_at, self._clock() + wait_s)

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(asyncio.Semaphore(self._per_host)))
