"""Pages asked one by one: once each, politely, and whatever happens to one stops no other."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from rolecall.errors import RolecallError
from rolecall.fetch.answers import Answer
from rolecall.fetch.links import MAX_PAGE_BYTES, ask_pages


def told_by(url: str, answer: Answer | RolecallError) -> str:
    return answer.what if isinstance(answer, RolecallError) else f"{answer.status} {answer.body.decode()}"


@pytest.fixture
def fast(settings):
    return replace(settings, retries=1)


def test_each_page_is_asked_once_and_judged(host, told, fast) -> None:
    pages = [host.tell("/a", told(body=b"A")), host.tell("/b", told(410, body=b"B"))]
    counted: list[int] = []
    assert ask_pages(pages, fast, told_by, asked=counted.append) == {pages[0]: "200 A", pages[1]: "410 B"}
    assert sorted(host.paths()) == ["/a", "/b"]
    assert counted == [1, 2]


def test_redirects_lead_anywhere_and_are_followed_by_our_rules(host, other_host, told, fast) -> None:
    there = other_host.tell("/moved", told(body=b"there"))
    page = host.tell("/a", told(301, headers={"Location": there}))
    circle = host.tell("/b", told(302, headers={"Location": "/b"}))
    found = ask_pages([page, circle], fast, lambda url, answer: getattr(answer, "url", None) or answer.what)
    assert found == {page: there, circle: "redirects in a circle."}


def test_robots_txt_is_obeyed(host, told, fast) -> None:
    host.tell("/robots.txt", told(body=b"User-agent: *\nDisallow: /private\n"))
    closed, open_page = host.tell("/private/a", told()), host.tell("/b", told(body=b"B"))
    found = ask_pages([closed, open_page], fast, told_by)
    assert found == {closed: "the host's robots.txt forbids it, or cannot be read.", open_page: "200 B"}
    assert host.paths() == ["/b"]


def test_hosts_are_asked_side_by_side(host, other_host, told, fast) -> None:
    meet = threading.Barrier(2)  # broken, and the answer late, when one host waits for the other
    pages = [host.tell("/a", told(meet=meet)), other_host.tell("/a", told(meet=meet))]
    assert set(ask_pages(pages, fast, told_by).values()) == {"200 []"}


def test_a_page_that_is_too_large_is_not_held(host, told, fast) -> None:
    page = host.tell("/a", told(body=b"x" * (MAX_PAGE_BYTES + 1)))
    assert "over" in ask_pages([page], fast, told_by)[page]


def test_what_the_time_does_not_suffice_for_is_an_error_of_its_own(host, told, fast) -> None:
    slow, quick = host.tell("/slow", told(hang=True)), host.tell("/quick", told(body=b"Q"))
    found = ask_pages([quick, slow], replace(fast, run_s=1, per_host=2), told_by)
    assert found == {quick: "200 Q", slow: "was not asked: the run's time of 1 s is over."}


def test_a_private_address_is_not_asked(host, told, fast) -> None:
    page = host.tell("/a", told())
    found = ask_pages([page], replace(fast, allow_private=False), told_by)
    assert "is neither 80 nor 443" in found[page]
    assert host.asked == []


def test_a_fault_of_ours_in_one_page_stops_no_other(host, told, fast) -> None:
    bad, good = host.tell("/bad", told(body=b"bad")), host.tell("/good", told(body=b"good"))

    def judge(url: str, answer: Answer | RolecallError) -> str:
        if isinstance(answer, Answer) and answer.body == b"bad":
            raise KeyError
        return told_by(url, answer)

    found = ask_pages([bad, good], fast, judge)
    assert found == {bad: "reading it failed with KeyError, a bug of ours.", good: "200 good"}


def test_answers_are_recorded_and_told_again_without_network(host, told, fast, tmp_path) -> None:
    page = host.tell("/a", told(404, body=b"no"))
    ask_pages([page], fast, told_by, record=tmp_path)
    host.tell("/a", told(body=b"yes"))
    assert ask_pages([page], fast, told_by, replay=tmp_path) == {page: "404 no"}
