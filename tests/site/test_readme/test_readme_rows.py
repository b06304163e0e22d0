"""What a row says, in both layouts."""

from __future__ import annotations

import re
from datetime import date

import pytest

from rolecall.config import Config, ReadmeConfig
from rolecall.errors import TemplateError
from rolecall.site.readme import render_readme
from rolecall.site.render import Renderer, packaged_templates
from rolecall.site.site import Site

LAYOUTS = pytest.mark.parametrize("layout", ["cards", "classic"])
CARD = """\
<table>
<tr><th align="left" width="2000">Role</th><th>Apply</th></tr>
<tr><th align="left" colspan="2">New this week</th></tr>
<tr valign="top"><td dir="auto"><a href="https://kitchens.example/jobs/acme/cook-1.html"><b>Cook</b></a><br>Acme · Remote, worldwide · €40,000–\u206050,000 a year · <span dir="ltr">19\u00a0Nov\u00a02026</span><br><code>Go</code> <code>C++</code>
<details><summary>Description</summary><p>Soup.</p></details></td><td><a href="https://jobs.acme.example/1" title="Apply: Cook at Acme (jobs.acme.example)">Apply</a></td></tr>
</table>
"""
CLASSIC = """\
<table>
<tr><th align="left" colspan="2">Role</th><th align="left">Tags</th><th align="left">Posted</th><th align="left">Apply</th></tr>
<tr><th align="left" colspan="5">New this week</th></tr>
<tr valign="top"><td width="86"></td><td dir="auto">Acme<br><a href="https://kitchens.example/jobs/acme/cook-1.html"><b>Cook</b></a><br>Remote, worldwide · €40,000–50,000 a year</td>
<td><code>Go</code> <code>C++</code></td><td><span dir="ltr">19\u00a0Nov\u00a02026</span></td><td><a href="https://jobs.acme.example/1" title="Apply: Cook at Acme (jobs.acme.example)">Apply</a></td></tr>
<tr><td colspan="5" dir="auto"><details><summary>Description</summary><p>Soup.</p><p><a href="https://jobs.acme.example/1" title="Apply: Cook at Acme (jobs.acme.example)">Apply</a></p></details></td></tr>
</table>
"""


@pytest.mark.parametrize(("layout", "table"), [("cards", CARD), ("classic", CLASSIC)])
def test_a_row_is_exactly_what_github_renders_well(block, view, layout, table):
    cook = view(
        where="Remote, worldwide", pay="€40,000–50,000 a year", tags=("go", "c++"), tag_names=("Go", "C++"),
        tag_slugs=("go", "c-plus-plus"), description="<p>Soup.</p>\n",
    )  # fmt: skip
    assert table in block([cook], layout=layout).text


@LAYOUTS
def test_a_job_with_nothing_but_the_necessary_is_a_whole_row(block, view, read, layout):
    seen = read(block([view()], layout=layout).text)
    assert seen.rows == 1
    assert "details" not in seen.tags
    assert "code" not in seen.tags


@LAYOUTS
def test_only_what_github_keeps_is_written(block, view, read, layout):
    text = block(
        [view(tag_names=("Go",), tags=("go",), tag_slugs=("go",), description="<h3>Tasks</h3>\n<p>Soup.</p>\n")],
        layout=layout,
    ).text
    seen = read(text)
    assert seen.tags <= {"table", "tr", "th", "td", "a", "b", "br", "img", "span", "code", "details", "summary", "p"}
    assert seen.attributes <= {"align", "width", "valign", "dir", "href", "title", "src", "alt", "colspan"}


@LAYOUTS
@pytest.mark.parametrize(
    ("age", "shown"), [("age", "3d"), ("date", "19\u00a0Nov\u00a02026"), ("both", "19\u00a0Nov\u00a02026 (3d)")]
)
def test_the_age_has_the_form_that_the_owner_chose(block, view, layout, age, shown):
    assert f'<span dir="ltr">{shown}</span>' in block([view()], layout=layout, age=age).text


@LAYOUTS
def test_a_day_that_is_only_when_we_saw_the_job_is_called_so(block, view, layout):
    assert '<span dir="ltr">seen 3d</span>' in block([view(posted_estimated=True)], layout=layout, age="age").text


