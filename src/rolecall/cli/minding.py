"""Commands that look after a board: doctor."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from rolecall.cli.group import board_folder, json_output, main, moment, quietly


@main.command()
@board_folder
@moment
@quietly
@json_output
def doctor(folder: Path, now: datetime, quiet: bool, as_json: bool) -> None:
    """Say what will go wrong with a board that nobody looks at, and what to do. Changes nothing, asks no network.

    It looks at config, README, workflows, what it can see of GitHub Pages, git, sizes, boards, jobs, the clock and the
    libraries; and it proves that the checks can fail.

    \b
    Examples:
      rolecall doctor
      rolecall doctor --json
    """
    from rolecall.commands.doctor import doctor as run
    from rolecall.issues import Level

    report = run(folder, now)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        for issue in report.findings:
            if not quiet or issue.level is not Level.INFO:
                click.echo(f"{issue.level.value}: {issue}", err=issue.level is not Level.INFO)
        if not quiet:
            for line in _facts(report.facts):
                click.echo(line)
            click.echo(_sum([issue.level.value for issue in report.findings]))
    sys.exit(1 if report.findings.errors else 0)


def _facts(facts: dict[str, Any]) -> list[str]:
    """What was measured, as far as it is known."""
    lines = [f"Jobs: {facts['open']:,} open, {facts['closed']:,} closed, {facts['missing']:,} missing at their board"]
    lines[0] += f"; the newest is of {facts['newest']}." if facts["newest"] else "."
    if facts["readme_bytes"] is not None:
        limit = f" of {facts['readme_limit']:,}" if facts["readme_limit"] else ""
        lines.append(f"README: {facts['readme_bytes']:,}{limit} bytes.")
    lines.append(f"Site: {facts['site_files']:,} files, {facts['site_bytes'] / 1e6:,.1f} of 1,000 MB.")
    if facts["last_commit"]:
        day = (facts["data_as_of"] or "unknown")[:10]
        lines.append(f"Git: data as of {day}, {facts['repository_bytes'] / 1e6:,.1f} MB.")
    return lines


def _sum(levels: list[str]) -> str:
    counts = {name: levels.count(name) for name in ("error", "warning", "info")}
    parts = [f"{count} {name}{'' if count == 1 or name == 'info' else 's'}" for name, count in counts.items() if count]
    return f"{', '.join(parts)}." if parts else "Nothing to mend."
