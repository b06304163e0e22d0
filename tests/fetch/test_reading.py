from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from typing import Any

import pytest

from rolecall.errors import Throttled
from rolecall.fetch.boards import read_board
from rolecall.model import FetchResult, Posting
from rolecall.sources.base import Batch, Request, Source


@pytest.fixture
def read(script, settings, listing, board):
    """`read(table, **settings)`: the board's result over scripted answers."""

    def run(
        table: dict[str, Any], *, source: Source = listing, delays: dict[str, int] | None = None, **limits: Any
    ) -> FetchResult:
        exchange = script(table, delays).exchange
        return asyncio.run(read_board(board, source, exchange, replace(settings, **limits)))

    return run


def jobs(*names: str) -> list[dict[str, Any]]:
    return [{"id": name} for name in names]


def paged(*names: str) -> list[dict[str, Any]]:
    return [{"id": name, "page": f"/job/{name}"} for name in names]


def keys(result: FetchResult) -> str:
    return "".join(posting.key for posting in result.postings)


def test_a_list_that_was_read_to_its_end_is_complete(read) -> None:
    result = read(
        {
            "/list": {"jobs": jobs("a", "b"), "next": ["/2"], "total": 3},
            "/2": {"jobs": jobs("c"), "next": ["/3"]},
            "/3": {"jobs": []},
        }
    )
    assert keys(result) == "abc"
    assert (result.complete, result.error, result.partial, result.issues, result.requests) == (True, None, None, (), 3)


def test_an_empty_list_is_a_complete_answer(read) -> None:
    result = read({"/list": {"jobs": []}})
    assert (result.complete, result.postings) == (True, ())


FAILURES = [404, 401, 429, 500, b"", b"<!doctype html>", b"{", b"[]", {"total": 3}]


@pytest.mark.parametrize("failure", FAILURES)
def test_when_the_first_page_fails_nothing_was_read(read, failure) -> None:
    result = read({"/list": failure})
    assert (result.complete, result.postings, result.partial) == (False, (), None)
    assert result.error is not None
    assert result.error.where.startswith("listing/acme")


@pytest.mark.parametrize("failure", FAILURES[:-2])
def test_when_a_later_page_fails_what_was_read_counts_and_says_nothing_of_the_rest(read, failure) -> None:
    result = read({"/list": {"jobs": jobs("a"), "next": ["/2", "/3"]}, "/2": failure, "/3": {"jobs": jobs("c")}})
    assert keys(result) == "ac"
    assert (result.complete, result.error) == (False, None)
    assert result.partial.startswith("1 of 3 pages could not be read (https://jobs.example/2: ")


def test_pages_of_jobs_stand_in_the_lists_order_whatever_comes_first(read) -> None:
    table = {
        "/list": {"jobs": [*paged("a", "b"), *jobs("x")], "next": ["/2"]},
        "/2": {"jobs": paged("c", "d")},
        **{f"/job/{name}": {"id": name, "text": name.upper()} for name in "abcd"},
    }
    seen = set()
    for order in itertools.permutations(range(4)):
        delays = {f"/job/{name}": 3 * turn for name, turn in zip("abcd", order, strict=True)}
        result = read(table, delays=delays)
        seen.add(tuple((posting.key, posting.description) for posting in result.postings))
    assert seen == {(("x", None), ("a", "A"), ("b", "B"), ("c", "C"), ("d", "D"))}


def test_pages_of_jobs_are_asked_together(read, script, settings, listing, board) -> None:
    meeting = asyncio.Barrier(3)
    inner = script(
        {"/list": {"jobs": paged("a", "b", "c")}, **{f"/job/{name}": {"id": name, "text": name} for name in "abc"}}
    )

    async def exchange(request: Request):
        if "/job/" in request.url:
            await meeting.wait()
        return await inner.exchange(request)

    result = asyncio.run(asyncio.wait_for(read_board(board, listing, exchange, settings), 5))
    assert keys(result) == "abc"


def test_a_job_whose_page_fails_stands_as_the_list_has_it(read) -> None:
    table = {
        "/list": {"jobs": paged("a", "b", "c", "d"), "total": 4},
        "/job/a": {"id": "a", "text": "A"},
        "/job/b": 404,
        "/job/c": {"id": "c"},
    }
    for delays in ({}, {"/job/b": 9}, {"/job/c": 9}):
        result = read(table, delays=delays)
        assert [(posting.key, posting.partial) for posting in result.postings] == [
            ("a", False),
            ("b", True),
            ("c", True),
            ("d", True),
        ]
        assert result.complete
        assert [str(issue) for issue in result.issues] == [
            (
                "listing/acme: 3 of 4 job pages could not be read, the first: https://jobs.example/job/b: answered 404. "
                "Kept what the list says of these jobs."
            )
        ]


