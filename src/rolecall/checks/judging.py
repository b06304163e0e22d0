"""The rules in order, and what they say of one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from rolecall import yaml_io
from rolecall.checks import dates, description, link, machine, name, pay, twins, vocabulary, words, workplace
from rolecall.checks.form import form, steps_of
from rolecall.checks.ground import Finding, Ground, JobFile
from rolecall.errors import StoreError
from rolecall.issues import Issue, Spot
from rolecall.model import Job
from rolecall.schema import validate
from rolecall.yaml_io import Document

Check = Callable[..., Iterator[Finding]]


class Who(IntEnum):
    """Whose files a rule judges: of fetched ones only what can harm, or thousands would speak at once."""

    ALL = 0
    PEOPLE = 1
    NEW = 2


RULES: tuple[tuple[Check, Who], ...] = (
    (name.folder, Who.PEOPLE),
    (words.broken, Who.PEOPLE),
    (words.markup, Who.PEOPLE),
    (words.title, Who.PEOPLE),
    (words.repeats, Who.NEW),
    (link.link, Who.PEOPLE),
    (twins.twins, Who.PEOPLE),
    (dates.ahead, Who.ALL),
    (dates.last_day, Who.PEOPLE),
    (dates.stale, Who.NEW),
    (pay.pay, Who.PEOPLE),
    (vocabulary.vocabulary, Who.PEOPLE),
    (description.description, Who.PEOPLE),
    (workplace.remote, Who.NEW),
    (workplace.many_places, Who.ALL),
    (machine.machine, Who.NEW),
)
# What stands for a required field that is missing or wrong, so that the others can be judged all the same.
_STAND_INS = {"title": "Title", "company": "Company", "apply_url": "https://stand-in.invalid/"}
_NEEDS_COMPANY = frozenset(("employer-unknown",))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as far as it could be read: `document` is None when it is not YAML, `job` when its form is broken."""

    file: str
    data: bytes
    document: Document | None
    job: Job | None
    problems: tuple[Issue, ...]

    @property
    def is_fetched(self) -> bool:
        """Whether fetch wrote it: then it is not people's to mend."""
        return self.document is not None and self.document.value.get("source") is not None

    @property
    def text(self) -> str:
        return self.data.decode("utf-8-sig")


def judge(job_file: JobFile, ground: Ground, *, new: bool) -> list[Issue]:
    """What is wrong or doubtful with a file of the right form; `new`: it is being added now, and all rules speak."""
    who = Who.NEW if new else Who.PEOPLE if job_file.job.source is None else Who.ALL
    return [finding.issue for finding in findings_of(job_file, ground, who)]


def examine(data: bytes, file: str, ground: Ground, *, new: bool) -> tuple[Job | None, list[Issue]]:
    """The job in `data`, which shall stand in `file` (`jobs/acme/cook.yaml`), and every problem of form and content.

    None when the form is broken; what can be judged all the same is in the list, too. `data` is taken for a person's
    work, even where it says that fetch wrote it.
    """
    parsed = parse(data, file)
    return parsed.job, [finding.issue for finding in examined(parsed, ground, new=new, touched=True)]


def parse(data: bytes, file: str) -> Parsed:
    """`data` as a job file, with the problems of its form."""
    try:
        document = yaml_io.load(data, file)
    except StoreError as error:
        return Parsed(file, data, None, None, tuple(_at_file(issue, file) for issue in error.problems))
    job, problems = validate(Job, document)
    return Parsed(file, data, document, job, tuple(problems))


def examined(parsed: Parsed, ground: Ground, *, new: bool, touched: bool = False) -> tuple[Finding, ...]:
    """Everything noticed, by line, with the repairs; `touched`: a person changed it, even if fetch wrote it."""
    found = [*name.name(parsed.file, new=new), *_found(parsed, ground, _who(parsed, new=new, touched=touched))]
    if parsed.is_fetched:
        found = [Finding(one.issue) for one in found]
    return tuple(sorted(found, key=lambda one: _place(one.issue)))


def _found(parsed: Parsed, ground: Ground, who: Who) -> Iterator[Finding]:
    document = parsed.document
    if document is None:
        yield from (name.unreadable(issue, parsed.data) for issue in parsed.problems)
        return
    if not parsed.is_fetched:
        yield from name.encoding(parsed.data, document)
    if parsed.job is not None:
        yield from findings_of(JobFile(parsed.file, document, parsed.job, parsed.text), ground, who)
        return
    yield from (form(problem, document) for problem in parsed.problems)
    yield from _of_the_rest(parsed, document, ground, who)


def _of_the_rest(parsed: Parsed, document: Document, ground: Ground, who: Who) -> Iterator[Finding]:
    """What the rules say of the fields that are in order, so that one run names everything."""
    wrong = {_root(problem) for problem in parsed.problems}
    value = {key: item for key, item in document.value.items() if key in Job.model_fields and key not in wrong}
    stand_ins = {**_STAND_INS, "posted": ground.today.isoformat()}
    wrong |= {key for key in stand_ins if value.get(key) is None}
    known = {key: item for key, item in value.items() if item is not None}
    job, _ = validate(Job, replace(document, value={**stand_ins, **known}))
    if job is None:
        return
    for finding in findings_of(JobFile(parsed.file, document, job, parsed.text), ground, who):
        if _root(finding.issue) not in wrong and not ("company" in wrong and finding.issue.code in _NEEDS_COMPANY):
            yield finding


def _root(issue: Issue) -> str:
    """The top-level field of a problem; what concerns several begins with the name of the one to look at."""
    steps = steps_of(issue.spot.field) if issue.spot else ()
    return str(steps[0]) if steps else issue.what.partition(" ")[0]


def _who(parsed: Parsed, *, new: bool, touched: bool) -> Who:
    if new:
        return Who.NEW
    return Who.ALL if parsed.is_fetched and not touched else Who.PEOPLE


def findings_of(job_file: JobFile, ground: Ground, who: Who) -> Iterator[Finding]:
    """What the rules say of a file of `who`, in their order."""
    for check, whose in RULES:
        if whose <= who:
            yield from check(job_file, ground, new=who is Who.NEW)


def _place(issue: Issue) -> tuple[int, int]:
    spot = issue.spot
    return (spot.line or 0, spot.column or 0) if spot else (0, 0)


def _at_file(issue: Issue, file: str) -> Issue:
    """The problem by the file's name, where it has no place of its own."""
    return issue if issue.spot is not None else Issue.at(issue.code, Spot(file), issue.what, issue.hint, issue.level)
