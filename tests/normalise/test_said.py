"""What only the sentences of an ad say: workplace, contract, work permit, last day, from where one may work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rolecall.model import PlaceText, Posting, Workplace
from rolecall.normalise.body import Body
from rolecall.normalise.closes_said import closes_said
from rolecall.normalise.contract_said import employment_said, sponsorship_said
from rolecall.normalise.remote_from import read_remote_from, remote_from_conflict
from rolecall.normalise.workplace import read_workplace, workplace_conflict

Rows = Callable[[str], list[tuple[str, str]]]
COOK = Posting(key="1", title="Cook")
TODAY = date(2026, 11, 22)
ON_SITE = Body.of("The bakery requires an on-site presence.")


def test_where_a_sentence_says_that_the_work_is_done(table_rows: Rows) -> None:
    for given, expected in table_rows("workplace_said.txt"):
        found = read_workplace(COOK, Body.of(given.removesuffix(" =>")))
        assert (given, found.value if found else "") == (given, expected)


def test_the_contract_that_a_sentence_states(table_rows: Rows) -> None:
    for given, expected in table_rows("contract_said.txt"):
        found = " ".join(form.value for form in employment_said(Body.of(given.removesuffix(" =>"))))
        assert (given, found) == (given, expected)


def test_from_where_a_sentence_says_that_one_may_work(table_rows: Rows) -> None:
    for given, expected in table_rows("remote_said.txt"):
        found = read_remote_from(COOK, Workplace.REMOTE, Body.of(given))
        shown = ["worldwide"] if found and found.worldwide else [*found.countries, *found.regions] if found else ["-"]
        assert (given, sorted(shown)) == (given, sorted(expected.split()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We do sponsor visas for cooks.", "yes"),
        ("We offer visa sponsorship.", "yes"),
        ("Visa sponsorship is available for this role.", "yes"),
        ("We are unable to sponsor visas for this position.", "no"),
        ("Kelpline does not provide work visa sponsorship.", "no"),
        ("Sponsorship is not available.", "no"),
        ("authorised to work without current or future sponsorship", "no"),
        ("We do not provide visa assistance.", "no"),
        ("You look after our sponsors and sponsorships.", None),
        ("You bring a visa card.", None),
        ("Visa sponsorship available: no", None),
        ("No sponsorship needed.", None),
        ("You will not require sponsorship, now or later.", "no"),
        ("You need no word of our sponsor's.", None),
        ("You cannot do this without executive sponsorship.", None),
        ("We do not discriminate against cooks who need visa sponsorship.", None),
        ("Do not hesitate to ask for sponsorship.", None),
        ("We do not support Visa cards.", None),
    ],
)
def test_whether_a_work_permit_is_sponsored(text: str, expected: str | None) -> None:
    found = sponsorship_said(Body.of(text))
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Application deadline: 30 June 2027", date(2027, 6, 30)),
        ("Please apply by January 15, 2027.", date(2027, 1, 15)),
        ("Bewerbungsfrist: 31.12.2026", date(2026, 12, 31)),
        ("Closing date: 2026-12-01", date(2026, 12, 1)),
        ("Applications close on 14/12/2026.", date(2026, 12, 14)),
        ("Application deadline: 03/04/2027", None),  # March or April?
        ("Application deadline: 30 June", None),
        ("Application deadline: 30 June 2024", None),  # the source lists it still
        ("Apply by 1 March 2027, or apply by 1 May 2027.", None),
        ("Founded on 30 June 2027", None),
        ("Apply before the course starts on 1 September 2027", None),
        ("Apply by phone; we open on 1 January 2027", None),
        ("The closing date of our funding was 3 March 2027", None),
    ],
)
def test_the_last_day_that_a_sentence_names(text: str, expected: date | None) -> None:
    assert closes_said(Body.of(text), TODAY) == expected


def test_the_source_s_own_word_goes_before_the_text() -> None:
    assert read_workplace(COOK.but(workplace="remote"), ON_SITE) is Workplace.REMOTE
    assert read_workplace(COOK.but(workplace="hybrid"), Body.of("This is a fully remote role.")) is Workplace.HYBRID


def test_a_text_that_denies_remote_work_goes_before_a_board_for_remote_work() -> None:
    assert read_workplace(COOK.but(remote=True), ON_SITE) is Workplace.ON_SITE
    assert read_workplace(COOK.but(remote=True), Body.of("You are with us two days a week in the office."))


def test_a_contradiction_is_told() -> None:
    assert workplace_conflict(COOK.but(workplace="Remote"), ON_SITE) == (
        "workplace is 'Remote', but the text says that the work is not done at home."
    )
    assert workplace_conflict(COOK.but(workplace="on-site"), ON_SITE) is None
    assert workplace_conflict(COOK.but(workplace="Remote"), Body.of("This is a fully remote role.")) is None


def test_anywhere_gives_way_to_a_text_that_names_countries() -> None:
    anywhere = COOK.but(remote_from=("Anywhere in the World",))
    found = read_remote_from(anywhere, Workplace.REMOTE, Body.of("You must be located in Poland or Spain."))
    assert found is not None
    assert (found.countries, found.worldwide) == (("ES", "PL"), None)
    assert remote_from_conflict(anywhere, found) == (
        "the source says that one may live anywhere, its text only ES, PL."
    )


def test_a_source_s_countries_go_before_the_text() -> None:
    found = read_remote_from(COOK.but(remote_from=("Norway",)), Workplace.REMOTE, Body.of("You must live in Spain."))
    assert found is not None
    assert found.countries == ("NO",)


def test_a_title_that_names_a_region_goes_before_an_office() -> None:
    cook = COOK.but(title="Cook - EMEA Remote", places=(PlaceText(text="Paris, France"),))
    found = read_remote_from(cook, Workplace.REMOTE)
    assert found is not None
    assert (found.countries, [region.value for region in found.regions]) == ((), ["EMEA"])


def test_bare_offsets_beside_countries_say_nothing_more() -> None:
    given = COOK.but(remote_from=("Poland",), timezones=("1", "2"))
    found = read_remote_from(given, Workplace.REMOTE)
    assert found is not None
    assert found.timezones is None
