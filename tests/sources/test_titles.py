"""Where the company stands in a feed's title."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolecall.sources._titles import name_of_author, split


def cases() -> list[tuple[list[str | None], tuple[str | None, ...]]]:
    lines = (Path(__file__).parent / "titles.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            before, _, after = line.partition("=>")
            given, expected = (
                [None if part.strip() == "-" else part.strip() for part in half.split(" | ")]
                for half in (before, after)
            )
            found.append((given, tuple(expected)))
    return found


@pytest.mark.parametrize(("given", "expected"), cases())
def test_a_title_is_split_by_its_form(given: list[str], expected: tuple[str | None, ...]) -> None:
    assert split(*given) == expected


@pytest.mark.parametrize(
    ("author", "name"),
    [("jobs@crumb.example (Crumb Ltd)", "Crumb Ltd"), ("jobs@crumb.example", None), ("Crumb", "Crumb"), ("", None)],
)
def test_an_address_is_no_name(author: str, name: str | None) -> None:
    assert name_of_author(author) == name
