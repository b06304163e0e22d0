"""Whatever a host does: the report says it, the board's jobs stay as they are, and the other board is read.

Each fault is a run of the whole command over a board with 24 stored jobs and a healthy second board. docs/faults.md
holds what the report said and what changed; `--update-golden` (without -n) writes it.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rolecall import sources
from rolecall.commands import fetch as command
from rolecall.fetch import client
from rolecall.fetch.settings import FetchSettings
from rolecall.model import Board, Posting
from rolecall.sources.base import Batch, JsonSource, Record, Request, Response

STORED = datetime(2026, 11, 20, 6, tzinfo=UTC)
LATER = datetime(2026, 12, 22, 6, tzinfo=UTC)  # jobs that were marked would have closed by now
LIMITS: dict[str, Any] = {
    "allow_private": True,
    "pause_s": 0,
    "timeout_s": 0.25,
    "total_s": 1.5,
    "max_bytes": 100_000,
    "max_pages": 5,
    "max_postings": 100,
    "retries": 2,
}
PAGE = Path("docs/faults.md")
HEAD = """# What a fetch does when a host fails

Written by `tests/fetch/test_fault_matrix.py`, which plays every fault from a server on 127.0.0.1 against the whole
command: a board with 24 stored jobs has the fault, a second board is healthy. In every row the second board was
read as if nothing had happened, and no job was closed. The run's limits were small: 1.5 s for an answer, 100,000 bytes,
5 pages, one retry.

- `failed` and `partial` say nothing about jobs that were not seen: not one byte of the board's files changes.
- `suspicious` is a complete answer that lost most of the board. Its jobs get a mark (`missing_since`), which the next
  good answer takes away; they close only after 14 days of such answers.
- `read` is an answer that is good in spite of the fault.

