"""The answers of an issue form about a job, as a job: each answer is read, or said to be unreadable; none is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import partial

from rolecall.address import web_address
from rolecall.github.issue_form import Answers, problem
from rolecall.issues import Issue
from rolecall.model import Job, PayText, PlaceText, Posting, Sponsorship
from rolecall.normalise.draft import draft
from rolecall.normalise.tags import Vocabulary
from rolecall.normalise.text import clean_line

REMOVE = "-"
_MAILBOX = re.compile(r"(?:mailto:)?([^\s@<>\"?:/]+@[^\s@<>\"?]+\.[^\s@<>\"?]+)", re.IGNORECASE)
_MAX_TAG = 40
_MAX_CHARS = {"title": 200, "company": 120}
# Where an answer led to nothing: the field, what is said of it, and what to write.
_UNREAD = {
    "salary": ("cannot be read as pay.", "Write figures, currency and time: EUR 90,000 - 120,000 per year."),
    "posted": ("cannot be read as a date, or lies in the future.", "Write it as 2026-11-22."),
    "closes": ("cannot be read as a date, or does not go with the other one.", "Write it as 2026-12-31."),
    "remote_from": (
        "names no country, region or time zone, or the job is not remote.",
        "Write Germany, Austria; EU; UTC-3 to UTC+3; or worldwide; and choose Remote as the workplace.",
    ),
    "places": ("cannot be read.", "Write one place a line: Berlin, Germany."),
    "description": ("is empty.", "Write at least a sentence."),
    "tags": ("cannot be read.", "Write names with commas between them: Go, PostgreSQL."),
    "employment": ("cannot be read.", "Choose from the list."),
    "workplace": ("cannot be read.", "Choose from the list."),
    "level": ("cannot be read.", "Choose from the list."),
}
# Stands for a needed answer that is missing, so that all others are looked at in the same run.
_STAND_IN = {"title": "Untitled", "company": "Nobody", "apply_url": "https://company.invalid/"}


def new_job(answers: Answers, today: date, vocabulary: Vocabulary) -> tuple[Job | None, list[Issue]]:
    """The job that the answers of the form `new-job` make, and everything that is wrong with them.

    With problems, the job is not to be written; it is there so that the rest can be judged.
    """
    problems: list[Issue] = []
    texts = {name: answers.text(name) or stand_in for name, stand_in in _STAND_IN.items()}
    texts["apply_url"] = _address(answers, texts["apply_url"], problems)
    made, noticed = draft(_posting(answers, texts), "issue", today, vocabulary, markdown=_markdown(answers))
    if made is None:
        problems += [problem("The text", issue.what, issue.hint) for issue in noticed] if not problems else []
        return None, problems
    made = _with_words(made, answers, vocabulary)
    problems += _unread(answers, made)
    return made, problems


def changes_of(
    answers: Answers, job: Job, today: date, vocabulary: Vocabulary
) -> tuple[dict[str, object], list[Issue]]:
    """Which fields of `job` the answers of the form `edit-job` change, to what (None: removed), and what is wrong."""
    removed = {name for name, text in answers.texts.items() if text == REMOVE and name != "job"}
    problems = [
        problem(_label(answers, name), "cannot be removed.", "Write what it shall be.")
        for name in sorted(removed & Job.model_fields.keys())
        if Job.model_fields[name].is_required()
    ]
    kept = Answers(answers.form, {n: text for n, text in answers.texts.items() if n not in removed}, answers.chosen)
    asked = [name for name in (*kept.texts, *kept.chosen) if name != "job"]
    texts = {name: kept.text(name) or getattr(job, name) for name in _STAND_IN}
    texts["apply_url"] = _address(kept, texts["apply_url"], problems)
    posting = _posting(kept, texts)
    if not kept.has("places"):
        known = tuple(PlaceText(place.text, place.city, place.region, place.country) for place in job.places)
        posting = posting.but(places=known)
    if not kept.has("workplace") and job.workplace:
        posting = posting.but(workplace=job.workplace.value)
    made, noticed = draft(posting, "issue", today, vocabulary, markdown=_markdown(kept))
    if made is None:
        return {}, problems or [problem("The text", issue.what, issue.hint) for issue in noticed]
    made = _with_words(made, kept, vocabulary)
    problems += _unread(kept, made)
    changes: dict[str, object] = {name: getattr(made, name) for name in asked}
    changes |= dict.fromkeys(removed - {"title", "company", "apply_url", "posted"})
    if "description" in changes and job.description_html is not None:
        changes["description_html"] = None
    if "posted" in changes and job.posted_estimated:
        changes["posted_estimated"] = None
    return {name: value for name, value in changes.items() if (value or None) != (getattr(job, name) or None)}, problems


def by_label(answers: Answers, issues: Iterable[Issue]) -> list[Issue]:
    """Findings about a job file by the labels of the form; what is about no answer, as it is."""
    return list(map(partial(_labelled, answers), issues))


def _labelled(answers: Answers, issue: Issue) -> Issue:
    field = issue.spot.field if issue.spot is not None else ""
    label = _label(answers, re.split(r"[.\[]", field)[0])
    hint = issue.hint
    if hint.startswith(("Add the line", "Write a value, or remove the line")):
        hint = "Fill it in."
    made = problem(label, issue.what, hint)
    return Issue(issue.code, made.where, made.what, made.hint, issue.level, made.spot)


def _label(answers: Answers, id: str) -> str:
    return next((question.label for question in answers.form.questions if question.id == id), id)


def _posting(answers: Answers, texts: dict[str, str]) -> Posting:
    chosen = answers.chosen
    return Posting(
        key="issue",
        title=texts["title"],
        company=texts["company"],
        apply_url=texts["apply_url"],
        places=tuple(PlaceText(text=line) for line in answers.lines("places")),
        workplace=next(iter(chosen.get("workplace", ())), None),
        remote_from=tuple(part for part in re.split(r"[,;\n]", answers.text("remote_from")) if part.strip()),
        employment=chosen.get("employment", ()),
        salary=(PayText(text=answers.text("salary")),) if answers.has("salary") else (),
        level=next(iter(chosen.get("level", ())), None),
        tags=_words(answers),
        posted=answers.text("posted") or None,
        closes=answers.text("closes") or None,
    )


def _words(answers: Answers) -> tuple[str, ...]:
    cleaned = (clean_line(word) for word in re.split(r"[,;\n]", answers.text("tags")))
    return tuple(word for word in cleaned if word)


def _markdown(answers: Answers) -> str | None:
    return answers.text("description") or None


def _with_words(job: Job, answers: Answers, vocabulary: Vocabulary) -> Job:
    """What the normaliser has no question for: a person's tags count as they are, and so does what was chosen."""
    changes: dict[str, object] = {}
    if words := _words(answers):
        known = (vocabulary.canonical(word) or word.lower() for word in words)
        changes["tags"] = tuple(dict.fromkeys(known))
    if found := answers.chosen.get("sponsorship"):
        changes["sponsorship"] = Sponsorship(found[0])
    return job.model_copy(update=changes)


