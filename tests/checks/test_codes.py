"""The reference of codes is what the code has."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from rolecall import yaml_io
from rolecall.checks.codes import CODES, reference
from rolecall.issues import Level


def test_the_table_in_the_documentation_is_the_one_in_the_code(repo: Path, golden: Callable[[Path, str], None]) -> None:
    page = repo / "docs" / "check.md"
    head, _, rest = page.read_text(encoding="utf-8").partition("<!-- codes -->\n")
    tail = rest.partition("<!-- /codes -->")[2]
    golden(page, f"{head}<!-- codes -->\n{reference()}<!-- /codes -->{tail}")


def test_codes_are_words_and_texts_are_sentences() -> None:
    assert [name for name in CODES if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert [name for name, code in CODES.items() if not (code.meaning.endswith(".") and code.mend.endswith("."))] == []
    assert {code.level for code in CODES.values()} == set(Level)


def test_every_code_is_said_somewhere(repo: Path) -> None:
    source = "\n".join(path.read_text() for path in sorted((repo / "src").rglob("*.py")) if path.name != "codes.py")
    assert [name for name in CODES if f'"{name}"' not in source] == []


def test_the_pre_commit_hook_looks_at_the_whole_board(repo: Path) -> None:
    text = (repo / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    hook = yaml_io.load(("hook:\n" + text).encode(), ".pre-commit-hooks.yaml").value["hook"][0]
    assert (hook["entry"], hook["pass_filenames"]) == ("rolecall check", "false")
    wanted = [name for name in ("jobs/acme/cook.yaml", "config.yaml", "README.md") if re.search(hook["files"], name)]
    assert wanted == ["jobs/acme/cook.yaml", "config.yaml"]
