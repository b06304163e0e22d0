"""Commands for whoever writes files by hand: schema."""

from __future__ import annotations

import click

from rolecall.cli.group import main


@main.command()
@click.option(
    "--of",
    "what",
    type=click.Choice(["job", "company", "config"]),
    default="job",
    show_default=True,
    help="Which file.",
)
@click.option("--markdown", is_flag=True, help="A reference page instead of JSON Schema.")
def schema(what: str, markdown: bool) -> None:
    """Print what a job file, company.yaml or config.yaml may hold, as JSON Schema or as a page.

    \b
    Examples:
      rolecall schema > schema/job.schema.json
      rolecall schema --of config --markdown
    """
    from rolecall.commands.reference import json_schema, reference_page

    click.echo(reference_page(what) if markdown else json_schema(what), nl=False)
