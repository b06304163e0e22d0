from __future__ import annotations

import pytest

from rolecall.model import COUNTRY_CODES, Place, PlaceText, Posting, Region, Workplace
from rolecall.normalise.lookup import table
from rolecall.normalise.place import country_code, country_name, read_places, read_remote_from, region_name
from rolecall.normalise.workplace import read_workplace

TABLE = "places.txt"


def shown(place: Place) -> str:
    named = "/".join(part or "" for part in (place.city, place.region, place.country)).strip()
    return " ".join(part for part in (named.removeprefix("//") and named, place.text and f'"{place.text}"') if part)


def test_places_in_free_text(given: str, expected: str) -> None:
    places, _, remote = expected.removesuffix("=>").partition("||")
    text = PlaceText(text=given.removesuffix("=>").strip())
    assert ", ".join(map(shown, read_places([text]))) == places.strip()
    posting = Posting(key="1", title="Cook", places=(text,))
    workplace = read_workplace(posting)
    found = read_remote_from(posting, workplace)
    said = ["worldwide"] * bool(found and found.worldwide) + [*(found.countries if found else ())]
    assert " ".join([*said, *(found.regions if found else ())]) == remote.strip()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            PlaceText(city="Lisbon", region="Lisbon", country="Portugal"),
            Place(city="Lisbon", region="Lisbon", country="PT"),
        ),
        (
            PlaceText(city="Austin", region="Texas", country="United States"),
            Place(city="Austin", region="TX", country="US"),
        ),
        (PlaceText(city="Austin, TX", country="US"), Place(city="Austin", region="TX", country="US")),
        (PlaceText(city="Lissabon", country="prt"), Place(city="Lissabon", country="PT")),
        (PlaceText(text="Offenburg", country="DE"), Place(city="Offenburg", country="DE")),
        (PlaceText(text="SF (HQ)", city="San Francisco", country="USA"), Place(city="San Francisco", country="US")),
        (PlaceText(city="Singapore", country="SG"), Place(city="Singapore", country="SG")),
        (PlaceText(city="Nowhereville"), Place(city="Nowhereville")),
        (PlaceText(country="USA"), Place(country="US")),
        (PlaceText(country="Atlantis"), Place(text="Atlantis")),
        (PlaceText(region="North America"), Place(text="North America")),
    ],
)
def test_a_place_in_parts(given: PlaceText, expected: Place) -> None:
    assert read_places([given]) == (expected,)


def test_anywhere_in_every_part_is_no_place() -> None:
    assert read_places([PlaceText(city="Anywhere", region="Anywhere", country="Anywhere")]) == ()


def test_a_remote_job_has_no_place_that_is_only_a_country() -> None:
    given = [PlaceText(text="Germany"), PlaceText(text="EMEA"), PlaceText(text="Berlin")]
    assert read_places(given, Workplace.REMOTE) == (Place(city="Berlin", country="DE"),)
    assert len(read_places(given)) == 3


def test_a_place_counts_once() -> None:
    given = [PlaceText(text="Zürich, CH"), PlaceText(text="Zurich, Switzerland")]
    assert read_places(given) == (Place(city="Zürich", country="CH"),)


def test_lines_part_places() -> None:
    assert len(read_places([PlaceText(text="London, UK\nParis, France")])) == 2


def test_every_country_of_the_model_has_a_name_and_no_other_has() -> None:
    assert set(table("countries")) == COUNTRY_CODES
    assert all(country_code(country_name(code)) == code for code in COUNTRY_CODES)


def test_every_region_has_a_name() -> None:
    assert [region_name(region) for region in Region if not region_name(region).strip()] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"),
        ("DEU", "DE"),
        ("de", "DE"),
        ("U.S.", "US"),
        ("🇫🇷", "FR"),
        ("Côte d’Ivoire", "CI"),
        ("Mars", None),
        ("", None),
    ],
)
def test_a_country_by_code_name_or_flag(text: str, code: str | None) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("name", ["Canada", "CA", "Israel", "IL", "Colombia", "CO", "Germany", "DE", "India", "IN"])
def test_what_is_said_to_be_a_country_is_never_read_as_a_state(name: str) -> None:
    (place,) = read_places((PlaceText(country=name),))
    assert (place.country, place.region, place.text) == (country_code(name), None, None)
