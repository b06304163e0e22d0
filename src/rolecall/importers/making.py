"""A draft becomes a job, and the text of its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rolecall import yaml_io
from rolecall.errors import StoreError
from rolecall.importers.base import Draft
from rolecall.issues import Issue
from rolecall.model import Job, Status
from rolecall.normalise.draft import draft, draft_file, draft_text
from rolecall.normalise.employment import read_employment
from rolecall.normalise.tags import MAX_TAGS, Vocabulary
from rolecall.schema import validate

NOT_OPEN = "closed in the list that it was imported from"


@dataclass(frozen=True, slots=True)
class Made:
    """A draft's job, with the file below jobs/ and its text; without a job, `issues` says why."""

    job: Job | None
    file: str
    text: str
    issues: tuple[Issue, ...]
    lost: tuple[tuple[str, str, str], ...] = ()  # field, why, the words


def make(entry: Draft, where: str, today: date, vocabulary: Vocabulary) -> Made:
    """The job that `entry` of the file `where` becomes. A job is given only when its file would be read again."""
    job, issues = draft(entry.posting, f"{where}:{entry.line}", today, vocabulary, markdown=entry.markdown)
    if job is None:
        return Made(None, "", "", tuple(issues))
    changes: dict[str, object] = {"sponsorship": entry.sponsorship, "tags": _tags(job, entry, vocabulary)}
    if job.salary is not None and job.salary.currency is None:
        changes["salary"] = None
    if entry.estimated:
        changes["posted_estimated"] = True
    if entry.closed:
        changes |= {"status": Status.CLOSED, "closed_reason": NOT_OPEN}
    job = job.model_copy(update=changes)
    file, text = draft_file(job), draft_text(job)
    read, problems = _read_again(text, f"jobs/{file}")
    if read is None:
        return Made(None, file, "", tuple(problems))
    return Made(read, file, text, tuple(issues), tuple(_lost(read, entry, vocabulary)))


def _tags(job: Job, entry: Draft, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The tags with those that a person gave the entry: they were chosen, and need no proof in the text."""
    stated = [tag for word in entry.posting.tags if (tag := vocabulary.canonical(word))]
    return tuple(dict.fromkeys((*job.tags, *stated)))[:MAX_TAGS]


def _lost(job: Job, entry: Draft, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """Words of the entry that the job does not hold as a value."""
    said = entry.posting
    if said.salary and job.salary is None:
        words = " ".join(filter(None, (said.salary[0].text, said.salary[0].min)))
        yield "pay", "not understood, or nobody says in which currency", words
    for place in job.places:
        if place.text and not place.country:
            yield "place", "kept as text: not understood", place.text
    if said.places and not (job.places or job.workplace or job.remote_from):
        yield "place", "names no place", said.places[0].text or ""
    for word in read_employment(said.employment)[1]:
        yield "employment", "not understood", word
    if said.workplace and job.workplace is None:
        yield "workplace", "not understood", said.workplace
    if said.posted and job.posted_estimated and not entry.estimated:
        yield "posted", "not understood: the day of the import stands instead", said.posted
    elif not said.posted:
        yield "posted", "not stated: the day of the import stands instead", ""
    if said.closes and job.closes is None:
        yield "closes", "not understood, or before the day of publication", said.closes
    for word in said.tags:
        if vocabulary.canonical(word) is None:
            yield "tags", "not in the vocabulary", word


def _read_again(text: str, where: str) -> tuple[Job | None, list[Issue]]:
    """The job as the file would be read, or what would be wrong with it."""
    try:
        document = yaml_io.load(text.encode("utf-8", "replace"), where)
    except StoreError as error:
        return None, list(error.problems)
    return validate(Job, document)
