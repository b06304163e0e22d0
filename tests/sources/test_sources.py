"""What holds for every source, and what single sources do with addresses and saved pages."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from rolecall import sources
from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board
from rolecall.sources.base import Response, Source

Answer = Callable[..., Response]


@pytest.mark.parametrize("name", sources.names())
def test_a_source_is_complete(name: str) -> None:
    source = sources.find(name)
    assert isinstance(source, Source)
    assert source.steps
    (line,) = yaml.safe_load(source.example)
    assert line["source"] == name
    assert source.takes in line
    assert line.keys() - {"source", "board", "url", "company"} <= source.options


def test_shared_modules_are_no_sources() -> None:
    assert not [name for name in sources.names() if name.startswith("_") or name == "base"]
    with pytest.raises(KeyError):
        sources.find("_feeds")


@pytest.mark.parametrize("name", sources.names())
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"<html>",
        b"\xff\xfe\x00",
        b'{"jobs": 1}',
        b"[" * 100_000,
        b'"\\ud800"',
        b'{"jobs": [1, null, "x", []], "jobPostings": [1, null, {}]}',
    ],
)
def test_any_answer_is_read_or_refused(name: str, body: bytes, answer: Answer) -> None:
    source = sources.find(name)
    for step in source.steps:
        with contextlib.suppress(PayloadError):
            batch = source.read(answer(body, step=step), Board(source=name, board="x", url="https://saved.example/"))
            assert batch.postings == ()


JOBS = "https://saltmarsh.wd5.myworkdayjobs.com/wday/cxs/saltmarsh/Careers/jobs"


@pytest.mark.parametrize(
    ("board", "url", "asked"),
    [
        ("saltmarsh.wd5/Careers", None, JOBS),
        ("x", "https://saltmarsh.wd5.myworkdayjobs.com/Careers", JOBS),
        ("x", "https://saltmarsh.wd5.myworkdayjobs.com/en-US/Careers/", JOBS),
        ("x", "https://saltmarsh.wd5.myworkdayjobs.com/de-DE/Careers/job/Lisbon/Salt-Raker_SM-101", JOBS),
        (
            "x",
            "https://wd5.myworkdaysite.com/en-US/recruiting/saltmarsh/Careers",
            "https://wd5.myworkdaysite.com/wday/cxs/saltmarsh/Careers/jobs",
        ),
    ],
)
def test_a_workday_board_is_named_by_any_of_its_addresses(board: str, url: str | None, asked: str) -> None:
    first = sources.find("workday").first(Board(source="workday", board=board, url=url, options={"search": "salt"}))
    assert (first.method, first.url) == ("POST", asked)
    assert first.json == {"appliedFacets": {}, "limit": 20, "offset": 0, "searchText": "salt"}


def test_a_workday_board_without_its_site_is_refused() -> None:
    with pytest.raises(SourceError, match="Write board"):
        sources.find("workday").first(Board(source="workday", board="saltmarsh"))


def test_a_workday_list_that_is_cut_never_counts_as_whole(answer: Answer) -> None:
    batch = sources.find("workday").read(
        answer('{"total": 2000, "jobPostings": []}', url=JOBS), Board(source="workday", board="x")
    )
    assert batch.partial
    assert len(batch.more) == 99


def test_a_workday_job_has_one_key_in_the_list_and_on_its_page(read: Callable[..., Any], answer: Answer) -> None:
    page = '{"jobPostingInfo": {"title": "Cook", "jobReqId": "R_7", "externalUrl": "https://s.wd5.myworkdayjobs.com/C/job/Faro/Cook_R_7-2"}}'
    alone = sources.find("workday").read(answer(page, step="job"), Board(source="workday", board="x"))
    listed = sources.find("workday").read(
        answer(
            '{"total": 1, "jobPostings": [{"title": "Cook", "externalPath": "/job/Faro/Cook_R_7-2", "bulletFields": ["R_7"]}]}',
            url=JOBS,
        ),
        Board(source="workday", board="x"),
    )
    assert alone.postings[0].key == listed.more[0].carry.key == "R_7-2"


def test_a_greenhouse_token_is_quoted() -> None:
    first = sources.find("greenhouse").first(Board(source="greenhouse", board="a/../b"))
    assert first.url == "https://boards-api.greenhouse.io/v1/boards/a%2F..%2Fb/jobs?content=true"


def test_a_saved_greenhouse_job_is_read_alone(answer: Answer) -> None:
    batch = sources.find("greenhouse").read(
        answer('{"id": 5, "title": "Cook"}', step="job"), Board(source="greenhouse", board="x")
    )
    assert [(posting.key, posting.title) for posting in batch.postings] == [("5", "Cook")]


def test_a_pattern_for_links_that_is_none_is_refused(answer: Answer) -> None:
    board = Board(source="jsonld", board="x", url="https://x.example/", options={"links": "("})
    with pytest.raises(SourceError, match="not a regular expression"):
        sources.find("jsonld").read(answer("<a href=/1>"), board)


def test_a_list_page_without_a_link_that_fits_is_refused(answer: Answer) -> None:
    board = Board(source="jsonld", board="x", url="https://x.example/", options={"links": "/jobs/"})
    with pytest.raises(PayloadError, match="no link of the page"):
        sources.find("jsonld").read(answer("<a href=/about>"), board)


def test_a_page_in_microdata_says_so(answer: Answer) -> None:
    page = '<title>Cook</title><div itemscope itemtype="https://schema.org/JobPosting"><span itemprop="title">Cook</span></div>'
    with pytest.raises(PayloadError, match="microdata"):
        sources.find("jsonld").read(answer(page, step="page"), Board(source="jsonld", board="x"))


@pytest.mark.parametrize("url", ["http://[", "//", "https://x.example:port/1", "javascript:x"])
def test_a_hostile_address_in_json_ld_stays_a_word(url: str, answer: Answer) -> None:
    page = f'<link rel="canonical" href="{url}"><script type="application/ld+json">{{"@type": "JobPosting", "title": "Cook", "identifier": 1, "url": "{url}", "hiringOrganization": {{"logo": "{url}", "sameAs": "{url}"}}}}</script>'
    batch = sources.find("jsonld").read(answer(page, step="page"), Board(source="jsonld", board="x"))
    assert [(posting.key, posting.title) for posting in batch.postings] == [("1", "Cook")]