@LAYOUTS
def test_the_last_day_is_always_named_whole(block, view, layout):
    assert (
        '<span dir="ltr">closes\u00a07\u00a0Dec\u00a02026</span>'
        in block([view(closes="2026-12-07")], layout=layout).text
    )
    assert "closes" not in block([view()], layout=layout).text


@LAYOUTS
def test_a_row_is_the_same_on_every_day(board_of_day, layout):
    first, *others = [rows_of(board_of_day(day, layout)) for day in ("2026-11-20", "2026-11-23", "2026-12-31")]
    assert len(first) == 2
    assert others == [first, first]


@pytest.fixture
def board_of_day(view, renderer):
    jobs = [view(1, closes="2027-01-31", posted_estimated=True), view(2, posted="2026-11-20", title="Baker")]

    def make(day, layout):
        config = Config.model_validate({"title": "Kitchens", "base_url": "https://kitchens.example/"})
        return render_readme(
            Site.of(jobs, {}, config, date.fromisoformat(day)), renderer, ReadmeConfig(layout=layout)
        ).text

    return make


def rows_of(text):
    return re.findall(r'^<tr valign="top">.*?</tr>$', text, re.DOTALL | re.MULTILINE)


def test_facts_stand_in_the_owners_order_and_only_those(block, view):
    cook = view(where="On site, Ghent", pay="€16", level="senior", sponsorship="no", closes="2026-12-07")
    text = block([cook], facts=["sponsorship", "level", "pay"]).text
    assert "<br>Acme · No visa sponsorship · Senior · €16</td>" in text.replace("\n", "")


def test_columns_stand_in_the_owners_order_and_are_not_said_twice(block, view, read):
    cook = view(where="On site, Ghent", pay="€16", closes="2026-12-07")
    text = block([cook], layout="classic", columns=["pay", "where", "closes", "apply"]).text
    assert re.findall(r'<th align="left"(?: colspan="2")?>(.*?)</th>', text) == [
        "Role",
        "Pay",
        "Where",
        "Closes",
        "Apply",
    ]
    assert '<td>€16</td><td>On site, Ghent</td><td><span dir="ltr">7\u00a0Dec\u00a02026</span></td>' in text
    assert (text.count("€16"), text.count("On site"), read(text).rows) == (1, 1, 1)


@pytest.mark.parametrize("option", ["facts", "columns"])
def test_a_fact_or_column_that_stands_twice_is_refused(option):
    with pytest.raises(ValueError, match="stands twice"):
        ReadmeConfig.model_validate({option: ["pay", "where", "pay"]})


@LAYOUTS
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"posted_estimated": True}, "“seen” before a day"),
        ({"attribution": "Harbour Jobs"}, "“via”: the board"),
        ({"closes": "2026-12-07", "sponsorship": "yes"}, None),
    ],
)
def test_only_what_needs_a_word_gets_a_legend(block, view, layout, fields, words):
    text = block([view(**fields)], layout=layout).text
    assert words in text if words else "“" not in text


def test_a_board_that_reads_from_right_to_left_has_its_columns_so(view, renderer):
    config = Config.model_validate({"title": "مطابخ", "language": "ar", "base_url": "https://kitchens.example/"})
    site = Site.of(
        [view(1, where="قطر", tags=("c++",), tag_names=("C++",), tag_slugs=("c-plus-plus",))],
        {},
        config,
        date(2026, 11, 22),
    )
    text = render_readme(site, Renderer(language="ar"), ReadmeConfig()).text
    assert '<table dir="rtl">\n<tr><th align="right"' in text
    assert '<span dir="rtl">قطر</span>' in text
    # The cell stays under its heading, whatever the title is written in; tags read on from left to right.
    assert '<tr valign="top"><td><a href' in text
    assert '<b dir="auto">Cook</b>' in text
    assert text.count('dir="ltr"') == text.count('<span dir="ltr"><code>') == 1


