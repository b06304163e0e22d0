"""What GitHub obeys in a log is ours alone, whatever stands in a file."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rolecall import yaml_io
from rolecall.checks import Ground, examine
from rolecall.config import Config
from rolecall.github.annotations import annotation_lines, command
from rolecall.issues import Issue, Level, Spot

COMMAND = re.compile(
    r"::(error|warning|notice) file=[^,:\x00-\x1f]*(,line=\d+)?(,col=\d+)?,title=[a-z-]+::[^\x00-\x1f\x7f]*"
)
BOARD = Ground.of(Config(title="Jobs"), {}, {}, date(2026, 11, 22))


def obeyed(output: str) -> list[str]:
    """The lines that GitHub's runner would take for commands."""
    lines = re.split(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", output)
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line or "##vso[" in line]


def is_ours(line: str) -> bool:
    return COMMAND.fullmatch(line) is not None and "##[" not in line


def issue(what: str, level: Level = Level.ERROR) -> Issue:
    return Issue.at("schema", Spot("jobs/a,b:c%.yaml", 3, 7, "title"), what, "Write it.", level)


def test_a_command_names_file_line_column_and_title() -> None:
    assert command(issue("100% wrong\nhere")) == (
        "::error file=jobs/a%2Cb%3Ac%25.yaml,line=3,col=7,title=schema::title: 100%25 wrong here Write it."
    )
    assert command(Issue("x", "some board", "is odd.")) == "::warning title=x::some board: is odd."


def test_ten_of_a_level_stand_beside_the_files_and_the_rest_below() -> None:
    lines = list(annotation_lines([*(issue(f"e{at}") for at in range(13)), issue("w", Level.WARNING)]))
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert lines[10].startswith("3 more of level error")
    assert [line for line in lines[11:14] if line.startswith("jobs/")] == lines[11:14]
    assert lines[14].startswith("::warning ")


_HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["::error file=x::", "##[error]", "##vso[task]", "\n", "\r", "%0A", "::", " ", "\x1b[2J", "\u2028", "a", ",", ":", "\u202e"]),
        max_size=8,
    ).map("".join),
)  # fmt: skip


@given(_HOSTILE, _HOSTILE, st.lists(_HOSTILE, max_size=12))
def test_no_text_of_a_file_becomes_a_command(title: str, company: str, tags: list[str]) -> None:
    values = {
        "title": title,
        "company": company,
        "apply_url": title,
        "posted": company,
        "tags": tags,
        title[:20] or "x": "y",
    }
    _, issues = examine(yaml_io.dump(values).encode("utf-8", "replace"), f"jobs/acme/{company}.yaml", BOARD, new=True)
    output = "\n".join(annotation_lines(issues))
    assert [line for line in obeyed(output) if not is_ours(line)] == []
    assert "\x1b" not in output


def test_the_known_injections_are_harmless(shared: Path) -> None:
    for given_text in json.loads((shared / "corpora" / "attacks" / "log_and_commit_injection.json").read_text()):
        shown = "\n".join(annotation_lines([issue(given_text), *(issue(given_text) for _ in range(12))]))
        assert [line for line in obeyed(shown) if not is_ours(line)] == []
