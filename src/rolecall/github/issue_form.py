"""An issue form and its answers: what GitHub makes of a filled form is `### Label`, a blank line, the answer.

The body is anybody's text: it can be typed by hand, and edited after it was sent. It is split at the headings that the
form is known to have, in the form's order. A heading that comes twice or out of order, or text above the first one, is
refused: one could not tell an answer from a forgery (a person who reads the page cannot either).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rolecall.issues import Issue, Spot
from rolecall.schema import did_you_mean

MAX_BODY_CHARS = 70_000  # GitHub stops at 65,536
MAX_LINE_CHARS = 2_000
MAX_TEXT_CHARS = 50_000
WHERE = "issue"
EMPTY = "_No response_"
_LINE_END = re.compile("\r\n|\r|\n")
_HEADING = re.compile(r" {0,3}###[ \t]")
_BOX = re.compile(r"[-*] ?\[([ xX]?)\] +(\S.*)")


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form. `options` are pairs: the words that a person sees, and the value they stand for."""

    id: str
    label: str
    kind: Literal["input", "textarea", "dropdown", "checkboxes"]
    description: str = ""
    placeholder: str = ""
    options: tuple[tuple[str, str], ...] = ()
    multiple: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form by its `name` (`new-job`); `title` begins the titles of its issues."""

    name: str
    heading: str
    description: str
    title: str
    intro: str
    questions: tuple[Question, ...]


@dataclass(slots=True)
class Answers:
    """What was filled in: `texts` by the questions' ids, `chosen` values of lists and boxes; and what is wrong with it.

    An empty answer stands in neither. With `torn`, the body could not be split, and nothing of it counts.
    """

    form: Form
    texts: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Issue] = field(default_factory=list)
    torn: bool = False

    def has(self, id: str) -> bool:
        return id in self.texts or id in self.chosen

    def text(self, id: str) -> str:
        return self.texts.get(id, "")

    def lines(self, id: str) -> list[str]:
        return [line.strip() for line in self.text(id).split("\n") if line.strip()]


def problem(label: str, what: str, hint: str) -> Issue:
    """A finding about an answer, by the label that the person saw."""
    return Issue.at("form", Spot(WHERE, field=label), what, hint)


def recognise(body: str, forms: Iterable[Form]) -> Form | None:
    """Which form the issue was made with, by its headings; None for every other issue.

    Labels say nothing: GitHub leaves out those that a repository does not have, and anybody with rights may set them.
    """
    found = {_heading(line) for line in _lines(body)}
    best: tuple[int, Form] | None = None
    for form in forms:
        labels = [_fold(question.label) for question in form.questions]
        count = sum(label in found for label in labels)
        if labels[0] in found and count > 1 and (best is None or count > best[0]):
            best = count, form
    return best[1] if best else None


def read_answers(body: str, form: Form) -> Answers:
    """The answers in `body`. What is wrong with them is in `problems`; nothing is raised."""
    answers = Answers(form)
    parts = _parts(body, form, answers.problems)
    if answers.problems:
        answers.torn = True
        return answers
    for question in form.questions:
        text = parts.get(question.id, "").strip()
        if question.kind == "checkboxes":
            _read_boxes(question, text, answers)
        elif text not in ("", EMPTY):
            _read(question, text, answers)
        if question.required and not answers.has(question.id) and not _blamed(question, answers):
            answers.problems.append(problem(question.label, "is not filled in.", "Fill it in."))
    return answers


def _lines(body: str) -> list[str]:
    return _LINE_END.split(body[:MAX_BODY_CHARS])


def _heading(line: str) -> str | None:
    """What a line says that GitHub shows as a heading of the third rank; None for any other line."""
    if not _HEADING.match(line):
        return None
    text = line.strip(" \t")[3:].strip(" \t")
    bare = text.rstrip("#")  # a heading may be closed by signs, after a space
    return _fold(bare if bare.endswith((" ", "\t")) else text)


def _fold(label: str) -> str:
    return " ".join(label.split()).casefold()


def _parts(body: str, form: Form, problems: list[Issue]) -> dict[str, str]:
    """The text below each heading, by the question's id; what cannot be split is in `problems`."""
    if len(body) > MAX_BODY_CHARS:
        problems.append(problem("The text", f"is too long: {len(body):,} characters.", "Shorten it."))
        return {}
    ranks = {_fold(question.label): rank for rank, question in enumerate(form.questions)}
    found: dict[int, list[str]] = {}
    before: list[str] = []
    last, into = -1, before
    for line in _lines(body):
        heading = _heading(line)
        rank = ranks.get(heading) if heading is not None else None
        if rank is None:
            into.append(line)
            continue
        label = form.questions[rank].label
        if rank in found:
            hint = "Keep the heading of the form; where your own text has such a heading, write it with #### instead."
            problems.append(problem(label, "stands as a heading more than once.", hint))
        elif rank < last:
            hint = "Put the headings back as the form had them, or send the form anew."
            problems.append(problem(label, "stands below a heading that it belongs above.", hint))
        last, into = max(rank, last), found.setdefault(rank, [])
    if any(line.strip() for line in before):
        problems.append(
            problem("The text", "has words above the first heading.", "Move them below one, or remove them.")
        )
    return {form.questions[rank].id: "\n".join(lines) for rank, lines in found.items()}


def _read(question: Question, text: str, answers: Answers) -> None:
    if question.kind == "dropdown":
        _read_choice(question, text, answers)
        return
    limit = MAX_LINE_CHARS if question.kind == "input" else MAX_TEXT_CHARS
    if len(text) > limit:
        what = f"is too long: {len(text):,} characters, the limit is {limit:,}."
        answers.problems.append(problem(question.label, what, "Shorten it."))
    elif question.kind == "input" and "\n" in text:
        answers.problems.append(problem(question.label, "has more than one line.", "Write it on one line."))
    else:
        answers.texts[question.id] = text


def _read_choice(question: Question, text: str, answers: Answers) -> None:
    """The answer of a list. `None` is what GitHub writes where a choice may be left out, and was."""
    values: Mapping[str, str] = {_fold(shown): value for shown, value in question.options}
    words = text.split(",") if question.multiple else [text]
    chosen = []
    for word in words:
        if _fold(word) in values:
            chosen.append(values[_fold(word)])
        elif _fold(word) not in ("", "none"):
            allowed = [shown for shown, _ in question.options]
            hint = f"{did_you_mean(word.strip()[:60], values)} Choose: {'; '.join(allowed)}.".strip()
            answers.problems.append(problem(question.label, f"{word.strip()[:60]!r} is not one of the choices.", hint))
    if chosen:
        answers.chosen[question.id] = tuple(dict.fromkeys(chosen))


def _read_boxes(question: Question, text: str, answers: Answers) -> None:
    values = {_fold(shown): value for shown, value in question.options}
    ticked = [
        _fold(match[2]) for line in text.split("\n") if (match := _BOX.fullmatch(line.strip())) and match[1].strip()
    ]
    if chosen := tuple(dict.fromkeys(values[word] for word in ticked if word in values)):
        answers.chosen[question.id] = chosen


def _blamed(question: Question, answers: Answers) -> bool:
    return any(found.spot is not None and found.spot.field == question.label for found in answers.problems)
