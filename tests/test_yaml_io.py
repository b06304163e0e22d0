"""The guarded load and the stable dump."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall import yaml_events, yaml_io
from rolecall.errors import StoreError

KEYS = st.from_regex(r"\A[a-z]{1,5}\Z")
AWKWARD = st.text(alphabet="a \n\t:#-|>'\"&*!%@`{}[],?~\u2028\x85\r😀\x00\ufeff0no=<", max_size=12)
TRAPS = st.sampled_from(
    ["no", "1:30", "null", "~", "", "017", "2026-01-01", ".nan", "<<", "- a", "a: b", "---\na", "...\n", "\n\n a\n\n"]
)
TEXT = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=30) | AWKWARD | TRAPS
VALUES = (
    TEXT
    | st.lists(TEXT, max_size=3)
    | st.dictionaries(KEYS, TEXT, max_size=3)
    | st.lists(st.dictionaries(KEYS, TEXT, max_size=2), max_size=2)
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_what_was_dumped_loads_as_it_was(values: dict[str, Any]) -> None:
    text = yaml_io.dump(values)
    assert yaml_io.load(text.encode(), "x").value == values
    assert yaml_io.dump(values) == text


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_one_key_is_replaced_and_the_rest_stays_byte_for_byte(values: dict[str, Any]) -> None:
    text, first, order = yaml_io.dump(values), next(iter(values)), [*values, "zzzzzz"]
    assert yaml_io.replace_keys(text, {}, order) == text
    changed = yaml_io.replace_keys(text, {first: "new", "zzzzzz": "1"}, order)
    assert list(yaml_io.load(changed.encode(), "x").value.items()) == list(
        {**values, first: "new", "zzzzzz": "1"}.items()
    )


def test_comments_of_people_survive_a_change_beside_them() -> None:
    text = "# ask Ana before you touch this\ntitle: Cook  # not chef\n# where\nplaces:\n  - {city: Bergen}\n\n# end\n"
    changed = yaml_io.replace_keys(
        text, {"missing_since": "2026-01-02", "places": None}, ["title", "places", "missing_since"]
    )
    assert (
        changed
        == "# ask Ana before you touch this\ntitle: Cook  # not chef\n# where\n\n# end\nmissing_since: '2026-01-02'\n"
    )


def test_no_scalar_is_guessed_at() -> None:
    given_text = b"a: no\nb: 1:30\nc: 017\nd: 2026-02-30\ne: .nan\nf: 1e3\ng: ~\nh: '~'\ni:\n"
    assert yaml_io.load(given_text, "x").value == {
        "a": "no", "b": "1:30", "c": "017", "d": "2026-02-30", "e": ".nan", "f": "1e3", "g": None, "h": "~", "i": None,
    }  # fmt: skip


def test_emoji_and_other_scripts_are_written_as_they_are() -> None:
    assert yaml_io.dump({"title": "Köchin 👩‍🍳 厨师"}) == "title: Köchin 👩‍🍳 厨师\n"


REFUSED = {
    "alias": (b"a: &x 1\nb: *x\n", "x:1:4", "alias or anchor"),
    "tag": (b"a: 1\nb: !!python/object:os.system x\n", "x:2:4", "the tag"),
    "merge key": (b"a: {<<: {b: c}}\n", "x:1:5", "merge key"),
    "doubled key": (
        b"url: https://good.example\ntitle: t\nurl: javascript:alert(1)\n",
        "x:3:1",
        "'url' stands here a second time; the first is on line 1",
    ),
    "two documents": (b"a: 1\n---\nb: 2\n", "x:2:1", "second document"),
    "a list": (b"- a\n", "x:1:1", "not a list of `key: value` lines"),
    "nothing": (b"# only a comment\n", "x:1", "is empty"),
    "too large": (b"a: " + b"x" * 70_000, "x", "over the limit of 65,536"),
    "too many": (b"a: [" + b"1," * 6_000 + b"]", "x:1:9995", "too many values"),
    "too deep": (b"a: " + b"[" * 3_000, "x:1:1003", "nested too deep"),
    "latin-1": (b"a: 1\nb: caf\xe9\n", "x:2", "not UTF-8"),
    "utf-16": ("a: 1\n".encode("utf-16"), "x:1", "not UTF-8"),
    "control character": (b"a: 1\nb: \x07\n", "x:2", "U+0007"),
    "no yaml": (b"a: 1\nb: [1\nc: 2\n", "x:2:4", "is not YAML"),
    "a colon in a value": (b"title: Dev: backend\n", "x:1:11", "Put a value that holds `: ` in quotes"),
    "a tab": (b"a: 1\n\tb: 2\n", "x:2:1", "Write spaces"),
    "a tab in front of all": (b"\ta: 1\n", "x:1:1", "Write spaces"),
    "a sign that YAML keeps": (b"a: @acme\n", "x:1:4", "Put the value in quotes"),
    "a line without a key": (b"a: 1\nfoo\nb: 2\n", "x:2:1", "`key: value`"),
    "a quote that does not end": (b'a: 1\nb: "x\nc: 2\n', "x:2:4", "Close the quote"),
    "a bracket that does not end": (b"a: 1\nb: {c: d\ne: f\n", "x:2:4", "Close the bracket"),
    "text after a quote": (b"a: 'it's'\n", "x:1:8", "Put the whole value in quotes"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_job_file_needs_is_refused_with_its_line(name: str) -> None:
    data, where, what = REFUSED[name]
    with pytest.raises(StoreError) as caught:
        yaml_io.load(data, "x")
    assert caught.value.where == where
    assert what in f"{caught.value.what} {caught.value.hint}"
    assert caught.value.hint


def test_a_byte_order_mark_is_no_problem() -> None:
    assert yaml_io.load(b"\xef\xbb\xbftitle: t\n", "x").value == {"title": "t"}


def test_every_hostile_file_is_refused_or_loads_as_plain_values(shared: Path) -> None:
    files = [path for path in (shared / "corpora" / "attacks").rglob("*") if path.suffix in (".yaml", ".yml")]
    assert files
    for path in files:
        value, hints = _loaded(path)
        assert hints or _is_plain(value)


def _loaded(path: Path) -> tuple[Any, list[str]]:
    try:
        return yaml_io.load(path.read_bytes(), path.name).value, []
    except StoreError as error:
        return None, [problem.hint for problem in error.problems]


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    return all(map(_is_plain, value)) if isinstance(value, list) else value is None or isinstance(value, str)


_SIGNS = st.sampled_from("aZé0159bexf_.-+~()[]{},:;/?=&#!|>'\"%@` \t") | st.sampled_from(
    [
        "yes",
        "null",
        "0b1",
        "0x1",
        "1e5",
        "12",
        ": ",
        " #",
        "- ",
        "https://",
        "?",
        "2026-11-22",
        "true",
        ".inf",
        "=",
        "<<",
    ]
)
_TEXTS = st.lists(_SIGNS, max_size=8).map("".join)
_VALUES = st.recursive(
    _TEXTS | st.booleans() | st.integers(-5, 5000) | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["city", "min", "yes", "url"]), inner, max_size=3)
    ),
    max_leaves=4,
)


@given(_VALUES)
@settings(max_examples=2_000)
def test_the_short_way_to_write_a_value_is_the_way_of_the_library(value: object) -> None:
    assert yaml_io._flow(value) == yaml_io._emitted(value)


@pytest.mark.parametrize("key", ["", "a: b", "- a", "#a", "yes", "{a}"])
def test_a_key_that_yaml_would_misread_is_quoted(key: str) -> None:
    assert yaml_io.load(yaml_io.dump({key: "x"}).encode(), "x").value == {key: "x"}


def _paths(value: Any, path: yaml_events.Path = ()) -> list[yaml_events.Path]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(inner for step, item in items for inner in _paths(item, (*path, step)))]


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_every_value_of_a_file_has_its_place(values: dict[str, Any]) -> None:
    document = yaml_io.load(yaml_io.dump(values).encode(), "x")
    assert list(document.marks) == _paths(document.value)


def test_a_place_is_that_of_the_value_on_the_line_of_its_key() -> None:
    document = yaml_io.load(b"a: 1\nb:\n  - {c: [x, y]}\n  - d: |\n      text\n", "x")
    assert [(document.line(path), document.spot(path).column, document.spot(path, of_key=True).column) for path in (
        ("a",), ("b",), ("b", 0), ("b", 0, "c"), ("b", 0, "c", 1), ("b", 1, "d"), ("b", 1, "e"),
    )] == [(1, 4, 1), (2, 1, 1), (3, 5, 5), (3, 9, 6), (3, 13, 13), (4, 8, 5), (4, 5, 5)]  # fmt: skip


def test_the_first_line_of_a_doubled_key_is_found_inside_of_others() -> None:
    with pytest.raises(StoreError) as caught:
        yaml_io.load(b"a: {b: 1}\nc:\n  - b: 2\n\n    d: 3\n    b: [\n", "x")
    assert (caught.value.where, caught.value.what) == (
        "x:6:5",
        "the key 'b' stands here a second time; the first is on line 3.",
    )