@LAYOUTS
@pytest.mark.parametrize(
    ("employment", "shown"),
    [
        (("full_time",), None),
        ((), None),
        (("part_time",), "Part time"),
        (("full_time", "part_time"), "Full time, Part time"),
    ],
)
def test_a_contract_is_named_where_it_is_not_the_ordinary_one(block, view, layout, employment, shown):
    text = block([view(employment=employment)], layout=layout).text
    assert shown in text if shown else "ull time" not in text


@LAYOUTS
def test_tags_over_the_limit_are_counted(block, view, layout):
    names = tuple(f"T{number}" for number in range(13))
    many = view(tags=names, tag_names=names, tag_slugs=names)
    assert "<code>T7</code> +5" in block([many], layout=layout).text
    assert "+13" in block([many], layout=layout, max_tags=0).text


@LAYOUTS
def test_a_source_that_demands_to_be_named_is_named_and_linked(block, view, layout):
    text = block([view(attribution="Harbour Jobs", source_url="https://harbour.example/7")], layout=layout).text
    assert 'via <a href="https://harbour.example/7">Harbour Jobs</a>' in text


@LAYOUTS
def test_a_featured_job_is_marked(block, view, layout):
    assert "<b>Featured</b>" in block([view(featured=True)], layout=layout).text


@LAYOUTS
def test_long_words_get_soft_hyphens_and_their_links_do_not(block, view, layout):
    word = "Donaudampfschifffahrt"
    text = block([view(title=word, apply_url=f"https://jobs.acme.example/{'x' * 60}")], layout=layout).text
    assert "<b>Donaudamp\u00adfschifffahrt</b>" in text
    assert f'href="https://jobs.acme.example/{"x" * 60}" title="Apply: {word} at Acme' in text


@LAYOUTS
def test_a_row_that_reads_from_right_to_left_keeps_its_facts_apart(block, view, layout):
    text = block([view(title="مهندس", where="On site, Amman", pay="")], layout=layout).text
    assert '<span dir="auto">On site, Amman</span>' in text


@pytest.mark.parametrize(
    ("logo", "file", "shown"),
    [
        ("logos/acme.png", "README.md", "logos/acme.png"),
        ("logos/acme.png", "docs/jobs/README.md", "../../logos/acme.png"),
        ("logos/a b.png", "README.md", "logos/a%20b.png"),
        ("https://pics.example/a?s=1&v=2", "README.md", "https://pics.example/a?s=1&amp;v=2"),
        ("javascript://x", "README.md", None),
        ("", "README.md", None),
    ],
)
@LAYOUTS
def test_a_logo_is_linked_from_where_the_readme_stands(site, view, renderer, monkeypatch, layout, logo, file, shown):
    board = site([view()])
    monkeypatch.setattr(type(board), "logo_of", lambda self, slug: logo)
    text = render_readme(board, renderer, ReadmeConfig(layout=layout, file=file)).text
    assert f'<img src="{shown}" alt="" width="40" align="left">' in text if shown else "<img" not in text


@LAYOUTS
def test_without_a_site_the_title_leads_to_where_one_applies(block, view, layout):
    text = block([view()], layout=layout, base_url=None).text
    assert '<a href="https://jobs.acme.example/1"><b>Cook</b></a>' in text


@LAYOUTS
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://u:p@evil.example/", ""]
)
def test_an_address_that_is_not_for_the_web_is_no_link(block, view, read, layout, address):
    seen = read(block([view(apply_url=address, source_url=address, attribution="Harbour")], layout=layout).text)
    assert seen.links == ["https://kitchens.example/jobs/acme/cook-1.html"]


@LAYOUTS
def test_mail_is_an_address_to_apply_to(block, view, read, layout):
    text = block([view(apply_url="mailto:people@acme.example", apply_host="")], layout=layout).text
    assert 'href="mailto:people@acme.example" title="Apply: Cook at Acme"' in text


def test_a_table_template_without_rows_is_an_error_that_names_it(site, view, tmp_path):
    (tmp_path / "readme").mkdir()
    (tmp_path / "readme" / "cards.md").write_text("<table>\n</table>\n")
    with pytest.raises(TemplateError, match=r"readme/cards\.md: does not hold {{ rows }} once"):
        render_readme(site([view()]), Renderer(tmp_path, packaged_templates()), ReadmeConfig())
