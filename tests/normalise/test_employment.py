from __future__ import annotations

from rolecall.normalise.employment import read_employment

TABLE = "employment.txt"


def test_the_contract_in_a_source_s_words(given: str, expected: str) -> None:
    known, unknown = read_employment([given])
    shown = " ".join([*known, *(["?", *unknown] if unknown else [])])
    assert shown == expected.removesuffix("=>").strip()


def test_an_internship_may_be_full_time() -> None:
    assert read_employment(["intern", "full-time"])[0] == ("full_time", "intern")


def test_no_words_say_nothing() -> None:
    assert read_employment([]) == ((), ())
