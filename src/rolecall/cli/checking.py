"""Commands that judge files: check."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from rolecall.cli.group import board_folder, main, moment, quietly

if TYPE_CHECKING:
    from rolecall.commands.check import CheckReport, Selection


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@board_folder
@moment
@click.option("--since", metavar="REF", help="Only files that differ from this commit, branch or tag of git.")
@click.option("--fix", is_flag=True, help="Repair what is safe, and show the difference.")
@click.option("--dry-run", is_flag=True, help="With --fix: only show the difference.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "github", "json", "sarif")),
    default="text",
    show_default=True,
    help="For people, pull requests, programs, code scanning.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@quietly
def check(
    files: tuple[Path, ...],
    folder: Path,
    now: datetime,
    since: str | None,
    fix: bool,
    dry_run: bool,
    form: str,
    as_json: bool,
    strict: bool,
    quiet: bool,
) -> None:
    """Say every problem of config.yaml and of the files in jobs/, with file, line, column, and what to write instead.

    FILES, files or folders of the board, restrict the findings to these; duplicates are looked for everywhere.

    \b
    Examples:
      rolecall check
      rolecall check jobs/acme --fix --dry-run
      rolecall check --since origin/main --format github
    """
    from rolecall.commands.check import check as run
    from rolecall.commands.check_text import repair_lines
    from rolecall.commands.mend import mend_board

    if dry_run and not fix:
        raise click.UsageError("--dry-run says what --fix would do. Add --fix.")
    form = "json" if as_json else form
    selection = _selection(folder, files, since)
    if fix:
        repairs = mend_board(folder, now.date(), selection, dry_run=dry_run)
        selection = selection if dry_run else _selection(folder, _renamed(folder, files), since)
        for line in repair_lines(repairs, dry_run=dry_run, colour=_is_coloured(sys.stdout)):
            click.echo(line, err=form != "text")
    report = run(folder, now.date(), selection)
    _show(report, form, quiet)
    sys.exit(1 if report.is_bad(strict=strict) else 0)


def _show(report: CheckReport, form: str, quiet: bool) -> None:
    from rolecall.commands.check_text import problem_lines, summary
    from rolecall.github.annotations import annotation_lines
    from rolecall.github.sarif import sarif

    if form == "json":
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    elif form == "sarif":
        click.echo(json.dumps(sarif(report.issues), ensure_ascii=False, indent=2))
    elif form == "github":
        for line in annotation_lines(report.issues):
            click.echo(line)
        if not quiet:
            click.echo(summary(report))
    else:
        for line in problem_lines(report, quiet=quiet, colour=_is_coloured(sys.stderr)):
            click.echo(line, err=True)
        if not quiet:
            click.echo(summary(report))


def _is_coloured(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")


def _selection(folder: Path, files: tuple[Path, ...], since: str | None) -> Selection:
    from rolecall.commands.changed_files import changed_since
    from rolecall.commands.check import Selection

    named = frozenset(_relative(folder, file) for file in files) if files else None
    if since is None:
        return Selection(named)
    changed = changed_since(folder, since)
    ours = frozenset(file for file in changed.added | changed.modified if file == "config.yaml" or file[:5] == "jobs/")
    if named is not None:
        ours = frozenset(file for file in ours if Selection(named).has(file))
    return Selection(ours, changed.added, ours)


def _relative(folder: Path, file: Path) -> str:
    """A file as it is called below the board's folder; given from where the user stands, or from the folder."""
    root = folder.absolute()
    for path in (file.absolute(), root / file):
        if (
            path.is_relative_to(root)
            and ".." not in path.relative_to(root).parts
            and (path.exists() or path == root / file)
        ):
            return path.relative_to(root).as_posix()
    raise click.UsageError(f"{str(file)!r} is not below {str(folder)!r}.")


def _renamed(folder: Path, files: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files by the names that a repair gave them."""
    return tuple(file if file.exists() or (folder / file).exists() else file.with_suffix(".yaml") for file in files)
