"""Commands that bring in another list: import."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from rolecall.cli.group import board_folder, json_output, main, moment, quietly, say


@main.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@board_folder
@moment
@click.option(
    "--as",
    "form",
    type=click.Choice(["simplify", "us-rse", "front-matter", "classic", "table", "columns"]),
    help="The shape of the files, when it is not known by itself.",
)
@click.option("--open-only/--all", "only_open", default=True, help="Leave closed and expired jobs out (the default).")
@click.option(
    "--dated",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which the list was written: ages such as 5d, and days without a year, count from it.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option(
    "--replay", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Read recorded answers; no network."
)
@quietly
@json_output
def import_(
    sources: tuple[str, ...],
    folder: Path,
    now: datetime,
    form: str | None,
    only_open: bool,
    dated: datetime | None,
    dry_run: bool,
    replay: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Bring the jobs of another list into jobs/.

    SOURCE is a file, a checkout of the list, or an address; a page of GitHub will do. Known are listings.json of
    SimplifyJobs, jobs.yml of US-RSE, Markdown with front matter, tables in a README, and CSV. What stands in jobs/ is
    never written over, so the same list can be imported again. The report says what was not carried over.

    \b
    Examples:
      rolecall import ../old-list --dry-run
      rolecall import jobs.csv -C my-board
      rolecall import https://github.com/acme/jobs/blob/main/README.md --dated 2026-11-20
    """
    from rolecall.commands.import_report import ImportOptions
    from rolecall.commands.import_words import import_lines
    from rolecall.commands.importing import bring_in

    day = dated.date() if dated is not None else None
    options = ImportOptions(form, dry_run, not only_open, day, replay, say(quiet or as_json))
    report = bring_in(folder, sources, now, options)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    elif not quiet:
        for line in import_lines(report):
            click.echo(line)
