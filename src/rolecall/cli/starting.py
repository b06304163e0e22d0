"""Commands that make something new: init, new."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from rolecall.cli.group import board_folder, json_output, main, moment, quietly

if TYPE_CHECKING:
    from rolecall.commands.init import InitReport
    from rolecall.commands.new import NewFile, NewJob

WORKPLACES = ("remote", "hybrid", "on_site")


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
    from rolecall.commands.import_words import import_lines
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
    for brought in report.brought:
        for line in import_lines(brought):
            click.echo(line)
    for number, step in enumerate(report.next_steps, start=1):
        click.echo(one_line(f"{number}. {step}"))


@main.command()
@board_folder
@moment
@click.option("--title", default="", help="The job's name alone.")
@click.option("--company", default="", help="Who hires; a known company keeps its name and folder.")
@click.option("--url", default="", help="Where to apply: https:// or mailto:.")
@click.option("--place", "places", multiple=True, help="Such as `Berlin, Germany`. May be repeated.")
@click.option("--workplace", type=click.Choice(WORKPLACES), help="Where the work is done.")
@click.option("--remote-from", multiple=True, help="Where one may live: a country, Europe, worldwide. May be repeated.")
@click.option("--employment", multiple=True, help="Such as full_time or contractor. May be repeated.")
@click.option("--pay", default="", help="As stated: `60000-75000 EUR a year`, `25 USD an hour`.")
@click.option("--tag", "tags", multiple=True, help="A skill. May be repeated.")
@click.option("--level", default="", help="Such as junior or senior.")
@click.option("--posted", default="", help="The day of publication.  [default: today]")
@click.option("--closes", default="", help="The last day to apply.")
@click.option("--description-file", type=click.File(encoding="utf-8"), help="The text in Markdown; - is stdin.")
@click.option("--website", default="", help="Of a new company: makes its company.yaml, too.")
@click.option(
    "--interactive/--no-input", default=None, help="Ask for what is missing, or never.  [default: ask at a terminal]"
)
@click.option("--edit", is_flag=True, help="Open the file in $EDITOR before it is written.")
@quietly
@json_output
def new(
    folder: Path,
    now: datetime,
    workplace: str | None,
    description_file: TextIO | None,
    interactive: bool | None,
    edit: bool,
    quiet: bool,
    as_json: bool,
    **words: Any,
) -> None:
    """Make one job file below jobs/. At a terminal it asks for what the options do not say.

    Nothing is written when a word cannot be read or a check fails, and no file is written over.

    \b
    Examples:
      rolecall new
      rolecall new --title Baker --company "Harbour Bakery" --url https://bakery.example/jobs/1 --place "Bergen, Norway"
      rolecall new --title Cook --company Acme --url mailto:jobs@acme.example --description-file cook.md --edit
    """
    from rolecall.commands import new as command

    text = description_file.read() if description_file else ""
    job = command.NewJob(workplace=workplace or "", description=text, **words)
    if interactive or (interactive is None and sys.stdin.isatty()):
        job = _ask(job, command.known_companies(folder))
    if missing := [f"--{name}" for name in ("title", "company", "url") if not getattr(job, name).strip()]:
        raise click.UsageError(f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing.")
    found = command.prepare(folder, job, now.date())
    if edit and found.text:
        changed = click.edit(found.text, extension=".yaml")
        found = command.prepare_edited(folder, found, changed, now.date()) if changed is not None else found
    if found.is_sound:
        command.write(folder, found)
    _show_new(found, quiet, as_json)
    sys.exit(0 if found.is_sound else 1)


def _ask(job: NewJob, companies: Mapping[str, str]) -> NewJob:
    """What the options did not say, one question after the other; an empty answer is unknown."""
    from dataclasses import replace

    from rolecall.commands.new import company_key

    def ask(label: str, *, needed: bool = False) -> str:
        answer: str = click.prompt(label, default=None if needed else "", show_default=False, err=True)
        return answer.strip()

    answers: dict[str, Any] = {}
    for name, label in (("title", "Title"), ("company", "Company"), ("url", "Where to apply (https:// or mailto:)")):
        if not getattr(job, name):
            answers[name] = ask(label, needed=True)
    if not job.website and company_key(answers.get("company", job.company)) not in companies:
        answers["website"] = ask("The company is new here. Its website")
    if not job.places:
        answers["places"] = _split(ask("Places, with ; between them (Berlin, Germany; Paris)"), ";")
    if not job.workplace:
        choices = click.Choice(["", *WORKPLACES])
        answers["workplace"] = click.prompt(
            f"Workplace ({', '.join(WORKPLACES)})", default="", type=choices, show_choices=False, err=True
        )
    if not job.pay:
        answers["pay"] = ask("Pay as stated (60000-75000 EUR a year)")
    if not job.tags:
        answers["tags"] = _split(ask("Tags, with commas (python, sql)"), ",")
    if not job.description:
        answers["description"] = _ask_text()
    return replace(job, **answers)


def _ask_text() -> str:
    """Lines of Markdown until one that holds a dot alone, or the end of input."""
    click.echo("Description in Markdown; a line with a dot alone ends it:", err=True)
    lines: list[str] = []
    for line in sys.stdin:
        if line.rstrip("\r\n") == ".":
            break
        lines.append(line)
    return "".join(lines)


def _split(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def _show_new(found: NewFile, quiet: bool, as_json: bool) -> None:
    for issue in found.issues:
        click.echo(f"{issue.level.value}: {issue}", err=True)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    elif not found.is_sound:
        # What somebody typed is not lost: they can save it, and mend it.
        click.echo("Nothing was written.", err=True)
        click.echo(found.text, nl=False)
    elif not quiet:
        click.echo(found.file)
        if found.company_text is not None:
            click.echo(found.company_file)
        click.echo("Look at it with `rolecall serve`, then commit and push it.")
