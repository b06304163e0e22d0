"""What is wrong, or doubtful, with the text of a job file that is not on disk yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolecall import yaml_io
from rolecall.config import Config
from rolecall.errors import StoreError
from rolecall.issues import Issue
from rolecall.model import Job
from rolecall.schema import validate
from rolecall.store import JobStore, not_yet


@dataclass(frozen=True, slots=True)
class Around:
    """The board that a file is to become part of, and the day."""

    folder: Path
    config: Config
    store: JobStore
    today: date


def judged(text: str, file: str, around: Around) -> list[Issue]:
    """Every problem of `text`, which shall stand in `file` (`jobs/acme/cook.yaml`)."""
    try:
        document = yaml_io.load(text.encode(), file)
    except StoreError as error:
        return list(error.problems)
    job, problems = validate(Job, document)
    ahead = not_yet(file, job.posted, around.today) if job is not None else None
    return [*problems, *([ahead] if ahead else [])]
