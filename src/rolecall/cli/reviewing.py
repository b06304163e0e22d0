"""Commands that look at what others want to change: review."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolecall.cli.group import board_folder, json_output, main, moment, quietly

if TYPE_CHECKING:
    from rolecall.github.changes import Changes
    from rolecall.github.reviewed import Review

_FILE = click.Path(path_type=Path, dir_okay=False)


@main.command()
@board_folder
@moment
@click.option("--base", metavar="REF", help="What the changes are to be merged into; a branch, tag or commit.")
@click.option("--head", metavar="REF", help="The changes.  [default: HEAD; with --from any]")
@click.option("--from", "data", type=_FILE, help="Judge a changes.json, or the zip that holds it, instead of commits.")
@click.option("--number", type=click.IntRange(0, 10**10 - 1), default=0, help="The pull request's number.")
@click.option("--changes", "changes_file", type=_FILE, help="Write what changes as data into this file.")
@click.option("--summary", "summary_file", type=_FILE, help="Append Markdown with previews to this file.")
@click.option("--comment", "comment_file", type=_FILE, help="Write the comment to this file; empty: nothing to say.")
@click.option("--run-url", default="", help="Where the comment's last line leads.")
@click.option("--take", is_flag=True, help="Put the files without errors into jobs/, for a build that shows them.")
@click.option("--format", "form", type=click.Choice(["text", "github"]), default="text", help="github: annotations.")
@quietly
@json_output
def review(
    folder: Path, now: datetime, base: str | None, head: str | None, data: Path | None, number: int, take: bool,
    changes_file: Path | None, summary_file: Path | None, comment_file: Path | None, run_url: str,
    form: str, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Judge the job files that a pull request changes, and show how they will look.

    Only what differs from the common commit of --base and --head is read, as data: nothing is checked out. The board
    that judges (config.yaml, jobs/, templates) is the one in the folder.

    \b
    Examples:
      rolecall review --base main
      rolecall review --base main --head contributor/main --summary preview.md
      rolecall review --base main --json
    """
    if (base is None) == (data is None):
        raise click.UsageError("Name what to look at: --base REF, or --from FILE.")
    from rolecall.commands.review import review as run
    from rolecall.commands.review import take as put_into

    changes = _changes(folder, now, base, head, data, number)
    found = run(folder, changes, now.date())
    _write(found, changes, changes_file, summary_file, comment_file, run_url)
    if take:
        put_into(folder, changes, found)
    _say(found, form, quiet, as_json)
    sys.exit(1 if found.errors else 0)


def _changes(
    folder: Path, now: datetime, base: str | None, head: str | None, data: Path | None, number: int
) -> Changes:
    """What changes, of git or of a file; a file must be about the commit that was asked for."""
    from rolecall.commands.review import read_pull_request
    from rolecall.errors import StoreError
    from rolecall.github.changes import NAME, read_changes

    if data is None:
        return read_pull_request(folder, base or "", head or "HEAD", number, now.date())
    changes = read_changes(data)
    if head is not None and changes.head != head:
        raise StoreError(NAME, f"is about the commit {changes.head}, not {head[:64]}.", "It is not read.")
    return changes


def _write(
    found: Review, changes: Changes, changes_file: Path | None, summary_file: Path | None, comment_file: Path | None,
    run_url: str,
) -> None:  # fmt: skip
    from rolecall.files import write_atomic
    from rolecall.github.review_texts import comment, write_summary

    if changes_file is not None:
        write_atomic(changes_file, changes.to_json().encode())
    if summary_file is not None:
        write_summary(summary_file, found)
    if comment_file is not None:
        write_atomic(comment_file, comment(found, run_url).encode("utf-8", "replace"))


def _say(found: Review, form: str, quiet: bool, as_json: bool) -> None:
    """Findings on stderr, or as annotations on stdout, where GitHub reads them; then the sum."""
    from rolecall.github.review_texts import headline
    from rolecall.report import plain_line

    if form == "github":
        from rolecall.github.annotations import annotation_lines

        for line in annotation_lines(list(found.findings())):
            click.echo(line)
    else:
        for issue in found.findings():
            click.echo(f"{issue.level.value}: {issue}", err=True)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    elif not quiet:
        for one in found.suggested:
            click.echo(plain_line(f"{one.origin}: send {one.path} instead; --json shows its text."))
        if found.rows:
            click.echo("The README's rows are made of jobs/: send a job file, and leave the README as it is.")
        for path in found.outside if found.concerns_jobs else ():
            click.echo(plain_line(f"{path}: is outside jobs/; a maintainer must look at it."))
        click.echo(f"{headline(found)}." if found.concerns_jobs else "No job file is changed.")
