"""The issue forms of a board, made from the schema of a job: what it may hold is what one can be asked.

GitHub reads them in `.github/ISSUE_TEMPLATE/`; `rolecall schema --of new-job` prints one. A form is known by its
headings, so a label that is changed here leaves issues that were sent before without one.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Literal

from rolecall.github.issue_form import Form, Question
from rolecall.model import Employment, Job, Seniority, Sponsorship, Workplace
from rolecall.yaml_io import dump_key

# What a form does not ask: it follows from the rest, belongs to fetch, or is for the owner to decide.
NOT_ASKED = frozenset(
    "posted_estimated department requisition_id language featured status missing_since closed_at closed_reason "
    "description_html source alternates keep id".split()
)
# The words of a reason for closing, and what the file then says.
REASONS = (
    ("The employer's page says that it is closed or filled", "closed or filled"),
    ("The link leads nowhere", "the link leads nowhere"),
    ("Something else", "reported as closed"),
)
_PUBLIC = "Everybody can read what you write here, and it becomes part of the board's history."


def _options(words: type[StrEnum], without: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """The members as people read them: `full_time` is `Full time`."""
    return tuple((word.replace("_", " ").capitalize(), word.value) for word in words if word not in without)


def _ask(
    id: str,
    label: str,
    kind: Literal["input", "textarea", "dropdown"] = "input",
    *,
    say: str | None = None,
    more: str = "",
    example: str = "",
    options: tuple[tuple[str, str], ...] = (),
    multiple: bool = False,
) -> Question:
    """A question for a field of the job file; what it says is the field's description, or `say`, and `more`."""
    field = Job.model_fields[id]
    said = f"{field.description or '' if say is None else say} {more}".strip()
    # A day that nobody knows is the day on which the issue was opened.
    return Question(id, label, kind, said, example, options, multiple, field.is_required() and id != "posted")


_ABOUT_THE_JOB = (
    _ask("title", "Job title", example="Senior Backend Engineer"),
    _ask("company", "Company", say="Who hires.", example="Acme"),
    _ask(
        "apply_url",
        "Where to apply",
        say="The address of the job, or a mailbox.",
        example="https://acme.example/jobs/7",
    ),
    _ask("places", "Places", "textarea", more="One a line.", example="Berlin, Germany\nOslo, Norway"),
    _ask("workplace", "Workplace", "dropdown", say="Where the work is done.", options=_options(Workplace)),
    _ask(
        "remote_from",
        "Remote from",
        say="Where a remote worker may live: countries, regions, time zones, or worldwide. Empty: it is not said.",
        example="Germany, Austria",
    ),
    _ask("employment", "Kind of contract", "dropdown", options=_options(Employment), multiple=True),
    _ask("salary", "Pay", example="EUR 90,000 - 120,000 per year"),
    _ask("level", "Level", "dropdown", options=_options(Seniority)),
    _ask("sponsorship", "Visa sponsorship", "dropdown", options=_options(Sponsorship, ("unknown",))),
    _ask("tags", "Skills", say="Languages and tools, with commas between them.", example="Go, PostgreSQL, Kubernetes"),
    _ask("posted", "First published", more="Empty: it is not known.", example="2026-11-22"),
    _ask("closes", "Last day to apply", example="2026-12-31"),
    _ask("description", "Description", "textarea", more="Headings with #### or smaller."),
)


def _no_duty() -> tuple[Question, ...]:
    """The same questions where only what changes is filled in."""
    asked = []
    for question in _ABOUT_THE_JOB:
        said = question.description.replace(" Empty: it is not known.", "").replace(" Empty: it is not said.", "")
        asked.append(
            Question(question.id, question.label, question.kind, said, "", question.options, question.multiple)
        )
    return tuple(asked)


_WHICH = "The job's file, the address of its page on the board, or where one applies."
_FILE = "jobs/acme/cook-7f3a1c22.yaml"

