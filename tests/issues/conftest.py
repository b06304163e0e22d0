"""What GitHub makes of a filled form, a board to send it to, and what comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result

from rolecall.github.forms import FORMS
from rolecall.github.issue_form import EMPTY

Run = Callable[..., Result]
DAY = "2026-11-22"
PERSONS = "jobs/kelpline/harbour-cook.yaml"
FETCHED = "jobs/acme/cook-7f3a1c22.yaml"
FETCHED_TEXT = """\
title: Cook
company: Acme
apply_url: https://boards.greenhouse.io/acme/jobs/1
posted: 2026-11-01
salary: {min: 30000, max: 40000, currency: EUR, per: year}
description_html: |
  <p>Soup.</p>
source: {name: greenhouse, board: acme, key: '1', url: https://boards.greenhouse.io/acme/jobs/1, digest: 00000000}
"""
PERSONS_TEXT = """\
# Sea food only.
title: Harbour Cook
company: Kelpline
apply_url: mailto:jobs@kelpline.example
posted: 2026-11-02 # a Monday
places: [{city: Berlin, country: DE}]
tags: [python]
description: |
  Soup.
"""


def body_of(name: str, **values: str) -> str:
    """The body of an issue made with the form `name`."""
    form = next(form for form in FORMS if form.name == name)
    unknown = set(values) - {question.id for question in form.questions}
    assert not unknown, unknown
    return "\n\n".join(f"### {question.label}\n\n{values.get(question.id, EMPTY)}" for question in form.questions)


def issue_of(body: Any, number: int = 12, **more: Any) -> dict[str, Any]:
    """An issue as GitHub gives it."""
    author = {"login": "ada", "id": 1815}
    made = {"number": number, "title": "Add: a job", "body": body, "user": author, "labels": []}
    return {**made, "created_at": "2026-11-20T09:00:00Z", **more}


def event_of(path: Path, issue: dict[str, Any], action: str = "opened") -> Path:
    """The file of an event about `issue`."""
    event = {"action": action, "issue": issue, "sender": {"login": "grace", "id": 1906}}
    path.write_text(json.dumps(event), encoding="utf-8")
    return path


@dataclass
class Desk:
    """A board with a job of people's and a fetched one, and a way to send it an issue."""

    run: Run
    folder: Path

    def send(self, body: Any, *options: object, **more: Any) -> Result:
        event = event_of(self.folder.parent / "event.json", issue_of(body, **more))
        paths = ("--comment", self.comment_file, "--outputs", self.outputs_file, "--now", DAY)
        return self.run("from-issue", event, "-C", self.folder, *paths, *options)

    def form(self, name: str, *options: object, **values: str) -> Result:
        return self.send(body_of(name, **values), *options)

    @property
    def comment_file(self) -> Path:
        return self.folder.parent / "comment.md"

    @property
    def outputs_file(self) -> Path:
        return self.folder.parent / "outputs"

    @property
    def comment(self) -> str:
        return self.comment_file.read_text(encoding="utf-8")

    @property
    def outputs(self) -> dict[str, str]:
        lines = self.outputs_file.read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def state(self) -> dict[str, bytes]:
        """Every file of the board but the lock."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and ".cache" not in path.parts)
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}


def make_board(folder: Path) -> None:
    """A board with a job of people's and a fetched one."""
    config = "title: Jobs\nbase_url: https://o.github.io/r/\nrepository: o/r\nboards: [] # none yet\n"
    for file, text in (("config.yaml", config), (PERSONS, PERSONS_TEXT), (FETCHED, FETCHED_TEXT)):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> Desk:
    make_board(tmp_path / "board")
    return Desk(run, tmp_path / "board")


def outside_fences(markdown: str) -> str:
    """What of a comment is not in a code fence, by CommonMark's rule: only as long a fence, or a longer one, closes."""
    kept, fence = [], ""
    for line in markdown.split("\n"):
        opening = re.match(r"(`{3,})", line)
        if not fence and opening:
            fence = opening[1]
        elif fence and re.fullmatch(rf"`{{{len(fence)},}} *", line):
            fence = ""
        elif not fence:
            kept.append(line)
    assert not fence, "a fence stays open"
    return "\n".join(kept)


@pytest.fixture(scope="session")
def github() -> SimpleNamespace:
    """How GitHub writes the body of a form, an issue, and an event; and how one reads a comment."""
    return SimpleNamespace(
        body_of=body_of, issue_of=issue_of, event_of=event_of, outside_fences=outside_fences, make_board=make_board
    )
