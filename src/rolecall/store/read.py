"""The files of jobs/, read one by one; each gives a value or every problem in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rolecall import yaml_io
from rolecall.errors import StoreError
from rolecall.files import read_regular
from rolecall.issues import Issue
from rolecall.model import Company, Job
from rolecall.normalise.identity import job_id, path_id
from rolecall.schema import validate

COMPANY_FILE = "company.yaml"


@dataclass(slots=True)
class StoredJob:
    """A job and its file: `file` is relative to jobs/, `text` what the file holds (or will)."""

    id: str
    file: str
    job: Job
    text: str


def files_below(root: Path) -> Iterator[str]:
    """Every file below jobs/, as `acme/cook.yaml`, sorted; names that start with a dot are not ours."""
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = Path(folder).relative_to(root)
        for name in sorted(files):
            if not name.startswith("."):
                yield (inside / name).as_posix()


def read_job(root: Path, file: str, shown: str = "jobs") -> tuple[StoredJob | None, list[Issue]]:
    """One job file, or every problem in it."""
    where = f"{shown}/{file}"
    try:
        data = read_regular(root / file, max_bytes=yaml_io.MAX_BYTES)
        document = yaml_io.load(data, where)
    except StoreError as error:
        return None, list(error.problems)
    job, problems = validate(Job, document)
    if job is None:
        return None, problems
    return StoredJob(id_of(job, file), file, job, data.decode("utf-8-sig")), []


def read_company(root: Path, file: str, shown: str = "jobs") -> tuple[Company | None, list[Issue]]:
    """One company.yaml, or every problem in it."""
    try:
        document = yaml_io.load(read_regular(root / file, max_bytes=yaml_io.MAX_BYTES), f"{shown}/{file}")
    except StoreError as error:
        return None, list(error.problems)
    return validate(Company, document)


def id_of(job: Job, file: str) -> str:
    """A job's stable id: of source, board and key; for files that people wrote their own, else of the path."""
    if job.source:
        return job_id(job.source.name, job.source.board, job.source.key)
    return job.id or path_id(file)
