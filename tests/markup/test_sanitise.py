"""The sanitiser: a table of what becomes of what, and what holds for any input."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolecall.markup import sanitise, text_of

HERE = Path(__file__).parent
ALLOWED = {"p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "code", "pre", "h3", "h4", "blockquote", "a"}
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)

NAMES = (
    "p div ul ol li b strong i em code a h1 h2 h3 h5 pre blockquote table tr td th br hr span script style svg math font "
    "section dl dt dd textarea title select button details form img template noscript xmp plaintext iframe frameset body"
).split()
TEXTS = (
    "x",
    " ",
    "\n",
    "two words",
    " y",
    "z ",
    "&lt;p&gt;",
    "&#1;",
    "&nbsp;",
    "\u202e",
    "&",
    "<",
    "日本",
    "\n\n q\n",
    "\r",
    "&#13;",
    "\ud800",
    "</",
    "<!--",
    "-->",
    "]]>",
    "<!",
    "<?",
    '"',
    "'",
    "=",
)
ATTRIBUTES = (
    "",
    " href=https://a.example/c",
    " href='javascript:x'",
    " href=mailto:a@b.example",
    " class=x href=/x",
    ' style="a" id=q',
    " href",
    " /",
)
tags = st.builds(lambda name, attributes: f"<{name}{attributes}>", st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES))
end_tags = st.builds(lambda name: f"</{name}>", st.sampled_from(NAMES))
soup = st.lists(st.one_of(tags, end_tags, st.sampled_from(TEXTS)), max_size=25).map("".join)


class Checked(HTMLParser):
    """Reads sanitised HTML and notes everything that should not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.wrong.append(f"<{tag}>")
        if tag == "a":
            href = dict(attrs).get("href") or ""
            if not href.startswith(("https://", "http://", "mailto:")) or attrs[1:] != [
                ("rel", "noopener nofollow ugc")
            ]:
                self.wrong.append(f"<a {attrs}>")
        elif attrs:
            self.wrong.append(f"<{tag} {attrs}>")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> out of place")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def faults(html: str) -> list[str]:
    """What is wrong with sanitised HTML; nothing is expected."""
    page = Checked()
    page.feed(html)
    page.close()
    unseen = [f"U+{ord(found):04X}" for found in UNSEEN.findall(unescape(html))]
    return [*page.wrong, *(f"<{tag}> stays open" for tag in page.open), *unseen]


def cases(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=>") for line in lines if "=>" in line and not line.startswith("# "))
    return [
        (given.removesuffix(" ").replace("\\n", "\n").replace("\\t", "\t"), expected.strip().replace("\\n", "\n"))
        for given, _, expected in pairs
    ]


@pytest.mark.parametrize(("given", "expected"), cases("sanitise.txt"))
def test_markup_becomes_a_few_simple_blocks(given: str, expected: str) -> None:
    assert sanitise(given) == expected


@given(st.one_of(soup, st.text(max_size=200)))
@example("<ul><li><h2>&<h3> <a>&lt;p&gt;")
def test_only_the_allow_list_gets_through_balanced_and_visible(html: str) -> None:
    assert faults(sanitise(html)) == []


@given(st.one_of(soup, st.text(max_size=200)))
def test_sanitising_twice_changes_nothing(html: str) -> None:
    once = sanitise(html)
    assert sanitise(once) == once


@given(soup)
def test_no_word_is_lost_or_run_together_by_the_blocks(html: str) -> None:
    once = sanitise(html)
    if "·" not in once:  # the sign between two cells is ours
        assert text_of(once).split() == text_of(html).split()


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<b><i>",
        "<ul><li>x",
        "<blockquote>x",
        "<a>",
        "<table><td>",
        "<svg><g>",
        "<select>",
        "&",
        "<",
        "<p><b>x",
        "<!--",
        "<div><table></div></table>",
    ],
)
def test_endless_nesting_ends(unit: str) -> None:
    result = sanitise(unit * (150_000 // len(unit)))
    assert faults(result) == []


def test_formatting_tags_that_all_differ_end() -> None:
    hostile = "".join(f"<p><font a={number}>x" for number in range(20_000))
    assert faults(sanitise(hostile)) == []


def test_collected_attacks_leave_nothing_behind(shared: Path) -> None:
    lines = (shared / "corpora" / "xss" / "payloads.jsonl").read_text(encoding="utf-8").split("\n")
    hostile = [json.loads(line)["payload"] for line in lines if line]
    hostile += json.loads((shared / "corpora" / "blns.json").read_text(encoding="utf-8"))
    hostile += json.loads((shared / "corpora" / "attacks" / "markdown_injection.json").read_text(encoding="utf-8"))
    wrong = {text: found for text in hostile if (found := faults(clean := sanitise(text))) or sanitise(clean) != clean}
    assert wrong == {}
