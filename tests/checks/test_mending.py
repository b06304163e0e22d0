"""A repair changes what it says and nothing else, keeps comments, and is done after one run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall import yaml_io
from rolecall.checks import Ground, examined, parse
from rolecall.checks.mending import mended
from rolecall.errors import StoreError

FILE = "jobs/acme/cook.yaml"
BEFORE = """\
# A comment above
title: "🚀 Cook"   # who
company: Acme
apply_url: https://acme.example/cook?utm_source=board&id=3 # where
posted: 22 Nov 2026
closes: '2027/01/31'
places:
  - {city: ZÃ¼rich, country: Switzerland} # mountains
  - city: Bergen
    country: "Norway"
workplace: on-site

# Pay
salary: {min: "90,000", max: 120k, currency: €, per: yearly}   # gross
employment: Full-time
tags: [Golang, go, python] # tools
description: |
  The kitchenâ€™s best place, by the harbour, for two hundred guests a day, and you would be home by eight.
"""
AFTER = """\
# A comment above
title: Cook   # who
company: Acme
apply_url: https://acme.example/cook?id=3 # where
posted: 2026-11-22
closes: 2027-01-31
places:
  - {city: Zürich, country: CH} # mountains
  - city: Bergen
    country: 'NO'
workplace: on_site

# Pay
salary: {min: 90000, max: 120000, currency: EUR, per: year}   # gross
employment: full_time
tags: [go, python] # tools
description: |
  The kitchen’s best place, by the harbour, for two hundred guests a day, and you would be home by eight.
"""


def mend(text: str | bytes, ground: Ground) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    return mended(data, FILE, ground, new=True)[0].decode()


def test_everything_that_is_safe_is_repaired_and_comments_stay(ground: Ground) -> None:
    assert mend(BEFORE, ground) == AFTER
    assert parse(AFTER.encode(), FILE).job is not None


def test_a_second_repair_finds_nothing(ground: Ground) -> None:
    assert mended(AFTER.encode(), FILE, ground, new=True) == (AFTER.encode(), ())


def test_marks_and_line_ends_of_windows_go(ground: Ground) -> None:
    windows = b"\xef\xbb\xbf" + AFTER.replace("\n", "\r\n").encode()
    assert mend(windows, ground) == AFTER


def test_a_file_that_only_broken_characters_keep_from_being_yaml_is_mended(ground: Ground) -> None:
    broken = AFTER.replace("Bergen", "GdaÅ\x84sk")
    assert parse(broken.encode(), FILE).document is None
    assert mend(broken, ground) == AFTER.replace("Bergen", "Gdańsk")


@pytest.mark.parametrize(
    "wrong",
    [
        {"salary": "{min: 9, currency: $, per: hour}"},
        {"posted": "3/4/2026"},
        {"apply_url": "acme.example/cook"},
        {"title": "SENIOR COOK WANTED"},
        {"title": "Cook <b>now</b>"},
        {"employment": "freelancish"},
        {"titel": "Cook"},
    ],
)
def test_what_is_not_certain_stays(ground: Ground, text_of: Callable[..., str], wrong: dict[str, str]) -> None:
    text = text_of(**wrong)
    assert mend(text, ground) == text


def test_a_file_of_fetch_is_never_touched(ground: Ground) -> None:
    fetched = f"{BEFORE}source: {{name: greenhouse, board: acme, key: '7'}}\n"
    assert mend(fetched, ground) == fetched


def value_of(data: bytes) -> dict[str, object] | None:
    try:
        return yaml_io.load(data, FILE).value
    except StoreError:
        return None


_LINES = BEFORE.splitlines(keepends=True)
_SPLICE = st.tuples(
    st.integers(0, len(BEFORE)),
    st.integers(0, 12),
    st.one_of(st.text(max_size=6), st.sampled_from([*_LINES, "\r\n", "\ufeff", "\x85", "Ã©", "'", '"', "[", "{", "#", ": ", "\n\n"])),
)  # fmt: skip


@given(st.lists(_SPLICE, min_size=1, max_size=5))
def test_whatever_was_done_to_a_file_a_repair_keeps_its_promises(
    ground: Ground, splices: list[tuple[int, int, str]]
) -> None:
    text = BEFORE
    for at, length, put in splices:
        text = text[:at] + put + text[at + length :]
    data = text.encode("utf-8", "replace")
    repaired, answered = mended(data, FILE, ground, new=True)
    before, after = value_of(data), value_of(repaired)
    if answered:
        assert after is not None
    if before is not None and after is not None:
        touched = {str(one.mend.path[0]) for one in answered if one.mend and one.mend.path}
        assert {name for name in before | after if before.get(name) != after.get(name)} <= touched
    comments = [line for line in text.split("\n") if line.startswith("# ")]
    assert [line for line in comments if before is not None and line.encode() not in repaired] == []
    assert mended(repaired, FILE, ground, new=True) == (repaired, ())


@given(st.binary(max_size=300))
def test_bytes_are_judged_and_repaired_without_a_failure(ground: Ground, data: bytes) -> None:
    assert examined(parse(data, FILE), ground, new=True) != ()
    mended(data, FILE, ground, new=True)


_WORDS = st.sampled_from(
    ["Cook", "Full-time", "onsite", "Germany", "€", "90k", "3/4/2026", "2026/01/02", "🚀 x", "cafÃ©", "golang", "no", "'", '"', "#", ": ", "- ", "{", "[x", "|"]
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["title", "company", "workplace", "employment", "posted", "tags", "department", "language"]), st.lists(_WORDS, min_size=1, max_size=3).map(" ".join), min_size=1))  # fmt: skip
def test_a_repaired_file_differs_in_what_was_repaired_only_and_is_done(
    ground: Ground, text_of: Callable[..., str], fields: dict[str, str]
) -> None:
    text = text_of(**{name: f"[{value!r}]" if name == "tags" else yaml_io.dump_key("x", value)[3:].strip() for name, value in fields.items()})  # fmt: skip
    before = yaml_io.load(text.encode(), FILE).value
    data, answered = mended(text.encode(), FILE, ground, new=True)
    after = yaml_io.load(data, FILE).value
    touched = {str(one.mend.path[0]) for one in answered if one.mend and one.mend.path}
    assert {name for name in before if before[name] != after.get(name)} <= touched
    assert mended(data, FILE, ground, new=True) == (data, ())
