"""What a list of jobs in XML is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rolecall.errors import PayloadError
from rolecall.model import Board
from rolecall.sources.base import Response
from rolecall.sources.jobs_xml import SOURCE

BOARD = Board("jobs_xml", "quay", url="https://quay.example/indeed.xml")
JOB = "<job><title>Cook</title><referencenumber>{0}</referencenumber><url>https://quay.example/{0}</url></job>"


def test_a_list_without_jobs_is_an_empty_board(answer: Callable[..., Response]) -> None:
    assert SOURCE.read(answer("<source><publisher>Quay</publisher></source>"), BOARD).postings == ()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<rss><channel><item/></channel></rss>", "expected <source>"),
        ("<source>" + JOB.format(1) + "<job><title>Co", "is broken"),
        ("<!DOCTYPE source [<!ENTITY a 'b'>]><source>&a;</source>", "DOCTYPE"),
        ('{"jobs": []}', "is not XML"),
    ],
)
def test_another_answer_is_refused_with_what_it_is(body: str, what: str, answer: Callable[..., Response]) -> None:
    with pytest.raises(PayloadError, match=what):
        SOURCE.read(answer(body), BOARD)


def test_thousands_of_jobs_are_read_at_once(answer: Callable[..., Response]) -> None:
    body = "<source>" + "".join(JOB.format(number) for number in range(20_000)) + "</source>"
    assert len(SOURCE.read(answer(body), BOARD).postings) == 20_000
