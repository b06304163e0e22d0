"""Job boards with one list for everybody: how they are named, and when what was read cannot be the whole list."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from rolecall import sources
from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board
from rolecall.sources.base import Response

Answer = Callable[..., Response]


def board(source: str, name: str = "all", **options: Any) -> Board:
    return Board(source=source, board=name, options=options)


@pytest.mark.parametrize("source", ["remoteok", "himalayas", "arbeitnow", "workingnomads"])
def test_a_list_without_parts_is_called_all(source: str) -> None:
    assert sources.find(source).first(board(source)).method == "GET"
    with pytest.raises(SourceError, match="board: all"):
        sources.find(source).first(board(source, "python"))


@pytest.mark.parametrize("source", ["himalayas", "arbeitnow"])
@pytest.mark.parametrize("pages", ["0", "-1", "x", "1.5", "", "501", "²", True])
def test_a_number_of_pages_is_a_number(source: str, pages: Any) -> None:
    with pytest.raises(SourceError, match="pages is"):
        sources.find(source).first(board(source, pages=pages))


@pytest.mark.parametrize(("count", "is_cut"), [(99, False), (100, True)])
def test_an_answer_of_jobicy_as_long_as_it_can_be_is_cut(count: int, is_cut: bool, answer: Answer) -> None:
    jobs = [{"id": n, "jobTitle": "Cook", "companyName": "Acme", "url": f"https://x.example/{n}"} for n in range(count)]
    batch = sources.find("jobicy").read(answer(json.dumps({"jobs": jobs})), board("jobicy"))
    assert (len(batch.postings), bool(batch.partial)) == (count, is_cut)


def full_page(links: Any) -> str:
    rows = [
        {"slug": f"s{n}", "title": "Cook", "company_name": "Acme", "url": f"https://x.example/{n}"} for n in range(100)
    ]
    return json.dumps({"data": rows} | ({"links": links} if links is not None else {}))


@pytest.mark.parametrize(
    ("links", "is_cut", "asked"),
    [
        (None, True, []),
        ({"next": None}, False, []),
        ({"next": "https://evil.example/"}, False, ["https://www.arbeitnow.com/api/job-board-api?page=2"]),
    ],
)
def test_a_full_page_of_arbeitnow_must_tell_what_comes_next(
    links: Any, is_cut: bool, asked: list[str], answer: Answer
) -> None:
    response = answer(full_page(links), url="https://www.arbeitnow.com/api/job-board-api")
    batch = sources.find("arbeitnow").read(response, board("arbeitnow"))
    assert (bool(batch.partial), [request.url for request in batch.more]) == (is_cut, asked)


def test_an_empty_page_ends_the_list(answer: Answer) -> None:
    body = '{"data": [], "links": {"next": "https://www.arbeitnow.com/api/job-board-api?page=9"}}'
    assert sources.find("arbeitnow").read(answer(body), board("arbeitnow")).more == ()
    body = '{"jobs": [], "totalCount": 5, "nextCursor": "c"}'
    assert sources.find("himalayas").read(answer(body), board("himalayas")).more == ()


@pytest.mark.parametrize("source", ["remotive", "himalayas", "jobicy", "arbeitnow"])
@pytest.mark.parametrize("body", ["[]", "{}", '{"jobs": null, "data": {}}'])
def test_a_missing_list_is_a_changed_api(source: str, body: str, answer: Answer) -> None:
    with pytest.raises(PayloadError, match="expected a list"):
        sources.find(source).read(answer(body), board(source))
