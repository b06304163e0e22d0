"""A repair changes what it says and nothing else, keeps comments, and is done after one run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall import yaml_io
from rolecall.checks import Ground, parse
from rolecall.checks.mending import mended

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