def test_a_posting_that_comes_twice_counts_once_and_the_first_wins(read) -> None:
    result = read(
        {
            "/list": {"jobs": [*jobs("a", "b"), {"id": "a", "page": "/job/a"}], "next": ["/2"]},
            "/2": {"jobs": jobs("b", "c")},
        }
    )
    assert keys(result) == "abc"
    assert result.requests == 2
    assert result.complete
    assert [issue.code for issue in result.issues] == ["listed-twice"]
    assert "2 postings came twice" in result.issues[0].what


def test_a_source_that_ignores_the_page_is_asked_once_more_and_no_further(read) -> None:
    pages = {f"/{page}": {"jobs": jobs("a", "b"), "next": [f"/{page + 1}"], "total": 90} for page in range(2, 50)}
    result = read({"/list": {"jobs": jobs("a", "b"), "next": ["/2"], "total": 90}, **pages})
    assert (keys(result), result.requests, result.complete) == ("ab", 2, False)
    assert result.partial == "the source repeats its pages; the source says 90, read 2"


def test_pages_that_were_all_asked_for_at_once_are_dropped_when_one_repeats(read) -> None:
    pages = {f"/{page}": {"jobs": jobs("a", "b")} for page in range(2, 50)}
    result = read({"/list": {"jobs": jobs("a", "b"), "next": list(pages)}, **pages})
    assert (keys(result), result.requests, result.partial) == ("ab", 2, "the source repeats its pages")


def test_a_repeated_page_at_the_end_of_a_list_that_is_whole_is_no_fault(read) -> None:
    page = {"jobs": jobs("a", "b"), "next": ["/2"], "total": 2}
    result = read({"/list": page, "/2": {**page, "next": ["/3"]}})
    assert (keys(result), result.requests, result.complete, result.partial) == ("ab", 2, True, None)


def test_a_page_that_leads_back_to_itself_is_not_asked_again(read) -> None:
    result = read({"/list": {"jobs": jobs("a"), "next": ["/2"]}, "/2": {"jobs": jobs("b"), "next": ["/2"]}})
    assert (keys(result), result.requests, result.partial) == ("ab", 2, "the source repeats its pages")
    result = read(
        {"/list": {"jobs": jobs("a"), "next": ["/2"], "total": 2}, "/2": {"jobs": jobs("b"), "next": ["/list"]}}
    )
    assert (keys(result), result.requests, result.complete) == ("ab", 2, True)


def test_two_links_to_one_page_are_one_question_and_no_fault(read) -> None:
    result = read(
        {
            "/list": {"jobs": [], "next": ["/2", "/3", "/2"]},
            "/2": {"jobs": jobs("a"), "next": ["/3"]},
            "/3": {"jobs": jobs("b")},
        }
    )
    assert (keys(result), result.requests, result.complete) == ("ab", 3, True)


def test_one_job_behind_two_links_does_not_end_the_read(read) -> None:
    pages = {f"/{page}": {"jobs": jobs(name)} for page, name in enumerate("aab", start=2)}
    result = read({"/list": {"jobs": [], "next": list(pages)}, **pages})
    assert (keys(result), result.complete) == ("ab", True)


def test_searches_by_post_are_told_apart_by_their_json(read) -> None:
    class Search(Source):
        def first(self, board):
            return Request(url=board.url, method="POST", json={"offset": 0})

        def read(self, response, board):
            offset = response.request.json["offset"]
            more = (replace(response.request, json={"offset": offset + 1}),) if offset < 2 else ()
            return Batch(postings=(Posting(key=str(offset), title="Cook"),), more=more, total=3)

    result = read({"/list": []}, source=Search())
    assert (keys(result), result.requests, result.complete) == ("012", 3, True)


def test_a_total_that_was_not_reached_makes_the_read_partial(read) -> None:
    result = read({"/list": {"jobs": [*jobs("a", "b"), *paged("c", "d")], "total": 1644}})
    assert (keys(result), result.complete, result.partial) == ("abcd", False, "the source says 1,644, read 4")


def test_a_total_that_falls_to_zero_on_later_pages_is_not_believed(read) -> None:
    result = read({"/list": {"jobs": jobs("a"), "next": ["/2"], "total": 3}, "/2": {"jobs": jobs("b"), "total": 0}})
    assert result.partial == "the source says 3, read 2"


