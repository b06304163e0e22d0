"""The issue forms are what the schema makes, and their answers are told from forgeries."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall import yaml_io
from rolecall.github.forms import ADD_BOARD, CLOSE_JOB, EDIT_JOB, FORMS, LABELS, NEW_JOB, NOT_ASKED, form_file
from rolecall.github.issue_form import EMPTY, Answers, Form, Question, read_answers, recognise
from rolecall.model import Employment, Job, Seniority, Workplace


def filled(form: Form, line_end: str = "\n", **values: str) -> str:
    """The body that GitHub makes of `form`, with `values` by the questions' ids."""
    parts = [f"### {question.label}\n\n{values.get(question.id, EMPTY)}" for question in form.questions]
    return "\n\n".join(parts).replace("\n", line_end)


def said(answers: Answers) -> list[str]:
    return [str(problem) for problem in answers.problems]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_forms_of_this_repository_are_what_the_schema_makes(
    form: Form, repo: Path, golden: Callable[[Path, str], None]
) -> None:
    golden(repo / ".github" / "ISSUE_TEMPLATE" / f"{form.name}.yml", form_file(form.name))


def test_there_is_no_other_form(repo: Path) -> None:
    files = {path.name for path in (repo / ".github" / "ISSUE_TEMPLATE").iterdir()}
    assert files == {"config.yml", *(f"{form.name}.yml" for form in FORMS)}


def test_every_field_of_a_job_is_asked_or_named_as_not_asked() -> None:
    asked = {question.id for question in NEW_JOB.questions}
    assert asked | NOT_ASKED == set(Job.model_fields)
    assert not asked & NOT_ASKED


@pytest.mark.parametrize(("id", "words"), [("workplace", Workplace), ("employment", Employment), ("level", Seniority)])
def test_the_choices_are_those_of_the_schema(id: str, words: type) -> None:
    (question,) = (question for question in NEW_JOB.questions if question.id == id)
    assert [value for _, value in question.options] == list(cast("Any", words))


def test_no_form_sets_the_label_that_approves() -> None:
    assert set(LABELS) == {form.name for form in FORMS}
    assert "approved" not in LABELS.values()


def test_labels_and_ids_are_told_apart_within_a_form() -> None:
    for form in FORMS:
        labels = [question.label.casefold() for question in form.questions]
        assert len(set(labels)) == len(labels) == len({question.id for question in form.questions})


