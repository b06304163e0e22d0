"""Commands that work on the board in a folder, without the network: build, serve."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from rolecall.cli.group import board_folder, json_output, main, moment, quietly, say, show

_OBJECTS_APART, _YOUNG_APART = 20_000, 100


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
    from rolecall.commands.standing import looking, unchanged
    from rolecall.report import build_report

    with _seldom_collected(), looking(folder, now.date()) as seen:
        report = unchanged(folder, seen)
        if report is None:
            from rolecall.commands.build import build as run

            told = say(quiet or as_json)
            report = run(folder, now.date(), workers=workers, keep_going=keep_going, say=told, seen=seen)
    show(build_report(report), report.as_dict(), quiet, as_json)
    sys.exit(1 if report.issues.errors else 0)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """To look for garbage often, while so much is made and kept, finds little, and takes a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_APART, _YOUNG_APART, _YOUNG_APART)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@main.command()
@board_folder
@moment
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
@click.option("--no-reload", is_flag=True, help="Leave open pages as they are; they show a change when loaded again.")
@quietly
def serve(folder: Path, now: datetime, port: int, is_opened: bool, no_reload: bool, quiet: bool) -> None:
    """Build, and show the site on this machine only. Ctrl-C ends it.

    When config.yaml, jobs/, logos/, templates/ or the README change, it builds again, and open pages load themselves
    anew. When that fails they say why, and show the last good site.

    \b
    Examples:
      rolecall serve
      rolecall serve --open
      rolecall serve --port 8080 --no-reload
    """
    from rolecall.commands.preview import PreviewOptions, preview
    from rolecall.report import build_report

    def look(url: str) -> None:
        if is_opened:
            import webbrowser

            webbrowser.open(url)

    options = PreviewOptions(port, not no_reload, look)
    preview(
        folder,
        now.date(),
        options,
        lambda report: show(build_report(report), {}, quiet, as_json=False),
        lambda text: click.echo(text, err=True),
    )
