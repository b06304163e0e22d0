"""Each folder below is one board: `board.yaml` names it and its saved answers, `expected.yaml` what is read from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from rolecall.model import Board

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/board.yaml"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_saved_answers_become_the_expected_postings(
    folder: Path, read: Callable[..., Any], golden: Callable[[Path, str], None]
) -> None:
    case = yaml.safe_load((folder / "board.yaml").read_text(encoding="utf-8"))
    named = {name: case["board"].pop(name) for name in ("source", "board", "url", "company") if name in case["board"]}
    answers = {address: (folder / file).read_bytes() for address, file in case["answers"].items()}
    found = read(Board(**named, options=case["board"]), answers).plain()
    golden(folder / "expected.yaml", yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=140))
