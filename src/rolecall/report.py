"""What a person reads at the end of a run: a table on a terminal, the same as plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from rolecall.issues import Issues, Level, one_line

if TYPE_CHECKING:
    from rolecall.commands.add import AddReport
    from rolecall.commands.built import BuildReport
    from rolecall.commands.fetch import FetchReport
    from rolecall.commands.probe import Probe
    from rolecall.sources.base import Source

MAX_SHOWN = 20
COLUMNS = (
    "board",
    "state",
    "postings",
    "new",
    "changed",
    "missing",
    "closed",
    "relisted",
    "kept",
    "expired",
    "filtered",
    "held",
    "cached",
    "bytes",
    "seconds",
)


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
            table.add_row(*(Text(plain_line(value)) for value in row))
        Console(file=out).print(table)


def plain_line(text: str, *, indent: bool = False) -> str:
    """`issues.one_line`, as a part of the line above it when `indent` is set."""
    return f"  {one_line(text)}" if indent else one_line(text)


def problem_lines(issues: Issues) -> list[str]:
    """Each error; each kind of warning up to `MAX_SHOWN` times, then how many more there are."""
    lines: list[str] = []
    shown: dict[str, int] = {}
    for issue in issues:
        if issue.level is Level.INFO and issue.code != "kept-edit":
            continue
        shown[issue.code] = shown.get(issue.code, 0) + 1
        if issue.level is Level.ERROR or shown[issue.code] <= MAX_SHOWN:
            lines.append(f"{issue.level.value}: {issue}")
    for code, count in shown.items():
        if count > MAX_SHOWN and not any(issue.code == code and issue.level is Level.ERROR for issue in issues):
            lines.append(f"... and {count - MAX_SHOWN} more of the kind {code}; --json lists all.")
    return lines


def fetch_report(report: FetchReport, *, explain: bool = False) -> Report:
    """A line for each board, the failures, and the sum; with `explain` one for each job that was left out."""
    from rolecall.commands.fetch import board_row

    rows, problems = [], problem_lines(report.issues)
    for result, change in report.boards:
        row = board_row(result, change)
        rows.append([plain_line(str(row[name])) for name in COLUMNS])
        if result.error:
            problems.append(f"failed: {result.error}")
        elif row["why"]:
            problems.append(plain_line(f"{row['state']}: {row['board']}: {row['why']}"))
    total = {
        name: sum(int(board_row(*pair)[name]) for pair in report.boards)
        for name in ("new", "changed", "closed", "relisted")
    }
    words = ", ".join(f"{count} {name}" for name, count in total.items())
    read = f"{len(report.boards) - len(report.failed)} of {len(report.boards)} boards read"
    summary = [f"left out: {plain_line(str(decision))}" for decision in report.left_out] if explain else []
    summary.append(f"{read}; {words}; {len(report.pruned)} pruned; {report.files} files written.")
    return Report(COLUMNS, rows, summary, problems)


def build_report(report: BuildReport) -> Report:
    """What was built, how large, and how long each stage took."""
    pages = f"{report.written} files written, {report.unchanged + report.skipped} unchanged, {report.swept} removed"
    jobs = "1 open job" if report.jobs == 1 else f"{report.jobs:,} open jobs"
    summary = [f"{jobs}, {report.closed:,} closed; {pages}."]
    if report.readme:
        readme = report.readme
        size = f"{readme.bytes:,} of {readme.max_bytes:,} bytes"
        lists = ""
        if readme.lists or readme.lists_removed:
            changed = f"{readme.lists_written} written, {readme.lists_removed} removed"
            lists = f"; {readme.lists} lists beside it ({changed})"
        step = "nothing left out" if readme.step == "full" else readme.step
        summary.append(f"{readme.file}: {readme.shown} of {readme.total} jobs, {size}, {step}{lists}.")
    size = f"{report.bytes / 1e6:,.1f} of the 1,000 MB that GitHub Pages takes"
    summary.append(f"output/: {report.files:,} files, {size}.")
    summary.append("Seconds: " + ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in report.seconds.items()) + ".")
    return Report((), (), summary, problem_lines(report.issues))


def add_report(report: AddReport) -> Report:
    """The line and how it was found, the counts, and the first jobs."""
    done = "added to config.yaml" if report.written else "not written, as asked"
    summary = [f"{report.line}", f"{report.board}: {report.how}; {done}."]
    if report.postings is not None:
        left_out = f", {report.left_out} left out by filters" if report.left_out else ""
        partial = f"; not the whole list: {report.partial}" if report.partial else ""
        jobs = f"{report.jobs:,} {'job' if report.jobs == 1 else 'jobs'}"
        summary.append(f"{report.postings:,} read, {jobs}{left_out}{partial}.")
    for job in report.first:
        details = " · ".join(part for part in (job.where, job.pay) if part)
        summary.append(f"  {job.title}" + (f" ({details})" if details else ""))
    return Report((), (), [plain_line(line, indent=line.startswith("  ")) for line in summary], ())


def probe_report(page: Probe) -> Report:
    """What a page offers, with the line for each; the first line is what `rolecall add` would take."""
    summary = [f"{page.url}: " + ("nothing that holds jobs." if not page.offers else f"{len(page.offers)} found.")]
    for offer in page.offers:
        summary.append(f"  {offer.kind}: {offer.what}")
        if offer.found is not None:
            summary.append(f"  {offer.found.line}")
    return Report((), (), [plain_line(line, indent=line.startswith("  ")) for line in summary], ())


def sources_report(found: Mapping[str, Source]) -> Report:
    """A line for each source, grouped by whose list it reads: an employer's own, a job board's, any page's."""
    rows = []
    for name, source in found.items():
        kind = "any page" if source.takes == "url" else source.kind
        key = f"  # needs {', '.join(source.env)}" if source.env else ""
        rows.append((kind, name, f"{source.example}{key}"))
    order = ("employer", "board", "any page")
    width = max((len(name) for name in found), default=0)
    lines = [
        f"{kind:<8}  {name:<{width}}  {line}" for kind, name, line in sorted(rows, key=lambda row: order.index(row[0]))
    ]
    return Report((), (), lines, ())
