"""`rolecall from-issue`: an issue that was made with a form becomes a job file, a change, or a line of config.yaml.

No answer is ever asked over the network: an address is compared and recognised, and not opened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from rolecall.commands import CACHE
from rolecall.commands.form_making import made_of
from rolecall.files import inside, only_one, write_atomic
from rolecall.github import issue_comment
from rolecall.github.forms import FORMS
from rolecall.github.issue_event import IssueEvent, read_event, read_issue
from rolecall.github.issue_form import read_answers, recognise
from rolecall.issues import Issue

State = Literal["no form", "edited", "refused", "ready", "written"]


@dataclass(frozen=True, slots=True)
class FormReport:
    """What became of an issue. `title` is for commits and pull requests; `comment` is for the issue.

    Of the issue's own words only `comment` holds any. `login` and `user_id` are its author's, or empty.
    """

    state: State
    number: int
    form: str = ""
    title: str = ""
    login: str = ""
    user_id: str = ""
    files: tuple[str, ...] = ()
    problems: tuple[Issue, ...] = ()
    notes: tuple[Issue, ...] = ()
    comment: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        names = ("state", "number", "form", "title", "login", "user_id")
        values = {name: getattr(self, name) for name in names} | {"files": list(self.files)}
        found = {"problems": self.problems, "notes": self.notes}
        return values | {name: [issue.as_dict() for issue in issues] for name, issues in found.items()}

    def outputs(self) -> str:
        """Lines `name=value` for a script. No value is made of the issue's words."""
        values = {
            "state": self.state.replace(" ", "-"),
            "form": self.form,
            "number": self.number,
            "title": self.title,
            "login": self.login,
            "user_id": self.user_id,
        }
        return "".join(f"{name}={value}\n" for name, value in values.items())

    def lines(self) -> list[str]:
        """What a person at a terminal reads."""
        head = f"Issue #{self.number}: {self.state}."
        return [head, *(str(issue) for issue in (*self.problems, *self.notes)), *(f"  {file}" for file in self.files)]


def from_issue(
    folder: Path, event_file: Path, now: datetime, *, write: bool = False, current_file: Path | None = None
) -> FormReport:
    """What the issue of `event_file` becomes; with `write`, the files are written when nothing is wrong.

    `current_file` is the issue as it stands now: when its text is no longer that of the event, nothing is done.
    Raises `RolecallError` when a file cannot be read or written.
    """
    event = read_event(event_file)
    form = recognise(event.body, FORMS)
    report = FormReport("no form", event.number, login=event.login, user_id=event.user_id)
    if form is None:
        return report
    report = replace(report, form=form.name)
    if current_file is not None and not _same(event, read_issue(current_file)):
        return replace(report, state="edited", comment=issue_comment.edited())
    with only_one(folder / CACHE / "lock"):
        answers = read_answers(event.body, form)
        made = made_of(folder, answers, _day(event, now))
        if made.problems:
            comment = issue_comment.refused(made.problems, made.notes)
            return replace(report, state="refused", problems=made.problems, notes=made.notes, comment=comment)
        for file, text in made.files.items() if write else ():
            write_atomic(inside(folder, file), text.encode())
    return replace(
        report,
        state="written" if write else "ready",
        title=_title(form.name, len(made.files), event.number),
        files=tuple(made.files),
        notes=made.notes,
        comment=issue_comment.ready(form.name, made.shown, made.row, made.notes, approved=write),
    )


def _same(event: IssueEvent, current: IssueEvent) -> bool:
    return (event.number, event.body) == (current.number, current.body)


def _day(event: IssueEvent, now: datetime) -> date:
    """The day on which the issue was opened, so that approving it later, or twice, makes the same file."""
    return min(event.opened or now.date(), now.date())


def _title(form: str, count: int, number: int) -> str:
    what = {
        "new-job": "Add a job",
        "edit-job": "Change a job",
        "close-job": "Close a job",
        "close-jobs": "Close a job" if count == 1 else f"Close {count} jobs",
        "add-board": "Add a board",
    }
    return f"{what[form]} from issue #{number}"
