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
@click.option(
    "--pairs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Also judge the pairs of this file: the same opening or two.",
)
@click.option("--strict", is_flag=True, help="Also count what a label calls uncertain.")
@moment
@quietly
@json_output
def evaluate(
    labels: Path, payloads: Path, pairs: Path | None, strict: bool, now: datetime, quiet: bool, as_json: bool
) -> None:
    """Compare what is read in saved answers with hand-made LABELS, and list every miss.

    A label is a line of JSON: file (below DIR; its first folder names the source), key, and the facts: tags, salary,
    places, workplace, remote_from, employment, level, posted. Quiet leaves out the misses.

    \b
    Examples:
      rolecall eval labels.jsonl --payloads answers/
      rolecall eval labels.jsonl --payloads answers/ --json
      rolecall eval labels.jsonl --payloads answers/ --pairs pairs.jsonl --quiet
    """
    from rolecall.commands.evaluate import evaluate as run
    from rolecall.commands.evaluate import judge_pairs

    found = run(labels, payloads, now.date(), strict=strict)
    judged = judge_pairs(pairs, payloads, now.date()) if pairs else None
    if as_json:
        values = found.as_dict() | ({"pairs": judged.as_dict()} if judged else {})
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for line in (*found.lines(misses=not quiet), *(judged.lines() if judged else ())):
        click.echo(line)
