from __future__ import annotations

import pytest

from rolecall.normalise.level import read_level

TABLE = "levels.txt"


def test_the_level_in_a_title(given: str, expected: str) -> None:
    assert str(read_level(given) or "-") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Senior", "senior"), ("Midweight", "mid"), ("Entry level", "junior"), ("Mid-Senior level", None), ("Any", None)],
)
def test_the_source_s_own_word(word: str, expected: str | None) -> None:
    assert read_level("Cook", [word]) == expected


def test_the_title_counts_for_more() -> None:
    assert read_level("Junior Cook", ["Senior"]) == "junior"


def test_words_that_differ_say_nothing() -> None:
    assert read_level("Cook", ["Senior", "Junior"]) is None
