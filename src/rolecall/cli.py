"""The command line: arguments in, report and exit code out. Each command imports what it needs when it runs."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rolecall import __version__

if TYPE_CHECKING:
    from rolecall.report import Report

EXIT_CODES = "Exit codes: 0 good, 1 findings or the run failed, 2 wrong usage, 3 some boards failed (with --strict)."


class _Moment(click.ParamType[datetime]):
    """A day or an ISO 8601 moment; without a zone it is UTC."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date. Write 2026-11-22 or 2026-11-22T06:00:00Z.", param, ctx)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _now() -> datetime:
    """The clock, or SOURCE_DATE_EPOCH (reproducible-builds.org); the only place where it is read."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdecimal() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC)


class _Group(click.Group):
    """Turns the errors of a run into lines on stderr and an exit code; only real bugs show a traceback.

    What a signal stops exits as shells expect it: 130 after Ctrl-C, 143 after a plain kill.
    """

    def invoke(self, ctx: click.Context) -> Any:
        from rolecall.errors import RolecallError

        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _terminated)
        try:
            return super().invoke(ctx)
        except RolecallError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("Stopped. Every file is as it was or as it shall be; run it again.", err=True)
            ctx.exit(130)


def _terminated(number: int, _: object) -> None:
    raise SystemExit(128 + number)


_folder = click.option(
    "-C",
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=".",
    help="The board's folder.",
)
_moment = click.option(
    "--now", type=_Moment(), default=_now, show_default="the clock, UTC", help="The day to work for."
)
_quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f'{EXIT_CODES} Shell completion: eval "$(_ROLECALL_COMPLETE=bash_source rolecall)"; zsh and fish likewise.',
)
@click.version_option(__version__, prog_name="rolecall")
def main() -> None:
    """Job lists that live in a git repository: fetch postings, keep one YAML file per job, build README and site.

    \b
    Examples:
      rolecall fetch                 read the boards of config.yaml into jobs/
      rolecall check                 every problem of config.yaml and jobs/
      rolecall build                 README.md and output/
      rolecall serve                 look at it on http://127.0.0.1:8000/
    """


@main.command()
@_folder
@_moment
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Processes.  [default: one per core, where it pays]"
)
@click.option("--keep-going", is_flag=True, help="Leave broken job files out instead of stopping; still exits with 1.")
@_quiet
@_as_json
def build(folder: Path, now: datetime, workers: int | None, keep_going: bool, quiet: bool, as_json: bool) -> None:
    """Render jobs/ into README.md and output/.

    A problem in any file stops the build before anything is written: the last good README and site stay.

    \b
    Examples:
      rolecall build
      rolecall build --now 2026-11-22 --json
    """
    from rolecall.commands.build import build as run
    from rolecall.report import build_report

    report = run(folder, now.date(), workers=workers, keep_going=keep_going, say=_say(quiet or as_json))
    _show(build_report(report), report.as_dict(), quiet, as_json)
    sys.exit(1 if report.issues.errors else 0)


@main.command()
@_folder
@_moment
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
@click.option("--strict", is_flag=True, help="Exit with 3 when a board failed.")
@_quiet
@_as_json
def fetch(
    folder: Path,
    now: datetime,
    boards: tuple[str, ...],
    accept_drop: tuple[str, ...],
    record: Path | None,
    replay: Path | None,
    strict: bool,
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
    """
    from rolecall.commands.fetch import FetchOptions
    from rolecall.commands.fetch import fetch as run
    from rolecall.fetch.progress import TerminalProgress
    from rolecall.github.summary import write_summary
    from rolecall.report import fetch_report

    if record and replay:
        raise click.UsageError("--record and --replay exclude each other.")
    options = FetchOptions(boards, frozenset(accept_drop), record, replay)
    with nullcontext() if quiet or as_json else TerminalProgress(sys.stderr) as progress:
        report = run(folder, now, options, progress)
    _show(fetch_report(report), report.as_dict(), quiet, as_json)
    write_summary(os.environ.get("GITHUB_STEP_SUMMARY"), report)
    sys.exit(report.exit_code(strict=strict))


@main.command()
@click.argument("source")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--company", help="Who hires, when the answer does not say it.")
@click.option("--url", help="The address from which the answer came.")
@_moment
@_as_json
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


@main.command()
@_folder
@_moment
@_quiet
@_as_json
def check(folder: Path, now: datetime, quiet: bool, as_json: bool) -> None:
    """Say every problem of config.yaml and of the files in jobs/, with file and line.

    \b
    Examples:
      rolecall check
      rolecall check --json
    """
    from rolecall.commands.check import check as run

    issues = run(folder, now.date())
    if as_json:
        click.echo(json.dumps([issue.as_dict() for issue in issues], ensure_ascii=False, indent=2))
    else:
        for issue in issues:
            click.echo(str(issue), err=True)
        if not issues.errors and not quiet:
            click.echo("No problems.")
    sys.exit(1 if issues.errors else 0)


@main.command()
@_folder
@_moment
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
def serve(folder: Path, now: datetime, port: int) -> None:
    """Build, show the site on this machine only, and build again when a file changes. Ctrl-C ends it.

    \b
    Examples:
      rolecall serve
      rolecall serve --port 8080
    """
    from rolecall.commands import CONFIG, JOBS, LOGOS, OUTPUT, TEMPLATES
    from rolecall.commands.build import build as run
    from rolecall.report import build_report
    from rolecall.serve import serve as serve_folder

    def build_once() -> None:
        report = run(folder, now.date(), keep_going=True, say=_say(quiet=True))
        _show(build_report(report), {}, quiet=False, as_json=False)

    watched = [folder / name for name in (CONFIG, JOBS, LOGOS, TEMPLATES)]
    serve_folder(folder / OUTPUT, watched, port, build_once, lambda text: click.echo(text, err=True))


@main.command("sources")
@_as_json
def list_sources(as_json: bool) -> None:
    """List the sources, each with a line for config.yaml."""
    from rolecall import sources

    examples = {name: sources.find(name).example for name in sources.names()}
    if as_json:
        click.echo(json.dumps(examples, ensure_ascii=False, indent=2))
        return
    for name, example in examples.items():
        click.echo(f"{name:<12} {example}")


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


def _say(quiet: bool) -> Callable[[str], None]:
    """What tells a person at a terminal how far a run is: lines on stderr, or nothing."""
    return (lambda _: None) if quiet or not sys.stderr.isatty() else (lambda text: click.echo(text, err=True))


def _show(report: Report, values: dict[str, Any], quiet: bool, as_json: bool) -> None:
    for line in report.problems:
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
    elif not quiet:
        report.show(sys.stdout)
