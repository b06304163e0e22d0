"""Commands that work on the board in a folder, without the network: build, serve."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from rolecall.cli.group import board_folder, json_output, main, moment, quietly, say, show


@main.command()
@board_folder
@moment
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Processes.  [default: one per core, where it pays]"
)
@click.option("--keep-going", is_flag=True, help="Leave broken job files out instead of stopping; still exits with 1.")
@quietly
@json_output
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

    report = run(folder, now.date(), workers=workers, keep_going=keep_going, say=say(quiet or as_json))
    show(build_report(report), report.as_dict(), quiet, as_json)
    sys.exit(1 if report.issues.errors else 0)


@main.command()
@board_folder
@moment
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
        report = run(folder, now.date(), keep_going=True, say=say(quiet=True))
        show(build_report(report), {}, quiet=False, as_json=False)

    watched = [folder / name for name in (CONFIG, JOBS, LOGOS, TEMPLATES)]
    serve_folder(folder / OUTPUT, watched, port, build_once, lambda text: click.echo(text, err=True))
