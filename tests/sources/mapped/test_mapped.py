"""What an API must answer, and where its next page may stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board
from rolecall.sources.base import Response
from rolecall.sources.mapped import SOURCE

URL = "https://plain.example/jobs.json"


def board(**options: Any) -> Board:
    return Board("mapped", "plain", url=URL, options=options)


def test_a_missing_list_is_a_failure(answer: Callable[..., Response]) -> None:
    with pytest.raises(PayloadError, match="expected a list"):
        SOURCE.read(answer('{"data": {}}', URL), board(items="data.jobs"))


@pytest.mark.parametrize("following", ["https://elsewhere.example/2", "file:config.yaml", "http://[", "//10.0.0.1/"])
def test_a_next_page_elsewhere_is_not_asked_and_the_list_counts_as_cut(
    following: str, answer: Callable[..., Response]
) -> None:
    body = f'{{"jobs": [{{"id": 1, "title": "Cook", "url": "/1"}}], "next": "{following}"}}'
    batch = SOURCE.read(answer(body, URL), board(items="jobs", next="next"))
    assert batch.more == ()
    assert batch.partial is not None


def test_a_next_page_ends_at_the_first_empty_one(answer: Callable[..., Response]) -> None:
    batch = SOURCE.read(answer('{"jobs": [], "next": "?page=9"}', URL), board(items="jobs", next="next"))
    assert (batch.postings, batch.more) == ((), ())


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"fields": {"title": "name"}}, "both key and url"),
        ({"fields": {"title": {"a": "b"}, "key": "id"}}, "fields.title is no path"),
        ({"fields": {"salaryMin": "low"}}, "fields.salaryMin is no field"),
        ({"only": "active"}, "only is not a mapping"),
        ({"next": ["a"]}, "next is no path"),
    ],
)
def test_wrong_options_are_found_before_anything_is_asked(options: dict[str, Any], what: str) -> None:
    with pytest.raises(SourceError, match=what):
        SOURCE.first(board(**options))
