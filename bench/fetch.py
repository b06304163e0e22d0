# ruff: noqa: S603, T201 -- a script that starts itself and prints
"""How fast a fetch is: `rolecall fetch` over many boards of a server on this machine, against a bare download.

    python bench/fetch.py [--boards 500] [--jobs 100] [--delay 0.3]

Three measurements, each in a process of its own, with sixteen requests open at a time and no pauses: bare httpx, which
throws the answers away; a first fetch, which writes a file for every job; a second fetch, which finds nothing changed.
`--delay` is how long the server thinks before it answers; hosts on the internet take 0.2 to 1 second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from pathlib import Path

IN_FLIGHT = 16
NOW = datetime(2026, 11, 22, tzinfo=UTC)
WORDS = (
    "We look after the harbour ledger and the people who rely on it, in Python, Go and PostgreSQL on Kubernetes; "
    "you write down what you decide, review with care and ship small changes every day to berths from Oslo to Porto. "
)
CITIES = ("Berlin, Germany", "Oslo, Norway", "Remote - Europe", "Lisbon, Portugal", "Austin, TX", "London, UK")
TITLES = ("Backend Engineer", "Data Analyst", "Site Reliability Engineer", "Designer", "Account Manager", "Welder")


def body_of(board: str, jobs: int) -> bytes:
    """A list as Greenhouse gives it: three kilobytes of HTML for each job, no two alike."""
    return json.dumps({"jobs": [_job(board, at) for at in range(jobs)], "meta": {"total": jobs}}).encode()


def _job(board: str, at: int) -> dict[str, object]:
    parts = "".join(f"<p><strong>{board} {at}.{part}</strong> {WORDS}{WORDS}</p>" for part in range(5))
    listed = "".join(f"<li>{words} {at}</li>" for words in ("React", "On call one week in six", "25 days off"))
    return {
        "id": int(board[1:]) * 100_000 + at,
        "title": f"{('Senior ', '', 'Junior ')[at % 3]}{TITLES[at % len(TITLES)]} {at}",
        "absolute_url": f"https://jobs.example/{board}/{at}",
        "location": {"name": CITIES[at % len(CITIES)]},
        "first_published": f"2026-10-{at % 28 + 1:02}T09:00:00-04:00",
        "content": escape(f"<h3>About us</h3>{parts}<h3>You bring</h3><ul>{listed}</ul>"),
        "company_name": f"Company {board}",
        "departments": [{"name": "Engineering"}],
        "metadata": None,
    }


async def serve(jobs: int, delay_s: float) -> None:
    """Answer `/b12` with the list of board b12, keeping connections open; the port goes to stdout."""
    bodies: dict[str, bytes] = {}

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            board = head.split(b" ", 2)[1].decode().strip("/")
            body = bodies.get(board) or bodies.setdefault(board, body_of(board, jobs))
            if delay_s:
                await asyncio.sleep(delay_s)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body))
            writer.write(body)
            await writer.drain()

    async def quiet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(quiet, "127.0.0.1", 0, limit=100_000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def download(base: str, boards: int) -> int:
    """Ask for every board and drop what comes; the bytes."""
    import httpx

    turns = asyncio.Semaphore(IN_FLIGHT)

    async def one(client: httpx.AsyncClient, board: int) -> int:
        async with turns:
            return len((await client.get(f"{base}/b{board}")).content)

    async with httpx.AsyncClient(timeout=60) as client:
        return sum(await asyncio.gather(*(one(client, board) for board in range(boards))))


def fetch(base: str, folder: Path) -> int:
    """The whole command, with Greenhouse's address turned to this machine; the files it wrote."""
    from rolecall.commands import fetch as command
    from rolecall.fetch.settings import FetchSettings
    from rolecall.sources import greenhouse
    from rolecall.sources.base import Request

    limits = {"allow_private": True, "pause_s": 0.0, "per_host": IN_FLIGHT, "in_flight": IN_FLIGHT}
    command.FetchSettings = lambda **said: FetchSettings(**{**said, **limits})  # type: ignore[misc, assignment]
    greenhouse.SOURCE.first = lambda board: Request(url=f"{base}/{board.board}")  # type: ignore[method-assign]
    report = command.fetch(folder, NOW, command.FetchOptions())
    if report.failed:
        raise SystemExit(f"{len(report.failed)} boards failed: {report.failed[0].error}")
    return report.files


def work(what: str, base: str, boards: int, folder: Path) -> None:
    """One measurement, as a line of JSON on stdout."""
    started = time.perf_counter()
    done = asyncio.run(download(base, boards)) if what == "download" else fetch(base, folder)
    seconds = time.perf_counter() - started
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb, "done": done}))


@contextmanager
def server_of(jobs: int, delay_s: float) -> Iterator[str]:
    command = [sys.executable, __file__, "--role", "serve", "--jobs", str(jobs), "--delay", str(delay_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def measure(said: argparse.Namespace) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    lines = "".join(f"  - {{source: greenhouse, board: b{board}}}\n" for board in range(said.boards))
    (folder / "config.yaml").write_text(f"title: Bench\nlogos: none\nboards:\n{lines}", encoding="utf-8")
    try:
        with server_of(said.jobs, said.delay) as base:
            asyncio.run(download(base, said.boards))  # the server makes its answers once
            bare: float | None = None
            print(f"{said.boards} boards of {said.jobs} jobs, {IN_FLIGHT} at a time, {said.delay:g} s to answer")
            for name, role in (("bare download", "download"), ("first fetch", "fetch"), ("second fetch", "fetch")):
                where = ["--base", base, "--folder", str(folder), "--boards", str(said.boards)]
                made = subprocess.run(
                    [sys.executable, __file__, "--role", role, *where], stdout=subprocess.PIPE, check=True, text=True
                )
                found = json.loads(made.stdout)
                bare = bare or found["seconds"]
                rate = said.boards / found["seconds"] * 60
                unit = "bytes" if role == "download" else "files"
                print(
                    f"{name:<14} {found['seconds']:7.2f} s  {found['seconds'] / bare:6.2f} x  "
                    f"{found['peak_mb']:6.0f} MB  {rate:8,.0f} boards a minute  ({found['done']:,} {unit})"
                )
    finally:
        shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--boards", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=100)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument(
        "--role", choices=["measure", "serve", "download", "fetch"], default="measure", help=argparse.SUPPRESS
    )
    parser.add_argument("--base", default="", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, default=Path(), help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.role == "serve":
        asyncio.run(serve(said.jobs, said.delay))
    elif said.role == "measure":
        measure(said)
    else:
        work(said.role, said.base, said.boards, said.folder)


if __name__ == "__main__":
    main()
