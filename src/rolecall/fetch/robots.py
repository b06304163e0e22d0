"""robots.txt, for pages made for people. APIs and feeds are there to be read by programs."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from rolecall.errors import FetchError, Refused
from rolecall.fetch.answers import Exchange
from rolecall.fetch.asking import Reach, follow
from rolecall.fetch.redact import public_url
from rolecall.issues import Issue
from rolecall.sources.base import Request

_MAX_BYTES = 500_000


class Robots:
    """What each host's robots.txt allows us; it is asked once a run (RFC 9309)."""

    def __init__(self, exchange: Exchange, agent: str) -> None:
        self._exchange, self._agent = exchange, agent
        self._rules: dict[str, asyncio.Task[RobotFileParser]] = {}

    async def check(self, url: str) -> None:
        """Raises `Refused` when the host does not want `url` to be read by us."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._read(origin))
        rules = await asyncio.shield(self._rules[origin])
        if not rules.can_fetch(self._agent, url):
            raise Refused(
                public_url(url),
                "the host's robots.txt forbids it, or cannot be read.",
                "Ask the host, or remove the board.",
            )

    async def close(self) -> None:
        """Leave no task behind."""
        for task in self._rules.values():
            task.cancel()
        await asyncio.gather(*self._rules.values(), return_exceptions=True)

    async def _read(self, origin: str) -> RobotFileParser:
        rules = RobotFileParser()
        # expect="xml" and not "html": the rules of robots.txt do not apply to itself.
        request = Request(url=f"{origin}/robots.txt", expect="xml")
        try:
            answer = await follow(request, self._exchange, Reach.SITE, list[Issue]().append)
        except FetchError:
            rules.parse([])  # everything is allowed: the page itself will say what is wrong with the host
            return rules
        if answer.status == 200:
            rules.parse(answer.body[:_MAX_BYTES].decode("utf-8", errors="replace").splitlines())
        elif answer.status == 429 or answer.status >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])
        else:
            rules.parse([])
        return rules
