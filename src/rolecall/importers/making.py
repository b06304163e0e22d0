"""A draft becomes a job, and the text of its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rolecall import yaml_io
from rolecall.errors import StoreError
from rolecall.importers.base import Draft
from rolecall.issues import Issue
from rolecall.model import Job, Status
from rolecall.normalise.draft import draft, draft_file, draft_text
from rolecall.normalise.tags import Vocabulary
from rolecall.schema import validate

NOT_OPEN = "closed in the list that it was imported from"


@dataclass(frozen=True, slots=True)
class Made:
    """A draft's job, with the file below jobs/ and its text; without a job, `issues` says why."""

    job: Job | None
    file: str
    text: str
    issues: tuple[Issue, ...]


def make(entry: Draft, where: str, today: date, vocabulary: Vocabulary) -> Made:
    """The job that `entry` of the file `where` becomes. A job is given only when its file would be read again."""
    job, issues = draft(entry.posting, f"{where}:{entry.line}", today, vocabulary, markdown=entry.markdown)
    if job is None:
        return Made(None, "", "", tuple(issues))
    changes: dict[str, object] = {"sponsorship": entry.sponsorship}
    if entry.estimated:
        changes["posted_estimated"] = True
    if entry.closed:
        changes |= {"status": Status.CLOSED, "closed_reason": NOT_OPEN}
    job = job.model_copy(update=changes)
    file, text = draft_file(job), draft_text(job)
    problems = _problems(text, f"jobs/{file}")
    return Made(None, file, "", tuple(problems)) if problems else Made(job, file, text, tuple(issues))


def _problems(text: str, where: str) -> list[Issue]:
    """What would be wrong with the file if it stood there."""
    try:
        document = yaml_io.load(text.encode("utf-8", "replace"), where)
    except StoreError as error:
        return list(error.problems)
    return validate(Job, document)[1]
