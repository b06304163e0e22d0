"""What a build says of its sizes, and when it is a warning."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from rolecall.commands.built import ReadmeFacts
from rolecall.commands.sizes import warn_of_sizes
from rolecall.commands.standing import Standing
from rolecall.issues import Issues

Run = Callable[..., Result]


def codes(site: Standing, readme_bytes: int = 0) -> list[str]:
    issues = Issues()
    warn_of_sizes(site, ReadmeFacts("README.md", 1, 1, "full", readme_bytes, 480_000), issues)
    return [issue.code for issue in issues]


@pytest.mark.parametrize(
    ("files", "size", "readme", "expected"),
    [
        (80_000, 800_000_000, 409_600, []),
        (80_001, 1, 1, ["site-files"]),
        (1, 800_000_001, 1, ["site-large"]),
        (1, 1, 409_601, ["readme-near-limit"]),
    ],
)
def test_past_four_fifths_of_a_limit_there_is_a_warning(
    files: int, size: int, readme: int, expected: list[str]
) -> None:
    assert codes(Standing("", files, size), readme) == expected


def test_a_build_ends_with_the_files_and_bytes_of_the_site(run: Run, board: Path) -> None:
    done = run("build", "-C", board, "--now", "2026-11-22", "--json")
    files = [path for path in (board / "output").rglob("*") if path.is_file()]
    found = json.loads(done.stdout)
    assert (found["files"], found["bytes"]) == (len(files), sum(path.stat().st_size for path in files))
    assert f"output/: {len(files):,} files" in run("build", "-C", board, "--now", "2026-11-22").stdout
