from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rolecall.errors import FetchError, ForbiddenAddress, Gone, PayloadError, Refused, Throttled, TooLarge, Unreachable
from rolecall.fetch.client import Client
from rolecall.fetch.settings import user_agent
from rolecall.sources.base import Request, Response

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def get(settings, time):
    """`get(url, ...)`: the answers to the requests, asked together by one client whose waits take no time."""

    def ask(
        *urls: str, cache: Path | None = None, request: Request | None = None, look_up=None, **limits
    ) -> list[Response]:
        async def ask_all() -> list[Response]:
            others = {} if look_up is None else {"look_up": look_up}
            client = Client(replace(settings, **limits), cache=cache, sleep=time.sleep, clock=time.clock, **others)
            async with client:
                return await asyncio.gather(
                    *(client.get(replace(request or Request(url=url), url=url)) for url in urls)
                )

        return asyncio.run(ask_all())

    return ask


def test_an_answer_has_its_body_status_and_headers_in_lower_case(host, told, get) -> None:
    url = host.tell("/a?b=1", told(body=b"[1]", headers={"X-Thing": "yes"}))
    (response,) = get(url)
    assert (response.status, response.body, response.headers["x-thing"], response.url) == (200, b"[1]", "yes", url)


def test_the_host_hears_who_we_are_and_gets_no_body_with_a_get(host, told, get) -> None:
    agent = user_agent("https://github.com/acme/jobs")
    get(host.tell("/a", told()), user_agent=agent)
    _, _, headers, body = host.asked[0]
    assert headers["user-agent"].startswith("rolecall/")
    assert headers["user-agent"].endswith(" (+https://github.com/acme/jobs)")
    assert (headers["accept"], headers["accept-encoding"], body) == ("application/json", "gzip", b"")
    assert "cookie" not in headers


def test_a_search_is_a_post_with_json(host, told, get) -> None:
    url = host.tell("/a", told())
    get(url, request=Request(url=url, method="POST", json={"q": "cook"}))
    method, _, headers, body = host.asked[0]
    assert (method, headers["content-type"], body) == ("POST", "application/json", b'{"q": "cook"}')


def test_cookies_are_not_sent_back(host, told, get) -> None:
    url = host.tell("/a", told(302, headers={"Location": "/b", "Set-Cookie": "a=b; Path=/"}))
    host.tell("/b", told())
    get(url)
    assert "cookie" not in host.asked[1][2]


def test_proxies_of_the_environment_are_not_used(host, told, get, monkeypatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert get(host.tell("/a", told()))[0].status == 200


# --- Trying again ---


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 522])
def test_a_failure_that_may_pass_is_asked_three_times(host, told, get, time, status: int) -> None:
    url = host.tell("/a", told(status), told(status), told(body=b"[3]"))
    assert get(url)[0].body == b"[3]"
    assert len(time.slept) == 2
    assert 0.5 <= time.slept[0] <= 1 <= time.slept[1] <= 2
    host.tell("/a", told(status))
    with pytest.raises(FetchError):
        get(url)
    assert len(host.asked) == 6


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, Refused), (401, Refused), (403, Refused), (404, Gone), (410, Gone), (501, Unreachable), (204, PayloadError)],
)
def test_a_decided_answer_is_asked_for_once(host, told, get, time, status: int, kind: type) -> None:
    with pytest.raises(kind):
        get(host.tell("/a", told(status)))
    assert (len(host.asked), time.slept) == (1, [])


def test_retry_after_is_waited_for_and_capped(host, told, get, time) -> None:
    for words in ("7", "99999", "0"):
        get(host.tell("/a", told(429, headers={"Retry-After": words}), told()))
    assert time.slept == [7, 60, 0]


def test_a_host_that_asks_for_patience_is_left_alone_by_everybody(host, told, get, time) -> None:
    slow = host.tell("/slow", told(429, headers={"Retry-After": "30"}), told())
    others = [host.tell(f"/{name}", told()) for name in "ab"]
    get(slow, *others, per_host=1)
    assert host.paths() == ["/slow", "/a", "/b", "/slow"]
    assert time.now_s == 30


def test_at_the_end_of_patience_the_error_says_how_long_the_host_wants(host, told, get) -> None:
    with pytest.raises(Throttled) as caught:
        get(host.tell("/a", told(429, headers={"Retry-After": "3600"})))
    assert caught.value.retry_after_s == 3600


def test_a_search_is_sent_again_only_when_the_host_has_not_worked_on_it(host, told, get) -> None:
    for status, times in ((500, 1), (408, 1), (429, 2), (503, 2)):
        url = host.tell(f"/{status}", told(status), told())
        request = Request(url=url, method="POST", json={})
        if times == 1:
            with pytest.raises(Unreachable):
                get(url, request=request)
        else:
            get(url, request=request)
        assert host.paths().count(f"/{status}") == times
    url = host.tell("/cut", told(body=b"[1234]", cut=2), told())
    with pytest.raises(Unreachable):
        get(url, request=Request(url=url, method="POST", json={}))
    assert host.paths().count("/cut") == 1


