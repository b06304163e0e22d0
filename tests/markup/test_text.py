"""Plain text and excerpts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.markup import excerpt, looks_like_html, text_of


def cases(name: str) -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=>") for line in lines if "=>" in line and not line.startswith("# "))
    return [
        (given.removesuffix(" ").replace("\\n", "\n"), expected.strip().replace("\\n", "\n"))
        for given, _, expected in pairs
    ]


@pytest.mark.parametrize(("given", "expected"), cases("text.txt"))
def test_text_has_a_line_for_each_block(given: str, expected: str) -> None:
    assert text_of(given) == expected


def test_an_excerpt_ends_after_a_whole_word() -> None:
    assert excerpt("one two three four", 12) == "one two…"
    assert excerpt("one two three four", 13) == "one two…"
    assert excerpt("one two three four", 14) == "one two three…"


def test_an_excerpt_that_fits_is_whole_and_on_one_line() -> None:
    assert excerpt("one\n  two", 7) == "one two"
    assert excerpt("<p>one</p><p>two</p>", 7) == "one two"


def test_an_excerpt_ends_without_a_dangling_sign() -> None:
    assert excerpt("We cook, we clean", 10) == "We cook…"


def test_an_excerpt_of_text_without_spaces_is_cut_where_it_stands() -> None:
    assert excerpt("我们正在招聘一名工程师", 6) == "我们正在招…"


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_an_excerpt_is_never_longer_than_asked(text: str, most: int) -> None:
    cut = excerpt(text, most)
    assert len(cut) <= most
    assert "\n" not in cut


@pytest.mark.parametrize(
    "text", ["<p>x</p>", "a<br/>b", 'x <a href="https://x.example">y</a>', "</div>", "<UL>", "<h2 class='x'>"]
)
def test_a_real_tag_makes_html(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text", ["", "a < b and c > d", "List<T>", "&lt;p&gt;", "<3 cooking", "<joe@acme.example>", "<pbx>"]
)
def test_angle_brackets_alone_make_no_html(text: str) -> None:
    assert not looks_like_html(text)
