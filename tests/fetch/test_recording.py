from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from rolecall.errors import ConfigError, RolecallError, TooLarge, Unreachable
from rolecall.fetch.answers import Answer
from rolecall.fetch.boards import fetch_boards, read_board
from rolecall.fetch.recording import Recorder, Replay
from rolecall.model import Board
from rolecall.sources.base import Request


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write_index(folder: Path, *entries: Any) -> Path:
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    (folder / "index.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def entry(url: str, body: str | None = None, status: int = 200, **asked: Any) -> dict[str, Any]:
    told = {"status": status, "headers": {"Content-Type": "application/json"}, **({"body": body} if body else {})}
    return {"request": {"method": "GET", "url": url, **asked}, "response": told}


def replay(folder: Path, request: Request, max_bytes: int = 1000) -> Answer:
    return asyncio.run(Replay(folder, max_bytes=max_bytes).exchange(request))


def test_of_all_that_fit_the_most_specific_answers_and_of_equals_the_first(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / name).write_text(name)
    write_index(
        tmp_path,
        entry("https://a.example/x", "a"),
        entry("https://a.example/x?p=1", "b"),
        entry("https://a.example/x?q=1", "c"),
        entry("https://a.example/x?p=1&r=1", "d"),
    )
    told = [
        replay(tmp_path, Request(url=f"https://a.example/x{query}")).body
        for query in ("?z=1", "?q=1&p=1", "?p=1&r=1&q=1")
    ]
    assert told == [b"a", b"b", b"d"]


def test_what_was_not_recorded_is_unreachable(tmp_path: Path) -> None:
    write_index(tmp_path, entry("https://a.example/x"))
    with pytest.raises(Unreachable, match="not in the recording") as caught:
        replay(tmp_path, Request(url="https://a.example/y?key=hunter2", method="POST", json={}))
    assert caught.value.where == "POST https://a.example/y"


def test_a_body_may_lie_anywhere_and_may_be_missing_altogether(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "far.json").write_text("[1]")
    write_index(
        tmp_path / "set", entry("https://a.example/x", "../far.json"), "", entry("https://a.example/y", status=404)
    )
    told = replay(tmp_path / "set", Request(url="https://a.example/x"))
    assert (told.status, told.body, dict(told.headers)) == (200, b"[1]", {"content-type": "application/json"})
    assert replay(tmp_path / "set", Request(url="https://a.example/y")).status == 404
    with pytest.raises(TooLarge):
        replay(tmp_path / "set", Request(url="https://a.example/x"), max_bytes=2)


def test_every_bad_line_of_an_index_is_named(tmp_path: Path) -> None:
    write_index(
        tmp_path,
        entry("https://a.example/x"),
        "{",
        "[]",
        {"request": {}, "response": {}},
        entry("ftp://a.example/x"),
        entry("https://a.example/x", json=[]),
        entry("https://a.example/x", status=1000),
        "[" * 100_000,
        {"request": {"method": "GET", "url": "https://a.example/"}, "response": {"status": 200, "headers": {"a": 1}}},
        {"request": {"method": "GET", "url": "https://a.example/"}, "response": {"status": 200, "body": 1}},
    )
    with pytest.raises(ConfigError) as caught:
        Replay(tmp_path, max_bytes=1000)
    assert [problem.where for problem in caught.value.problems] == [
        f"{tmp_path}/index.jsonl:{line}" for line in range(2, 11)
    ]


def test_a_missing_body_and_a_missing_index_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"index\.jsonl"):
        Replay(tmp_path, max_bytes=1000)
    write_index(tmp_path, entry("https://a.example/x"), entry("https://a.example/y", "gone.json"))
    with pytest.raises(ConfigError, match=r"index\.jsonl:2: the body gone\.json is not there"):
        Replay(tmp_path, max_bytes=1000)


TABLE = {
    "/list": {
        "jobs": [{"id": "1", "page": "/job/1"}, {"id": "2", "page": "/job/2"}],
        "next": [{"page": 2}, {"page": 3}],
        "total": 5,
    },
    "/job/1": {"id": "1", "text": "One"},
    "/job/2": 404,
}


def record(
    folder: Path, script: Any, settings: Any, listing: Any, board: Board, delays: dict[str, int] | None = None
) -> Any:
    source = script(TABLE, delays)
    with Recorder(folder, source.exchange) as recorder:
        return asyncio.run(read_board(board, listing, recorder.exchange, settings))


