"""Where answers come from in one run: the network or a recording, and whether they are recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from rolecall.fetch.answers import Exchange
from rolecall.fetch.settings import FetchSettings


@asynccontextmanager
async def open_exchange(
    settings: FetchSettings, *, cache: Path | None, record: Path | None, replay: Path | None
) -> AsyncIterator[Exchange]:
    """An exchange for the length of the block. With `replay` httpx is not even imported, and `cache` is not used."""
    async with AsyncExitStack() as stack:
        exchange: Exchange
        if replay is not None:
            from rolecall.fetch.recording import Replay

            exchange = Replay(replay, max_bytes=settings.max_bytes).exchange
        else:
            from rolecall.fetch.client import Client

            exchange = (await stack.enter_async_context(Client(settings, cache=cache))).exchange
        if record is not None:
            from rolecall.fetch.recording import Recorder

            exchange = stack.enter_context(Recorder(record, exchange)).exchange
        yield exchange
