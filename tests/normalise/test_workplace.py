from __future__ import annotations

import pytest

from rolecall.model import PlaceText, Posting, Workplace
from rolecall.normalise.workplace import read_workplace

COOK = Posting(key="1", title="Cook")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Remote", "remote"),
        ("fully", "remote"),
        ("TELECOMMUTE", "remote"),
        ("Hybrid", "hybrid"),
        ("onsite", "on_site"),
        ("on-site", "on_site"),
        ("OnSite", "on_site"),
        ("ON_SITE", "on_site"),
        ("unspecified", None),
        ("zorbing", None),
    ],
)
def test_the_source_s_own_word(word: str, expected: str | None) -> None:
    assert read_workplace(COOK.but(workplace=word)) == expected


def test_the_word_wins_over_the_boolean() -> None:
    assert read_workplace(COOK.but(workplace="Hybrid", remote=True)) is Workplace.HYBRID
    assert read_workplace(COOK.but(workplace="Remote", remote=False)) is Workplace.REMOTE


def test_the_boolean_decides_where_there_is_no_word() -> None:
    assert read_workplace(COOK.but(remote=True)) is Workplace.REMOTE


def test_not_remote_is_not_on_site() -> None:
    assert read_workplace(COOK.but(remote=False)) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Cook (Remote)", "remote"),
        ("Cook - Remote, Germany", "remote"),
        ("Cook (Hybrid)", "hybrid"),
        ("Cook, hybrid cloud", None),
        ("Remote Sensing Scientist", None),
        ("Cook (on-site)", "on_site"),
    ],
)
def test_the_title(title: str, expected: str | None) -> None:
    assert read_workplace(COOK.but(title=title)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Home Based - EMEA", "remote"),
        ("New York, NY, USA; Remote", "remote"),
        ("Hybrid - London; Remote", "hybrid"),
        ("Office Based - Taipei, Taiwan", "on_site"),
        ("Remote-Friendly (Travel-Required) | Boston, MA", None),
        ("London", None),
    ],
)
def test_the_places(text: str, expected: str | None) -> None:
    assert read_workplace(COOK.but(places=(PlaceText(text=text),))) == expected