def _unread(answers: Answers, job: Job) -> list[Issue]:
    """The answers that are no longer there, now that the words are values."""
    found = []
    for name, (what, hint) in _UNREAD.items():
        lost = not getattr(job, name) or (name == "posted" and job.posted_estimated)
        # Where one may live says it better than a place in a job that is remote.
        if name == "places" and job.remote_from is not None:
            continue
        if answers.has(name) and lost:
            said = answers.text(name) or ", ".join(answers.chosen.get(name, ()))
            found.append(problem(_label(answers, name), f"{clean_line(said)[:80]!r} {what}", hint))
    for name, limit in _MAX_CHARS.items():
        if len(clean_line(answers.text(name))) > limit:
            found.append(problem(_label(answers, name), "is too long.", f"Write at most {limit} characters."))
    for word in job.tags if answers.has("tags") else ():
        if len(word) > _MAX_TAG:
            what = f"{word[:60]!r} is too long for one skill."
            found.append(problem(_label(answers, "tags"), what, "Put commas between the names."))
    return found


def _address(answers: Answers, text: str, problems: list[Issue]) -> str:
    """The address as a file holds it: a bare mailbox gets its scheme, and so does a bare host."""
    if not answers.has("apply_url"):
        return text
    given = text.strip().removeprefix("<").removesuffix(">")
    if match := _MAILBOX.fullmatch(given):
        return f"mailto:{match[1]}"
    address = web_address(given if "://" in given else f"https://{given}")
    if address is None or "." not in address.split("/")[2]:
        what = f"{clean_line(text)[:80]!r} is neither a web address nor a mailbox."
        hint = "Write it as in a browser, https://acme.example/jobs/7, or as jobs@acme.example."
        problems.append(problem(_label(answers, "apply_url"), what, hint))
        return _STAND_IN["apply_url"]
    return address
