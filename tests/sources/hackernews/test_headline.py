"""First lines of openings; a report from a user becomes one line of headlines.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolecall.sources._headline import read_headline

CASES = [
    line.split(" => ")
    for line in (Path(__file__).parent / "headlines.txt").read_text(encoding="utf-8").splitlines()
    if " => " in line and not line.startswith("#")
]


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_a_first_line_gives_what_it_shows_plainly(line: str, expected: str) -> None:
    found = read_headline(line)
    assert found is not None
    places, pay = ("; ".join(one.text or "" for one in many) for many in (found.places, found.salary))
    told = (found.title, found.workplace, places, ";".join(found.employment), pay)
    assert " / ".join(part or "-" for part in told) == expected


@pytest.mark.parametrize("line", ["", "|", " | Cook", "Acme |", "Acme", "<a href='x'>", "| | |"])
def test_a_line_without_company_and_parts_is_none(line: str) -> None:
    assert read_headline(line) is None


def test_the_address_is_the_link_of_the_company_or_a_part_that_is_only_a_link() -> None:
    link = '<a href="https:&#x2F;&#x2F;acme.example" rel="nofollow">https:&#x2F;&#x2F;acme.example</a>'
    for line in (f"Acme ({link}) | Cook", f"Acme | {link} | Cook", "Acme | https://acme.example | Cook"):
        found = read_headline(line)
        assert found is not None
        assert (found.company, found.company_url, found.title) == ("Acme", "https://acme.example", "Cook")
