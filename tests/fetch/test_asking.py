from __future__ import annotations

import asyncio

import pytest

from rolecall.errors import Gone, Refused
from rolecall.fetch.answers import Answer
from rolecall.fetch.asking import Reach, ask, follow
from rolecall.issues import Issue
from rolecall.model import Posting
from rolecall.sources.base import Request, Response


def to(location: str, status: int = 302) -> Answer:
    return Answer(url="", status=status, headers={"location": location} if location else {}, body=b"")


class Web:
    """Answers by full address; what is not named is a list of jobs."""

    def __init__(self, **_: str) -> None:
        self.table: dict[str, Answer] = {}
        self.asked: list[Request] = []

    async def exchange(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.table.get(request.url) or Answer(url=request.url, status=200, headers={}, body=b"[]")

    def ask(self, request: Request) -> tuple[Response, list[Issue]]:
        issues: list[Issue] = []
        return asyncio.run(ask(request, self.exchange, issues.append)), issues


@pytest.fixture
def web() -> Web:
    return Web()


HOPS = """
# from                     to                             expect  => ends at, or why not
http://a.example/x         https://a.example/x            json    => https://a.example/x
http://a.example/x         https://www.a.example/x        json    => https://www.a.example/x
https://www.a.example/x    https://a.example/             json    => https://a.example/
https://a.example/x/y      ../z                           json    => https://a.example/z
https://a.example/x        //a.example/y#frag             json    => https://a.example/y
https://a.example/x        https://jobs.a.example/x       html    => https://jobs.a.example/x
https://jobs.a.example/x   https://a.example/x            html    => https://a.example/x
https://a.example/x        https://jobs.a.example/x       json    => redirects to another host, jobs.a.example.
https://a.example/x        https://b.example/             json    => redirects to another host, b.example.
https://a.example/x        https://b.example/             html    => redirects to another host, b.example.
https://a.example/x        https://nota.example/          html    => redirects to another host, nota.example.
https://jobs.a.example/x   https://blog.a.example/        html    => redirects to another host, blog.a.example.
https://a.example/x        https://example/               html    => redirects to another host, example.
https://a.example/x        http://a.example/x             html    => redirects from https down to http://a.example/x.
https://a.example/x        javascript:alert(1)            html    => answered 302 without an address to go to.
https://a.example/x        https://a.example:x/           html    => answered 302 without an address to go to.
https://a.example/x        https://u:p@a.example/         html    => answered 302 without an address to go to.
https://a.example/x        https://[/                     html    => answered 302 without an address to go to.
https://a.example/x        -                              json    => answered 302 without an address to go to.
https://a.example/x        /x                             json    => redirects in a circle.
"""
CASES = [
    (*line.split("=>")[0].split(), line.split("=>")[1].strip())
    for line in HOPS.strip().split("\n")
    if not line.startswith("#")
]


@pytest.mark.parametrize(("start", "location", "expect", "end"), CASES)
def test_a_redirect_is_followed_within_its_site_or_refused(
    web: Web, start: str, location: str, expect: str, end: str
) -> None:
    web.table[start] = to("" if location == "-" else location)
    request = Request(url=start, expect=expect)
    if end.startswith("http"):
        web.ask(request)
        assert [hop.url for hop in web.asked] == [start, end]
    else:
        with pytest.raises(Refused) as caught:
            web.ask(request)
        assert caught.value.what == end
        assert len(web.asked) == 1


def test_five_redirects_are_followed_and_a_sixth_is_not(web: Web) -> None:
    web.table = {f"https://a.example/{hop}": to(f"/{hop + 1}") for hop in range(5)}
    web.ask(Request(url="https://a.example/0"))
    assert len(web.asked) == 6
    web.table["https://a.example/5"] = to("/6")
    with pytest.raises(Refused, match="more than 5 times"):
        web.ask(Request(url="https://a.example/0"))


def test_a_long_circle_is_found(web: Web) -> None:
    web.table = {"https://a.example/0": to("/1"), "https://a.example/1": to("/2"), "https://a.example/2": to("/1")}
    with pytest.raises(Refused, match="circle"):
        web.ask(Request(url="https://a.example/0"))


@pytest.mark.parametrize(
    ("first", "second", "said"), [(301, 308, True), (301, 302, False), (302, 301, False), (307, 307, False)]
)
def test_only_a_move_for_good_asks_the_owner_to_change_the_config(
    web: Web, first: int, second: int, said: bool
) -> None:
    web.table = {"https://a.example/0?key=hunter2": to("/1", first), "https://a.example/1": to("/2", second)}
    _, issues = web.ask(Request(url="https://a.example/0?key=hunter2"))
    assert [issue.code for issue in issues] == (["moved"] if said else [])
    if said:
        assert issues[0].what == "has moved for good to https://a.example/2."
        assert "hunter2" not in str(issues[0])


def test_a_moved_page_of_one_job_is_nobodys_business(web: Web) -> None:
    web.table["https://a.example/0"] = to("/1", 301)
    _, issues = web.ask(Request(url="https://a.example/0", carry=Posting(key="1", title="Cook")))
    assert issues == []


def test_an_error_after_a_move_is_an_error_and_no_advice(web: Web) -> None:
    web.table["https://a.example/0"] = to("/1", 301)
    web.table["https://a.example/1"] = Answer(url="https://a.example/1", status=404, headers={}, body=b"")
    with pytest.raises(Gone):
        web.ask(Request(url="https://a.example/0"))


def test_a_search_is_sent_on_whole_or_not_at_all(web: Web) -> None:
    search = Request(url="https://a.example/0", method="POST", json={"q": "cook"})
    web.table["https://a.example/0"] = to("/1", 307)
    web.ask(search)
    assert (web.asked[1].method, web.asked[1].json) == ("POST", {"q": "cook"})
    web.table["https://a.example/0"] = to("/1", 302)
    with pytest.raises(Refused, match="answered a search with 302"):
        web.ask(search)


def test_a_key_goes_to_the_configured_host_alone(web: Web) -> None:
    web.table["https://a.example/0"] = to("/1")
    web.table["https://a.example/1"] = to("https://www.a.example/2")
    web.ask(Request(url="https://a.example/0", headers={"X-Api-Key": "hunter2", "Accept-Language": "en"}))
    assert [sorted(hop.headers) for hop in web.asked] == [
        ["Accept-Language", "X-Api-Key"],
        ["Accept-Language", "X-Api-Key"],
        ["Accept-Language"],
    ]


def test_a_logo_may_come_from_anywhere(web: Web) -> None:
    web.table["https://a.example/logo"] = to("https://cdn.example/logo.png")
    answer = asyncio.run(follow(Request(url="https://a.example/logo"), web.exchange, Reach.ANY, lambda issue: None))
    assert answer.url == "https://cdn.example/logo.png"
