"""What a row says, in both layouts."""

from __future__ import annotations

import pytest

from rolecall.config import ReadmeConfig
from rolecall.errors import TemplateError
from rolecall.site.readme import render_readme
from rolecall.site.render import Renderer, packaged_templates

LAYOUTS = pytest.mark.parametrize("layout", ["cards", "classic"])
CARD = """\
<table>
<tr><th align="left" width="2000">Role</th><th>Apply</th></tr>
<tr valign="top"><td dir="auto"><a href="https://kitchens.example/jobs/acme/cook-1.html"><b>Cook</b></a><br>
Acme · Remote, worldwide · €40,000–\u206050,000 a year · <span dir="ltr">19\u00a0Nov\u00a02026 (3d)</span><br>
<code>Go</code> <code>C++</code>
<details><summary>Description</summary>
<p>Soup.</p>
</details></td>
<td><a href="https://jobs.acme.example/1" title="Apply: Cook at Acme (jobs.acme.example)">Apply</a></td></tr>
</table>
"""
CLASSIC = """\
<table>
<tr><th align="left" colspan="2">Role</th><th align="left">Tags</th><th align="left">Posted</th><th align="left">Apply</th></tr>
<tr valign="top"><td width="86"></td>
<td dir="auto">Acme<br>
<a href="https://kitchens.example/jobs/acme/cook-1.html"><b>Cook</b></a><br>
Remote, worldwide · €40,000–50,000 a year</td>
<td><code>Go</code> <code>C++</code></td>
<td><span dir="ltr">19\u00a0Nov\u00a02026 (3d)</span></td>
<td><a href="https://jobs.acme.example/1" title="Apply: Cook at Acme (jobs.acme.example)">Apply</a></td></tr>
<tr><td colspan="5" dir="auto"><details><summary>Description</summary>
<p>Soup.</p>
<p><a href="https://jobs.acme.example/1" title="Apply: Cook at Acme (jobs.acme.example)">Apply</a></p>
</details></td></tr>
</table>
"""


@pytest.mark.parametrize(("layout", "table"), [("cards", CARD), ("classic", CLASSIC)])
def test_a_row_is_exactly_what_github_renders_well(block, view, layout, table):
    cook = view(
        where="Remote, worldwide", pay="€40,000–50,000 a year", tags=("go", "c++"), tag_names=("Go", "C++"),
        tag_slugs=("go", "c-plus-plus"), description="<p>Soup.</p>\n", text="Soup.",
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
@pytest.mark.parametrize(
    ("closes", "shown"),
    [("2026-11-22", "closes\u00a0today"), ("2026-12-06", "closes\u00a06\u00a0Dec"), ("2026-12-07", None), ("", None)],
)
def test_the_last_day_is_named_in_the_two_weeks_before_it(block, view, layout, closes, shown):
    text = block([view(closes=closes)], layout=layout).text
    assert f'<b dir="ltr">{shown}</b>' in text if shown else "closes" not in text


@LAYOUTS
@pytest.mark.parametrize(
    ("employment", "shown"),
    [
        (("full_time",), None),
        ((), None),
        (("part_time",), "Part time"),
        (("full_time", "part_time"), "Full time or part time"),
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
