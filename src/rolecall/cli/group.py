"""The group of all commands, the options that several of them share, and how a report is shown."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rolecall import __version__

if TYPE_CHECKING:
    from rolecall.report import Report

# What each command is for; `rolecall --help` and docs/cli.md list them so. One that stands nowhere is listed last.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Read boards", ("fetch", "add", "probe", "sources", "read", "eval")),
    ("Write", ("init", "new", "import", "schema", "commands")),
    ("Look", ("build", "serve", "why", "diff", "announce")),
    ("Contribute", ("check", "review", "from-issue")),
    ("Look after", ("links", "doctor")),
)
REST = "More"
EXIT_CODES = "Exit codes: 0 good, 1 findings or the run failed, 2 wrong usage, 3 some boards failed (with --strict)."


class _Moment(click.ParamType[datetime]):
    """A day or an ISO 8601 moment; without a zone it is UTC."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date. Write 2026-11-22 or 2026-11-22T06:00:00Z.", param, ctx)
        if not 2000 <= moment.year < 2100:  # a clock without a battery: files could not hold its days
            self.fail(f"{moment:%Y-%m-%d} is not between 2000 and 2100. Set the clock, or write --now.", param, ctx)
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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by what they are for, in columns of one width."""
        names = self.list_commands(ctx)
        width = max(map(len, names))
        for title, part in grouped(names):
            shown = ((name, self.get_command(ctx, name)) for name in part)
            rows = [
                (name.ljust(width), command.get_short_help_str(formatter.width - width - 4))
                for name, command in shown
                if command is not None and not command.hidden
            ]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        from rolecall.errors import RolecallError

        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a name that the terminal's encoding lacks is no reason to stop
                stream.reconfigure(errors="backslashreplace")
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


def grouped(names: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The commands by what they are for; groups without one are left out."""
    left = dict.fromkeys(names)
    found = [(title, [name for name in members if name in left]) for title, members in GROUPS]
    known = {name for _, members in GROUPS for name in members}
    found.append((REST, [name for name in left if name not in known]))
    return [(title, part) for title, part in found if part]


def _terminated(number: int, _: object) -> None:
    raise SystemExit(128 + number)


board_folder = click.option(
    "-C",
    "--folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=".",
    help="The board's folder.",
)
moment = click.option("--now", type=_Moment(), default=_now, show_default="the clock, UTC", help="The day to work for.")
quietly = click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
json_output = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")


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
      rolecall init my-board         a new board, ready to push
      rolecall fetch                 read the boards of config.yaml into jobs/
      rolecall check                 every problem of config.yaml and jobs/
      rolecall build                 README.md and output/
      rolecall serve                 look at it on http://127.0.0.1:8000/
    """


def say(quiet: bool) -> Callable[[str], None]:
    """What tells a person at a terminal how far a run is: lines on stderr, or nothing."""
    return (lambda _: None) if quiet or not sys.stderr.isatty() else (lambda text: click.echo(text, err=True))


def show_json(values: Any) -> None:
    """Print `values` as JSON that any terminal can show, and of which a log of GitHub's runner obeys nothing."""
    is_utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    text = json.dumps(values, ensure_ascii=not is_utf8, indent=2).replace("##[", "#\\u0023[")
    click.echo("".join(f"\\u{ord(one):04x}" if "\ud800" <= one <= "\udfff" else one for one in text))


def show(report: Report, values: dict[str, Any], quiet: bool, as_json: bool) -> None:
    for line in report.problems:
        click.echo(line, err=True)
    if as_json:
        show_json(values)
    elif not quiet:
        report.show(sys.stdout)
