"""Broken JSON-LD: what is mended, what is not, and that nothing hangs."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.sources._ldjson import nodes, read_block

JOB = '{"@type": "JobPosting", "title": "Cook", "list": ["a", "b"], "n": 1}'
READ = [{"@type": "JobPosting", "title": "Cook", "list": ["a", "b"], "n": 1}]


@pytest.mark.parametrize(
    "text",
    [
        JOB,
        f"\ufeff{JOB}",
        f"{JOB};",
        f"<!-- {JOB} -->",
        f"<![CDATA[{JOB}]]>",
        f"//<![CDATA[\n{JOB}\n//]]>",
        f"/*<![CDATA[*/ {JOB} /*]]>*/",
        JOB.replace('"', "&quot;"),
        JOB.replace('"b"]', '"b",]').replace("1}", "1,\n}"),
        JOB.replace('"n"', '// a remark, with "quotes"\n"n"'),
        JOB.replace('"n"', '/* a, } remark */ "n"'),
        JOB.replace("1}", "1, // the end\n}"),
    ],
)
def test_wrapping_commas_and_comments_are_mended(text: str) -> None:
    assert read_block(text) == READ


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('{"t": "a\nb\tc"}', "a\nb\tc"),
        ('{"t": "a\x01b"}', "a\x01b"),
        ('{"t": "say "hi" to us"}', 'say "hi" to us'),
        ('{"t": "<a href="https://x.example">x</a>", "u": 1}', '<a href="https://x.example">x</a>'),
        ('{"t": "we believe "two things": one, "two"", "u": "v"}', 'we believe "two things": one, "two"'),
        ('{"t": "it\\\'s", "u": "v",}', "it\\'s"),
        ('{"t": "C:\\temp", "u": "v",}', "C:\temp"),
        ('{"t": "// no remark", "u": "/* none */",}', "// no remark"),
        ('{"t": "one, ]} two", "u": 1,}', "one, ]} two"),
    ],
)
def test_a_text_keeps_its_characters(written: str, meant: str) -> None:
    assert read_block(written)[0]["t"] == meant


def test_values_may_follow_each_other() -> None:
    assert read_block('{"a": 1}{"b": 2};\n[3]') == [{"a": 1}, {"b": 2}, [3]]


@pytest.mark.parametrize("text", ["", "null", "{}", "[]"])
def test_nothing_is_no_error(text: str) -> None:
    assert list(nodes(read_block(text), "JobPosting")) == []


@pytest.mark.parametrize("text", ["{", "not json", '{"a": }', "{'a': 1}", "[" * 100_000, '{"a":' * 50_000])
def test_what_cannot_be_mended_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_block(text)


def test_not_a_number_is_unknown() -> None:
    assert read_block('{"a": NaN, "b": -Infinity}') == [{"a": None, "b": None}]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=9,
    )
)
def test_sound_json_is_read_as_it_stands(value: object) -> None:
    text = json.dumps(value)
    if text[0] in '{["':
        assert read_block(f"{text}") == [value]


@given(st.text(alphabet='{}[]",:\\/* \nab1&;', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(read_block(text), list)


@pytest.mark.parametrize("unit", ['"x', '", ', ", ", "/*", "//", ",/* */", "{", "\\", '{"a":"', '",'])
def test_endless_repetition_ends(unit: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_block('{"t": "x' + unit * 100_000)


@pytest.mark.parametrize(
    "name", ["JobPosting", "schema:JobPosting", "http://schema.org/JobPosting", "https://schema.org/JobPosting"]
)
def test_a_type_is_known_by_any_of_its_names(name: str) -> None:
    page = {
        "@graph": [
            {
                "@type": "WebPage",
                "mainEntity": {"itemListElement": [{"item": {"@type": ["Thing", name], "schema:title": "x"}}]},
            }
        ]
    }
    assert [node["title"] for node in nodes(page, "JobPosting")] == ["x"]
