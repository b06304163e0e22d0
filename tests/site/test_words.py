"""Values in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rolecall.site.language import Language
from rolecall.site.words import age_words, counted, monogram, pay_words, where_words

# min max currency per => words
PAY = """
90000 120000 EUR year  => €90,000–120,000 a year
25 25 USD hour         => $25 an hour
25.50 30 CAD hour      => CA$25.50–30 an hour
- 4000 PLN month       => up to PLN\u00a04,000 a month
60000 - GBP year       => from £60,000 a year
500 500 CHF day        => CHF\u00a0500 a day
800 900 EUR -          => €800–900
800 900 - week         => 800–900 a week
400000 600000 CNY year => CN¥400,000–600,000 a year
"""

# workplace | places | worldwide | remote from | hours => words
WHERE = """
remote | | yes | |                                        => Remote, worldwide
remote | | yes | | -3 3                                   => Remote, worldwide (UTC−3 to +3)
remote | | | Germany/France |                             => Remote: Germany, France
remote | | | Germany/France/Spain/Italy/Malta |           => Remote: Germany, France, Spain and 2 more
remote | | | | -8 -5.5                                    => Remote (UTC−8 to −5.5)
remote | | | |                                            => Remote
remote | Ghent, Belgium | | |                             => Remote, Ghent, Belgium
hybrid | Ghent, Belgium | | |                             => Hybrid, Ghent, Belgium
on_site | Ghent, Belgium/Lille, France | | |              => On site, Ghent, Belgium; Lille, France
- | Ghent, Belgium | | |                                  => Ghent, Belgium
- | | | |                                                =>
"""

# days => age
AGES = """
-3 => today
0 => today
1 => 1d
13 => 13d
14 => 2w
60 => 8w
61 => 2mo
364 => 11mo
365 => 1y
800 => 2y
"""


def cases(table: str) -> list[tuple[str, str]]:
    lines = (line.partition("=>") for line in table.strip().splitlines())
    return [(given.strip(), expected.strip(" ")) for given, _, expected in lines]


@pytest.mark.parametrize(("given", "expected"), cases(PAY))
def test_pay_is_said_as_the_employer_stated_it(given: str, expected: str) -> None:
    low, high, currency, per = (part.replace("-", "") for part in given.split())
    assert pay_words((low, high, currency, per)) == expected


def test_unknown_pay_has_no_words() -> None:
    assert pay_words(None) == ""


@pytest.mark.parametrize(("given", "expected"), cases(WHERE))
def test_a_line_says_where_the_work_is_or_where_one_may_live(given: str, expected: str) -> None:
    workplace, places, worldwide, remote_from, hours = (part.strip() for part in given.split("|"))
    zones = tuple(hours.split()) if hours else None
    words = where_words(
        workplace.replace("-", ""),
        [place for place in places.split("/") if place],
        worldwide=bool(worldwide),
        remote_from=[name for name in remote_from.split("/") if name],
        timezones=zones,
    )
    assert words == expected


@pytest.mark.parametrize(("given", "expected"), cases(AGES))
def test_an_age_is_coarse(given: str, expected: str) -> None:
    today = date(2026, 11, 22)
    assert age_words((today - timedelta(days=int(given))).isoformat(), today) == expected


def test_a_date_is_said_in_the_language_of_the_pages_whatever_the_locale() -> None:
    assert Language().date("2026-03-02") == "2 Mar 2026"
    assert Language("de").date("2026-03-02") == "2. März 2026"
    assert Language().date("") == ""


def test_numbers_are_counted_in_the_singular_and_the_plural() -> None:
    assert Language().count("{n} job", "{n} jobs", 1) == "1 job"
    assert Language().count("{n} job", "{n} jobs", 1204) == "1,204 jobs"


def test_names_with_commas_are_kept_apart() -> None:
    assert counted(["Ghent, Belgium", "Lille, France"]) == "Ghent, Belgium; Lille, France"


def test_a_monogram_is_the_first_letter_or_digit() -> None:
    assert [monogram(name) for name in ("«quay»", "云杉", "3rd Mill", "***")] == ["Q", "云", "3", "·"]
