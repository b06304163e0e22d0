"""Commands for whoever writes files by hand: schema."""

from __future__ import annotations

import click

from rolecall.cli.group import main

_FORMS = ("new-job", "edit-job", "close-job", "close-jobs", "add-board")  # github/forms.py has them


@main.command()
@click.option(
    "--of",
    "what",
    type=click.Choice(["job", "company", "config", *_FORMS]),
    default="job",
    show_default=True,
    help="Which file.",
)
@click.option("--markdown", is_flag=True, help="A reference page instead of JSON Schema.")
def schema(what: str, markdown: bool) -> None:
    """Print what a job file, company.yaml or config.yaml may hold, as JSON Schema or as a page; or an issue form.

    \b
    Examples:
      rolecall schema > schema/job.schema.json
      rolecall schema --of config --markdown
      rolecall schema --of new-job > .github/ISSUE_TEMPLATE/new-job.yml
    """
    if what in _FORMS:
        from rolecall.github.forms import form_file

        if markdown:
            raise click.UsageError("--markdown is not for issue forms.")
        click.echo(form_file(what), nl=False)
        return
    from rolecall.commands.reference import json_schema, reference_page

    click.echo(reference_page(what) if markdown else json_schema(what), nl=False)
