"""Commands that measure how well postings are read: eval."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from rolecall.cli.group import json_output, main, moment, quietly


@main.command("eval")
@click.argument("labels", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--payloads",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    metavar="DIR",
    help="The folder of saved answers that the labels name.",
)
@click.option("--strict", is_flag=True, help="Also count what a label calls uncertain.")
@moment
@quietly
@json_output
def evaluate(labels: Path, payloads: Path, strict: bool, now: datetime, quiet: bool, as_json: bool) -> None:
    """Compare what is read in saved answers with hand-made LABELS, and list every miss.

    A label is a line of JSON: file (below DIR; its first folder names the source), key, and the facts: tags, salary,
    places, workplace, remote_from, employment, level, posted. Quiet leaves out the misses.

    \b
    Examples:
      rolecall eval labels.jsonl --payloads answers/
      rolecall eval labels.jsonl --payloads answers/ --json
    """
    from rolecall.commands.evaluate import evaluate as run

    found = run(labels, payloads, now.date(), strict=strict)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        return
    for line in found.lines(misses=not quiet):
        click.echo(line)
