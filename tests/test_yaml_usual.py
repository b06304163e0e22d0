"""What is read at a look, and that the parser reads the same."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall import yaml_io
from rolecall.yaml_usual import usual

JOB = """\
# Ask Ana before you touch this.
title: "Cook, of soups"
company: Meadmouth
apply_url: https://jobs.meadmouth.example/openings?id=6073#top

places:
  - {city: Leipzig, country: DE}
  - {city: 'São Paulo', text: "a, b", country: BR}
remote_from: {countries: [DE, FR], worldwide: false}
tags: [Go, C++, C#, .NET, Azure Data Factory, "F5", 'a: b', null]
level: null
source: {name: greenhouse, board: meadmouth, key: "9387", url: https://boards.example/9387}
description_html: |
  <p>Soups: many # of them</p>

  <ul><li>One – two</li>
    <li>Three</li></ul>

closes: 2026-10-10
"""
PIECES = [
    *" \n:#-'\"[]{},|>&*!%@`~?.<=\\\t\r0aé’😀\x00\x7f\x85\u2028\ufeff\uffff",
    *("\n  ", "\n ", "  - ", ": ", " #", ", ", "\n---\n", "\n...\n", "null", ": |\n", "<<: ", "a: b\n", "  - {a: b}\n"),
    *("{a: b}", "[a, b]", "'", "''", "|-", "|2", "title: x\n", "\n# x\n", "\n   \n", "\n    a\n"),
]
# A piece put in at a place, and how many characters are left out there.
CHANGES = st.lists(
    st.tuples(st.integers(0, len(JOB)), st.integers(0, 3), st.sampled_from(["", *PIECES])), min_size=1, max_size=4
)


def read(text: str) -> dict[str, Any] | None:
    return usual(text.encode(), text)


def in_order(value: Any) -> Any:
    """A value in which the order of keys counts."""
    if isinstance(value, dict):
        return [(key, in_order(item)) for key, item in value.items()]
    return [in_order(item) for item in value] if isinstance(value, list) else value


def test_a_job_as_people_and_fetch_write_it_is_read_at_a_look() -> None:
    found = read(JOB)
    assert found is not None
    assert found["tags"] == ["Go", "C++", "C#", ".NET", "Azure Data Factory", "F5", "a: b", None]
    assert found["description_html"].endswith("\n\n<ul><li>One – two</li>\n  <li>Three</li></ul>\n")
    assert in_order(found) == in_order(yaml_io.parsed(JOB, "x"))


@settings(max_examples=1_500, deadline=None)
@given(CHANGES)
def test_whatever_is_read_at_a_look_the_parser_reads_alike(changes: list[tuple[int, int, str]]) -> None:
    text = JOB
    for at, chars, piece in changes:
        text = text[:at] + piece + text[at + chars :]
    found = read(text)
    if found:  # the parser refuses none of those
        assert in_order(found) == in_order(yaml_io.parsed(text, "x"))


def test_what_only_the_parser_can_tell_is_left_to_it() -> None:
    for text in (
        "",
        "# nothing\n",
        "a: b",  # without a line's end
        "a: b\na: c\n",
        "a: {b: c, b: d}\n",
        "a: b # comment\n",
        "a: b\n  c\n",
        "a: 'it''s'\n",
        'a: "\\n"\n',
        "a: &b c\n",
        "a: !b c\n",
        "a: *b\n",
        "a:\n  b: c\n",
        "a: |-\n  b\n",
        "a: |\n   b\n  c\n",
        "a: >\n  b\n",
        "a: b\n---\nc: d\n",
        "a: \ufeffb\n",
        "a: b\u2028c\n",
        "a: b\x85c\n",
        "a: b\tc\n",
        f"{'a' * 1_100}: b\n",
        f"a: [{', '.join('b' * 2_000)}]\n",
    ):
        assert not read(text), text
