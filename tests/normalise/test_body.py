from __future__ import annotations

import pytest

from rolecall.normalise.body import heading_kind, read_body


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What you'll bring", "needs"),
        ("Requirements:", "needs"),
        ("Requirements – Python with SQL", "needs"),
        ("Preferred Qualifications", "nice"),
        ("Nice-to-haves (not required)", "nice"),
        ("Your tasks", "tasks"),
        ("About Kelpline", "company"),
        ("About the role", "tasks"),
        ("Why Kelpline?", "benefits"),
        ("Compensation and benefits", "benefits"),
        ("Das bringst du mit", "needs"),
        ("Wir bieten", "benefits"),
        ("Vos missions", "tasks"),
        ("Requisitos", "needs"),
        ("Equal Employment Opportunity", "legal"),
        ("A harbour at night", None),
    ],
)
def test_what_a_heading_says_of_its_part(heading: str, kind: str | None) -> None:
    assert heading_kind(heading) == kind


def kinds(html: str, employer: str = "") -> list[tuple[str, str]]:
    return [(kind, text.strip()) for kind, text in read_body(html, employer).parts()]


def test_a_part_ends_where_the_next_begins() -> None:
    html = "<p>Hello.</p><h3>Requirements</h3><ul><li>Python</li></ul><h3>Benefits</h3><p>Fruit.</p><h3>Boats</h3><p>Blue.</p>"
    assert kinds(html) == [
        ("plain", "Hello."),
        ("needs", "Requirements\nPython"),
        ("benefits", "Benefits\nFruit."),
        ("plain", "Boats\nBlue."),
    ]


def test_a_line_alone_is_a_heading_when_it_says_nothing_else() -> None:
    assert kinds("<p>Requirements</p><p>Python</p>") == [("needs", "Requirements\nPython")]
    assert kinds("<p>The requirements are few.</p>") == [("plain", "The requirements are few.")]


def test_headings_within_one_endless_line_begin_parts() -> None:
    words = "We look after boats and harbours all the year. " * 14
    line = f"<p>{words}Required Skills - Python. Preferred Qualifications - Rust.</p>"
    assert [kind for kind, _ in kinds(line)] == ["plain", "needs", "nice"]


def test_a_paragraph_about_the_employer_is_told_by_its_name() -> None:
    html = "<p>Kelpline is a harbour company.</p><p>You write Python.</p>"
    assert kinds(html, "Kelpline") == [("company", "Kelpline is a harbour company."), ("plain", "You write Python.")]


def test_a_paragraph_of_legal_text_is_told_wherever_it_stands() -> None:
    legal = "We are an equal opportunity employer and welcome everybody, whoever they are and wherever they come from."
    assert kinds(f"<p>You write Python.</p><p>{legal}</p><p>You sail.</p>") == [
        ("plain", "You write Python."),
        ("legal", legal),
        ("plain", "You sail."),
    ]


def test_no_text_is_one_empty_part() -> None:
    assert kinds("") == [("plain", "")]
