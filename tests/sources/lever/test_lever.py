"""Which of Lever's two hosts is asked."""

from __future__ import annotations

from typing import Any

import pytest

from rolecall.errors import SourceError
from rolecall.model import Board
from rolecall.sources import find

SOURCE = find("lever")
GLOBAL = "https://api.lever.co/v0/postings/Salt%20works?mode=json"
EU = "https://api.eu.lever.co/v0/postings/Salt%20works?mode=json"


@pytest.mark.parametrize(
    ("board", "url", "options", "asked"),
    [
        ("Salt works", None, {}, GLOBAL),
        ("Salt works", None, {"host": "eu"}, EU),
        ("x", "https://jobs.lever.co/Salt%20works", {}, GLOBAL),
        ("x", "https://jobs.eu.lever.co/Salt%20works/5b0f2c1e?lever-source=x", {}, EU),
        ("x", "https://api.eu.lever.co/v0/postings/Salt%20works?mode=json", {}, EU),
    ],
)
def test_a_site_is_asked_for_at_the_host_that_knows_it(
    board: str, url: str | None, options: dict[str, Any], asked: str
) -> None:
    line = Board(source="lever", board=board, url=url, options=options)
    assert SOURCE.first(line).url == asked
    assert SOURCE.employer_of(line) == "Salt works"


@pytest.mark.parametrize(("url", "host"), [("https://saltworks.example/jobs", None), (None, "mars")])
def test_another_address_or_host_is_refused(url: str | None, host: str | None) -> None:
    options = {"host": host} if host else {}
    with pytest.raises(SourceError, match=r"no address of Lever|host is 'mars'"):
        SOURCE.first(Board(source="lever", board="x", url=url, options=options))
