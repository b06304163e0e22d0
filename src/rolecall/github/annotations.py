"""Findings as GitHub's workflow commands: they stand at their lines in a pull request.

GitHub obeys a line of the log that begins with `::`, blanks before it or not, and `##[` anywhere in it; texts from
files hold neither when they leave here. It shows ten errors, ten warnings and ten notices of a step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rolecall.issues import Issue, Level, one_line

MOST = 10
_WORDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def annotation_lines(issues: Sequence[Issue]) -> Iterator[str]:
    """What to print: commands for the first ten of each level; the rest, with their number, as plain lines."""
    for level, word in _WORDS.items():
        found = [issue for issue in issues if issue.level is level]
        yield from (command(issue) for issue in found[:MOST])
        if more := found[MOST:]:
            yield harmless(
                f"{len(more)} more of level {word} are not shown beside the files, which GitHub does for {MOST}:"
            )
            yield from (harmless(str(issue)) for issue in more)


def command(issue: Issue) -> str:
    """`::error file=...,line=...,col=...,title=...::message`"""
    spot = issue.spot
    parts: dict[str, str] = {}
    if spot is not None:
        parts["file"] = spot.file
        parts |= {} if spot.line is None else {"line": str(spot.line)}
        parts |= {} if spot.column is None else {"col": str(spot.column)}
    parts["title"] = issue.code
    field = f"{spot.field}: " if spot is not None and spot.field else "" if spot is not None else f"{issue.where}: "
    message = f"{field}{issue.what} {issue.hint}".strip()
    shown = ",".join(f"{name}={_property(value)}" for name, value in parts.items())
    return f"::{_WORDS[issue.level]} {shown}::{_data(message)}"


def harmless(text: str) -> str:
    """One line of a log that GitHub obeys in no part."""
    line = _without_marks(one_line(text))
    return f"> {line}" if line.startswith("::") else line


def _data(text: str) -> str:
    line = _without_marks(one_line(text))
    return line.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _without_marks(line: str) -> str:
    return line.replace("##[", "# #[").replace("##vso[", "# #vso[")
