"""docs/security.md names a test for every threat and every guarantee, and each of them exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGE = (HERE.parent / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([TR]\d\d) \|(.*)\|$", PAGE, re.MULTILINE))
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def test_every_threat_and_every_guarantee_has_a_row() -> None:
    assert list(ROWS) == [f"T{n:02}" for n in range(1, 51)] + [f"R{n:02}" for n in range(1, 26)]


@pytest.mark.parametrize("number", ROWS)
def test_a_row_names_tests_that_exist(number: str) -> None:
    named = NAMED.findall(ROWS[number])
    assert named
    for file, test in named:
        text = (HERE / file).read_text(encoding="utf-8")
        assert re.search(rf"^(async )?def {test}\(", text, re.MULTILINE), f"{file} has no {test}"


def test_modules_that_are_named_exist() -> None:
    source = HERE.parent / "src" / "rolecall"
    for row in ROWS.values():
        for name in re.findall(r"`([\w./]+/|[\w/]+\.py)`", row.split("|")[1]):
            assert (source / name).exists() or (HERE.parent / name).exists(), name