def test_a_replay_of_a_recorded_run_gives_the_same_result(tmp_path: Path, script, settings, listing, board) -> None:
    live = record(tmp_path, script, settings, listing, board)
    assert len(live.postings) == 2
    again = fetch_boards([(board, listing)], settings, replay=tmp_path)
    assert [(r.postings, r.complete, r.error, r.partial, r.issues, r.requests, r.bytes) for r in again] == [
        (live.postings, live.complete, live.error, live.partial, live.issues, live.requests, live.bytes)
    ]


def test_the_same_answers_in_any_order_are_recorded_in_the_same_bytes(
    tmp_path: Path, script, settings, listing, board
) -> None:
    record(tmp_path / "one", script, settings, listing, board)
    record(tmp_path / "two", script, settings, listing, board, {"/job/1": 9, "/list": 3})
    assert files(tmp_path / "one") == files(tmp_path / "two")
    before = files(tmp_path / "one")
    record(tmp_path / "one", script, settings, listing, board)
    assert files(tmp_path / "one") == before


def test_a_recording_can_be_added_to(tmp_path: Path, script, settings, listing, board) -> None:
    record(tmp_path, script, settings, listing, board)
    other = Board(source="listing", board="other", url="https://other.example/list")
    record(tmp_path, script, settings, listing, other)
    results = fetch_boards([(board, listing), (other, listing)], settings, replay=tmp_path)
    assert [len(result.postings) for result in results] == [2, 2]


def test_names_of_bodies_can_be_read_and_never_leave_the_folder(tmp_path: Path) -> None:
    async def exchange(request: Request) -> Answer:
        return Answer(url=request.url, status=200, headers={"content-type": "text/html; charset=utf-8"}, body=b"x")

    async def ask_all() -> None:
        with Recorder(tmp_path / "set", exchange) as recorder:
            for path in ("v1/boards/acme/jobs?a=1", "../../etc/passwd", "%2e%2e/x", "ü" * 300, ""):
                await recorder.exchange(Request(url=f"https://API.Acme.example:8080/{path}"))

    asyncio.run(ask_all())
    names = [name for name in files(tmp_path) if not name.endswith("index.jsonl")]
    assert len(names) == 5
    assert all(name.startswith("set/api.acme.example-8080/") and len(name) < 120 for name in names)
    assert (
        sum(
            name.startswith("set/api.acme.example-8080/v1-boards-acme-jobs-") and name.endswith(".html")
            for name in names
        )
        == 1
    )


def test_no_secret_reaches_a_recording_and_it_still_answers(tmp_path: Path) -> None:
    async def exchange(request: Request) -> Answer:
        headers = {
            "content-type": "application/json",
            "link": '<https://a.example/x?api_key=CANARY-1&page=2>; rel="next"',
            "set-cookie": "session=CANARY-4",
        }
        return Answer(url=request.url, status=200, headers=headers, body=b'{"you": "CANARY-1 CANARY-2 CANARY-3"}')

    request = Request(
        url="https://a.example/x?api_key=CANARY-1&page=1",
        method="POST",
        headers={"Authorization-Key": "CANARY-2"},
        json={"token": "CANARY-3", "q": "cook"},
    )

    async def ask_once() -> None:
        with Recorder(tmp_path, exchange) as recorder:
            await recorder.exchange(request)

    asyncio.run(ask_once())
    assert all(b"CANARY" not in data for data in files(tmp_path).values())
    assert replay(tmp_path, request).body == b'{"you": "REDACTED REDACTED REDACTED"}'


def test_the_index_is_written_when_a_run_is_broken_off(tmp_path: Path, script) -> None:
    async def broken_off() -> None:
        with Recorder(tmp_path, script({"/list": []}).exchange) as recorder:
            await recorder.exchange(Request(url="https://a.example/list"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(broken_off())
    assert replay(tmp_path, Request(url="https://a.example/list")).body == b"[]"
    assert not [name for name in files(tmp_path) if name.endswith(".new")]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, script) -> None:
    (tmp_path / "file").write_text("")

    async def ask_once() -> None:
        with Recorder(tmp_path / "file", script({"/list": []}).exchange) as recorder:
            await recorder.exchange(Request(url="https://a.example/list"))

    with pytest.raises(RolecallError, match="file"):
        asyncio.run(ask_once())


def test_every_line_of_the_shared_recordings_answers_its_own_request(shared: Path) -> None:
    indexes = sorted((shared / "recordings").rglob("index.jsonl"))
    assert indexes
    for index in indexes:
        told = Replay(index.parent, max_bytes=20_000_000)
        for line in index.read_text().splitlines():
            said = json.loads(line)
            request = Request(
                url=said["request"]["url"], method=said["request"]["method"], json=said["request"].get("json")
            )
            answer = asyncio.run(told.exchange(request))
            assert answer.status == said["response"]["status"]
            assert answer.body == (index.parent / said["response"]["body"]).read_bytes()
