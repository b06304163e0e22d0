"""What is wrong, or doubtful, with the text of a job file that is not on disk yet."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolecall.checks import Ground, examine
from rolecall.commands import JOBS
from rolecall.config import Config
from rolecall.issues import Issue
from rolecall.store import JobStore


@dataclass(frozen=True, slots=True)
class Around:
    """The board that a file is to become part of, and the day."""

    folder: Path
    config: Config
    store: JobStore
    today: date


def judged(text: str, file: str, around: Around, changed: Collection[str] | None = None) -> list[Issue]:
    """Every problem of `text`, which shall stand in `file` (`jobs/acme/cook.yaml`), by the rules for new files.

    Of a file that stood there before, only what is `changed` is judged so: a stranger's words are, the rest was there.
    """
    jobs = {f"{JOBS}/{stored.file}": stored.job for stored in around.store.jobs.values()}
    ground = Ground.of(around.config, around.store.companies, jobs, around.today)
    job, issues = examine(text.encode(), file, ground, new=True)
    if job is None or changed is None:
        return issues
    return [issue for issue in issues if issue.spot is not None and _root(issue.spot.field) in changed]


def _root(field: str) -> str:
    """`salary` of `salary.min`."""
    return re.split(r"[.\[]", field)[0]
