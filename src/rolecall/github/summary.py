"""The step summary of a fetch: Markdown that GitHub shows beside the workflow's run."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, Protocol

from rolecall.errors import RolecallError

MAX_LINES = 200


class HasRows(Protocol):
    """A report whose `as_dict` has `boards` and `issues`."""

    def as_dict(self) -> dict[str, Any]: ...


def write_summary(path: str | None, report: HasRows) -> None:
    """Append the report to the file that GITHUB_STEP_SUMMARY names; None does nothing."""
    if path:
        append_summary(path, summary(report.as_dict()))


def write_counts(path: str | None, **counts: int) -> None:
    """Append `name=count` lines to the file that GITHUB_OUTPUT names, for later steps; None does nothing."""
    if path:
        append_summary(path, "".join(f"{name}={int(count)}\n" for name, count in counts.items()))


def append_summary(path: str | None, text: str) -> None:
    """Append Markdown to the file that GITHUB_STEP_SUMMARY names; None does nothing.

    Raises `RolecallError` when that file cannot be written; all else of the run is done by then.
    """
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        what = f"the step summary cannot be written: {error.strerror}."
        raise RolecallError(path, what, "Check GITHUB_STEP_SUMMARY; the jobs are saved.") from error


def summary(values: dict[str, Any]) -> str:
    """A table of the boards and a list of the findings. Text is escaped and stands in HTML, where no Markdown acts."""
    names = (
        "board",
        "state",
        "postings",
        "new",
        "changed",
        "missing",
        "closed",
        "relisted",
        "expired",
        "filtered",
        "held",
        "why",
    )
    head = "".join(f"<th>{name}</th>" for name in names)
    lines = ["", "<table>", f"<tr>{head}</tr>"]
    lines += [
        "<tr>" + "".join(f"<td>{_cell(board[name])}</td>" for name in names) + "</tr>" for board in values["boards"]
    ]
    lines.append("</table>")
    totals = {name: sum(board[name] for board in values["boards"]) for name in ("new", "changed", "closed", "relisted")}
    failed = [board["board"] for board in values["boards"] if board["state"] == "failed"]
    said = ", ".join(f"{count} {name}" for name, count in totals.items())
    lines.append(f"<p>{said}; {len(failed)} of {len(values['boards'])} boards failed.</p>")
    findings = [issue for issue in values["issues"] if issue["level"] != "info"]
    if findings:
        lines += ["<ul>", *(f"<li>{_cell(_words(issue))}</li>" for issue in findings[:MAX_LINES]), "</ul>"]
    if len(findings) > MAX_LINES:
        lines.append(f"<p>{len(findings) - MAX_LINES} more findings are in the log.</p>")
    return "\n".join(lines) + "\n\n"


def _words(issue: dict[str, str]) -> str:
    return " ".join(part for part in (f"{issue['where']}:", issue["what"], issue["hint"]) if part)


def _cell(value: Any) -> str:
    """Escaped, on one line, and without what GitHub would turn into mentions."""
    text = "" if value is None else " ".join(str(value).split())
    return escape(text).replace("@", "@\u200b")
