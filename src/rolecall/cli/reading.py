"""Commands that read boards: fetch, read."""

from __future__ import annotations

import json
import os
import sys
from contextlib import nullcontext
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from rolecall.cli.group import board_folder, json_output, main, moment, quietly, show


@main.command()
@board_folder
@moment
@click.option(
    "--board",
    "boards",
    multiple=True,
    metavar="BOARD",
    help="Only this board, such as greenhouse/acme. May be repeated.",
)
@click.option(
    "--accept-drop",
    multiple=True,
    metavar="BOARD",
    help="Believe that this board lost most of its jobs. May be repeated.",
)
@click.option(
    "--record", type=click.Path(path_type=Path, file_okay=False), help="Also write every answer below this folder."
)
@click.option(
    "--replay", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Read recorded answers; no network."
)
@click.option("--shard", metavar="N/COUNT", help="Only this part of the boards, such as 3/8, and only its files.")
@click.option("--max-time", type=click.FloatRange(min=1), metavar="SECONDS", help="Instead of fetch.run_s.")
@click.option("--strict", is_flag=True, help="Exit with 3 when a board failed.")
@click.option("--explain", is_flag=True, help="Say of each job that was left out which rule left it out.")
@quietly
@json_output
def fetch(
    folder: Path,
    now: datetime,
    boards: tuple[str, ...],
    accept_drop: tuple[str, ...],
    record: Path | None,
    replay: Path | None,
    shard: str | None,
    max_time: float | None,
    strict: bool,
    explain: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read the boards of config.yaml into jobs/.

    A board that fails changes nothing of its jobs, and never stops another.

    \b
    Examples:
      rolecall fetch
      rolecall fetch --board greenhouse/acme --record answers/
      rolecall fetch --replay answers/ --now 2026-11-22
      rolecall fetch --accept-drop greenhouse/acme
      rolecall fetch --explain
    """
    from rolecall.commands.fetch import FetchOptions
    from rolecall.commands.fetch import fetch as run
    from rolecall.fetch.progress import TerminalProgress
    from rolecall.fetch.shards import Shard
    from rolecall.github.summary import write_counts, write_summary
    from rolecall.report import fetch_report

    if record and replay:
        raise click.UsageError("--record and --replay exclude each other.")
    try:
        part = Shard.parse(shard) if shard else None
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    options = FetchOptions(boards, frozenset(accept_drop), record, replay, max_time, part)
    with nullcontext() if quiet or as_json else TerminalProgress(sys.stderr) as progress:
        report = run(folder, now, options, progress)
    values = report.as_dict() | ({"left_out": [asdict(made) for made in report.left_out]} if explain else {})
    show(fetch_report(report, explain=explain), values, quiet, as_json)
    write_summary(os.environ.get("GITHUB_STEP_SUMMARY"), report)
    boards, failed = len(report.boards), len(report.failed)
    # Not set at all when the run ends in an error, so that a workflow need only ask for 1.
    usable = int(failed < boards or not boards)
    write_counts(os.environ.get("GITHUB_OUTPUT"), boards=boards, failed=failed, usable=usable)
    sys.exit(report.exit_code(strict=strict))


@main.command()
@click.argument("source")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--company", help="Who hires, when the answer does not say it.")
@click.option("--url", help="The address from which the answer came.")
@moment
@json_output
def read(
    source: str, files: tuple[Path, ...], company: str | None, url: str | None, now: datetime, as_json: bool
) -> None:
    """Run one SOURCE and the normaliser over saved answers, and print the jobs.

    \b
    Examples:
      rolecall read greenhouse answer.json --company Acme
      rolecall read workday list.json detail.json --json
    """
    from rolecall.commands.read import read as run
    from rolecall.schema import json_ready, plain
    from rolecall.yaml_io import dump

    jobs, issues = run(source, files, now.date(), company=company, url=url)
    if as_json:
        click.echo(json.dumps([json_ready(plain(job)) for job in jobs], ensure_ascii=False, indent=2))
    else:
        click.echo("---\n".join(dump(plain(job)) for job in jobs), nl=False)
    for issue in issues:
        click.echo(str(issue), err=True)
    sys.exit(1 if issues.errors else 0)
