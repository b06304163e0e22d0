from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from rolecall.normalise import identity
from rolecall.normalise.identity import company_slug, digest, job_file, job_id, path_id, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senior Cook (m/w/d)", "senior-cook-m-w-d"),
        ("Zürich Straße", "zurich-strasse"),
        ("Łódź Ørsted", "lodz-orsted"),
        ("Инженер", "inzhener"),
        ("C++ & C# / .NET", "c-plus-plus-and-c-sharp-dot-net"),
        ("Cook's", "cooks"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_slug_can_be_read(text: str, expected: str) -> None:
    assert slug(text) == expected


@for_all(st.text(st.characters(), max_size=200), st.integers(12, 80))
def test_a_slug_is_a_safe_name(text: str, max_chars: int) -> None:
    name = slug(text, max_chars)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= max_chars + 5  # a reserved name gets four digits more
    assert slug(text, max_chars) == name


@pytest.mark.parametrize("name", ["con", "AUX", "com1", "index", "company", "page", "404", "CNAME"])
def test_a_reserved_name_is_not_taken(name: str) -> None:
    assert re.fullmatch(rf"{name.lower()}-[0-9a-f]{{4}}", slug(name))


def test_names_without_latin_letters_stay_apart() -> None:
    assert slug("株式会社") != slug("東京")
    assert company_slug("株式会社") == company_slug("株式会社")


def test_the_legal_form_is_no_part_of_a_company_s_folder() -> None:
    assert {company_slug(name) for name in ("Acme", "Acme, Inc.", "ACME GmbH", "Acme Ltd")} == {"acme"}
    assert company_slug("Inc") == "inc"


def test_an_id_belongs_to_source_board_and_key() -> None:
    ids = {job_id("a", "b", "c"), job_id("a", "bc", ""), job_id("ab", "", "c"), path_id("acme/cook.yaml")}
    assert len(ids) == 4
    assert all(re.fullmatch(r"[0-9a-f]{12}", one) for one in ids)
    assert job_id("greenhouse", "acme", "123") == "a64f8aea37a9"


def test_a_file_is_named_by_company_title_and_id() -> None:
    assert job_file("Acme, Inc.", "Senior Cook", "7f3a1c22aabb") == "acme/senior-cook-7f3a1c22.yaml"


def test_a_digest_follows_values_not_their_order() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
    assert re.fullmatch(r"[0-9a-f]{8}", digest({"a": "\ud800"}))


_PARTS = st.sampled_from(
    ["a", "cook", "con", "com1", "lpt", "9", "-", "--", "A", ".", "+", "ö", "x" * 30, "index", "-page"]
)


@for_all(st.lists(_PARTS, max_size=5).map("".join), st.integers(8, 80))
def test_a_name_that_is_plain_already_is_what_the_long_way_gives(text: str, max_chars: int) -> None:
    assert slug(text, max_chars) == identity._slug(text, max_chars)


def test_hostile_names_become_safe_slugs(shared: Path) -> None:
    for text in json.loads((shared / "corpora/attacks/ids_and_slugs.json").read_text()):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
