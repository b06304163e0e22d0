from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rolecall.fetch.answers import Answer
from rolecall.fetch.http_cache import HttpCache, identity
from rolecall.sources.base import Request

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ASKED = Request(url="https://a.example/x?api_key=CANARY")


def answer(status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url=ASKED.url, status=status, headers=named, body=b"[1]")


def test_what_is_kept_is_held_until_eight_days_later(tmp_path: Path) -> None:
    assert HttpCache(tmp_path, NOW).keep(ASKED, answer(etag='"1"', x_other="no")) is None
    held = HttpCache(tmp_path, NOW + timedelta(days=8)).held(ASKED)
    assert held is not None
    assert (held.body, held.questions, dict(held.headers)) == (b"[1]", {"If-None-Match": '"1"'}, {"etag": '"1"'})
    assert HttpCache(tmp_path, NOW + timedelta(days=8, seconds=1)).held(ASKED) is None
    assert HttpCache(tmp_path, NOW - timedelta(seconds=1)).held(ASKED) is None


@pytest.mark.parametrize(
    "told",
    [
        answer(),
        answer(404, etag='"1"'),
        answer(etag='"1"', cache_control="private, no-store"),
        answer(etag='"ü"'),
    ],
)
def test_an_answer_that_cannot_be_asked_about_is_not_kept(tmp_path: Path, told: Answer) -> None:
    HttpCache(tmp_path, NOW).keep(ASKED, told)
    assert list(tmp_path.iterdir()) == []


def test_an_answer_given_for_a_key_is_not_kept_and_no_key_is_written(tmp_path: Path) -> None:
    cache = HttpCache(tmp_path, NOW)
    cache.keep(Request(url="https://a.example/y", headers={"Authorization": "CANARY"}), answer(etag='"1"'))
    assert list(tmp_path.iterdir()) == []
    cache.keep(ASKED, answer(etag='"1"'))
    assert all(b"CANARY" not in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"saved": "soon"}', b'{"saved": "2026-11-22T12:00:00"}', b"\xff"]
)
def test_a_damaged_entry_is_not_held_and_breaks_nothing(tmp_path: Path, damage: bytes) -> None:
    cache = HttpCache(tmp_path, NOW)
    cache.keep(ASKED, answer(etag='"1"'))
    (tmp_path / f"{identity(ASKED)}.json").write_bytes(damage)
    assert cache.held(ASKED) is None
    cache.drop_old()


def test_a_body_that_is_not_the_one_described_is_not_held(tmp_path: Path) -> None:
    cache = HttpCache(tmp_path, NOW)
    cache.keep(ASKED, answer(etag='"1"'))
    (tmp_path / f"{identity(ASKED)}.body").write_bytes(b"[2]")
    assert cache.held(ASKED) is None


def test_old_entries_are_removed_and_fresh_ones_stay(tmp_path: Path) -> None:
    HttpCache(tmp_path, NOW - timedelta(days=9)).keep(ASKED, answer(etag='"1"'))
    fresh = Request(url="https://a.example/fresh")
    HttpCache(tmp_path, NOW).keep(fresh, answer(etag='"2"'))
    HttpCache(tmp_path, NOW).drop_old()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{identity(fresh)}.body", f"{identity(fresh)}.json"]


def test_two_questions_differ_by_method_address_or_json() -> None:
    url = "https://a.example/"
    asked = [
        Request(url=url),
        Request(url=url, method="POST"),
        Request(url=url, method="POST", json={}),
        Request(url=url, method="POST", json={"a": 1}),
        Request(url=url + "?a=1"),
    ]
    assert len({identity(request) for request in asked}) == 5
    first, second = (Request(url=url, method="POST", json=json) for json in ({"a": 1, "b": 2}, {"b": 2, "a": 1}))
    assert identity(first) == identity(second)