def test_a_host_that_does_not_listen_is_unreachable_after_three_tries(get, time) -> None:
    for method in ("GET", "POST"):
        with pytest.raises(Unreachable, match="no connection"):
            get("http://127.0.0.1:1/", request=Request(url="", method=method, json={}))
    assert len(time.slept) == 4


# --- Broken, slow, huge ---


def test_a_body_that_ends_too_early_is_asked_for_again_and_never_believed(host, told, get) -> None:
    url = host.tell("/a", told(body=b'[{"id": 1}]', cut=4), told(body=b"[1]"))
    assert get(url)[0].body == b"[1]"
    host.tell("/a", told(body=b'[{"id": 1}]', cut=4))
    with pytest.raises(Unreachable, match="the connection broke"):
        get(url)


def test_a_host_that_hangs_is_left_after_the_time_for_one_part(host, told, get) -> None:
    with pytest.raises(Unreachable, match=r"silent for 0\.05 s"):
        get(host.tell("/a", told(body=b"[1]", hang=True)), timeout_s=0.05, retries=1)


def test_a_host_that_hangs_is_left_after_the_time_for_the_whole(host, told, get) -> None:
    with pytest.raises(Unreachable, match=r"no whole answer within 0\.05 s"):
        get(host.tell("/a", told(body=b"[1]", hang=True)), total_s=0.05, retries=1)


def test_a_bomb_is_too_large_and_asked_for_once(host, told, get, packed) -> None:
    url = host.tell("/a", told(body=packed(bytes(5_000_000)), headers={"Content-Encoding": "gzip"}))
    with pytest.raises(TooLarge, match="over 1,000,000 bytes"):
        get(url, max_bytes=1_000_000)
    assert len(host.asked) == 1


def test_a_body_packed_twice_is_refused(host, told, get, packed) -> None:
    url = host.tell("/a", told(body=packed(b"[]", times=2), headers={"Content-Encoding": "gzip, gzip"}))
    with pytest.raises(PayloadError, match="content-encoding"):
        get(url)


# --- Where it leads ---


def test_a_name_is_looked_up_once_and_its_judged_address_is_asked(host, told, get) -> None:
    looked_up = []

    async def look_up(name: str, port: int) -> list[str]:
        looked_up.append(name)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["::1"]  # where nobody listens

    host.tell("/a", told(302, headers={"Location": "/b"}))
    host.tell("/b", told())
    (response,) = get(f"http://jobs.example:{host.server_port}/a", look_up=look_up)
    assert (response.status, looked_up) == (200, ["jobs.example"])
    assert host.asked[0][2]["host"] == f"jobs.example:{host.server_port}"


def test_when_one_address_of_a_host_does_not_answer_the_next_is_asked(host, told, get) -> None:
    async def look_up(name: str, port: int) -> list[str]:
        return ["::1", "127.0.0.1"]  # nobody listens at the first

    host.tell("/a", told())
    assert get(f"http://jobs.example:{host.server_port}/a", look_up=look_up)[0].status == 200


