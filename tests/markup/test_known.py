"""`is_clean` lets nothing in that the long way would change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall import markup
from rolecall.markup import known
from rolecall.markup.blocks import written
from rolecall.markup.clean import may_hold_unseen
from rolecall.markup.known import is_clean
from rolecall.markup.text import _cut, _text_of_tokens

_PIECES = st.sampled_from(
    [*"ab .\n\t<>&\"'\u00a0\u00ad\u200b\u2028é本", "  ", " ", "&amp;", "&lt;", "&nbsp;", "&#106;", "<br>", "<pre>", "</pre>"]
    + [f"{start}{name}>" for name in "p h3 h4 h5 ul ol li strong b em i code a script div".split() for start in ("<", "</")]
    + ["</p>\n", "</li>\n", "</ul>\n", "<p>word</p>\n", "<li>word</li>\n", "<ul><li>word</li>\n</ul>\n", "<b>word</b>", "<em>a</em> "]
    + ["<h3>Head</h3>\n", "<h4>Head</h4>\n", "<p onclick=alert(1)>", "<p\tid=a>", "<b><i>x</i></b>"]
    + [f'<a href="{address}" rel="noopener nofollow ugc">at</a>' for address in ("https://a.example/", "https://A.example", "javascript:alert(1)", "//a.example/", "https://a.example/?a=1&b", "https://u@a.example/", "mailto:a@b.example")]
)  # fmt: skip
_BLOCK = st.one_of(
    st.lists(_PIECES, max_size=6).map(lambda parts: f"<p>{''.join(parts)}</p>\n"),
    st.lists(_PIECES, max_size=4).map(lambda parts: f"<h3>{''.join(parts)}</h3>\n"),
    st.lists(_PIECES, max_size=6).map(lambda parts: f"<ul><li>{''.join(parts)}</li>\n</ul>\n"),
)


@settings(max_examples=600, deadline=None)
@given(st.lists(_PIECES, max_size=12).map("".join) | st.lists(_BLOCK, max_size=4).map("".join))
def test_what_is_known_as_clean_is_what_the_sanitiser_writes(html: str) -> None:
    if is_clean(html):
        assert written(html) == html


@settings(max_examples=600, deadline=None)
@given(
    st.lists(_PIECES | st.sampled_from("\r\x00\x1f\x7f"), max_size=12).map("".join)
    | st.lists(_BLOCK, max_size=4).map("".join)
)
def test_the_quick_form_is_the_form_without_what_nobody_sees(html: str) -> None:
    if html.isascii():
        quick, form = (known._blocks(text).fullmatch(html) for text in (known._ASCII, known._ANY))
        assert bool(quick) == (form is not None and not may_hold_unseen(html))


@settings(max_examples=200, deadline=None)
@given(st.lists(_BLOCK, max_size=4).map("".join))
def test_the_text_of_sanitised_markup_is_that_of_the_markup(html: str) -> None:
    clean = markup.sanitise(html)
    assert markup.text_of_clean(clean) == markup.text_of(clean)


_ANY = st.lists(
    _PIECES | _BLOCK | st.sampled_from(["<blockquote>", "</blockquote>", "<td>", "x" * 70 + " ", "<pre>a  b\n\tc</pre>", "one two three "]),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(_ANY)
def test_the_text_of_nested_blocks_is_that_of_the_markup(html: str) -> None:
    clean = markup.sanitise(html)
    assert markup.text_of_clean(clean) == _text_of_tokens(clean)


@settings(max_examples=600, deadline=None)
@given(_ANY, st.integers(1, 400))
def test_the_beginning_of_a_text_is_that_of_the_whole(html: str, most: int) -> None:
    clean = markup.sanitise(html)
    assert markup.beginning(clean, most) == _cut(markup.text_of_clean(clean), most)


@pytest.mark.parametrize("most", range(1, 260))
def test_the_beginning_of_a_long_text_may_end_anywhere(most: int) -> None:
    clean = markup.sanitise(
        "<p>Bread &amp; <b>more</b> <i>of it</i>: R&amp;D</p><ul><li>a<ul><li>b<br>c</ul></ul>" * 40
    )
    assert len(clean) > 2 * most + 200
    assert markup.beginning(clean, most) == _cut(markup.text_of_clean(clean), most)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>One &amp; two</p>\n",
        "<h3>You</h3>\n<ul><li><strong>Go</strong>: of course, and <em>more</em></li>\n<li>Rust</li>\n</ul>\n<p>Bye</p>\n",
        '<p>Write to <a href="https://acme.example/jobs" rel="noopener nofollow ugc">Acme</a>.</p>\n',
    ],
)
def test_what_fetch_writes_is_known_at_a_look(html: str) -> None:
    assert written(html) == html
    assert is_clean(html)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p>a</p>",
        "<p>a</p>\n<p onclick=alert(1)>b</p>\n",
        '<p><a href="javascript:alert(1)" rel="noopener nofollow ugc">x</a></p>\n',
        '<p><a href="https://a.example/" rel="opener">x</a></p>\n',
        '<p><a href="https://a.example/">x</a></p>\n',
        "<p>a&#x200b;b</p>\n",
        "<p>a\u202eb</p>\n",
        "<p><b>a</b><b>b</b></p>\n",
        "<ul><li>a</ul>\n",
    ],
)
def test_everything_else_goes_the_long_way(html: str) -> None:
    assert not is_clean(html)
