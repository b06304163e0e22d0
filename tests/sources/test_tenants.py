"""Vendors that give each customer a host: names, and answers that are no board."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board
from rolecall.sources import find
from rolecall.sources.base import Response

SOURCES = ["recruitee", "personio", "teamtailor", "bamboohr", "breezy"]
_ITEM = "<item><title>Rower {0}</title><guid>g{0}</guid><link>https://tidewater.teamtailor.com/jobs/{0}</link></item>"


def feed_of(count: int) -> str:
    items = "".join(_ITEM.format(number) for number in range(count))
    return f"<rss><channel><title>Open roles</title>{items}</channel></rss>"


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", ["evil.example/", "a/b", "a@b", "-", "a b", "a.b:80"])
def test_a_name_that_leads_to_another_host_is_refused(source: str, name: str) -> None:
    with pytest.raises(SourceError, match="does not name a site"):
        find(source).first(Board(source=source, board=name))


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("body", ["<!DOCTYPE html><html><body>Welcome</body></html>", "{}", "", "[1", '"jobs"'])
def test_an_answer_that_is_no_board_is_a_failure(source: str, body: str, answer: Callable[..., Response]) -> None:
    for step in find(source).steps:
        with pytest.raises(PayloadError):
            find(source).read(answer(body, step=step), Board(source=source, board="tidewater"))


@pytest.mark.parametrize(
    ("source", "address", "board"),
    [
        ("recruitee", "tidewater.recruitee.com/o/pilot", "tidewater"),
        ("personio", "tidewater.jobs.personio.de/job/7", "tidewater"),
        ("personio", "tidewater.jobs.personio.com/", None),
        ("teamtailor", "tidewater.teamtailor.com/jobs/1-pilot", "tidewater"),
        ("bamboohr", "tidewater.bamboohr.com/careers/36", "tidewater"),
        ("breezy", "tide-water.breezy.hr/p/1-pilot", "tide-water"),
    ],
)
def test_a_board_is_known_by_its_address(source: str, address: str, board: str | None) -> None:
    found = next(found for known in find(source).addresses if (found := re.match(known, address)))
    assert found.groupdict().get("board") == board


@pytest.mark.parametrize("body", ["<rss/>", "<workzag-jobs><job/></workzag-jobs>", "<workzag-jobs <position/>"])
def test_xml_that_is_not_personios_is_a_failure(body: str, answer: Callable[..., Response]) -> None:
    with pytest.raises(PayloadError):
        find("personio").read(answer(body), Board(source="personio", board="tidewater"))


@pytest.mark.parametrize(("count", "more"), [(99, 0), (100, 1)])
def test_a_full_feed_of_teamtailor_goes_on_as_json(count: int, more: int, answer: Callable[..., Response]) -> None:
    board = Board(source="teamtailor", board="tidewater")
    asked = find("teamtailor").first(board).url
    batch = find("teamtailor").read(answer(feed_of(count), url=asked), board)
    assert len(batch.postings) == count
    assert {posting.company for posting in batch.postings} == {None}
    urls = [request.url for request in batch.more]
    assert urls == ["https://tidewater.teamtailor.com/jobs.json?per_page=100&page=2"] * more


@pytest.mark.parametrize(
    ("source", "body", "url", "key"),
    [
        (
            "bamboohr",
            '{"result": {"jobOpening": {"jobOpeningName": "Rower", "jobOpeningShareUrl": "https://t.bamboohr.com/careers/36"}}}',
            "https://saved.example/36",
            "36",
        ),
        (
            "breezy",
            '<script type="application/ld+json">{"@type": "JobPosting", "title": "Rower"}</script>',
            "https://tidewater.breezy.hr/p/e63605aeb800-rower",
            "e63605aeb800",
        ),
    ],
)
def test_a_jobs_page_alone_has_the_key_that_the_list_gives(
    source: str, body: str, url: str, key: str, answer: Callable[..., Any]
) -> None:
    batch = find(source).read(answer(body, url=url, step="job"), Board(source=source, board="t"))
    assert [posting.key for posting in batch.postings] == [key]
