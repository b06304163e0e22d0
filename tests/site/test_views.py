"""From a job to what readers see of it."""

from __future__ import annotations

import marshal
from typing import Any

import pytest

from rolecall.model import Attribution, Job
from rolecall.site.markdown import to_html
from rolecall.site.view import JobView
from rolecall.site.views import page_of, stamped, view_of

FILE = "jobs/larkspur/cook-7f3a1c22.yaml"


def job(**changes: Any) -> Job:
    values = {
        "title": "Cook",
        "company": "Larkspur",
        "apply_url": "https://www.larkspur.example/apply",
        "posted": "2026-11-19",
    }
    return Job.model_validate(values | changes)


def test_what_is_unknown_is_empty() -> None:
    view = view_of(FILE, job())
    empty = (
        "closes",
        "pay",
        "where",
        "places",
        "tags",
        "tag_names",
        "tag_slugs",
        "level",
        "description",
        "text",
        "source_url",
        "salary",
    )
    assert {name: getattr(view, name) for name in empty if getattr(view, name)} == {}
    assert (view.apply_host, view.company_slug, view.page) == (
        "larkspur.example",
        "larkspur",
        "jobs/larkspur/cook-7f3a1c22.html",
    )


def test_values_become_words() -> None:
    view = view_of(
        FILE,
        job(
            places=[
                {"city": "Berlin", "region": "Berlin", "country": "DE"},
                {"city": "Austin", "region": "Texas", "country": "US"},
                {"text": "Bureau 9"},
            ],
            workplace="hybrid",
            salary={"min": "90000", "max": "120000.50", "currency": "EUR", "per": "year"},
            tags=["c++", "go"],
            employment=["full_time"],
        ),
    )
    assert view.places == ("Berlin, Germany", "Austin, Texas, United States", "Bureau 9")
    assert view.where == "Hybrid, Berlin, Germany; Austin, Texas, United States; Bureau 9"
    assert view.salary == ("90000", "120000.5", "EUR", "year")
    assert (view.tag_names, view.tag_slugs) == (("C++", "Go"), ("c-plus-plus", "go"))


def test_where_a_remote_worker_may_live_is_named() -> None:
    view = view_of(
        FILE,
        job(
            workplace="remote",
            remote_from={"countries": ["DE", "FR"], "regions": ["LATAM"], "timezones": {"min": "-3", "max": "3"}},
        ),
    )
    assert view.remote_names[:2] == ("Germany", "France")
    assert view.timezones == ("-3", "3")
    assert view.where.startswith("Remote: Germany, France, ")
    assert view_of(FILE, job(workplace="remote", remote_from={"worldwide": True})).where == "Remote, worldwide"
    assert view_of(FILE, job(workplace="remote")).where == "Remote"


def test_an_address_to_write_to_has_no_host() -> None:
    assert view_of(FILE, job(apply_url="mailto:jobs@larkspur.example")).apply_host == ""


@pytest.mark.parametrize("field", ["description", "description_html"])
def test_every_description_is_sanitised_here_too(field: str) -> None:
    view = view_of(FILE, job(**{field: "<p onclick=alert(1)>Bread</p><script>alert(1)</script><img src=x>"}))
    assert "Bread" in view.text
    assert not any(found in view.description for found in ("<script", "<img", "<p onclick"))


def test_markdown_is_rendered_and_its_html_is_text() -> None:
    html = to_html(
        "# Bread\n\n- *sour*\n- [sweet](https://a.example/)\n\n<b onclick=x>raw</b> ![p](https://a.example/p.png) [x](javascript:alert(1))"
    )
    assert "<h3>Bread</h3>" in html
    assert "<em>sour</em>" in html
    assert '<a href="https://a.example/" rel="noopener nofollow ugc">sweet</a>' in html
    assert "&lt;b onclick=x&gt;raw" in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_the_text_is_one_line_of_limited_length() -> None:
    view = view_of(FILE, job(description_html="<p>Bread</p><ul><li>one</li><li>two</li></ul>" + "<p>word</p>" * 1000))
    assert "\n" not in view.text
    assert view.text.startswith("Bread")
    assert len(view.text) <= 1_200


def test_a_sources_terms_travel_with_the_job() -> None:
    terms = Attribution(
        name="Example Jobs", url="https://example-jobs.example/", emit_jsonld=False, apply_via_source=True
    )
    view = view_of(FILE, job(source={"name": "feed", "board": "b", "key": "1"}), terms)
    assert (view.attribution, view.source_url, view.emit_jsonld, view.apply_via_source) == (
        "Example Jobs", "https://example-jobs.example/", False, True,
    )  # fmt: skip
    named = view_of(
        FILE, job(source={"name": "feed", "board": "b", "key": "1", "url": "https://example-jobs.example/1"}), terms
    )
    assert named.source_url == "https://example-jobs.example/1"


@pytest.mark.parametrize(
    ("file", "page"),
    [
        ("jobs/acme/cook-7f3a1c22.yaml", "jobs/acme/cook-7f3a1c22.html"),
        ("jobs/cook.yaml", "jobs/cook.html"),
        ("jobs/Acme/Head Cook.yaml", "jobs/acme/head-cook-0123abcd.html"),
        ("jobs/acme/index.yaml", "jobs/acme/index-"),
        ("jobs/con/nul.yaml", "jobs/con-"),
        ("jobs/acme/../../etc.yaml", "jobs/acme/"),
        ("jobs/acme/.htaccess.yaml", "jobs/acme/"),
        ("jobs/acme/云.yaml", "jobs/acme/"),
    ],
)
def test_a_page_is_named_like_its_file_but_only_plainly(file: str, page: str) -> None:
    made = page_of(file, "0123abcd4567")
    assert made.startswith(page)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-/.")
    assert not any(step.startswith(".") for step in made.split("/"))


def test_a_view_can_be_marshalled_and_its_digest_covers_every_field() -> None:
    full = view_of(
        FILE, job(workplace="remote", tags=["go"], salary={"min": "1"}, alternates=[{"url": "https://a.example/"}])
    )
    assert JobView._make(marshal.loads(marshal.dumps(tuple(full)))) == full
    assert full.digest != view_of(FILE, job(workplace="remote", tags=["go"], salary={"min": "2"})).digest
    assert (
        full.digest
        == view_of(
            FILE, job(workplace="remote", tags=["go"], salary={"min": "1"}, alternates=[{"url": "https://a.example/"}])
        ).digest
    )


def test_a_digest_is_of_the_values_alone_and_not_of_how_they_are_held() -> None:
    view = view_of(FILE, job(tags=["go"], department="Bakery"))
    again = JobView._make(marshal.loads(marshal.dumps(tuple(view))))  # the same text, in other objects
    assert stamped(again) == stamped(view._replace(facts="any", digest="any")) == view


@pytest.mark.parametrize("name", [name for name in JobView._fields if name not in ("facts", "digest")])
def test_a_digest_changes_with_each_field_and_that_of_the_facts_with_each_but_the_text(name: str) -> None:
    view = view_of(FILE, job())
    other = stamped(view._replace(**{name: "another"}))
    assert other.digest != view.digest
    assert (other.facts == view.facts) == (name == "body")
