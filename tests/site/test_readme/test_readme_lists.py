"""The lists beside the README: every job in its section and in its month, in files that are short enough."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolecall.config import ReadmeConfig
from rolecall.errors import BudgetError
from rolecall.site.language import Language
from rolecall.site.readme import render_readme
from rolecall.site.readme_lists import NAME
from rolecall.site.readme_parts import MONTHS, YEARS, TooLong, cut

SECTIONS = [{"title": "Far away", "workplace": "remote"}, {"title": "2026 11"}]
ROW = re.compile(r'^<tr valign="top">.*?/cook-(\d+)\.html', re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+\.md)\)|href=\"([^\"#:]+\.md)\"")
LAYOUTS = pytest.mark.parametrize("layout", ["cards", "classic"])


@pytest.fixture
def kitchen(view):
    """700 jobs of some 200 days, in two sections by turns; a third of them were posted on one day."""
    days = [date(2026, 11, 22) - timedelta(days=number % 200 if number % 3 else 5) for number in range(700)]
    return [
        view(
            number,
            posted=day.isoformat(),
            workplace="remote" if number % 2 else "hybrid",
            description=f"<p>{'Soup. ' * 60}</p>\n",
        )
        for number, day in enumerate(days)
    ]


def files_of(made, readme="README.md"):
    """The README and its lists by their paths."""
    folder = posixpath.join(posixpath.dirname(readme), "lists")
    return {readme: made.text} | {f"{folder}/{file.name}": file.text for file in made.lists}


def links_of(path, text):
    """The Markdown files that a file links, from the board's folder."""
    found = (first or second for first, second in LINK.findall(text))
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in found]


def chain(files, start):
    """The files from the newest on, as a reader goes from one to the next."""
    seen = [start]
    while older := re.search(r"\[Older jobs[^\]]*\]\(([^)]+)\)", files[seen[-1]]):
        seen.append(posixpath.join(posixpath.dirname(start), older[1]))
        assert len(seen) == len(set(seen))
    return seen


@LAYOUTS
@pytest.mark.parametrize("max_bytes", [10_000, 60_000, 480_000])
@pytest.mark.parametrize("readme", ["README.md", "docs/JOBS.md"])
def test_every_job_is_once_in_the_chain_of_its_section_and_once_in_that_of_the_months(
    block, kitchen, read, layout, max_bytes, readme
):
    made = block(kitchen, layout=layout, max_bytes=max_bytes, file=readme, sections=SECTIONS, lists="always")
    files = files_of(made, readme)
    contents = re.findall(r"\]\((lists/\d[^)]+)\)", files[readme])
    heads = [posixpath.join(posixpath.dirname(readme), path) for path in contents]
    sections = [
        posixpath.join(posixpath.dirname(readme), f"lists/{name}.md") for name in ("far-away", "section.2026-11")
    ]
    assert all(head in files for head in [*heads, *sections])
    far, near, months = (chain(files, start) for start in (*sections, heads[0]))
    assert set(heads) <= set(months)
    assert {*far, *near, *months, readme} == set(files)
    rows = [[int(job) for path in paths for job in ROW.findall(files[path])] for paths in (far, near, months)]
    assert sorted(rows[0]) == list(range(1, 700, 2))
    assert sorted(rows[1]) == list(range(0, 700, 2))
    assert sorted(rows[2]) == list(range(700))
    for text in files.values():
        assert len(text.encode()) <= max_bytes
        assert "<!--" not in text
        read(text)


@pytest.mark.parametrize("readme", ["README.md", "docs/JOBS.md"])
def test_every_link_leads_to_a_file_and_back(block, kitchen, readme):
    files = files_of(block(kitchen, max_bytes=20_000, file=readme, sections=SECTIONS, lists="always"), readme)
    assert {link for path, text in files.items() for link in links_of(path, text)} == set(files)
    for path, text in files.items():
        for older in re.findall(r"\[Older jobs[^\]]*\]\(([^)]+)\)", text):
            name = posixpath.join(posixpath.dirname(path), older)
            assert f"]({posixpath.basename(path)})" in files[name].split("<table>")[0]


def test_names_are_those_that_a_sweep_knows(block, kitchen):
    made = block(kitchen, max_bytes=10_000, sections=SECTIONS, lists="always")
    assert [file.name for file in made.lists if not NAME.fullmatch(file.name)] == []
    assert len({file.name for file in made.lists}) == len(made.lists)


def test_the_readme_has_the_newest_with_excerpts_and_the_way_to_all(block, kitchen, read):
    made = block(
        kitchen, newest_bytes=60_000, sections=SECTIONS, descriptions="full", max_bytes=480_000, lists="always"
    )
    assert 50_000 < made.bytes <= 60_000
    assert made.step == "newest, all in lists"
    assert read(made.text).rows == made.jobs_shown
    assert made.text.count("<details>") == made.jobs_shown
    newest = sorted(sorted(kitchen, key=lambda job: job.id), key=lambda job: job.posted, reverse=True)
    assert sorted(map(int, ROW.findall(made.text))) == sorted(int(job.id, 16) for job in newest[: made.jobs_shown])
    left = [int(number) for number in re.findall(r">(\d+) more in the list of ", made.text)]
    assert sum(left) == 700 - made.jobs_shown
    assert re.search(r'<a href="lists/far-away\.md">Far away</a></td><td align="right">350</td>', made.text)


