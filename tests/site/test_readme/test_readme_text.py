"""Text from outside, made harmless for a README."""

from __future__ import annotations

import pytest

from rolecall.site.readme_text import SOFT_HYPHEN, anchor, cell, heading, is_right_to_left, one_line, softened


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("a\n\nb", "a b"),
        ("a\u2028b\u0085c\x0bd\re", "a b c d e"),
        ("  a \t b  ", "a b"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\u202eb\u200bc\x07\ud800d", "abcd"),
        ("95–\u206099", "95–\u206099"),
        ("\u2028", ""),
    ],
)
def test_a_text_is_one_line_without_what_nobody_sees(given, line):
    assert one_line(given) == line


@pytest.mark.parametrize(
    "word",
    ["eighteen-letterwor", "eighteenletterword", "two words of-many-letters-in-all", "中文" * 20, "한국어" * 20, ""],
)
def test_what_breaks_by_itself_or_is_short_gets_no_soft_hyphen(word):
    assert softened(word) == word


@pytest.mark.parametrize(("word", "longest"), [("x" * 19, 10), ("x" * 200, 17), ("ä" * 40, 17)])
def test_a_word_over_eighteen_letters_can_break(word, longest):
    pieces = softened(word).split(SOFT_HYPHEN)
    assert "".join(pieces) == word
    assert max(map(len, pieces)) <= longest


def test_a_soft_hyphen_never_parts_an_accent_or_an_emoji():
    family = "👩\u200d👩\u200d👧"
    assert family in softened(f"{'x' * 8}{family}{'x' * 20}")
    assert f"{SOFT_HYPHEN}\u0301" not in softened("e\u0301" * 40)


@pytest.mark.parametrize("text", ["<b>", "<!-- rolecall:end -->", "</td></tr></table>", "&lt;script&gt;", "a & b"])
def test_no_text_is_html(text):
    assert "<" not in cell(text)
    assert cell(text).unescape() == text


def test_no_text_becomes_a_picture_or_a_mention():
    assert ":tada:" not in cell("Growth :tada:")
    assert "@octocat" not in cell("ask @octocat")


@pytest.mark.parametrize(
    ("text", "way"), [("Koch", False), ("مهندس", True), ("123 טבח", True), ("C++ مهندس", False), ("7", False)]
)
def test_the_first_letter_says_from_where_a_text_reads(text, way):
    assert is_right_to_left(text) is way


def test_a_heading_is_not_read_as_markdown():
    assert heading("C# [x]\n*now* `a|b`") == "C\\# \\[x\\] \\*now\\* \\`a\\|b\\`"


@pytest.mark.parametrize(
    ("title", "fragment"),
    [
        ("Web & Print, C++ (12)", "web--print-c-12"),
        ("Ünder_stood", "ünder_stood"),
        ("البرمجة والبيانات", "البرمجة-والبيانات"),
        ("हिन्दी नौकरी", "हिन्दी-नौकरी"),
        ("开发（后端）", "开发后端"),
        ("🚀 Start", "-start"),
    ],
)
def test_an_anchor_is_made_as_github_makes_it(title, fragment):
    assert anchor(title) == fragment
