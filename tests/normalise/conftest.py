from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def rows(name: str) -> list[tuple[str, str]]:
    """The lines `given => expected  # remark` of a text table."""
    found = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            given, _, rest = line.partition(" => ")
            found.append((given.strip(), rest.partition("  #")[0].strip()))
    return found


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `given` and `expected` runs once for each line of the table named like its module."""
    if {"given", "expected"} <= set(metafunc.fixturenames) and not metafunc.definition.get_closest_marker(
        "parametrize"
    ):
        table = metafunc.module.TABLE
        found = rows(table)
        metafunc.parametrize(("given", "expected"), found, ids=[given[:60] for given, _ in found])


@pytest.fixture
def table_rows() -> Callable[[str], list[tuple[str, str]]]:
    return rows
