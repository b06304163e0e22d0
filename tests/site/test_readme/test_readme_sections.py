"""Headings, and which section a job goes to."""

from __future__ import annotations

import re
from collections import Counter
from difflib import unified_diff

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
    headings = re.findall(r"^## (.*)$", block([view(**fields)], sections=SECTIONS).text, re.MULTILINE)
    assert headings == [heading]


def test_without_sections_there_is_one(block, view):
    assert "\n## Jobs\n" in block([view(1), view(2)]).text


def test_a_job_that_no_rule_wants_is_not_lost(block, view):
    text = block([view()], sections=SECTIONS[:1]).text
    assert "\n## Other jobs\n" in text


def test_sections_keep_their_order_and_are_linked_with_their_counts(block, view):
    text = block([view(1), view(2, workplace="remote"), view(3, workplace="remote")], sections=SECTIONS).text
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Far away", "The rest"]
    assert "[Far away](#far-away) (2) · [The rest](#the-rest) (1)\n" in text


def test_links_to_sections_lead_to_githubs_anchors(block, view, github):
    sections = [{"title": "Web & Print, C++ *now*", "workplace": "remote"}, {"title": "Ünder_stood"}]
    text = block([view(1), view(2, workplace="remote")], sections=sections).text
    report = github(text)
    shown = [line.removeprefix("h2 ") for line in report["headings"]["outline"]]
    assert shown == ["Web & Print, C++ *now*", "Ünder_stood"]
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


def test_a_table_has_at_most_a_hundred_rows(block, view, read):
    text = block([view(number) for number in range(550)]).text
    rows = [read(table).rows for table in tables_of(text)]
    assert sum(rows) == 550
    assert max(rows) <= 100
    assert min(rows[:-1]) >= 50


def test_a_new_job_moves_few_ends_of_tables(block, view):
    jobs = [view(number * 7919) for number in range(550)]
    before, after = (block(theirs).text.splitlines() for theirs in (jobs, [*jobs, view(1, posted="2026-11-22")]))
    gone = sum((Counter(before) - Counter(after)).values())
    ends = [line for line in unified_diff(before, after, n=0) if line == "-</table>"]
    assert len(ends) <= 1
    assert gone < 6


def tables_of(text):
    return re.findall(r"^<table>\n.*?^</table>$", text, re.DOTALL | re.MULTILINE)


def test_lines_part_what_is_new_from_what_is_not(block, view):
    days = {
        "Kept": "2026-10-01",
        "Early": "2026-11-15",
        "Week": "2026-11-16",
        "Late": "2026-11-20",
        "New": "2026-11-21",
    }
    jobs = [view(number, title=title, posted=day) for number, (title, day) in enumerate(days.items(), start=1)]
    text = block([*jobs, view(9, title="Paid", posted="2026-11-22", featured=True)]).text
    shown = re.findall(r"<b>(\w+)</b></a>|<th align=\"left\" colspan=\"2\">(.*?)</th>", text)
    assert ["".join(found) for found in shown] == [
        "Paid", "New since yesterday", "New", "New this week", "Late", "Week", "Earlier", "Early", "Kept",
    ]  # fmt: skip
    assert "**As of 22 Nov 2026: 6 open jobs**, 2 new since yesterday, 4 this week" in text


def test_where_nothing_is_new_no_line_says_so(block, view):
    text = block([view(1, posted="2026-10-01"), view(2, posted="2026-09-01")]).text
    assert "Earlier" not in text
    assert "**As of 22 Nov 2026: 2 open jobs** ·" in text


def test_sections_of_one_name_have_anchors_of_their_own(block, view):
    sections = [{"title": "Cooks", "workplace": "remote"}, {"title": "Cooks"}]
    text = block([view(1), view(2, workplace="remote")], sections=sections).text
    assert "[Cooks](#cooks) (1) · [Cooks](#cooks-1) (1)" in text
