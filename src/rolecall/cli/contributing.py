"""Commands for what people send: from-issue."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from rolecall.cli.group import board_folder, json_output, main, moment, quietly

_output = click.Path(path_type=Path, dir_okay=False)
_input = click.Path(path_type=Path, exists=True, dir_okay=False)


@main.command("from-issue")
@click.argument("event", type=_input)
@board_folder
@moment
@click.option(
    "--write/--check", default=False, help="Write the files, or only say what they would be.  [default: check]"
)
@click.option("--current", type=_input, help="The issue as it stands now: if its text differs, nothing is done.")
@click.option("--comment", type=_output, help="Write the answer to the person here, as Markdown.")
@click.option("--outputs", type=_output, help="Write what a script needs here, as name=value lines.")
@quietly
@json_output
def from_issue(
    event: Path,
    folder: Path,
    now: datetime,
    write: bool,
    current: Path | None,
    comment: Path | None,
    outputs: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Turn an issue that was made with one of the forms into a job, a change of jobs, or a board.

    EVENT is the file that GitHub writes for a workflow (GITHUB_EVENT_PATH). Other issues are left alone. No address of
    the issue is opened.

    \b
    Examples:
      rolecall from-issue "$GITHUB_EVENT_PATH"
      rolecall from-issue event.json --write --comment answer.md
    """
    from rolecall.commands.from_issue import from_issue as run
    from rolecall.files import write_atomic

    report = run(folder, event, now, write=write, current_file=current)
    if comment is not None and report.comment:
        write_atomic(comment, report.comment.encode())
    if outputs is not None:
        write_atomic(outputs, report.outputs().encode())
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    elif not quiet or report.problems:
        for line in report.lines():
            click.echo(line, err=bool(report.problems))
    sys.exit(0 if report.state in ("no form", "ready", "written") else 1)