def test_a_batch_may_say_itself_that_it_is_not_whole(read) -> None:
    assert (
        read({"/list": {"jobs": jobs("a"), "partial": "the feed shows the last 10 only."}}).partial
        == "the feed shows the last 10 only"
    )


def test_a_few_items_that_cannot_be_read_are_findings_and_many_make_the_read_partial(read) -> None:
    bad = {"id": "", "bad": True}
    few = read({"/list": {"jobs": [*jobs(*"abcd"), bad], "total": 5}})
    assert (few.complete, [str(issue) for issue in few.issues]) == (True, ["listing/acme: $.jobs[4]: no id."])
    many = read({"/list": {"jobs": [*jobs(*"abc"), bad], "total": 4}})
    assert (keys(many), many.complete, many.partial) == ("abc", False, "1 of 4 items could not be read")
    none = read({"/list": {"jobs": [bad] * 100}})
    assert (none.complete, none.partial, len(none.issues)) == (False, "100 of 100 items could not be read", 21)


def test_too_many_pages_and_too_many_postings_end_the_read(read) -> None:
    table = {"/list": {"jobs": jobs("0"), "next": ["/1"]}}
    table.update({f"/{page}": {"jobs": jobs(str(page)), "next": [f"/{page + 1}"]} for page in range(1, 9)})
    pages = read(table, max_pages=3)
    assert (keys(pages), pages.requests, pages.partial) == ("012", 3, "stopped after 3 pages")
    postings = read(table, max_postings=2)
    assert (keys(postings), postings.partial) == ("01", "stopped at 2 postings")
    details = read({"/list": {"jobs": paged(*"abcd")}}, max_postings=2)
    assert (keys(details), details.requests, details.partial) == ("ab", 3, "stopped at 2 postings")
    exact = read({"/list": {"jobs": jobs("a", "b")}}, max_postings=2)
    assert exact.complete


def test_pages_without_jobs_on_the_way_to_the_jobs_are_no_end(read) -> None:
    result = read(
        {"/list": {"jobs": [], "next": ["/map"]}, "/map": {"jobs": [], "next": ["/2"]}, "/2": {"jobs": jobs("a")}}
    )
    assert (keys(result), result.complete) == ("a", True)


class TwoPages(Source):
    """Each job has a page that leads to a second page of the same job, which leads to a third."""

    def first(self, board):
        return Request(url=board.url)

    def read(self, response, board):
        at = response.request.url.rsplit("/", 1)[1]
        carry = Posting(key="a", title="Cook", description=at)
        following = {"list": "one", "one": "two", "two": "three"}.get(at)
        if at == "three":
            return Batch(postings=(carry,))
        return Batch(more=(Request(url=f"https://jobs.example/{following}", carry=carry),))


def test_a_job_may_have_a_second_page_and_no_third(read) -> None:
    result = read({path: [] for path in ("/list", "/one", "/two", "/three")}, source=TwoPages())
    assert [(posting.key, posting.description, posting.partial) for posting in result.postings] == [("a", "one", True)]
    assert result.requests == 3


def test_a_read_that_runs_out_of_time_keeps_what_came(read) -> None:
    never = {"/2": 10**9, "/job/b": 10**9}
    table = {"/list": {"jobs": jobs("a"), "next": ["/2"]}, "/2": {"jobs": jobs("b")}}
    pages = read(table, delays=never, board_s=0.05)
    assert (keys(pages), pages.complete, pages.partial) == ("a", False, "the board's time of 0.05 s is over")
    table = {"/list": {"jobs": paged("a", "b")}, "/job/a": {"id": "a", "text": "A"}, "/job/b": {"id": "b", "text": "B"}}
    details = read(table, delays=never, board_s=0.05)
    assert [(posting.key, posting.partial) for posting in details.postings] == [("a", False), ("b", True)]
    assert details.complete  # the list decides who is there
    assert "1 of 2 job pages could not be read, the first: the board's time" in details.issues[0].what
    nothing = read(table, delays={"/list": 10**9}, run_s=0.05)
    assert nothing.error is not None
    assert nothing.error.what == "the run's time of 0.05 s is over, and nothing was read."


def test_a_host_that_throttles_the_pages_of_jobs_leaves_the_list_complete(read) -> None:
    wait = Throttled("https://jobs.example/job/a", "answered 429.", "Try again later.", retry_after_s=5)
    result = read({"/list": {"jobs": paged("a", "b")}, "/job/a": wait, "/job/b": wait})
    assert (keys(result), result.complete, all(posting.partial for posting in result.postings)) == ("ab", True, True)
