"""Sources that read a careers page: what a list without jobs means, and which job a page belongs to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rolecall import sources
from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board
from rolecall.sources.base import Response

Answer = Callable[..., Response]
SEARCH = "https://careers-tidewater.icims.com/jobs/search?ss=1&in_iframe=1&pr="
TIDEWATER = Board(source="icims", board="careers-tidewater")


@pytest.mark.parametrize("name", ["jobvite", "jazzhr", "icims", "homerun"])
def test_a_list_without_a_job_is_refused(name: str, answer: Answer) -> None:
    source, board = sources.find(name), Board(source=name, board="tidewater")
    page = answer("<title>Careers</title><a href='https://x.example/about'>About</a>", url=source.first(board).url)
    with pytest.raises(PayloadError, match="no link to a job"):
        source.read(page, board)


def test_an_icims_page_after_the_last_is_the_end(answer: Answer) -> None:
    batch = sources.find("icims").read(answer("<p>No jobs.</p>", url=f"{SEARCH}3"), TIDEWATER)
    assert batch.more == ()


def test_an_icims_list_goes_on_while_there_are_jobs(answer: Answer) -> None:
    batch = sources.find("icims").read(answer('<a href="/jobs/7/cook/job">Cook</a>', url=f"{SEARCH}0"), TIDEWATER)
    assert [request.url for request in batch.more] == [
        "https://careers-tidewater.icims.com/jobs/7/cook/job?in_iframe=1",
        f"{SEARCH}1",
    ]


def test_the_name_of_an_icims_portal_is_not_the_employers() -> None:
    icims = sources.find("icims")
    names = ("careers-acme", "us-careers-acme", "acme")
    assert [icims.employer_of(Board(source="icims", board=name)) for name in names] == ["acme"] * 3


def test_a_link_of_homerun_is_no_job_by_itself(answer: Answer) -> None:
    board = Board(source="homerun", board="tidewater")
    batch = sources.find("homerun").read(
        answer('<a href="/our-story">Our story</a>', url="https://tidewater.homerun.co/"), board
    )
    assert [request.carry for request in batch.more] == [None]


def test_a_company_of_comeet_without_its_token_is_asked_for_it() -> None:
    comeet = sources.find("comeet")
    assert comeet.first(Board(source="comeet", board="tidewater/F6.003")).step == "page"
    with pytest.raises(SourceError, match="token is missing"):
        comeet.first(Board(source="comeet", board="F6.003"))


@pytest.mark.parametrize(
    "page",
    [
        '<script>COMEET.init({"token": "0A1B2C3D4E", "company-uid": "F6.003"})</script>',
        '<script>var comeetvar = {"comeet_token":"0A1B2C3D4E","comeet_uid":"F6.003"};</script>',
        r'<script>x = "{\"company_uid\":\"F6.003\",\"token\":\"0A1B2C3D4E\"}"</script>',
        '<a href="https://www.comeet.co/careers-api/2.0/company/F6.003/positions?token=0A1B2C3D4E">',
    ],
)
def test_a_careers_page_names_uid_and_token_of_comeet(page: str, answer: Answer) -> None:
    board = Board(source="comeet", board="x", url="https://tidewater.example/careers")
    (request,) = sources.find("comeet").read(answer(page, step="page"), board).more
    address = "https://www.comeet.co/careers-api/2.0/company/F6.003/positions"
    assert request.url == f"{address}?token=0A1B2C3D4E&details=true"


def test_a_careers_page_without_a_token_of_comeet_is_refused(answer: Answer) -> None:
    with pytest.raises(PayloadError, match="names no company of Comeet"):
        sources.find("comeet").read(
            answer("<title>Careers</title>", step="page"), Board(source="comeet", board="x/F6.003")
        )


def test_a_job_page_of_rippling_that_is_none_is_refused(answer: Answer) -> None:
    rippling, board = sources.find("rippling"), Board(source="rippling", board="tidewater")
    listed = (
        rippling.read(answer('[{"uuid": "u1", "name": "Cook", "url": "https://x.example/1"}]'), board).more[0].carry
    )
    with pytest.raises(PayloadError, match="createdOn"):
        rippling.read(answer('{"error": "not found"}', step="job", carry=listed), board)