NEW_JOB = Form(
    "new-job",
    "Add a job",
    "An opening that belongs on this board.",
    "Add: ",
    f"Three answers are needed; the more you know of the rest, the better. {_PUBLIC}",
    _ABOUT_THE_JOB,
)
EDIT_JOB = Form(
    "edit-job",
    "Change a job",
    "Something about a job is wrong or missing.",
    "Change: ",
    f"Fill in what changes, and leave the rest empty. A single - removes what stands there. {_PUBLIC}",
    (Question("job", "Job to change", "input", _WHICH, _FILE, required=True), *_no_duty()),
)
CLOSE_JOB = Form(
    "close-job",
    "Report a job as closed",
    "One can no longer apply, or the link leads nowhere.",
    "Closed: ",
    "",
    (
        Question("job", "Job", "input", f"{_WHICH} The link on the page has filled it in.", _FILE, required=True),
        Question("reason", "What you saw", "dropdown", options=REASONS, required=True),
        Question("details", "Details", "textarea", "Whatever helps to check it. Everybody can read this."),
    ),
)
CLOSE_JOBS = Form(
    "close-jobs",
    "Report several jobs as closed",
    "Many at once, such as all jobs of a company that hires no more.",
    "Closed: several jobs",
    "",
    (
        Question("jobs", "Jobs to close", "textarea", f"One a line, at most 200. {_WHICH}", _FILE, required=True),
        Question("reason", "What you saw", "dropdown", "It counts for all of them.", options=REASONS, required=True),
        Question("details", "Details", "textarea", "Whatever helps to check it. Everybody can read this."),
    ),
)
ADD_BOARD = Form(
    "add-board",
    "Add a company's board",
    "A company's list of openings, to be read by itself from now on.",
    "Board: ",
    "",
    (
        Question(
            "board",
            "Address of the board",
            "input",
            "Where the company's list of openings stands. Nobody opens it before a maintainer has approved it.",
            "https://boards.greenhouse.io/acme",
            required=True,
        ),
        Question("company", "Company that hires", "input", "Where the list does not say it.", "Acme"),
        Question("details", "Details", "textarea", "Why it belongs on this board. Everybody can read this."),
    ),
)
FORMS: tuple[Form, ...] = (NEW_JOB, EDIT_JOB, CLOSE_JOB, CLOSE_JOBS, ADD_BOARD)
# The label of each form, beside the one that all have; a repository without them goes without.
LABELS = {
    "new-job": "new-job",
    "edit-job": "edit-job",
    "close-job": "closed-job",
    "close-jobs": "closed-job",
    "add-board": "new-board",
}


def form_file(name: str) -> str:
    """The text of `.github/ISSUE_TEMPLATE/<name>.yml`."""
    form = next(form for form in FORMS if form.name == name)
    head = f"# Made by `rolecall schema --of {form.name}`; do not edit.\n"
    intro = [{"type": "markdown", "attributes": {"value": form.intro}}] if form.intro else []
    values = {
        "name": form.heading,
        "description": form.description,
        "title": form.title,
        "labels": [LABELS[form.name]],
        "body": [*intro, *(_element(question) for question in form.questions)],
    }
    return head + "".join(f"{line}\n" for line in _block(values))


def _element(question: Question) -> dict[str, Any]:
    said: dict[str, Any] = {"label": question.label}
    if question.description:
        said["description"] = question.description
    if question.placeholder:
        said["placeholder"] = question.placeholder
    if question.multiple:
        said["multiple"] = True
    if question.options:
        said["options"] = [shown for shown, _ in question.options]
    element: dict[str, Any] = {"type": question.kind, "id": question.id, "attributes": said}
    return element | ({"validations": {"required": True}} if question.required else {})


def _block(values: dict[str, Any], indent: str = "") -> Iterator[str]:
    """YAML as a person would write it: each key on a line of its own."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _block(value, f"{indent}  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            for item in value:
                lines = list(_block(item, f"{indent}    ")) if isinstance(item, dict) else []
                first = lines[0].strip() if lines else dump_key("x", item).removeprefix("x: ").strip()
                yield f"{indent}  - {first}"
                yield from lines[1:]
        else:
            yield from (f"{indent}{line}" for line in dump_key(key, value).splitlines())
