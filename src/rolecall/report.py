"""What a person reads at the end of a run: a table on a terminal, the same as plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from rolecall.issues import Issues, Level

if TYPE_CHECKING:
    from rolecall.commands.build import BuildReport
    from rolecall.commands.fetch import FetchReport

MAX_SHOWN = 20
COLUMNS = ("board", "state", "postings", "new", "changed", "missing", "closed", "relisted", "kept", "expired")


@dataclass(frozen=True, slots=True)
class Report:
    """`problems` go to stderr, always; rows and `summary` to stdout."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    summary: Sequence[str]
    problems: Sequence[str]

    def show(self, out: TextIO) -> None:
        """Print rows and summary; a table with colour when `out` is a terminal."""
        if self.rows and out.isatty():
            self._table(out)
        else:
            for row in self.rows:
                print(
                    "  ".join(
                        f"{name}={value}" if name != self.columns[0] else value
                        for name, value in zip(self.columns, row, strict=True)
                    ),
                    file=out,
                )
        for line in self.summary:
            print(line, file=out)

    def _table(self, out: TextIO) -> None:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        for index, name in enumerate(self.columns):
            table.add_column(name, justify="left" if index < 2 else "right")
        for row in self.rows:
            table.add_row(*(Text(value) for value in row))
        Console(file=out).print(table)


def _plain(text: str) -> str:
    """Text from outside on one line, without what a terminal or a CI log would obey."""
    return "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text.split()))


def problem_lines(issues: Issues) -> list[str]:
    """Each error; each kind of warning up to `MAX_SHOWN` times, then how many more there are."""
    lines: list[str] = []
    shown: dict[str, int] = {}
    for issue in issues:
        if issue.level is Level.INFO and issue.code != "kept-edit":
            continue
        shown[issue.code] = shown.get(issue.code, 0) + 1
        if issue.level is Level.ERROR or shown[issue.code] <= MAX_SHOWN:
            lines.append(_plain(f"{issue.level.value}: {issue}"))
    for code, count in shown.items():
        if count > MAX_SHOWN and not any(issue.code == code and issue.level is Level.ERROR for issue in issues):
            lines.append(f"... and {count - MAX_SHOWN} more of the kind {code}; --json lists all.")
    return lines


def fetch_report(report: FetchReport) -> Report:
    """A line for each board, the failures, and the sum."""
    from rolecall.commands.fetch import board_row

    rows, problems = [], problem_lines(report.issues)
    for result, change in report.boards:
        row = board_row(result, change)
        rows.append([_plain(str(row[name])) for name in COLUMNS])
        if result.error:
            problems.append(f"failed: {result.error}")
        elif row["why"]:
            problems.append(_plain(f"{row['state']}: {row['board']}: {row['why']}"))
    total = {
        name: sum(int(board_row(*pair)[name]) for pair in report.boards)
        for name in ("new", "changed", "closed", "relisted")
    }
    words = ", ".join(f"{count} {name}" for name, count in total.items())
    read = f"{len(report.boards) - len(report.failed)} of {len(report.boards)} boards read"
    summary = [f"{read}; {words}; {len(report.pruned)} pruned; {report.files} files written."]
    return Report(COLUMNS, rows, summary, problems)


def build_report(report: BuildReport) -> Report:
    """What was built, how large, and how long each stage took."""
    pages = f"{report.written} files written, {report.unchanged + report.skipped} unchanged, {report.swept} removed"
    jobs = "1 open job" if report.jobs == 1 else f"{report.jobs:,} open jobs"
    summary = [f"{jobs}, {report.closed:,} closed; {pages}."]
    if report.readme:
        readme = report.readme
        size = f"{readme.bytes:,} of {readme.max_bytes:,} bytes"
        summary.append(f"{readme.file}: {readme.shown} of {readme.total} jobs, {size}, {readme.step}.")
    summary.append("Seconds: " + ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in report.seconds.items()) + ".")
    return Report((), (), summary, problem_lines(report.issues))
