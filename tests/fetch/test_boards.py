from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rolecall.errors import ConfigError, PayloadError
from rolecall.fetch.boards import fetch_boards, read_board
from rolecall.issues import Level
from rolecall.model import Board
from rolecall.sources.base import Batch, Request, Source


class Broken(Source):
    """A source with a bug."""

    def __init__(self, error: Exception, *, at_first: bool = False) -> None:
        self.error, self.at_first = error, at_first

    def first(self, board: Board) -> Request:
        if self.at_first:
            raise self.error
        assert board.url is not None
        return Request(url=board.url)

    def read(self, response, board) -> Batch:
        raise self.error


def boards(host, *names: str) -> list[Board]:
    return [Board(source="listing", board=name, url=f"{host.base}/{name}") for name in names]


def test_any_boards_may_fail_in_any_way_and_the_others_are_as_if_alone(host, told, settings, listing) -> None:
    host.tell("/good", told(body=b'{"jobs": [{"id": "1"}]}'))
    host.tell("/gone", told(404))
    host.tell("/page", told(body=b"<!doctype html>"))
    good, gone, page, bug, early = boards(host, "good", "gone", "page", "good", "good")
    pairs = [
        (gone, listing),
        (bug, Broken(KeyError("x"))),
        (good, listing),
        (page, listing),
        (early, Broken(RecursionError(), at_first=True)),
        (bug, Broken(PayloadError("$.jobs", "expected a list.", "Compare."))),
        (replace(good, url="file:///etc/passwd"), listing),
    ]
    results = fetch_boards(pairs, settings)
    assert [result.board for result in results] == [board for board, _ in pairs]
    assert [result.error and result.error.code for result in results] == [
        "gone",
        "unexpected",
        None,
        "payload",
        "unexpected",
        "payload",
        "forbidden-address",
    ]
    assert results[2].complete
    assert results[1].error.what == "reading it failed with KeyError, a bug of ours."
    assert all(result.error.level is Level.ERROR and result.error.hint for result in results if result.error)
    assert all(not result.complete and not result.postings for result in results if result.error)


def test_a_bug_on_the_page_of_one_job_is_named_by_its_type(script, settings, listing, board) -> None:
    table = {"/list": {"jobs": [{"id": "a", "page": "/job/a"}]}, "/job/a": []}  # a list has no "text"
    listing.read = lambda response, board: (
        type(listing).read(listing, response, board) if response.request.step == "list" else 1 / 0
    )
    result = asyncio.run(read_board(board, listing, script(table).exchange, settings))
    assert "ZeroDivisionError" in result.error.what


def test_results_count_requests_and_decoded_bytes(host, told, settings, listing, packed) -> None:
    body = b'{"jobs": []}' + b" " * 5000
    host.tell("/a", told(body=packed(body), headers={"Content-Encoding": "gzip"}))
    (result,) = fetch_boards([(boards(host, "a")[0], listing)], settings)
    assert (result.requests, result.bytes) == (1, len(body))
    assert result.seconds > 0


def test_progress_hears_of_every_answer_and_every_board(host, told, settings, listing) -> None:
    heard = []

    class Ear:
        def begin(self, boards):
            heard.append(boards)

        def answered(self, board, size_bytes):
            heard.append((board.board, size_bytes))

        def finish(self, result):
            heard.append(result.board.board)

    host.tell("/a", told(body=b'{"jobs": []}'))
    fetch_boards([(board, listing) for board in boards(host, "a")], settings, progress=Ear())
    assert heard == [1, ("a", 12), "a"]


def test_boards_that_had_no_turn_before_the_end_of_the_run_say_so(host, told, settings, listing) -> None:
    host.tell("/a", told(hang=True, body=b"[]"))
    pairs = [(board, listing) for board in boards(host, "a", "b")]
    results = fetch_boards(pairs, replace(settings, run_s=0.1, per_host=1))
    assert [result.error.what for result in results] == ["the run's time of 0.1 s is over, and nothing was read."] * 2
    assert [result.requests for result in results] == [1, 0]


def test_no_boards_are_no_results(settings) -> None:
    assert fetch_boards([], settings) == []


def test_a_replay_loads_no_http_library_and_opens_no_socket(
    tmp_path: Path, settings, listing, board, monkeypatch
) -> None:
    (tmp_path / "a.json").write_text('{"jobs": [{"id": "1"}]}')
    line = '{"request": {"method": "GET", "url": "https://jobs.example/list"}, "response": {"status": 200, "headers": {}, "body": "a.json"}}'
    (tmp_path / "index.jsonl").write_text(line)
    monkeypatch.setitem(sys.modules, "rolecall.fetch.client", None)
    (result,) = fetch_boards([(board, listing)], settings, replay=tmp_path)
    assert result.complete
    (missing,) = fetch_boards([(replace(board, url="https://jobs.example/other"), listing)], settings, replay=tmp_path)
    assert (missing.error.code, missing.error.what) == ("unreachable", "not in the recording.")


def test_a_broken_recording_is_one_plain_error(tmp_path: Path, settings, listing, board) -> None:
    (tmp_path / "index.jsonl").write_text("{\n")
    with pytest.raises(ConfigError, match=r"index\.jsonl:1: is not JSON"):
        fetch_boards([(board, listing)], settings, replay=tmp_path)


def test_a_live_run_recorded_and_replayed_is_equal(tmp_path: Path, host, told, settings, listing) -> None:
    host.tell("/a", told(301, headers={"Location": "/b"}))
    host.tell(
        "/b", told(body=b'{"jobs": [{"id": "1", "page": "/1"}, {"id": "2", "page": "/2"}], "next": [{"page": 2}]}')
    )
    host.tell("/1", told(body=b'{"id": "1", "text": "One"}'))
    pairs = [(board, listing) for board in boards(host, "a", "missing")]
    live = fetch_boards(pairs, replace(settings, retries=1), record=tmp_path)
    replayed = fetch_boards(pairs, settings, replay=tmp_path)
    assert [replace(result, seconds=0) for result in live] == [replace(result, seconds=0) for result in replayed]
    assert [issue.code for issue in live[0].issues] == ["moved", "unread-pages"]


def test_a_cancelled_read_leaves_no_task_behind(script, settings, listing, board) -> None:
    slow = script(
        {"/list": {"jobs": [{"id": str(number), "page": f"/{number}"} for number in range(9)]}},
        {f"/{number}": 10**9 for number in range(9)},
    )

    async def cancel() -> int:
        task = asyncio.create_task(read_board(board, listing, slow.exchange, settings))
        while len(slow.asked) < 10:
            await asyncio.sleep(0)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()
        return len(asyncio.all_tasks()) - 1

    assert asyncio.run(cancel()) == 0
