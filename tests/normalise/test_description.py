from __future__ import annotations

import pytest

from rolecall.model import Posting
from rolecall.normalise.description import MAX_BYTES, MAX_CHARS, read_description


def read(text: str, *, is_text: bool = False) -> str | None:
    return read_description(Posting(key="1", title="Cook", description=text, description_is_text=is_text))


@pytest.mark.parametrize(
    "text",
    [
        "<p>Salt &amp; pepper</p>",
        "&lt;p&gt;Salt &amp;amp; pepper&lt;/p&gt;",
        "&amp;lt;p&amp;gt;Salt &amp;amp;amp; pepper&amp;lt;/p&amp;gt;",
        "Salt &amp; pepper",
        "Salt & pepper",
    ],
)
def test_markup_is_decoded_as_often_as_it_was_escaped(text: str) -> None:
    assert read(text) == "<p>Salt &amp; pepper</p>"


def test_text_that_shows_markup_is_not_decoded_again() -> None:
    assert read("<p>Write &lt;p&gt; here</p>") == "<p>Write &lt;p&gt; here</p>"


def test_a_line_of_the_board_s_own_does_not_keep_the_text_escaped() -> None:
    text = '&lt;p&gt;We bake &lt;b&gt;bread&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;And cakes.&lt;/p&gt;<p><a href="https://board.example/">More jobs</a></p>'
    assert "&lt;" not in (read(text) or "")


def test_plain_text_gets_paragraphs_lines_and_lists() -> None:
    text = "We cook.\nEvery day.\n\nYou bring:\n- a knife\n- time\n\n1. apply\n2. cook"
    html = "<p>We cook.<br>Every day.</p><h3>You bring</h3><ul><li>a knife</li><li>time</li></ul><ol><li>apply</li><li>cook</li></ol>"
    found = read(text, is_text=True)
    assert found is not None
    assert found.replace("\n", "") == html


def test_plain_text_stays_text() -> None:
    assert read("<script>alert(1)</script> & <b>x</b>", is_text=True) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;x&lt;/b&gt;</p>"
    )


def test_line_ends_written_as_two_characters_are_line_ends() -> None:
    found = read("We cook.\\n\\nEvery day.")
    assert found is not None
    assert found.replace("\n", "") == "<p>We cook.</p><p>Every day.</p>"


def test_mojibake_is_mended() -> None:
    assert read("<p>the world\u00e2\u0080\u0099s food</p>") == "<p>the world’s food</p>"


@pytest.mark.parametrize("text", ["", " ", "<p> </p>", "<!-- x -->"])
def test_nothing_to_read_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["<p>We cook.</p>" * 5_000, "<p>" + "cook " * 20_000, "漢" * 60_000, "<ul>" + "<li>x &amp; y</li>" * 9_000]
)
def test_a_long_text_is_cut_where_it_shows(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.endswith("<p>…</p>")
    assert len(found) <= MAX_CHARS
    assert len(found.encode()) <= MAX_BYTES
    assert found.count("<li>") == found.count("</li>")
