"""Commands that ask whether jobs still stand: links."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

import click

from rolecall.cli.group import board_folder, json_output, main, moment, quietly, say


@main.command()
@board_folder
@moment
@click.option("--write", is_flag=True, help="Note in the job files what is gone, and close what stayed gone.")
@click.option(
    "--all",
    "--board-jobs",
    "everything",
    is_flag=True,
    help="Also ask for jobs that a board's list decides; they are only reported.",
)
@click.option("--max", "most", type=click.IntRange(min=1), metavar="N", help="Ask N pages; the next week the next N.")
@click.option("--accept-gone", multiple=True, metavar="HOST", help="Believe that all pages of this host are gone.")
@click.option(
    "--record", type=click.Path(path_type=Path, file_okay=False), help="Also write every answer below this folder."
)
@click.option(
    "--replay", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Read recorded answers; no network."
)
@click.option("--strict", is_flag=True, help="Exit with 1 when a page is gone.")
@quietly
@json_output
def links(
    folder: Path,
    now: datetime,
    write: bool,
    everything: bool,
    most: int | None,
    accept_gone: tuple[str, ...],
    record: Path | None,
    replay: Path | None,
    strict: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Ask the pages of open jobs whether they still stand: open, gone or unsure, each with its evidence.

    Asked are the jobs that no board's list decides: people's, and those of boards that config.yaml no longer names.
    A page that is gone twice, `close_after_days` apart, closes its job; what is unsure changes nothing.

    \b
    Examples:
      rolecall links
      rolecall links --write
      rolecall links --all --max 200 --json
      rolecall links --write --accept-gone jobs.acme.example
    """
    from rolecall.commands.link_texts import problem_lines, step_summary, summary_lines
    from rolecall.commands.links import LinksOptions, check_links
    from rolecall.github.summary import append_summary

    if record and replay:
        raise click.UsageError("--record and --replay exclude each other.")
    tell = say(quiet or as_json)
    options = LinksOptions(write, everything, most, frozenset(accept_gone), record, replay)
    report = check_links(
        folder,
        now,
        options,
        lambda done, of: tell(f"{done} of {of} asked") if done in (1, of) or not done % 25 else None,
    )
    for line in problem_lines(report):
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    elif not quiet:
        for line in summary_lines(report):
            click.echo(line)
    append_summary(os.environ.get("GITHUB_STEP_SUMMARY"), step_summary(report))
    sys.exit(1 if strict and report.counts()["gone"] else 0)