| fault | what the report says | what changed on disk |
|---|---|---|
"""


class Listed(JsonSource):
    """`{"jobs": [{"id", "title", "url"}], "next"?: path, "total"?: number}`."""

    takes = "url"
    items = "jobs"
    options = frozenset(("url",))

    def first(self, board: Board) -> Request:
        return Request(url=board.url or "")

    def read(self, response: Response, board: Board) -> Batch:
        batch = super().read(response, board)
        page, root = response.json(), "/".join(response.request.url.split("/")[:3])
        more = page.may("next")
        total = page.may("total")
        return Batch(
            postings=batch.postings,
            skipped=batch.skipped,
            more=(Request(url=root + more),) if more else (),
            total=int(total) if total else None,
        )

    def posting(self, item: Record) -> Posting:
        return Posting(
            key=item.need("id"), title=item.need("title"), url=item.need("url"), posted="2026-11-01", company="Acme"
        )


def job(key: object, title: str = "") -> dict[str, Any]:
    return {"id": key, "title": title or f"Bäcker {key}", "url": f"https://jobs.example/{key}"}


def page(keys: Iterable[int] = range(1, 25), **more: Any) -> bytes:
    return json.dumps({"jobs": [job(key) for key in keys], **more}, ensure_ascii=False).encode()


ALL = page()
HEADER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@dataclass
class World:
    """What a fault has at hand: the bad host, how to tell it what to say, how to pack."""

    host: Any
    told: Any
    packed: Callable[..., bytes]
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    url: str = ""

    def say(self, *replies: Any, path: str = "/acme") -> None:
        self.host.tell(path, *replies)

    def body(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.say(self.told(status, body, {name.replace("_", "-"): value for name, value in headers.items()}))

    def raw(self, *pieces: bytes, **how: Any) -> None:
        self.say(self.told(raw=pieces, **how))


def refused(w: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        w.url = f"http://127.0.0.1:{server.getsockname()[1]}/acme"


def pages(w: World, *told: tuple[str, bytes]) -> None:
    for path, body in told:
        w.say(w.told(body=body), path=path)


def endless(w: World) -> None:
    w.body(page(range(1, 3), next="/p1"))
    pages(w, *((f"/p{at}", page(range(100 + at, 101 + at), next=f"/p{at + 1}")) for at in range(1, 10)))


def held(w: World) -> None:
    w.say(w.told(200, ALL, {"etag": '"1"'}), w.told(304))
    command.fetch(w.folder, LATER, command.FetchOptions())


def hops(w: World, count: int) -> None:
    for at in range(count):
        w.say(w.told(302, b"", {"location": f"/hop{at + 1}"}), path=f"/hop{at}" if at else "/acme")


def to_and_fro(w: World) -> None:
    w.body(b"", 301, location="/b")
    w.say(w.told(301, b"", {"location": "/acme"}), path="/b")


def over_tls(w: World, *, is_trusted: bool) -> None:
    """An https host with a certificate of its own, which leads down to http."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    files = [w.folder.parent / name for name in ("key.pem", "cert.pem")]
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=a".split()
    alt = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(["openssl", *made, *alt, "-keyout", files[0], "-out", files[1]], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    down = f"http://127.0.0.1:{w.host.server_port}/acme"
    w.body(ALL)

    def serve(server: socket.socket) -> None:
        for _ in range(2):
            try:
                with context.wrap_socket(server.accept()[0], server_side=True) as connection:
                    connection.recv(4_000)
                    connection.sendall(
                        b"HTTP/1.1 302 Found\r\nLocation: " + down.encode() + b"\r\nContent-Length: 0\r\n\r\n"
                    )
            except OSError:
                continue

    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(2)
    threading.Thread(target=lambda: (serve(server), server.close()), daemon=True).start()
    w.url = f"https://127.0.0.1:{server.getsockname()[1]}/acme"
    if is_trusted:
        w.monkeypatch.setattr(client, "_tls", lambda: ssl.create_default_context(cafile=str(files[1])))


def retry_after(words: str | None, status: int = 429) -> Callable[[World], None]:
    """Without a Date header, so that a date is measured by our clock."""
    asked = "" if words is None else f"Retry-After: {words}\r\n"
    reply = f"HTTP/1.1 {status} Wait\r\n{asked}Connection: close\r\nContent-Length: 4\r\n\r\nwait"
    return lambda w: w.raw(reply.encode())


def says(body: bytes, status: int = 200, **headers: str) -> Callable[[World], None]:
    return lambda w: w.body(body, status, **headers)


def sends(*pieces: bytes, **how: Any) -> Callable[[World], None]:
    return lambda w: w.raw(*pieces, **how)


def drip(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


WHOLE = HEADER + b"Content-Length: %d\r\n\r\n" % len(ALL) + ALL
FAULTS: dict[str, Callable[[World], None]] = {
    # --- the connection ---
    "connection refused": refused,
    "connection reset before a word": sends(reset=True),
    "connection reset in the body": sends(WHOLE[:300], reset=True),
    "closed before a word": sends(),
    "closed in the headers": sends(WHOLE[:30]),
    "silent before the headers": sends(hang=True),
    "silent after the headers": lambda w: w.say(w.told(body=ALL, hang=True)),
    "stall in the middle of the body": sends(WHOLE[:400], hang=True),
    "one byte at a time, headers": lambda w: w.raw(*drip(WHOLE), pace_s=0.05),
    "one byte at a time, body": lambda w: w.raw(WHOLE[:200], *drip(WHOLE[200:]), pace_s=0.05),
    "not HTTP": sends(b"SSH-2.0-OpenSSH_9.9\r\n"),
    "headers without end": lambda w: w.raw(HEADER, *(b"X-%d: %s\r\n" % (at, b"a" * 4_000) for at in range(60))),
    "certificate that nobody vouches for": partial(over_tls, is_trusted=False),
    # --- the body's length and coding ---
    "body cut": lambda w: w.say(w.told(body=ALL, cut=20)),
    "Content-Length too large": sends(HEADER + b"Content-Length: 9999\r\n\r\n" + ALL),
    "Content-Length too small": sends(HEADER + b"Content-Length: 100\r\n\r\n" + ALL),
    "two Content-Lengths": sends(HEADER + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n" + ALL),
    "Content-Length is no number": sends(HEADER + b"Content-Length: many\r\n\r\n" + ALL),
    "chunks cut": sends(HEADER + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(ALL) + ALL + b"\r\n"),
    "chunk sizes that are none": sends(HEADER + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + ALL),
    "body without end": lambda w: w.raw(HEADER + b"\r\n[", *(b" " * 50_000 for _ in range(40))),
    "gzip bomb": lambda w: w.body(w.packed(bytes(5_000_000)), content_encoding="gzip"),
    "gzip bomb, packed twice": lambda w: w.body(w.packed(bytes(5_000_000), 2), content_encoding="gzip, gzip"),
    "gzip cut": lambda w: w.body(w.packed(ALL)[:-9], content_encoding="gzip"),
    "gzip that is none": says(ALL, content_encoding="gzip"),
    "brotli, not asked for": says(b"\x0b\x02\x80[]\x03", content_encoding="br"),
    "zstd, not asked for": says(b"\x28\xb5\x2f\xfd", content_encoding="zstd"),
    "deflate, not asked for": says(b"x\x9c", content_encoding="deflate"),
    "UTF-8 called UTF-16": says(ALL, content_type="application/json; charset=utf-16"),
    "UTF-8 called Latin-1": says(ALL, content_type="application/json; charset=iso-8859-1"),
    "a charset that nobody knows": says(ALL, content_type="application/json; charset=klingon"),
    "Latin-1 called UTF-8": says(ALL.decode().encode("latin-1"), content_type="application/json; charset=utf-8"),
    "Latin-1 called Latin-1": says(ALL.decode().encode("latin-1"), content_type="application/json; charset=latin-1"),
    # --- the status ---
    **{
        f"{status}": says(b"no", status)
        for status in (201, 202, 206, 400, 401, 402, 403, 404, 406, 410, 418, 451, 500, 501, 502, 503, 504, 522, 599)
    },
    "204": says(b"", 204),
    "206 with a whole list": says(ALL, 206),
    "304, and no answer is held": says(b"", 304),
    "304, and the answer is held": held,
    **{
        f"429, Retry-After: {words}": retry_after(words)
        for words in (
            *("0", "7", "1.5", "-5", "1000000000", "1e9", "soon", ""),
            *("Tue, 22 Dec 2026 06:00:30 GMT", "Tue, 22 Dec 2015 06:00:00 GMT", "Tue, 99 Dec 2026 99:00:00 GMT"),
        )
    },
    "429 without Retry-After": retry_after(None),
    "503, Retry-After: 7": retry_after("7", 503),
    # --- redirects ---
    "redirect to itself": says(b"", 302, location="/acme"),
    "redirect to and fro": to_and_fro,
    "redirect without end": partial(hops, count=9),
    "redirect to another host": says(b"", 302, location="https://jobs.example/acme"),
    "redirect to a file": says(b"", 302, location="file:///etc/passwd"),
    "redirect without an address": says(b"", 302),
    "redirect from https to http": partial(over_tls, is_trusted=True),
    # --- the content ---
    "200 with a web page": says(b"<!DOCTYPE html><title>Sign in</title>", content_type="application/json"),
    "200 with XML": says(b'<?xml version="1.0"?><error/>'),
    "200 with nothing": says(b""),
    "200 with a BOM and nothing": says(b"\xef\xbb\xbf"),
    "200 with an error in JSON": says(b'{"error": "try later"}'),
    "200 with null": says(b"null"),
    "200 with a text": says(b'"maintenance"'),
    "the list is null": says(b'{"jobs": null}'),
    "the list is an object": says(b'{"jobs": {}}'),
    "the list is a text": says(b'{"jobs": "[]"}'),
    "the list is called otherwise": says(ALL.replace(b'"jobs"', b'"postings"')),
    "JSON cut in half": lambda w: w.body(ALL[: len(ALL) // 2]),
    "JSON with NaN": says(b'{"jobs": [], "total": NaN}'),
    "JSON 100,000 deep": says(b"[" * 49_000 + b"]" * 49_000),
    "JSON with a number of 5,000 digits": says(b'{"jobs": [], "total": ' + b"9" * 5_000 + b"}"),
    "JSON with an infinite number": says(b'{"jobs": [{"id": 1e999, "title": "x", "url": "https://jobs.example/1"}]}'),
    "JSON with the list twice, the second empty": says(ALL[:-1] + b', "jobs": []}'),
    "JSON with half an emoji": says(
        ALL[:-2] + b', {"id": "x\\ud83d", "title": "\\ud83d", "url": "https://jobs.example/x"}]}'
    ),
    "a job with an id of 10,000 characters": says(
        ALL[:-2] + b', {"id": "' + b"x" * 10_000 + b'", "title": "Long", "url": "https://jobs.example/x"}]}'
    ),
    # --- lists that are not whole ---
    "empty list": says(b'{"jobs": []}'),
    "list cut in half": says(page(range(1, 12))),
    "no item can be read": says(ALL.replace(b'"id"', b'"key"')),
    "every third item cannot be read": lambda w: w.body(
        json.dumps({"jobs": [job(key) if key % 3 else {"name": "x"} for key in range(1, 25)]}).encode()
    ),
    "the source says 40 and gives 24": says(page(total=40)),
    "endless pages": endless,
    "the cursor stands still": says(page(range(1, 7), next="/acme")),
    "cursors in a circle": lambda w: pages(
        w,
        ("/acme", page(range(1, 7), next="/b")),
        ("/b", page(range(7, 10), next="/c")),
        ("/c", page(range(1, 3), next="/b")),
    ),
    "every page is the first one": lambda w: pages(
        w, *((path, page(range(1, 7), next=more)) for path, more in (("/acme", "/b"), ("/b", "/c"), ("/c", "/d")))
    ),
    "second page fails": lambda w: pages(w, ("/acme", page(range(1, 7), next="/gone"))),
    "second page is a web page": lambda w: pages(w, ("/acme", page(range(1, 7), next="/b")), ("/b", b"<html></html>")),
    "second page is empty": lambda w: pages(w, ("/acme", page(range(1, 12), next="/b")), ("/b", b'{"jobs": []}')),
}
WAITS = {"0": 0, "7": 7, "1.5": 1.5, "-5": 0, "1000000000": 60, "Tue, 22 Dec 2026 06:00:30 GMT": 30}
WAITS["Tue, 22 Dec 2015 06:00:00 GMT"] = 0


def files_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in (folder / "jobs").rglob("*.yaml")
    }


def config(folder: Path, bad: str, good: str) -> None:
    lines = [
        "title: Jobs",
        "logos: none",
        "boards:",
        f"  - {{source: listed, board: acme, url: '{bad}'}}",
        f"  - {{source: listed, board: other, url: '{good}'}}",
    ]
    (folder / "config.yaml").write_text("\n".join(lines) + "\n")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, time: Any) -> Any:
    """The command with small limits, open to this machine, a clock that moves when it sleeps, and the source."""
    names, find = sources.names(), sources.find
    monkeypatch.setattr(sources, "names", lambda: (*names, "listed"))
    monkeypatch.setattr(sources, "find", lambda name: Listed() if name == "listed" else find(name))
    monkeypatch.setattr(command, "FetchSettings", lambda **said: FetchSettings(**{**said, **LIMITS}))
    monkeypatch.setattr(client, "Client", partial(client.Client, sleep=time.sleep, clock=time.clock))
    return time


@pytest.fixture
def stored(small: Any, host: Any, other_host: Any, told: Any, tmp_path: Path) -> Path:
    """A folder with 24 jobs of the one board and three of the other, whose host has a fourth one now."""
    folder = tmp_path / "board"
    folder.mkdir()
    config(folder, host.tell("/acme", told(body=ALL)), other_host.tell("/other", told(body=page(range(501, 504)))))
    report = command.fetch(folder, STORED, command.FetchOptions())
    assert [row["state"] for row in report.as_dict()["boards"]] == ["read", "read"]
    assert len(files_of(folder)) == 27
    other_host.tell("/other", told(body=page(range(501, 505))))
    return folder


def rows_of(text: str) -> dict[str, str]:
    rows = (line for line in text.removeprefix(HEAD).splitlines() if line.startswith("| "))
    return {row.split(" | ")[0].removeprefix("| "): row for row in rows}


def change_of(before: dict[str, str], after: dict[str, str]) -> str:
    """What a fault did to the board's files, in words; empty when it did nothing."""
    kinds: dict[str, int] = {}
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if old is None or new is None:
            kind = "added" if old is None else "removed"
        elif re.sub(r"missing_since: .*\n", "", new) == old:
            kind = "marked missing"
        else:
            kind = "changed"
        kinds[kind] = kinds.get(kind, 0) + 1
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items())


def test_the_page_has_every_fault_and_no_other(repo: Path, update_golden: bool) -> None:
    text = (repo / PAGE).read_text(encoding="utf-8") if (repo / PAGE).exists() else ""
    if update_golden:
        rows = rows_of(text)
        text = HEAD + "".join(f"{rows.get(name, f'| {name} | |')}\n" for name in FAULTS)
        (repo / PAGE).write_text(text, encoding="utf-8")
    assert text.startswith(HEAD)
    assert list(rows_of(text)) == list(FAULTS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_said_and_changes_no_job(
    fault: str, stored: Path, small: Any, host: Any, other_host: Any, told: Any, packed: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch, repo: Path, update_golden: bool,
) -> None:  # fmt: skip
    before = files_of(stored)
    world = World(host, told, packed, stored, monkeypatch, f"{host.base}/acme")
    FAULTS[fault](world)
    config(stored, world.url, f"{other_host.base}/other")
    small.slept.clear()
    report = command.fetch(stored, LATER, command.FetchOptions())
    bad, good = report.as_dict()["boards"]

    after = files_of(stored)
    ours = {name for name, text in {**before, **after}.items() if "board: acme" in text}
    changed = change_of(
        {name: text for name, text in before.items() if name in ours},
        {name: text for name, text in after.items() if name in ours},
    )
    others = {name: text for name, text in after.items() if name not in ours}
    assert (good["state"], good["postings"], good["missing"]) == ("read", 4, 0)
    assert len(others) == 4
    assert all(text == others[name] for name, text in before.items() if name not in ours)

    assert bad["closed"] == 0
    assert bad["cached"] == (fault == "304, and the answer is held")
    assert bad["state"] == "read" or bad["why"]
    assert "bug of ours" not in (bad["why"] or "")
    if bad["state"] in ("failed", "partial"):
        assert not re.search("missing|removed|changed", changed)
        assert bad["state"] == "partial" or not changed
    if fault.startswith("429, ") and (waits := WAITS.get(fault.partition(": ")[2])) is not None:
        assert waits in [round(wait, 3) for wait in (*small.slept, 0)]
    assert max(small.slept, default=0) <= 60

    words = bad["why"] or f"{bad['postings']} jobs"
    for pattern, word in (
        (r"127\.0\.0\.1:\d+", "HOST"),
        (r"listed/acme: ", ""),
        (r"\|", "/"),
        (r" \(_ssl.*?\)", ""),
        ("<", "&lt;"),
    ):
        words = re.sub(pattern, word, words)
    row = f"| {fault} | {bad['state']}: {words} | {changed or 'nothing'} |"
    text = (repo / PAGE).read_text(encoding="utf-8")
    if update_golden:
        rows = {**rows_of(text), fault: row}
        (repo / PAGE).write_text(HEAD + "".join(f"{line}\n" for line in rows.values()), encoding="utf-8")
    else:
        assert row == rows_of(text).get(fault), "If that is meant, run pytest --update-golden on this file."
