"""Commands around the list of boards: add, probe, sources; and why, which says what became of a job."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from rolecall.cli.group import board_folder, json_output, main, moment, show_json

_replay = click.option(
    "--replay", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Read recorded answers; no network."
)


@main.command()
@click.argument("url")
@board_folder
@moment
@click.option("--company", help="Who hires, for a source that does not say it; becomes part of the line.")
@click.option("--dry-run", is_flag=True, help="Read the board and show its jobs, but write nothing.")
@click.option("--board-only", is_flag=True, help="Write the line without reading the board.")
@_replay
@json_output
def add(
    url: str,
    folder: Path,
    now: datetime,
    company: str | None,
    dry_run: bool,
    board_only: bool,
    replay: Path | None,
    as_json: bool,
) -> None:
    """Add the board at URL to config.yaml, and show its first jobs.

    URL is that of a careers page, a board at a vendor, a job, an API or a feed. When no source knows it, the page is
    read and searched. Comments and form of config.yaml stay; a board that cannot be read is not added.

    \b
    Examples:
      rolecall add https://boards.greenhouse.io/acme
      rolecall add acme.example/careers --company Acme
      rolecall add https://jobs.lever.co/acme --dry-run
    """
    from rolecall.commands.add import AddOptions
    from rolecall.commands.add import add as run
    from rolecall.report import add_report

    if dry_run and board_only:
        raise click.UsageError("--dry-run and --board-only exclude each other.")
    report = run(folder, url, now, AddOptions(company, dry_run, board_only, replay))
    if as_json:
        show_json(report.as_dict())
    else:
        add_report(report).show(sys.stdout)


@main.command(short_help="Say what the page at URL offers to read jobs from.")
@click.argument("url")
@moment
@_replay
@json_output
def probe(url: str, now: datetime, replay: Path | None, as_json: bool) -> None:
    """Say what the page at URL offers to read jobs from; nothing is written.

    \b
    Examples:
      rolecall probe acme.example/careers
      rolecall probe https://acme.example/jobs --json
    """
    from rolecall.commands.add import settings_of
    from rolecall.commands.probe import probe as run

    page = run(url, settings_of(None, now), replay=replay)
    if as_json:
        values = {"url": page.url, "offers": [offer.as_dict() for offer in page.offers]}
        show_json(values)
    else:
        from rolecall.report import probe_report

        probe_report(page).show(sys.stdout)
    sys.exit(0 if page.best is not None else 1)


@main.command(short_help="Say where JOB came from, and why it is open or not.")
@click.argument("job")
@board_folder
@moment
@json_output
def why(job: str, folder: Path, now: datetime, as_json: bool) -> None:
    """Say where JOB came from, and why it is open, missing, closed or left out.

    JOB is an id or its beginning, a file below jobs/, or a part of the title.

    \b
    Examples:
      rolecall why jobs/acme/cook-7f3a1c22.yaml
      rolecall why "senior cook"
    """
    from rolecall.commands.why import why as run
    from rolecall.report import plain_line

    answers = run(folder, job, now.date())
    if as_json:
        show_json([answer.as_dict() for answer in answers])
        return
    for answer in answers:
        for line in answer.lines():
            click.echo(plain_line(line, indent=line.startswith("  ")))


@main.command("sources", short_help="List the sources, each with a line for config.yaml.")
@click.option("--markdown", is_flag=True, help="A reference page with the terms of each.")
@json_output
def list_sources(markdown: bool, as_json: bool) -> None:
    """List the sources: whose list each reads, what names a board, and a line for config.yaml.

    \b
    Examples:
      rolecall sources
      rolecall sources --json
    """
    from rolecall import sources
    from rolecall.report import sources_report

    if markdown:
        from rolecall.commands.sources_page import sources_page

        click.echo(sources_page(), nl=False)
        return
    found = {name: sources.find(name) for name in sources.names()}
    if as_json:
        values = {
            name: {
                "kind": source.kind,
                "takes": source.takes,
                "options": sorted(source.options),
                "env": list(source.env),
                "example": source.example,
            }
            for name, source in found.items()
        }
        show_json(values)
    else:
        sources_report(found).show(sys.stdout)
