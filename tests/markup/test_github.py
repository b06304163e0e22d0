"""Descriptions in a README: one line, nothing that GitHub drops, nothing that acts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.markup import github_html, github_text, sanitise, text_of

KEPT = re.compile(
    r'</?(?:p|ul|ol|li|b|strong|i|em|code|blockquote)>|<br>|</a>|<a href="(?:https?://|mailto:)[^"<>\s]*">'
)


def cases() -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / "github.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=>") for line in lines if "=>" in line and not line.startswith("# "))
    shown = {"{SHY}": "\u00ad", "{WJ}": "\u2060", "\\n": "\n"}
    found = []
    for before, _, after in pairs:
        for sign, character in shown.items():
            before, after = before.replace(sign, character), after.replace(sign, character)
        found.append((before.strip(" "), after.strip(" ")))
    return found


@pytest.mark.parametrize(("given", "expected"), cases())
def test_a_description_becomes_one_harmless_line(given: str, expected: str) -> None:
    assert github_html(given) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<pre>",
                "</pre>",
                "<li>",
                "<h2>",
                "<b>",
                "\n\n",
                "a_b",
                "* x",
                ":tada:",
                "@you",
                "<!--",
                "|",
                "`",
                "x" * 40,
                " ",
                "[a](b)",
                "<code>",
                "</code>",
                "<ul>",
                "</ul>",
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_a_cell_never_holds_a_line_end_or_a_tag_that_github_drops(html: str) -> None:
    shown = github_html(html)
    rest = KEPT.sub("", shown)
    assert not re.search(r"[\r\n<>]", rest)
    assert not re.search(r"[*_`|\[\]{}~$\\]", rest)


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" \n")))
def test_text_in_a_cell_reads_as_it_was_written(text: str) -> None:
    visible = github_text(text).replace("\u00ad", "").replace("\u2060", "")
    plain = sanitise(text.replace("&", "&amp;").replace("<", "&lt;"))
    assert text_of(visible).split() == text_of(plain).split()


def test_a_long_word_breaks_but_an_address_does_not() -> None:
    address = "https://acme.example/" + "a" * 60
    shown = github_html(f'<a href="{address}">{address}</a>')
    assert f'href="{address}"' in shown
    assert max(map(len, re.split("[\u00ad>< ]", shown.partition(">")[2].partition(">")[2]))) <= 15