def test_a_private_address_is_forbidden_before_anything_is_sent(host, told, get) -> None:
    async def look_up(name: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with pytest.raises(ForbiddenAddress, match=r"leads to 127\.0\.0\.1"):
        get("http://jobs.example/", look_up=look_up, allow_private=False)
    with pytest.raises(ForbiddenAddress, match="neither 80 nor 443"):
        get(host.tell("/a", told()), allow_private=False)
    assert host.asked == []


def test_the_host_of_a_redirect_is_looked_up_and_judged_too(host, told, get) -> None:
    looked_up = []

    async def look_up(name: str, port: int) -> list[str]:
        looked_up.append(name)
        return ["127.0.0.1"]

    host.tell("/a", told(302, headers={"Location": f"http://www.jobs.example:{host.server_port}/b"}))
    host.tell("/b", told())
    get(f"http://jobs.example:{host.server_port}/a", look_up=look_up)
    assert looked_up == ["jobs.example", "www.jobs.example"]


def test_redirects_over_the_wire_are_followed_and_their_circles_found(host, told, get) -> None:
    host.tell("/b", told(body=b"[2]"))
    assert get(host.tell("/a", told(302, headers={"Location": "/b"})))[0].body == b"[2]"
    host.tell("/d", told(302, headers={"Location": "/c"}))
    with pytest.raises(Refused, match="circle"):
        get(host.tell("/c", told(302, headers={"Location": "/d"})))


# --- Unchanged ---


def test_an_unchanged_answer_is_the_one_that_is_held(host, told, get, tmp_path: Path) -> None:
    first = told(
        body=b"[1]",
        headers={"ETag": 'W/"1"', "Last-Modified": "Sun, 22 Nov 2026 09:00:00 GMT", "Content-Type": "application/json"},
    )
    url = host.tell("/a", first, told(304))
    fresh, unchanged = (get(url, cache=tmp_path, now=NOW)[0] for _ in range(2))
    assert (fresh.body, unchanged.body, unchanged.status) == (b"[1]", b"[1]", 200)
    assert unchanged.headers["content-type"] == "application/json"
    asked = host.asked[1][2]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('W/"1"', "Sun, 22 Nov 2026 09:00:00 GMT")


def test_unchanged_is_no_answer_when_nothing_is_held(host, told, get, tmp_path: Path) -> None:
    with pytest.raises(PayloadError, match="304"):
        get(host.tell("/a", told(304)), cache=tmp_path, now=NOW)
    url = host.tell("/b", told(headers={"ETag": '"1"'}), told(304))
    get(url, cache=tmp_path, now=NOW)
    for body in tmp_path.glob("*.body"):
        body.write_bytes(b"[damaged")
    with pytest.raises(PayloadError, match="304"):
        get(url, cache=tmp_path, now=NOW)


def test_after_eight_days_everything_is_asked_for_again(host, told, get, tmp_path: Path) -> None:
    url = host.tell("/a", told(body=b"[1]", headers={"ETag": '"1"'}), told(body=b"[2]", headers={"ETag": '"2"'}))
    get(url, cache=tmp_path, now=NOW)
    assert get(url, cache=tmp_path, now=NOW + timedelta(days=9))[0].body == b"[2]"
    assert "if-none-match" not in host.asked[1][2]


def test_a_cache_that_cannot_be_written_is_a_finding_and_no_failure(host, told, settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    url = host.tell("/a", told(headers={"ETag": '"1"'}))

    async def ask_once():
        async with Client(replace(settings, now=NOW), cache=tmp_path / "file") as client:
            return await client.exchange(Request(url=url))

    answer = asyncio.run(ask_once())
    assert (answer.status, [issue.code for issue in answer.issues]) == (200, ["cache"])


# --- Politeness ---


def test_a_host_sees_no_more_than_its_share_of_requests_at_once(host, told, get) -> None:
    meet = threading.Barrier(2)
    urls = [host.tell(f"/{number}", told(meet=meet)) for number in range(6)]
    get(*urls, per_host=2)
    assert host.most_open == 2


def test_there_is_a_pause_between_two_requests_to_one_host(host, told, get, time) -> None:
    get(*(host.tell(f"/{number}", told()) for number in range(4)), pause_s=0.5)
    assert time.now_s == 1.5


# --- robots.txt ---


def test_pages_that_robots_txt_forbids_are_not_asked_and_apis_do_not_ask_it(host, told, get) -> None:
    host.tell("/robots.txt", told(body=b"User-agent: *\nDisallow: /private\n"))
    page = told(body=b"<!doctype html>")
    urls = [host.tell("/open", page), host.tell("/private/a", page)]
    html = Request(url="", expect="html")
    get(urls[0], request=html)
    with pytest.raises(Refused, match=r"robots\.txt"):
        get(urls[1], request=html)
    assert [path for _, path, _, _ in host.asked] == ["/robots.txt", "/open", "/robots.txt"]
    get(host.tell("/private/api", told()))
    assert host.paths() == ["/open", "/private/api"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (503, False)])
def test_without_a_robots_txt_pages_may_be_read_and_with_a_broken_one_not(
    host, told, get, status: int, allowed: bool
) -> None:
    host.tell("/robots.txt", told(status))
    url = host.tell("/a", told(body=b"<!doctype html>"))
    html = Request(url=url, expect="html")
    if allowed:
        assert get(url, url, request=html)[1].status == 200
        assert [path for _, path, _, _ in host.asked].count("/robots.txt") == 1
    else:
        with pytest.raises(Refused, match=r"robots\.txt"):
            get(url, request=html)


def test_what_an_answer_says_of_whoever_asked_is_never_kept(host, told, settings, tmp_path) -> None:
    host.tell("/jobs", told(body=b'{"jobs": [], "seen": "192.0.2.1"}', headers={"ETag": '"a"'}))
    now = datetime(2026, 11, 22, tzinfo=UTC)

    async def ask() -> bytes:
        async with Client(replace(settings, now=now), cache=tmp_path) as client:
            request = Request(url=f"{host.base}/jobs", scrub=lambda body: body.replace(b"192.0.2.1", b""))
            return (await client.get(request)).body

    assert asyncio.run(ask()) == b'{"jobs": [], "seen": ""}'
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"192.0.2.1" in path.read_bytes() for path in kept)
