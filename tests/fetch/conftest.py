"""A host that does what a test tells it, a clock that only moves when somebody sleeps, and a small source."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from rolecall.errors import Unreachable
from rolecall.fetch.answers import Answer
from rolecall.fetch.settings import FetchSettings
from rolecall.issues import Issue
from rolecall.model import Board, Posting
from rolecall.sources.base import Batch, Request, Response, Source


@dataclass
class Told:
    """One scripted reply. `cut` bytes of the promised body are not sent; `hang` waits for the client to leave.

    `raw` is sent instead of all this, piece by piece with `pace_s` between; then the connection is closed, or `reset`.
    """

    status: int = 200
    body: bytes = b"[]"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    hang: bool = False
    meet: threading.Barrier | None = None
    raw: Sequence[bytes] | None = None
    pace_s: float = 0
    reset: bool = False


class FaultServer(ThreadingHTTPServer):
    """Replies to each path in the order of its script; the last reply is repeated."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: dict[str, list[Told]] = {}
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.lock = threading.Lock()
        self.open_now = self.most_open = 0
        self.over = threading.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def tell(self, path: str, *replies: Told) -> str:
        """Script `path`; gives its address."""
        self.script[path] = list(replies)
        return self.base + path

    def paths(self) -> list[str]:
        """The paths asked so far, robots.txt aside."""
        return [path for _, path, _, _ in self.asked if path != "/robots.txt"]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that leave early are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every reply waits 40 ms for an acknowledgement
    server: FaultServer

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        with self.server.lock:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.server.asked.append((self.command, self.path, headers, body))
            replies = self.server.script.get(self.path, [Told(404, b"{}")])
            told = replies.pop(0) if len(replies) > 1 else replies[0]
            self.server.open_now += 1
            self.server.most_open = max(self.server.most_open, self.server.open_now)
        try:
            self._reply(told)
        finally:
            with self.server.lock:
                self.server.open_now -= 1

    do_POST = do_GET  # noqa: N815 -- the library asks for these names

    def _reply(self, told: Told) -> None:
        if told.meet is not None:
            told.meet.wait(timeout=5)
        if told.raw is not None:
            self._reply_raw(told)
            return
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        if told.status not in (204, 304):
            self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()
        if told.hang:
            self.wfile.flush()
            self.server.over.wait(timeout=5)
        elif told.status not in (204, 304):
            self.wfile.write(told.body[: len(told.body) - told.cut])
        if told.cut or told.hang:
            self.close_connection = True

    def _reply_raw(self, told: Told) -> None:
        assert told.raw is not None
        self.close_connection = True
        for piece in told.raw:
            self.wfile.write(piece)
            self.wfile.flush()
            if told.pace_s and self.server.over.wait(told.pace_s):
                return
        if told.hang:
            self.server.over.wait(timeout=5)
        if told.reset:  # closing with nothing left to say sends RST instead of FIN
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Silence."""


@pytest.fixture(scope="session")
def loopback() -> None:
    """A machine that can speak to itself; in an empty network namespace even that has to be switched on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        try:
            socket.create_connection(server.getsockname(), timeout=5).close()
        except OSError as error:
            pytest.skip(f"needs 127.0.0.1, and the loopback interface is down ({error.strerror}): ip link set lo up")


@contextmanager
def serving() -> Iterator[FaultServer]:
    with FaultServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def host(loopback: None) -> Iterator[FaultServer]:
    with serving() as server:
        yield server


@pytest.fixture
def other_host(loopback: None) -> Iterator[FaultServer]:
    """A second one, for a board that has nothing to do with the first."""
    with serving() as server:
        yield server


@pytest.fixture
def told() -> type[Told]:
    return Told


class FakeTime:
    """A clock that stands still until somebody sleeps on it."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now_s

    async def sleep(self, wait_s: float) -> None:
        self.slept.append(wait_s)
        self.now_s += wait_s
        await asyncio.sleep(0)


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def settings() -> FetchSettings:
    """Limits for a host on this machine: no pauses, any port."""
    return FetchSettings(allow_private=True, pause_s=0, html_pause_s=0)


@pytest.fixture
def packed() -> Callable[..., bytes]:
    """`packed(data, times=1)`: gzip with the same bytes every time."""

    def pack(data: bytes, times: int = 1) -> bytes:
        for _ in range(times):
            data = gzip.compress(data, mtime=0)
        return data

    return pack


class Listing(Source):
    """A vendor whose pages are `{"jobs": [{"id", "page"?, "bad"?}], "next"?, "total"?, "partial"?}`; a job's page is
    `{"id", "text"}`. `next` is a path, or {"post": {...}} for a search at the same address."""

    takes = "url"

    def first(self, board: Board) -> Request:
        assert board.url is not None
        return Request(url=board.url)

    def read(self, response: Response, board: Board) -> Batch:
        page = response.json().value
        if response.request.step == "job":
            carry = response.request.carry
            assert carry is not None
            return Batch(postings=(carry.but(description=page["text"]),) if "text" in page else ())
        root = "/".join(response.request.url.split("/")[:3])
        jobs = [job for job in page["jobs"] if not job.get("bad")]
        bad = [
            Issue("unreadable-item", f"$.jobs[{at}]", "no id.") for at, job in enumerate(page["jobs"]) if job.get("bad")
        ]
        plain = tuple(self._posting(job) for job in jobs if "page" not in job)
        more = [Request(url=root + job["page"], step="job", carry=self._posting(job)) for job in jobs if "page" in job]
        more += [self._next(response.request, root, step) for step in page.get("next", [])]
        return Batch(
            postings=plain, more=tuple(more), skipped=tuple(bad), total=page.get("total"), partial=page.get("partial")
        )

    def _posting(self, job: dict[str, Any]) -> Posting:
        return Posting(key=job["id"], title=f"Job {job['id']}")

    def _next(self, asked: Request, root: str, step: Any) -> Request:
        if isinstance(step, str):
            return Request(url=root + step)
        return replace(asked, method="POST", json=step)


@pytest.fixture
def listing() -> Listing:
    return Listing()


class Script:
    """An exchange made of a table: path -> answer, status, or error. `delays` are loop turns before a path answers."""

    def __init__(self, table: dict[str, Any], delays: dict[str, int] | None = None) -> None:
        self.table, self.delays = table, delays or {}
        self.asked: list[str] = []

    async def exchange(self, request: Request) -> Answer:
        path = "/" + request.url.split("/", 3)[3]
        self.asked.append(path)
        for _ in range(self.delays.get(path, 0)):
            await asyncio.sleep(0)
        told = self.table.get(path, 404)
        if isinstance(told, Exception):
            raise told
        if isinstance(told, Answer):
            return replace(told, url=request.url)
        if isinstance(told, int):
            return Answer(url=request.url, status=told, headers={}, body=b"no")
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        return Answer(url=request.url, status=200, headers={"content-type": "application/json"}, body=body)


@pytest.fixture
def script() -> type[Script]:
    return Script


@pytest.fixture
def broken() -> Unreachable:
    return Unreachable("https://jobs.example/", "no connection.", "Try again later.")


@pytest.fixture
def board() -> Board:
    return Board(source="listing", board="acme", url="https://jobs.example/list")
