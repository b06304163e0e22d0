"""What the answers of a form come to: files with their new text, or everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from rolecall import yaml_io
from rolecall.commands import CONFIG, JOBS
from rolecall.commands.form_board import board_line
from rolecall.commands.form_closing import Finder, close_jobs
from rolecall.commands.form_judging import Around, judged
from rolecall.commands.form_row import row_words
from rolecall.commands.form_words import by_label, changes_of, new_job
from rolecall.config import Config, load_config
from rolecall.errors import RolecallError
from rolecall.github.issue_form import Answers, problem
from rolecall.issues import Issue, Level
from rolecall.model import Job
from rolecall.normalise.draft import draft_file, draft_text
from rolecall.schema import plain
from rolecall.store import ORDER, JobStore

_DEFAULTS = {name: field.get_default() for name, field in Job.model_fields.items()}


@dataclass(frozen=True, slots=True)
class Made:
    """What the answers come to: the new text of each file, what to show of it, and what is wrong or doubtful."""

    files: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""
    row: str = ""
    problems: tuple[Issue, ...] = ()
    notes: tuple[Issue, ...] = ()


def made_of(folder: Path, answers: Answers, today: date) -> Made:
    """What the answers come to; every problem of them at once."""
    if answers.torn:
        return Made(problems=tuple(answers.problems))
    config = load_config(folder / CONFIG)
    if answers.form.name == "add-board":
        made = _board(folder, answers, config)
    else:
        around = Around(folder, config, JobStore.load(folder / JOBS), today)
        kinds = {"new-job": _new, "edit-job": _edit, "close-job": _close, "close-jobs": _close}
        made = kinds[answers.form.name](answers, around)
    ranks = {question.label: rank for rank, question in enumerate(answers.form.questions)}
    found = dict.fromkeys((*answers.problems, *made.problems))
    return replace(made, problems=tuple(sorted(found, key=lambda issue: ranks.get(_field(issue), -1))))


def _new(answers: Answers, around: Around) -> Made:
    job, problems = new_job(answers, around.today, around.config.vocabulary())
    if job is None:
        return Made(problems=tuple(problems))
    name = draft_file(job)
    file, text = f"{JOBS}/{name}", draft_text(job)
    if (around.folder / file).exists():
        what, hint = f"is on the board already: {file}.", "To change it, use the form for that."
        problems.append(problem("Job title", what, hint))
    findings = by_label(answers, judged(text, file, around))
    # What is said of an answer already is not said again of what stood in for it.
    blamed = {_field(issue) for issue in (*answers.problems, *problems)}
    findings = [issue for issue in findings if _field(issue) not in blamed]
    errors, notes = _parted(findings)
    shown = f"# {file}\n{text}"
    return Made({file: text}, shown, row_words(around, file, job), (*problems, *errors), notes)


def _edit(answers: Answers, around: Around) -> Made:
    if not answers.has("job"):
        return Made()
    stored, why = Finder.of(around.store, around.config).find(answers.text("job"))
    if stored is None:
        what = f"{answers.text('job')[:120]!r} {why}"
        hint = "Copy the address of the job's page on the board, or write its file: jobs/acme/cook-7f3a1c22.yaml."
        return Made(problems=(problem("Job to change", what, hint),))
    changes, problems = changes_of(answers, stored.job, around.today, around.config.vocabulary())
    if not changes and not problems and not answers.problems:
        hint = "Fill in what changes, as it shall be."
        return Made(problems=(problem("The text", "changes nothing of this job.", hint),))
    if stored.job.source is not None and changes:
        # People win: the next fetch leaves these fields alone.
        fields = {name if name != "description" else "description_html" for name in changes} - {"posted_estimated"}
        changes["keep"] = tuple(sorted({*stored.job.keep, *fields}))
    file = f"{JOBS}/{stored.file}"
    values = {name: plain(value) if value not in (None, ()) else None for name, value in changes.items()}
    text = yaml_io.replace_keys(stored.text, values, ORDER, file)
    findings = by_label(answers, judged(text, file, around, changes))
    errors, notes = _parted(findings)
    job = stored.job.model_copy(update={name: value or _DEFAULTS[name] for name, value in changes.items()})
    shown = f"# {file}\n{yaml_io.dump({name: value for name, value in values.items() if value is not None})}"
    gone = "".join(f"# without {name}\n" for name, value in values.items() if value is None)
    return Made({file: text}, shown + gone, row_words(around, file, job), (*problems, *errors), notes)


def _close(answers: Answers, around: Around) -> Made:
    asked = "job" if answers.has("job") else "jobs"
    if not answers.has(asked):
        return Made()
    closed = close_jobs(answers, asked, Finder.of(around.store, around.config), around.today)
    files = {f"{JOBS}/{file}": text for file, text in closed.texts.items()}
    return Made(files, "\n".join(closed.lines), "", closed.problems, closed.notes)


def _board(folder: Path, answers: Answers, config: Config) -> Made:
    if not answers.has("board"):
        return Made()
    try:
        text, line = board_line(folder / CONFIG, config, answers.text("board"), answers.text("company"))
    except RolecallError as error:
        return Made(problems=(problem("Address of the board", error.what, error.hint),))
    return Made({CONFIG: text}, line)


def _parted(findings: list[Issue]) -> tuple[tuple[Issue, ...], tuple[Issue, ...]]:
    errors = tuple(issue for issue in findings if issue.level is Level.ERROR)
    return errors, tuple(issue for issue in findings if issue.level is Level.WARNING)


def _field(issue: Issue) -> str:
    return issue.spot.field if issue.spot is not None else ""