@pytest.mark.parametrize(("lists", "jobs", "some"), [("auto", 3, False), ("always", 3, True), ("never", 700, False)])
def test_there_are_lists_when_they_are_needed_or_wanted(block, kitchen, lists, jobs, some):
    made = block(kitchen[:jobs], lists=lists, max_bytes=60_000)
    assert bool(made.lists) is some
    assert bool(block(kitchen, lists="auto", max_bytes=60_000).lists)
    assert block([], lists="always").lists == ()


def test_a_long_text_around_the_jobs_leaves_the_contents(site, kitchen, renderer):
    config = ReadmeConfig(newest_bytes=20_000, max_bytes=40_000, lists="always")
    made = render_readme(site(kitchen), renderer, config, outside_bytes=30_000)
    assert 20_000 < made.bytes <= 40_000
    assert made.jobs_shown > 0


def test_no_day_of_today_is_in_a_list(site, kitchen, renderer):
    config = ReadmeConfig(lists="always", max_bytes=60_000)
    first, second = (
        render_readme(replace_today(site(kitchen), day), renderer, config)
        for day in (date(2026, 11, 22), date(2026, 12, 24))
    )
    assert [file.text for file in first.lists] == [file.text for file in second.lists]
    assert first.lists == second.lists
    assert first.text != second.text


def replace_today(site, today):
    return type(site).of(site.jobs, {}, site.config, today)


def test_a_job_that_comes_changes_its_own_files_alone(block, kitchen, view):
    options = {"max_bytes": 30_000, "sections": SECTIONS, "lists": "always"}
    before = {file.name: file.text for file in block(kitchen, **options).lists}
    after = {file.name: file.text for file in block([*kitchen, view(900, posted="2026-09-09")], **options).lists}
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    assert len(changed) == 2
    lines = [Counter(files[name].splitlines()) for name in changed for files in (before, after)]
    assert sum((lines[0] - lines[1]).values()) + sum((lines[2] - lines[3]).values()) <= 4


def test_a_job_that_is_too_long_for_any_file_is_an_error_that_says_so(block, view):
    long = view(1, title="cook " * 3_000)
    with pytest.raises(BudgetError, match="one job of 'Jobs' alone needs more"):
        block([long], lists="always", max_bytes=10_000)


@LAYOUTS
def test_lists_are_whole_on_github(block, kitchen, github, layout):
    made = block(kitchen, layout=layout, max_bytes=60_000, sections=SECTIONS)
    for text in files_of(made).values():
        report = github(text)
        assert (report["errors"], report["warnings"]) == ([], [])


def test_a_list_says_what_it_holds_in_the_boards_language(block, kitchen):
    made = {file.name: file.text for file in block(kitchen, max_bytes=40_000, lists="always").lists}
    november = made["2026-11.md"]
    assert november.startswith("# November 2026\n\n")
    assert re.search(
        r"^\d+ open jobs, posted \d+ Nov 2026 to 22 Nov 2026 · \[Kitchens\]\(\.\./README\.md\)", november, re.MULTILINE
    )
    assert november.endswith("What is changed here is overwritten.</p>\n")


DAYS = st.dates(date(2019, 1, 1), date(2026, 11, 22)).map(date.isoformat)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(DAYS, min_size=1, max_size=120), most=st.integers(1, 40))
def test_a_cut_loses_no_job_and_keeps_the_order(view, days, most):
    views = sorted(
        (view(number, posted=day) for number, day in enumerate(days)), key=lambda job: job.posted, reverse=True
    )
    parts = cut(views, YEARS, lambda some: len(some) <= most)
    assert sorted(job.id for part in parts for job in part.views) == sorted(job.id for job in views)
    assert all(len(part.views) <= most for part in parts)
    edges = [(part.views[0].posted, part.views[-1].posted) for part in parts]
    assert all(oldest >= newest for (_, oldest), (newest, _) in pairwise(edges))
    assert len({(part.key, part.level, part.bucket) for part in parts}) == len(parts)


def test_a_job_that_never_fits_ends_the_cutting(view):
    with pytest.raises(TooLong):
        cut([view(1)], MONTHS, lambda some: not some)


def test_parts_are_named_by_their_time(view):
    jobs = [view(number, posted=f"2026-{month:02}-{day:02}") for number, (month, day) in enumerate(STEPS)]
    parts = cut(jobs, YEARS, lambda some: len(some) <= 2)
    assert [part.label(Language()) for part in parts[1:]] == [
        "11 Nov 2026 – 20 Nov 2026",
        "3 Nov 2026",
        "1 Nov 2026",
        "February 2026",
    ]


STEPS = ((11, 30), (11, 21), (11, 20), (11, 11), (11, 3), (11, 3), (11, 1), (2, 28))
