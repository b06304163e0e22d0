"""Commands that say what changed, and what there is: diff, announce, commands."""

from __future__ import annotations

import inspect
import json
import os
from datetime import datetime
from pathlib import Path

import click

from rolecall.cli.group import board_folder, grouped, json_output, main, moment, quietly


@main.command()
@click.argument("before", default="HEAD", metavar="[A]")
@click.argument("after", required=False, metavar="[B]")
@board_folder
@moment
@click.option("--markdown", is_flag=True, help="Print Markdown for a comment on GitHub.")
@json_output
def diff(before: str, after: str | None, folder: Path, now: datetime, markdown: bool, as_json: bool) -> None:
    """Say what a reader would see change from A to B.

    A and B are commits, branches or tags of git, or folders with a board. A is HEAD and B the files as they stand, if
    left out. Nothing is checked out; a file that cannot be read is named, and left out.

    \b
    Examples:
      rolecall diff
      rolecall diff main my-branch
      rolecall diff HEAD~7 --markdown
      rolecall diff ../before . --json
    """
    from rolecall.commands import diff_words
    from rolecall.commands.diff import diff as run

    if markdown and as_json:
        raise click.UsageError("--markdown and --json exclude each other.")
    report = run(folder, now.date(), before, after)
    for issue in report.issues:
        click.echo(f"not compared: {issue}", err=True)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    elif markdown:
        click.echo(diff_words.markdown(report), nl=False)
    else:
        for line in diff_words.text(report):
            click.echo(line)


@main.command()
@click.option("--since", required=True, metavar="DAY|REF", help="A day (2026-11-22), or a commit, branch or tag.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "text", "slack", "discord", "mastodon"]),
    default="markdown",
    show_default=True,
    help="What to print, or to send.",
)
@click.option("--max", "most", type=click.IntRange(1, 500), default=20, show_default=True, help="Jobs that are named.")
@click.option("--section", "sections", multiple=True, metavar="TITLE", help="Only of this section. May be repeated.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only with this tag. May be repeated.")
@click.option("--send", "is_sent", is_flag=True, help="Post it to the address in ROLECALL_WEBHOOK.")
@board_folder
@moment
@quietly
def announce(
    since: str,
    form: str,
    most: int,
    sections: tuple[str, ...],
    tags: tuple[str, ...],
    is_sent: bool,
    folder: Path,
    now: datetime,
    quiet: bool,
) -> None:
    """Print the jobs that are new since a day or a commit, ready to be posted; with --send, post them.

    Since a day: those published on it or later. Since a commit: those that were not on the board then. When nothing is
    new, nothing is printed or sent. The address in ROLECALL_WEBHOOK is a secret and is never shown; Mastodon needs a
    token in ROLECALL_TOKEN as well.

    \b
    Examples:
      rolecall announce --since 2026-11-22
      rolecall announce --since HEAD~1 --format text --tag python
      rolecall announce --since v1 --format slack --send
    """
    from rolecall.commands.announce import Wanted
    from rolecall.commands.announce import announce as run
    from rolecall.commands.announcing import FORMATS, SENT

    if is_sent and form not in SENT:
        raise click.UsageError(f"--send needs --format {', '.join(SENT[:-1])} or {SENT[-1]}.")
    news = run(folder, now.date(), Wanted(since, sections, tags))
    for issue in news.issues:
        click.echo(f"left out: {issue}", err=True)
    if not news.jobs:
        return
    made = FORMATS[form](news, most)
    if isinstance(made, str):
        click.echo(made, nl=False)
    elif is_sent:
        from rolecall.commands.webhook import send

        send(made, form, os.environ)
        if not quiet:
            click.echo(f"Sent: {len(news.jobs)} new jobs.", err=True)
    else:
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))


@main.command("commands")
@click.pass_context
def list_commands(ctx: click.Context) -> None:
    """Print the reference of all commands, with their options and examples, as a page in Markdown.

    \b
    Examples:
      rolecall commands > docs/cli.md
    """
    from rolecall.commands.cli_page import CommandHelp, cli_page

    def help_of(name: str) -> CommandHelp:
        command = main.commands[name]
        here = click.Context(command, info_name=name, parent=ctx.parent)
        options = (param for param in command.params if isinstance(param, click.Option))
        records = (option.get_help_record(here) for option in options)
        usage = " ".join(command.collect_usage_pieces(here))
        return CommandHelp(name, usage, inspect.cleandoc(command.help or ""), tuple(filter(None, records)))

    shown = [name for name in main.list_commands(ctx) if not main.commands[name].hidden]
    groups = [(title, [help_of(name) for name in part]) for title, part in grouped(shown)]
    click.echo(cli_page(groups), nl=False)
