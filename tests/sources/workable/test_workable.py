"""What a folder of saved answers cannot show of Workable: pages that share one address, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board, Posting
from rolecall.sources import find
from rolecall.sources.base import Request, Response

SOURCE = find("workable")
BOARD = Board(source="workable", board="mudlark", options={"api": "v3"})


def read_v3(body: str, request: Request) -> tuple[Request, ...]:
    answer = Response(request=request, url=request.url, status=200, headers={}, body=body.encode())
    return SOURCE.read(answer, BOARD).more


def test_a_v3_list_goes_on_with_its_token_until_there_is_none() -> None:
    first = SOURCE.first(BOARD)
    (second,) = read_v3('{"total": 1, "results": [], "nextPage": "abc"}', first)
    assert (first.method, second.method, second.url, second.step) == ("POST", "POST", first.url, first.step)
    assert second.json == {**(first.json or {}), "token": "abc"}
    assert read_v3('{"total": 1, "results": []}', second) == ()


def test_a_v3_list_does_not_count_what_is_not_public() -> None:
    body = '{"total": 2, "results": [{"shortcode": "A", "title": "Cook"}, {"shortcode": "B", "title": "X", "isInternal": true}]}'
    request = SOURCE.first(BOARD)
    answer = Response(request=request, url=request.url, status=200, headers={}, body=body.encode())
    assert SOURCE.read(answer, BOARD).total == 1


def test_a_v3_job_page_without_its_description_is_refused(answer: Callable[..., Response]) -> None:
    page = answer('{"shortcode": "A", "title": "Cook"}', step="job", carry=Posting(key="A", title="Cook"))
    with pytest.raises(PayloadError, match="description"):
        SOURCE.read(page, BOARD)


def test_an_api_that_is_none_is_refused() -> None:
    with pytest.raises(SourceError, match="api is 'v9'"):
        SOURCE.first(Board(source="workable", board="mudlark", options={"api": "v9"}))
