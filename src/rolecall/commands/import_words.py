"""What a person reads after `rolecall import`: counts that add up, what was left out and why, what was lost."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.commands.import_report import Entry, ImportReport
from rolecall.issues import one_line

_MAX_FILES = 5
_MAX_ENTRIES = 10


def import_lines(report: ImportReport) -> Iterator[str]:
    """The report on lines that hold nothing a terminal would obey."""
    for read in report.files[:_MAX_FILES]:
        yield one_line(f"{read.file}: {_count(read.entries, 'entry', 'entries')}, read as {read.form}.")
    if len(report.files) > _MAX_FILES:
        yield f"... and {len(report.files) - _MAX_FILES:,} more files."
    yield from _left_out(report)
    yield from (line for entry in report.changed for line in [_line("changed in the list", entry)])
    if report.lost:
        yield "Not carried over, or not as it stood:"
    for loss in report.lost:
        examples = f" ({', '.join(loss.examples)})" if loss.examples else ""
        times = _count(loss.count, "time", "times")
        yield "  " + one_line(f"{loss.field}: {loss.why}, {times}{examples}.")
    yield _sum(report)


def _left_out(report: ImportReport) -> Iterator[str]:
    """The first entries of each reason, and how many more there are. What was closed or expired is only counted."""
    shown: dict[str, int] = {}
    for entry in report.left_out:
        shown[entry.reason] = shown.get(entry.reason, 0) + 1
        if entry.reason not in ("closed", "expired") and shown[entry.reason] <= _MAX_ENTRIES:
            yield _line("left out", entry)
    for reason, count in sorted(shown.items()):
        if reason not in ("closed", "expired") and count > _MAX_ENTRIES:
            yield f"... and {count - _MAX_ENTRIES:,} more left out as {reason}; --json lists all."


def _line(what: str, entry: Entry) -> str:
    return one_line(f"{what}: {entry.where}: {entry.title}: {entry.why}")


def _sum(report: ImportReport) -> str:
    written = "to write" if report.dry_run else "written"
    parts = [f"{len(report.written):,} {written}"]
    parts += [f"{len(report.there):,} there already"] if report.there else []
    parts += [f"{len(report.changed):,} changed in the list and left as they are here"] if report.changed else []
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(report.reasons.items()))
    parts += [f"{len(report.left_out):,} left out ({reasons})"] if report.left_out else []
    companies = f" {_count(len(report.companies), 'company file', 'company files')} {written}."
    dry = " Nothing was written, as asked." if report.dry_run else ""
    return (
        f"{_count(report.entries, 'entry', 'entries')}: {', '.join(parts)}.{companies if report.companies else ''}{dry}"
    )


def _count(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
