from __future__ import annotations

import re

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from rolecall.normalise.text import clean_line, cut, repair

TABLE = "text.txt"


def plain(text: str) -> str:
    return re.sub(
        r"\\[xu]([0-9a-f]{4}|[0-9a-f]{2})|\\t", lambda found: chr(int(found[1], 16)) if found[1] else "\t", text
    )


def test_a_line_is_cleaned(given: str, expected: str) -> None:
    assert clean_line(plain(given)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zürich – Genève",
        "Ação em São Paulo",
        "Łódź, Kraków",
        "Škoda Auto",
        "SMØR ÅR",
        "東京の会社",
        "Київ",
        "مرحبا",
        "İstanbul ÖĞÜ",
    ],
)
def test_a_clean_text_never_changes(text: str) -> None:
    assert repair(text) == text


@for_all(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cn", "Co")), min_size=1, max_size=40))
def test_text_read_as_latin_1_is_read_again(text: str) -> None:
    broken = text.encode().decode("latin-1")
    if re.search("[\x80-\x9f]", broken) and "\x85" not in repair(text):
        assert repair(broken) in (repair(text), repair(repair(text)))


@for_all(st.text(st.characters(), max_size=80))
def test_what_comes_out_is_visible_and_can_be_written(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]", line)
    line.encode()


def test_line_ends_and_tags_survive_a_repair() -> None:
    assert repair("<p>a</p>\r\n\t<p>b\x0b</p>\u2028c") == "<p>a</p>\n\t<p>b</p>\nc"


def test_emoji_of_several_characters_stay_whole() -> None:
    assert clean_line("👩‍🍳 Cook") == "👩‍🍳 Cook"


def test_a_cut_shows() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcd", 4) == "abcd"
