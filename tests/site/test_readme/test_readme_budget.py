"""The limit in bytes: what is left out, in which order, and that it is never passed."""

from __future__ import annotations

import re

import pytest

from rolecall.config import ReadmeConfig
from rolecall.errors import BudgetError
from rolecall.site.readme import frame_of, render_readme
from rolecall.site.readme_press import Press
from rolecall.site.readme_rows import Step
from rolecall.site.render import Renderer

STEPS = ("full", "excerpts", "short excerpts", "no descriptions", "fewer tags", "fewer rows")
TEXT = "Wir suchen Köche, die Suppe mögen. " * 40
TAGS = tuple(f"tag-{number}" for number in range(12))


@pytest.fixture
def kitchen(view):
    """Jobs with a long description and many tags, of days that differ, in two sections by turns."""
    return [
        view(
            number,
            posted=f"2026-{1 + number % 10:02}-{1 + number % 28:02}",
            workplace="remote" if number % 2 else "hybrid",
            description=f"<p>{TEXT}</p>\n",
            tags=TAGS,
            tag_names=TAGS,
            tag_slugs=TAGS,
        )
        for number in range(150)
    ]


SECTIONS = [{"title": "Far away", "workplace": "remote"}, {"title": "Near"}]
LAYOUTS = pytest.mark.parametrize("layout", ["cards", "classic"])


@LAYOUTS
def test_a_byte_too_many_leads_to_the_next_step_with_whole_rows(block, kitchen, read, layout):
    limit, steps = 480_000, []
    while len(steps) < len(STEPS):
        made = block(kitchen, layout=layout, max_bytes=limit, sections=SECTIONS, lists="never")
        assert len(made.text.encode()) == made.bytes <= limit
        assert read(made.text).rows == made.jobs_shown
        assert (made.jobs_shown == 150) == (made.step != "fewer rows")
        steps.append(made.step)
        limit = made.bytes - 1
    assert tuple(steps) == STEPS


@LAYOUTS
@pytest.mark.parametrize("limit", [10_000, 12_345, 23_456, 34_567, 45_678])
def test_no_limit_is_passed(block, kitchen, read, layout, limit):
    made = block(kitchen, layout=layout, max_bytes=limit, sections=SECTIONS, lists="never")
    assert len(made.text.encode()) == made.bytes <= limit
    assert 0 < made.jobs_shown == read(made.text).rows < 150


def test_of_many_jobs_that_cannot_all_fit_few_are_printed_to_know_it(site, view):
    class Counting(Renderer):
        printed = 0

        def render(self, name, /, **context):
            self.printed += name.endswith("_row.md")
            return super().render(name, **context)

    board, renderer = site([view(number) for number in range(1_000)]), Counting()
    press = Press(board, renderer, ReadmeConfig(), "README.md")
    assert not press.all_fit(board.jobs, Step("none", "none", 3), 50_000)
    assert renderer.printed < 40
    assert press.all_fit(board.jobs, Step("none", "none", 3), 1_000_000)
    assert renderer.printed == 1_000


@LAYOUTS
def test_the_limit_is_used_up(block, kitchen, layout):
    made = block(kitchen, layout=layout, max_bytes=40_000, lists="never")
    assert made.step == "fewer rows"
    assert made.bytes > 39_000


def test_rows_that_are_left_out_are_the_oldest_of_all_sections_and_are_counted(block, kitchen):
    made = block(kitchen, max_bytes=30_000, sections=SECTIONS, lists="never")
    shown = [int(number) for number in re.findall(r"cook-(\d+)\.html\"><b>", made.text)]
    newest = sorted(kitchen, key=lambda job: job.id)
    newest = sorted(newest, key=lambda job: job.posted, reverse=True)[: made.jobs_shown]
    assert sorted(shown) == sorted(int(job.id, 16) for job in newest)
    left_out = [
        int(number)
        for number in re.findall(r'<a href="https://kitchens\.example/">(\d+) more on the site</a>', made.text)
    ]
    assert sum(left_out) == 150 - made.jobs_shown
    assert f"**As of 22 Nov 2026: 150 open jobs** · the newest {made.jobs_shown} are here" in made.text


def test_without_a_site_what_is_left_out_is_in_the_folder(block, kitchen):
    assert re.search(
        r'<a href="jobs/">\d+ more in the folder jobs</a>',
        block(kitchen, max_bytes=30_000, base_url=None, lists="never").text,
    )


@pytest.mark.parametrize(("most", "step"), [("full", "full"), ("excerpt", "excerpts"), ("none", "no descriptions")])
def test_the_owner_sets_the_most_that_a_row_holds(block, kitchen, most, step):
    assert block(kitchen[:3], descriptions=most).step == step


def test_a_cut_text_ends_visibly_and_says_where_it_goes_on(block, view):
    cook = view(description=f"<p>{TEXT}</p>\n")
    text = block([cook], descriptions="excerpt", excerpt_chars=60).text
    assert (
        '<p>Wir suchen Köche, die Suppe mögen. Wir suchen Köche, die… <a href="https://kitchens.example/jobs/acme/cook-1.html">Read on</a></p>'
        in text
    )
    assert '… <a href="jobs/acme/cook-1.yaml">Read on</a>' in block([cook], descriptions="excerpt", base_url=None).text


def test_a_text_that_is_short_enough_is_shown_whole(block, view):
    text = block([view(description="<p>Soup.</p>\n")], descriptions="excerpt").text
    assert "<p>Soup.</p>" in text


def test_what_stands_outside_the_markers_counts(site, kitchen, renderer):
    readme = f"{'words ' * 3_000}\r\n<!-- rolecall:start -->\r\n<!-- rolecall:end -->\r\n"
    frame = frame_of(readme, "README.md")
    config = ReadmeConfig(max_bytes=60_000, lists="never")
    made = render_readme(site(kitchen), renderer, config, outside_bytes=frame.bytes, line_end=frame.line_end)
    assert len(frame.around(made.text).encode()) == made.bytes <= 60_000
    assert made.bytes > 59_000


def test_a_short_excerpt_has_no_second_link_to_where_the_title_leads(block, kitchen):
    whole = block(kitchen, descriptions="excerpt")
    made = block(kitchen, descriptions="excerpt", max_bytes=whole.bytes - 1)
    assert made.step == "short excerpts"
    assert "<details>" in made.text
    assert "Read on" not in made.text


def test_a_limit_that_not_even_the_headings_keep_is_an_error(site, kitchen, renderer):
    with pytest.raises(BudgetError, match="max_bytes"):
        render_readme(site(kitchen), renderer, ReadmeConfig(max_bytes=10_000), outside_bytes=9_990)


@LAYOUTS
def test_five_thousand_jobs_are_cut_as_github_would_not(block, view, github, layout):
    made = block(
        [view(number, title=f"Cook {number}", description=f"<p>{TEXT}</p>\n") for number in range(5_000)],
        layout=layout,
        lists="never",
    )
    report = github(made.text)
    assert report["errors"] == []
    assert report["warnings"] == []
    assert made.step == "fewer rows"
    assert made.bytes <= 480_000
