from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rolecall.fetch.retry import MAX_WAIT_S, asked_wait_s, back_off_s, is_passing
from rolecall.sources.base import Request

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RETRY_AFTER = """
0                                 => 0
7                                 => 7
1.5                               => 1.5
-5                                => 0
1000000000                        => 60
Sun, 22 Nov 2026 12:00:30 GMT     => 30
Sun, 22 Nov 2026 11:00:00 GMT     => 0
Sun, 22 Nov 2099 11:00:00 GMT     => 60
soon                              => -
²                                 => -
1e9                               => -
                                  => -
Sun, 99 Nov 2026 99:00:00 GMT     => -
"""
CASES = [tuple(part.strip() for part in line.split("=>")) for line in RETRY_AFTER.strip("\n").split("\n")]


@pytest.mark.parametrize(("said", "expected"), CASES)
def test_retry_after_is_read_in_every_form_and_capped(said: str, expected: str) -> None:
    wait_s = asked_wait_s({"retry-after": said}, NOW)
    assert wait_s == (None if expected == "-" else float(expected))


def test_a_date_is_measured_against_the_clock_of_the_host_that_said_it() -> None:
    headers = {"retry-after": "Sun, 22 Nov 2026 09:00:10 GMT", "date": "Sun, 22 Nov 2026 09:00:00 GMT"}
    assert asked_wait_s(headers, NOW) == 10
    assert asked_wait_s(headers, None) == 10


def test_a_date_without_any_clock_says_nothing() -> None:
    assert asked_wait_s({"retry-after": "Sun, 22 Nov 2026 09:00:10 GMT"}, None) is None


def test_the_back_off_grows_differs_between_addresses_and_is_the_same_every_run() -> None:
    urls = [f"https://a.example/{page}" for page in range(20)]
    first, second = [back_off_s(url, 1) for url in urls], [back_off_s(url, 2) for url in urls]
    assert all(0.5 <= wait <= 1 for wait in first)
    assert all(1 <= wait <= 2 for wait in second)
    assert len(set(first)) > 10
    assert first == [back_off_s(url, 1) for url in urls]
    assert back_off_s(urls[0], 30) <= MAX_WAIT_S


def test_what_may_pass_is_asked_again_and_what_is_decided_is_not() -> None:
    get, post = Request(url="https://a.example/"), Request(url="https://a.example/", method="POST", json={})
    assert [status for status in range(100, 600) if is_passing(post, status)] == [429, 503]
    passing = {status for status in range(100, 600) if is_passing(get, status)}
    assert {408, 429, 500, 502, 503, 504, 522, 524} <= passing
    assert not passing & {200, 204, 301, 304, 400, 401, 403, 404, 406, 410, 501, 505}
