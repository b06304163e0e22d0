"""`rolecall check`: every problem of config.yaml and of the files in jobs/."""

from __future__ import annotations

from pathlib import Path

from rolecall.commands import CONFIG, JOBS
from rolecall.config import load_config
from rolecall.errors import ConfigError
from rolecall.issues import Issues
from rolecall.store import JobStore


def check(folder: Path) -> Issues:
    """Every problem of config.yaml and of the files in jobs/."""
    issues = Issues()
    try:
        load_config(folder / CONFIG)
    except ConfigError as error:
        issues.extend(error.problems)
    issues.extend(JobStore.load(folder / JOBS).issues)
    return issues
