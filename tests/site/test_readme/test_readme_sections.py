"""Headings, and which section a job goes to."""

from __future__ import annotations

import re

import pytest

SECTIONS = [
    {"title": "Backend jobs", "tags": ["go", "Java"], "title_matches": ["backend", "c++"]},
    {"title": "Far away", "workplace": "remote"},
    {"title": "The rest"},
    {"title": "Never", "tags": ["cobol"]},
]


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"tags": ("go",), "tag_names": ("Go",), "tag_slugs": ("go",)}, "Backend jobs"),
        ({"tags": ("java",), "tag_names": ("Java",), "tag_slugs": ("java",)}, "Backend jobs"),
        ({"title": "Senior BACKEND Cook"}, "Backend jobs"),
        ({"title": "C++ Cook"}, "Backend jobs"),
        ({"title": "Backenders' Cook"}, "The rest"),
        ({"title": "Backend Cook", "workplace": "remote"}, "Backend jobs"),
        ({"workplace": "remote"}, "Far away"),
        ({"workplace": "hybrid"}, "The rest"),
    ],
)
def test_a_job_goes_to_the_first_section_that_fits(block, view, fields, heading):
    headings = re.findall(r"^## (.*) \(1\)$", block([view(**fields)], sections=SECTIONS).text, re.MULTILINE)
    assert headings == [heading]


def test_without_sections_there_is_one(block, view):
    assert "\n## Jobs (2)\n" in block([view(1), view(2)]).text


def test_a_job_that_no_rule_wants_is_not_lost(block, view):
    text = block([view()], sections=SECTIONS[:1]).text
    assert "\n## Other jobs (1)\n" in text


def test_sections_keep_their_order_and_are_linked_with_their_counts(block, view):
    text = block([view(1), view(2, workplace="remote"), view(3, workplace="remote")], sections=SECTIONS).text
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Far away (2)", "The rest (1)"]
    assert "[Far away](#far-away-2) (2) ·\n[The rest](#the-rest-1) (1)\n" in text


def test_links_to_sections_lead_to_githubs_anchors(block, view, github):
    sections = [{"title": "Web & Print, C++ *now*", "workplace": "remote"}, {"title": "Ünder_stood"}]
    text = block([view(1), view(2, workplace="remote")], sections=sections).text
    report = github(text)
    shown = [line.removeprefix("h2 ") for line in report["headings"]["outline"]]
    assert shown == ["Web & Print, C++ *now* (1)", "Ünder_stood (1)"]
    slugs = [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in shown]
    assert re.findall(r"\]\(#(.*?)\)", text) == slugs


def test_an_empty_board_says_so_and_how_to_add_a_job(block):
    empty = block([])
    assert empty.text == "\nThere are no open jobs at the moment. To add one, put a file into [jobs/](jobs/).\n\n"
    assert (empty.jobs_shown, empty.jobs_total) == (0, 0)


def test_the_newest_job_stands_first_and_a_featured_one_before_it(block, view):
    jobs = [
        view(1, title="Old", posted="2026-01-01"),
        view(2, title="New"),
        view(3, title="Paid", posted="2025-01-01", featured=True),
    ]
    assert re.findall(r"<b>(Old|New|Paid)</b>", block(jobs).text) == ["Paid", "New", "Old"]


def test_a_table_ends_after_a_hundred_rows(block, view, read):
    text = block([view(number) for number in range(250)]).text
    tables = re.findall(r"^<table>\n.*?^</table>$", text, re.DOTALL | re.MULTILINE)
    assert [read(table).rows for table in tables] == [100, 100, 50]
