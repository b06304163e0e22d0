"""What a person reads of `rolecall check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rolecall.commands.check import CheckReport
from rolecall.commands.mend import Repair
from rolecall.issues import Level

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}


def problem_lines(report: CheckReport, *, quiet: bool, colour: bool) -> Iterator[str]:
    """`file:line:column: field: message`, each with its level and code; with `quiet` without remarks."""
    for issue in report.issues:
        if quiet and issue.level is Level.INFO:
            continue
        mark = f"[{issue.level.value}: {issue.code}]"
        yield f"{issue} \x1b[{_COLOURS[issue.level]}m{mark}\x1b[0m" if colour else f"{issue} {mark}"


def summary(report: CheckReport) -> str:
    """`3 errors, 2 warnings in 2 of 34 files; 1 can be repaired: rolecall check --fix`"""
    levels = report.levels
    if not levels:
        return "No problems."
    parts = [(levels[Level.ERROR], "error"), (levels[Level.WARNING], "warning"), (levels[Level.INFO], "remark")]
    counts = ", ".join(_many(count, word) for count, word in parts if count)
    touched = len({issue.spot.file if issue.spot else issue.where for issue in report.issues})
    line = f"{counts} in {touched} of {_many(max(report.files, touched), 'file')}"
    if report.repairable:
        return f"{line}; {report.repairable} can be repaired: rolecall check --fix"
    return f"{line}."


def repair_lines(repairs: Sequence[Repair], *, dry_run: bool, colour: bool) -> Iterator[str]:
    """The diffs, and how many files they are of."""
    for repair in repairs:
        yield from (_coloured(line) if colour else line for line in repair.diff)
    answered = sum(max(1, len(repair.findings)) for repair in repairs)
    if repairs:
        done = "would be repaired" if dry_run else "repaired"
        yield f"{_many(answered, 'finding')} in {_many(len(repairs), 'file')} {done}."
    else:
        yield "Nothing to repair."


def _coloured(line: str) -> str:
    code = {"+": "32", "-": "31", "@": "36"}.get(line[:1])
    return f"\x1b[{code}m{line}\x1b[0m" if code else line


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
