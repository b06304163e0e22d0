"""The attacked board in a real browser: nothing runs, nothing asks another host, whatever is searched for.

`make attack` brings the browser check of the reference material; it starts with a page that must be caught.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

CHECK = Path(__file__).resolve().parents[2] / ".cache" / "attack" / "check.mjs"


@pytest.mark.thorough
def test_a_browser_runs_nothing_and_asks_nobody(
    attacked: Any, tame: Any, corpus: Any, tmp_path: Path, record_property: Any
) -> None:
    if not CHECK.is_file():
        pytest.skip("needs npm and the browser check of the reference material, which are not there")
    queries, report = tmp_path / "queries.jsonl", tmp_path / "report.json"
    typed = [text for text in corpus.texts if text.isprintable()]
    texts = typed[:: max(1, len(typed) // 30)]
    queries.write_text("".join(json.dumps({"payload": text}) + "\n" for text in texts))
    words = ["--site", attacked.output, "--baseline", tame.output, "--base", "/r/", "--row", "li[data-job-id]"]
    words += ["--require-rel", "noopener,nofollow,ugc", "--search", "input[type=search]", "--params", "q,tag"]
    words += ["--queries", queries, "--max-queries", "30", "--max-pages", "60", "--report", report]
    told = subprocess.run(
        ["node", CHECK, *map(str, words)], capture_output=True, text=True, check=False, env=os.environ
    )
    assert told.returncode in (0, 1), told.stdout[-3000:] + told.stderr[-3000:]
    seen = json.loads(report.read_text())
    # Its rule for formulas takes a line end after an empty cell for one; `test_attack.py` reads the cells.
    # And it counts the titles of drawings for those of pages; `test_attack.py` counts those in heads.
    known = {("csv-formula", "jobs.csv"), ("landmarks", "stats.html")}
    kinds = Counter(one["rule"] for one in seen["findings"] if (one["rule"], one["page"]) not in known)
    record_property("queries typed into the search and put into addresses", len(texts))
    record_property("pages seen in a browser", seen["pages"])
    assert not kinds, told.stdout[-3000:]
