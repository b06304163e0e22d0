"""Commands that make something new: init, new."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolecall.cli.group import json_output, main, moment, quietly

if TYPE_CHECKING:
    from rolecall.commands.init import InitReport


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@moment
@click.option("--title", help="The board's name.  [default: README's heading, or the folder's name]")
@click.option("--repository", metavar="OWNER/NAME", help="On GitHub.  [default: git's remote `origin`]")
@click.option("--base-url", metavar="URL", help="Where the site will stand.  [default: GitHub Pages of the repository]")
@click.option("--from", "sources", multiple=True, metavar="URL|PATH", help="Bring this list in. May be repeated.")
@click.option("--example/--no-example", default=True, help="Whether an example job comes with it, where no jobs are.")
@quietly
@json_output
def init(
    folder: Path,
    now: datetime,
    title: str | None,
    repository: str | None,
    base_url: str | None,
    sources: tuple[str, ...],
    example: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make a new board in FOLDER, ready to push: config, workflows, issue forms, README.

    No file that is there already is written over; a README without markers gets them, and keeps every other byte.
    A second run changes nothing.

    \b
    Examples:
      rolecall init
      rolecall init harbour-jobs --title "Harbour jobs" --repository you/harbour-jobs
      rolecall init --from README.md
    """
    from rolecall.commands.init import InitOptions
    from rolecall.commands.init import init as run

    report = run(folder, now, InitOptions(title, repository, base_url, sources, example))
    for issue in report.issues:
        click.echo(f"{issue.level.value}: {issue}", err=True)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    elif not quiet:
        _show(report)
    sys.exit(1 if report.issues.errors else 0)


def _show(report: InitReport) -> None:
    """The new files as one line for each folder, those of people one by one, and the next steps."""
    from rolecall.issues import one_line

    counts = {state: [made for made in report.files if made.state == state] for state in ("written", "same")}
    click.echo(one_line(f"{report.title}: {len(counts['written'])} files written, {len(counts['same'])} as they were."))
    tops: dict[str, int] = {}
    for made in counts["written"]:
        top, slash, _ = made.file.partition("/")
        tops[top + slash] = tops.get(top + slash, 0) + 1
    for top, count in tops.items():
        click.echo(f"  {top}" + (f" ({count})" if count > 1 else ""))
    for made in report.files:
        if made.note:
            click.echo(one_line(f"{made.file} ({made.state}): {made.note}."))
    for number, step in enumerate(report.next_steps, start=1):
        click.echo(one_line(f"{number}. {step}"))