def test_the_link_on_a_page_finds_its_fields() -> None:
    assert [question.id for question in CLOSE_JOB.questions] == ["job", "reason", "details"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_form_is_known_by_its_headings(form: Form, line_end: str) -> None:
    assert recognise(filled(form, line_end), FORMS) is form


@pytest.mark.parametrize(
    "body", ["", "The site is slow.", "### Pay\n\n1", "### Job title\n\nx", "### Steps\n\n### Pay\n"]
)
def test_another_issue_is_no_form(body: str) -> None:
    assert recognise(body, FORMS) is None


def test_answers_are_read_and_what_is_empty_is_not_there() -> None:
    body = filled(
        NEW_JOB, "\r\n", title="Cook", company="Acme", apply_url="https://acme.example", employment="Full time, Intern"
    )
    answers = read_answers(body, NEW_JOB)
    assert said(answers) == []
    assert answers.texts == {"title": "Cook", "company": "Acme", "apply_url": "https://acme.example"}
    assert answers.chosen == {"employment": ("full_time", "intern")}


@pytest.mark.parametrize(
    "text", ["#### Pay\n\nx", "### Another heading", "Setext\n---", "## Pay", "text ### Pay", "####"]
)
def test_headings_that_are_not_the_forms_stay_text(text: str) -> None:
    body = filled(EDIT_JOB, job="a", description=text)
    assert (read_answers(body, EDIT_JOB).text("description"), read_answers(body, EDIT_JOB).problems) == (text, [])


@pytest.mark.parametrize("heading", ["### Where to apply", "###   where  to apply  ###", "  ### Where to apply #"])
def test_a_heading_that_comes_twice_is_refused_with_plain_words(heading: str) -> None:
    body = filled(
        NEW_JOB, title="Cook", company="Acme", apply_url="https://a.example", description=f"x\n\n{heading}\n\ny"
    )
    answers = read_answers(body, NEW_JOB)
    assert answers.torn
    assert "issue: Where to apply: stands as a heading more than once." in said(answers)[0]


def test_a_forged_heading_in_a_fence_is_refused_too() -> None:
    body = filled(NEW_JOB, title="Cook\n```\n### Company\n\nEvil\n```")
    assert read_answers(body, NEW_JOB).torn


def test_headings_out_of_order_and_words_above_them_are_refused() -> None:
    swapped = "### What you saw\n\nSomething else\n\n### Job\n\njobs/a/b.yaml\n"
    assert "stands below a heading that it belongs above." in said(read_answers(swapped, CLOSE_JOB))[0]
    above = read_answers("Hello!\n\n" + filled(CLOSE_JOB, job="x"), CLOSE_JOB)
    assert above.torn
    assert "has words above the first heading." in said(above)[0]


def test_every_wrong_answer_is_named_at_once() -> None:
    body = filled(
        NEW_JOB, title="a\nb", apply_url="x" * 2_001, workplace="Moon", level="None", description="x" * 50_001
    )
    fields = [problem.spot.field for problem in read_answers(body, NEW_JOB).problems if problem.spot]
    assert fields == ["Job title", "Company", "Where to apply", "Workplace", "Description"]


def test_an_endless_body_is_refused() -> None:
    assert said(read_answers("### Job\n" + "x" * 70_000, CLOSE_JOB))[0].startswith("issue: The text: is too long")


@pytest.mark.parametrize("line", ["### Job" + " " * 60_000 + "x", "### Job" + " #" * 30_000, "### " + "a " * 30_000])
def test_an_endless_line_is_read_as_fast_as_any(line: str) -> None:
    """A pattern that tries every split of such a line would not end."""
    assert read_answers(line, CLOSE_JOB).torn


@given(st.text(alphabet=st.sampled_from("# \n\r`-[]xJobWhatyousw_Nrepn.,")))
def test_any_body_is_read_or_refused(body: str) -> None:
    for form in (CLOSE_JOB, ADD_BOARD):
        answers = read_answers(body, form)
        assert answers.problems or answers.has(form.questions[0].id)


@pytest.mark.parametrize(
    ("sound", "broken"), [("        - Remote\n", ""), ("id: title", "id: job title"), ("type: input", "type: line")]
)
def test_the_check_of_forms_can_fail(tmp_path: Path, sound: str, broken: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-issue-forms"]
    text = form_file("new-job")
    for name, body in (
        ("sound.yml", text),
        ("broken.yml", text.replace(sound, broken, 1) if broken else _no_choices(text)),
    ):
        (tmp_path / name).write_text(body)
        done = subprocess.run([*command, tmp_path / name], check=False, capture_output=True)
        assert done.returncode == (name == "broken.yml"), done.stdout


def _no_choices(text: str) -> str:
    return re.sub(r"      options:\n(        - .*\n)+", "", text, count=1)


# --- The bodies that an open-source parser of forms is tested with ---


def _form_of(path: Path) -> Form:
    document = yaml_io.load(path.read_bytes(), path.name)
    return Form("x", "", "", "", "", tuple(_question(element) for element in document.value["body"]))


def _question(element: dict[str, Any]) -> Question:
    said_of = element["attributes"]
    label = said_of["label"].strip()
    options = tuple((option["label"], option["label"]) for option in said_of.get("options", ()))
    name = element.get("id") or re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")
    return Question(name, label, element["type"], options=options)


def test_bodies_of_an_open_source_parser_are_read_alike_or_refused(shared: Path) -> None:
    refused = set()
    folders = sorted((shared / "corpora" / "issue_forms" / "github-issue-parser").iterdir())
    assert len(folders) >= 7
    for folder in folders:
        form, body = _form_of(folder / "form.yml"), folder / "issue-body.md"
        text = body.read_text(encoding="utf-8") if body.exists() else ""
        answers = read_answers(text, form)
        if answers.torn:
            refused.add(folder.name)
            continue
        found: dict[str, Any] = {**answers.texts, **{name: list(chosen) for name, chosen in answers.chosen.items()}}
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        assert found == {name: value for name, value in expected.items() if value != []}, folder.name
    assert refused == {"mismatched-parsing"}  # the answers of another form
