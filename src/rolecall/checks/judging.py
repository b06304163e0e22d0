"""The rules in order, and what they say of one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from rolecall import yaml_io
from rolecall.checks import dates
from rolecall.checks.ground import Finding, Ground, JobFile
from rolecall.errors import StoreError
from rolecall.issues import Issue, Spot
from rolecall.model import Job
from rolecall.schema import validate

Check = Callable[..., Iterator[Finding]]


class Who(IntEnum):
    """Whose files a rule judges: of fetched ones only what can harm, or thousands would speak at once."""

    ALL = 0
    PEOPLE = 1
    NEW = 2


RULES: tuple[tuple[Check, Who], ...] = (
    (dates.ahead, Who.ALL),
    (dates.last_day, Who.PEOPLE),
    (dates.stale, Who.NEW),
)


@dataclass(frozen=True, slots=True)
class Examined:
    """A file's job (None when the form is broken) and everything noticed, by line."""

    job_file: JobFile | None
    findings: tuple[Finding, ...]

    @property
    def issues(self) -> list[Issue]:
        return [finding.issue for finding in self.findings]


def judge(job_file: JobFile, ground: Ground, *, new: bool) -> list[Issue]:
    """What is wrong or doubtful with a file of the right form; `new`: it is being added now, and all rules speak."""
    return [finding.issue for finding in findings_of(job_file, ground, new=new)]


def examine(data: bytes, file: str, ground: Ground, *, new: bool) -> tuple[Job | None, list[Issue]]:
    """The job in `data`, which shall stand in `file` (`jobs/acme/cook.yaml`), and every problem of form and content.

    None when the form is broken; what can be judged all the same is in the list, too.
    """
    seen = examined(data, file, ground, new=new)
    return seen.job_file.job if seen.job_file else None, seen.issues


def examined(data: bytes, file: str, ground: Ground, *, new: bool) -> Examined:
    """Like `examine`, with the repairs."""
    try:
        document = yaml_io.load(data, file)
    except StoreError as error:
        return Examined(None, tuple(Finding(at_file(issue, file)) for issue in error.problems))
    job, problems = validate(Job, document)
    if job is None:
        return Examined(None, in_order(Finding(issue) for issue in problems))
    job_file = JobFile(file, document, job, data.decode("utf-8-sig"))
    return Examined(job_file, in_order(findings_of(job_file, ground, new=new)))


def findings_of(job_file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """What the rules say, in their order."""
    who = Who.NEW if new else Who.PEOPLE if job_file.job.source is None else Who.ALL
    for check, whose in RULES:
        if whose <= who:
            yield from check(job_file, ground, new=new)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By line, column and rule's order."""
    return tuple(sorted(findings, key=lambda found: _place(found.issue)))


def _place(issue: Issue) -> tuple[int, int]:
    spot = issue.spot
    return (spot.line or 0, spot.column or 0) if spot else (0, 0)


def at_file(issue: Issue, file: str) -> Issue:
    """The problem by the file's name, where it has no place of its own."""
    return issue if issue.spot is not None else Issue.at(issue.code, Spot(file), issue.what, issue.hint, issue.level)
