"""Findings as workflow commands: GitHub shows them on the lines of the files that a pull request changes."""

from __future__ import annotations

from rolecall.issues import Issue, Level, one_line

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_VALUE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def annotation(issue: Issue) -> str:
    """One finding as one line, in which text from outside ends neither the line nor its part of it."""
    spot, values = issue.spot, []
    if spot is not None:
        values = [("file", spot.file), ("line", spot.line), ("col", spot.column)]
    values.append(("title", issue.code))
    named = ",".join(f"{name}={one_line(str(value)).translate(_IN_VALUE)}" for name, value in values if value)
    field = f"{spot.field}: " if spot is not None and spot.field else "" if spot is not None else f"{issue.where}: "
    words = one_line(f"{field}{issue.what} {issue.hint}")
    return f"::{_COMMANDS[issue.level]} {named}::{words.translate(_IN_TEXT)}"
