from __future__ import annotations

from rolecall.normalise.employment import read_employment, words_of_title

TABLE = "employment.txt"


def test_the_contract_in_a_source_s_words(given: str, expected: str) -> None:
    known, unknown = read_employment([given])
    shown = " ".join([*known, *(["?", *unknown] if unknown else [])])
    assert shown == expected.removesuffix("=>").strip()


def test_an_internship_may_be_full_time() -> None:
    assert read_employment(["intern", "full-time"])[0] == ("full_time", "intern")


def test_no_words_say_nothing() -> None:
    assert read_employment([]) == ((), ())


def test_a_title_may_name_the_contract() -> None:
    told = {
        title: words_of_title(title) for title in ("Cook - 12 month FTC", "CDD - Cuisinier", "Cook, Seasonal Menus")
    }
    assert told == {"Cook - 12 month FTC": ("FTC",), "CDD - Cuisinier": ("CDD",), "Cook, Seasonal Menus": ()}
    assert read_employment(["FTC", "CDD"])[0] == ("temporary",)


def test_what_a_job_is_an_alternative_to_is_not_its_contract() -> None:
    assert words_of_title("Drive with us - a great alternative to part-time, full-time, or seasonal work") == ()
