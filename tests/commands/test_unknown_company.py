"""Vendors answer in many ways for a company that they do not know: each is said, and nothing is closed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from click.testing import Result

# what the vendor answers => state, and a part of the words
ANSWERS = {
    "greenhouse": ("no-such-company", "failed", "404"),
    "smartrecruiters": ("NoSuchCompany", "read", "lists no jobs, and never did"),
    "breezy": ("no-such-company", "read", "lists no jobs, and never did"),
    "recruitee": ("no-such-company", "failed", "404"),
    "workable": ("no-such-company", "failed", "404"),
    "bamboohr": ("no-such-company", "failed", "HTML"),
}


@pytest.mark.parametrize("source", ANSWERS)
def test_an_unknown_company_is_reported_as_what_it_is(
    source: str, run: Callable[..., Result], tmp_path: Path, shared: Path
) -> None:
    board, state, words = ANSWERS[source]
    (tmp_path / "config.yaml").write_text(f"title: J\nboards:\n  - {{source: {source}, board: {board}}}\n")
    result = run("fetch", "-C", tmp_path, "--replay", shared / "recordings" / "unknown-company", "--json")
    report = json.loads(result.stdout)
    assert report["boards"][0]["state"] == state
    assert words in result.stderr
    assert [report["boards"][0][name] for name in ("new", "missing", "closed")] == [0, 0, 0]
    assert result.exit_code == (1 if state == "failed" else 0)
