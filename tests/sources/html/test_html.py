"""What a page must have, and how a selector may be wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board
from rolecall.sources.base import Response
from rolecall.sources.html import SOURCE

OPTIONS: dict[str, Any] = {"items": ".job", "fields": {"title": "h3", "url": "a"}}


def board(**changes: Any) -> Board:
    return Board("html", "mill", url="https://mill.example/jobs", options=OPTIONS | changes)


def test_a_page_without_items_is_a_failure_and_not_an_empty_board(answer: Callable[..., Response]) -> None:
    with pytest.raises(PayloadError, match=r"'\.job' selects nothing on the page 'Mill'"):
        SOURCE.read(answer("<title>Mill</title><p class=no-openings>None", "https://mill.example/jobs"), board())


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"items": ""}, "items is missing"),
        ({"items": "li >"}, "items: 'li >' is not a CSS selector"),
        ({"next": "a["}, "next: 'a\\['"),
        ({"fields": {"title": "h3::text", "url": "a"}}, "fields.title: 'h3::text'"),
        ({"fields": {"title": "h3"}}, "both key and url"),
        ({"fields": {"titel": "h3", "url": "a"}}, "fields.titel is no field"),
        ({"fields": ["h3"]}, "fields is not a mapping"),
    ],
)
def test_wrong_options_are_found_before_anything_is_asked(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(SourceError, match=what):
        SOURCE.first(board(**changes))


def test_an_item_may_be_the_link_itself(answer: Callable[..., Response]) -> None:
    options = {"items": "a.job", "fields": {"title": "a", "url": "@href", "posted": '[data-x="y@z"]@data-day'}}
    page = '<a class=job href="/1" data-x="y@z" data-day="2026-11-01">Cook</a>'
    (posting,) = SOURCE.read(answer(page, "https://mill.example/jobs"), board(**options)).postings
    assert (posting.title, posting.url, posting.posted) == ("Cook", "https://mill.example/1", "2026-11-01")
