"""The only httpx: one question to one host, politely, at a judged address, under caps of size and time.

Redirects are not followed here (asking.py does), cookies are not kept, and no proxy of the environment is used: what
is asked depends on nothing but the request and the settings.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from dataclasses import replace
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx

from rolecall.errors import Unreachable
from rolecall.fetch.answers import Answer
from rolecall.fetch.asking import ask
from rolecall.fetch.guard import LookUp, NotConnected, judged_addresses, look_up, safe_url
from rolecall.fetch.hosts import Clock, Hosts, Sleep
from rolecall.fetch.http_cache import Held, HttpCache
from rolecall.fetch.redact import public_url
from rolecall.fetch.retry import asked_wait_s, back_off_s, is_passing
from rolecall.fetch.robots import Robots
from rolecall.fetch.settings import FetchSettings
from rolecall.fetch.unpack import ACCEPTED, Body
from rolecall.issues import Issue
from rolecall.sources.base import Request, Response

_ACCEPT = {
    "json": "application/json",
    "xml": "application/atom+xml, application/rss+xml, application/xml, text/xml;q=0.9, */*;q=0.1",
    "html": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
}


class PinnedTransport(httpx.AsyncBaseTransport):
    """Connects to the very addresses that were judged; Host, SNI and certificate stay those of the name.

    One pool per name: an address may serve many names, and a connection is proven for one.
    """

    def __init__(self, look_up: LookUp, *, allow_private: bool) -> None:
        self._look_up, self._allow_private = look_up, allow_private
        self._pools: dict[str, httpx.AsyncHTTPTransport] = {}
        self._judged: dict[tuple[str, int], list[str]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.raw_host.decode("ascii")
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        if (host, port) not in self._judged:
            found = await judged_addresses(host, port, self._look_up, allow_private=self._allow_private)
            self._judged[host, port] = found
        if host not in self._pools:
            self._pools[host] = httpx.AsyncHTTPTransport(verify=_tls(), trust_env=False)
        addresses = self._judged[host, port]
        for address in addresses[:-1]:
            try:
                return await self._pools[host].handle_async_request(_pinned(request, address, host))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # a host with two addresses may be reachable by one kind only
        return await self._pools[host].handle_async_request(_pinned(request, addresses[-1], host))

    async def aclose(self) -> None:
        for pool in self._pools.values():
            await pool.aclose()


@cache
def _tls() -> ssl.SSLContext:
    # Reading the certificates takes 50 ms; a run needs them once, however many hosts and clients there are.
    return httpx.create_ssl_context(trust_env=False)


def _pinned(request: httpx.Request, address: str, host: str) -> httpx.Request:
    url = request.url.copy_with(host=address)
    extensions = {**request.extensions, "sni_hostname": host}
    return httpx.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)


class Client:
    """The live network: `exchange` asks once and follows nothing, `get` gives the readable answer.

    `look_up`, `sleep` and `clock` are the outside world, for whoever wants another one. `cache` is the folder of
    held answers, or None.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        cache: Path | None = None,
        look_up: LookUp = look_up,
        sleep: Sleep = asyncio.sleep,
        clock: Clock = time.monotonic,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._hosts = Hosts(in_flight=settings.in_flight, per_host=settings.per_host, sleep=sleep, clock=clock)
        self._cache = HttpCache(cache, settings.now) if cache is not None and settings.now is not None else None
        self._robots = Robots(self.exchange, settings.user_agent)
        self._http = httpx.AsyncClient(
            transport=PinnedTransport(look_up, allow_private=settings.allow_private),
            timeout=httpx.Timeout(settings.timeout_s, connect=settings.connect_s, pool=None),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        if self._cache is not None:
            self._cache.drop_old()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._robots.close()
        await self._http.aclose()

    async def get(self, request: Request) -> Response:
        """The readable answer to `request`, redirects followed. Raises `FetchError` and `PayloadError`."""
        return await ask(request, self.exchange, list[Issue]().append)

    async def exchange(self, request: Request) -> Answer:
        """One answer to `request`, asked again while its failure may pass. Raises `FetchError`."""
        request = replace(request, url=safe_url(request.url, allow_private=self._settings.allow_private))
        if request.expect == "html":
            await self._robots.check(request.url)
        for tries in range(1, self._settings.retries):
            try:
                answer = await self._ask_in_turn(request)
            except Unreachable as error:
                if request.method == "POST" and not isinstance(error, NotConnected):
                    raise
                await self._sleep(back_off_s(request.url, tries))
                continue
            if not is_passing(request, answer.status):
                return answer
            await self._wait_as_asked(request, answer, tries)
        return await self._ask_in_turn(request)

    async def _wait_as_asked(self, request: Request, answer: Answer, tries: int) -> None:
        wait_s = asked_wait_s(answer.headers, self._settings.now)
        if wait_s is None:
            wait_s = back_off_s(request.url, tries)
        else:
            self._hosts.hold_back(urlsplit(request.url).netloc, wait_s)
        await self._sleep(wait_s)

    async def _ask_in_turn(self, request: Request) -> Answer:
        limits = self._settings
        pause_s = max(limits.pause_s, limits.html_pause_s) if request.expect == "html" else limits.pause_s
        held = self._cache.held(request) if self._cache is not None and request.method == "GET" else None
        async with self._hosts.turn(urlsplit(request.url).netloc, pause_s):
            answer = await self._ask_once(request, held)
        if answer.status == 304 and held is not None:
            headers = {**answer.headers, **held.headers}
            return replace(answer, status=200, headers=headers, body=held.body, is_cached=True)
        if self._cache is not None and request.method == "GET":
            problem = self._cache.keep(request, answer)
            return answer if problem is None else replace(answer, issues=(problem,))
        return answer

    async def _ask_once(self, request: Request, held: Held | None) -> Answer:
        where = public_url(request.url)
        try:
            async with asyncio.timeout(self._settings.total_s):
                return await self._send(request, held)
        except TimeoutError as error:
            raise Unreachable(
                where, f"no whole answer within {self._settings.total_s:g} s.", "Try again later."
            ) from error
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise NotConnected(where, f"no connection ({_reason(error)}).", "Try again later.") from error
        except httpx.TimeoutException as error:
            raise Unreachable(where, f"silent for {self._settings.timeout_s:g} s.", "Try again later.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable(where, f"the connection broke ({_reason(error)}).", "Try again later.") from error

    async def _send(self, request: Request, held: Held | None) -> Answer:
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT[request.expect],
            "Accept-Encoding": ACCEPTED,
            **(held.questions if held is not None else {}),
            **request.headers,
        }
        content = None
        if request.method == "POST" and request.json is not None:
            content = json.dumps(request.json).encode()
            headers["Content-Type"] = "application/json"
        async with self._http.stream(request.method, request.url, headers=headers, content=content) as response:
            encoding = response.headers.get("content-encoding", "")
            body = Body(public_url(request.url), encoding, self._settings.max_bytes)
            async for piece in response.aiter_raw():
                body.feed(piece)
            received = {name.lower(): value for name, value in response.headers.items()}
            whole = body.whole() if request.scrub is None else request.scrub(body.whole())
            return Answer(url=request.url, status=response.status_code, headers=received, body=whole)


def _reason(error: Exception) -> str:
    """The library's own words on one line, or its name for the failure when it has none."""
    return " ".join(str(error).split())[:120] or type(error).__name__
