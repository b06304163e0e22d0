"""The built site: its pages, feeds and lists, under good data and under hostile data."""

from __future__ import annotations

import json
import posixpath
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from rolecall.config.options import SiteConfig
from rolecall.errors import PathConflict, TemplateError
from rolecall.model import Company

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
GOLDEN = Path(__file__).parent / "golden"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</li></ol></main><!-- x",
    "</title></textarea></script><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "]]> <![CDATA[ &amp; &#60;",
    "\u202eabc\u2066 \u2028 \ufdd0 \x01 \x0b",
    "__proto__",
    "a" * 200,
)


# --- Golden ---------------------------------------------------------------------------------------------------------


def test_the_board_is_what_it_was(kitchen, golden: Callable[[Path, str], None]) -> None:
    kitchen.build()
    for path, data in kitchen.files().items():
        if path != ".rolecall" and not path.startswith(("static/", "logos/", "card")):
            golden(GOLDEN / path, data.decode())


def test_the_golden_files_are_those_of_the_board(kitchen) -> None:
    kitchen.build()
    built = {
        path for path in kitchen.files() if path != ".rolecall" and not path.startswith(("static/", "logos/", "card"))
    }
    assert {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()} == built


# --- Structure ------------------------------------------------------------------------------------------------------


def test_every_link_of_every_page_leads_to_a_file(kitchen, dom: Callable, pages_of: Callable) -> None:
    kitchen.config = kitchen.config.model_copy(update={"site": kitchen.config.site.model_copy(update={"per_page": 2})})
    kitchen.build()
    files = kitchen.files()
    checked = 0
    for path in pages_of(kitchen):
        for tag, attributes in dom(kitchen.page(path)).elements:
            address = attributes.get("src" if tag == "img" else "href", "").partition("?")[0]
            if not address or address.startswith("#") or urlsplit(address).scheme:
                continue
            if path == "404.html":
                assert address.startswith("/jobs/")
                target = address.removeprefix("/jobs/")
            else:
                assert not address.startswith("/")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
            assert target in files, f"{path} links {address}"
            checked += 1
    assert checked > 200


def test_every_page_starts_with_a_strict_policy_and_has_one_heading(kitchen, dom: Callable, pages_of: Callable) -> None:
    kitchen.build()
    for path in pages_of(kitchen):
        parsed = dom(kitchen.page(path))
        head = parsed.elements[[tag for tag, _ in parsed.elements].index("head") + 1]
        assert head[1]["http-equiv"] == "Content-Security-Policy"
        assert head[1]["content"].startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'")
        assert len(list(parsed.each("h1"))) == 1
        assert len(list(parsed.each("main", id="main"))) == 1
        assert not list(parsed.each("style"))
        for attributes in parsed.each("script"):  # data, or a file of the site: never a program in the page
            assert attributes["type"] == "application/ld+json" or "src" in attributes
        assert not [
            name for _, attributes in parsed.elements for name in attributes if name == "style" or name.startswith("on")
        ]


def test_nothing_is_loaded_from_another_host(kitchen, dom: Callable, pages_of: Callable) -> None:
    kitchen.build()
    for path in pages_of(kitchen):
        for tag, attributes in dom(kitchen.page(path)).elements:
            if tag in ("img", "script", "iframe", "source") or (tag == "link" and attributes["rel"] != "canonical"):
                assert not urlsplit(attributes.get("src") or attributes.get("href", "")).netloc
    assert b"http" not in kitchen.files()["static/site.css"]


def test_foreign_links_are_not_vouched_for_but_a_demanded_one_is_followed(
    kitchen, dom: Callable, view: Callable, pages_of: Callable
) -> None:
    kitchen.views.append(view(9, attribution="Example Jobs", source_url="https://example-jobs.example/9"))
    kitchen.build()
    rels: dict[str, set[str]] = {}
    for path in pages_of(kitchen):
        for link in dom(kitchen.page(path)).each("a"):
            if urlsplit(link["href"]).scheme:
                rels.setdefault(link["href"], set()).add(link.get("rel", ""))
    assert rels.pop("https://example-jobs.example/9") == {"noopener"}
    assert {"https://larkspur.example/apply", "https://larkspur.example/", "https://github.com/kitchens/jobs"} <= set(
        rels
    )
    assert set.union(*rels.values()) == {"noopener nofollow ugc"}


def test_lists_are_cut_into_pages_in_order(kitchen, dom: Callable, view: Callable) -> None:
    kitchen.views = [view(number, posted=f"2026-11-{number:02}") for number in range(1, 22)]
    kitchen.config = kitchen.config.model_copy(update={"site": kitchen.config.site.model_copy(update={"per_page": 10})})
    kitchen.build()
    rows = [
        int(row, 16) for path in ("index.html", "page/2.html", "page/3.html") for row in dom(kitchen.page(path)).rows()
    ]
    assert rows == list(range(21, 0, -1))
    assert "page/4.html" not in kitchen.files()
    assert dom(kitchen.page("tags/c-plus-plus.3.html")).rows() == ["000000000001"]
    assert dom(kitchen.page("companies/larkspur-kitchens.2.html")).rows() == [
        f"{number:012x}" for number in range(11, 1, -1)
    ]


def test_lists_with_featured_jobs_do_not_say_that_the_newest_is_first(kitchen) -> None:
    kitchen.build()
    assert "Featured first, then the newest" in kitchen.page("companies/quay-and-daughters.html")
    assert "newest first" in kitchen.page("companies/larkspur-kitchens.html")


# --- One job --------------------------------------------------------------------------------------------------------


def test_a_closed_job_has_no_apply_no_markup_and_no_place_in_lists(kitchen, dom: Callable) -> None:
    kitchen.build()
    for view in kitchen.views[4:]:
        page = kitchen.page(view.page)
        assert "This job is closed." in page
        assert "noindex" in page
        assert "application/ld+json" not in page
        assert view.apply_url not in page
        for path, data in kitchen.files().items():
            if path != view.page:
                assert view.page.encode() not in data, path


def test_a_job_closes_by_the_calendar_alone(kitchen) -> None:
    kitchen.build()
    assert "This job is closed." not in kitchen.page(kitchen.views[1].page)
    kitchen.today = date(2026, 11, 26)
    kitchen.build()
    assert 'It closed on <time datetime="2026-11-25">' in kitchen.page(kitchen.views[1].page)
    kitchen.today = date(2027, 1, 26)
    kitchen.build()
    assert kitchen.views[1].page not in kitchen.files()


def test_an_estimated_day_is_said_in_words(kitchen) -> None:
    kitchen.build()
    assert "The employer does not say when it was posted." in kitchen.page(kitchen.views[3].page)
    assert re.search(r"seen <time datetime=\"2026-11-19\">", kitchen.page("index.html"))


def test_an_address_of_another_kind_is_not_linked(kitchen, dom: Callable, view: Callable) -> None:
    kitchen.views = [view(1, apply_url="javascript:alert(1)", source_url="data:text/html,x", attribution="A")]
    kitchen.build()
    pages = kitchen.page(kitchen.views[0].page) + kitchen.page("feed.xml")
    assert not re.search(r"href=\"(javascript|data):", pages)


def test_markup_is_json_that_says_what_the_page_says(kitchen, dom: Callable) -> None:
    kitchen.build()
    posting, crumbs = (json.loads(script) for script in dom(kitchen.page(kitchen.views[0].page)).scripts)
    assert posting["hiringOrganization"]["logo"] == "https://kitchens.example/jobs/logos/larkspur-kitchens.png"
    assert posting["description"] == kitchen.views[0].description
    assert [step["name"] for step in crumbs["itemListElement"]] == ["All jobs", "Larkspur Kitchens", "Cook"]
    assert crumbs["itemListElement"][2]["item"] == f"https://kitchens.example/jobs/{kitchen.views[0].page}"


# --- Feeds and files for machines -------------------------------------------------------------------------------------


def test_the_feed_has_the_newest_jobs_with_their_text(kitchen, view: Callable) -> None:
    kitchen.views = [view(number, posted=f"2026-10-{number:02}", featured=number == 1) for number in range(1, 31)]
    kitchen.config = kitchen.config.model_copy(
        update={"site": kitchen.config.site.model_copy(update={"feed_entries": 12})}
    )
    kitchen.build()
    feed = ElementTree.fromstring(kitchen.files()["feed.xml"])
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}published") for entry in entries] == [
        f"2026-10-{number:02}T00:00:00Z" for number in range(30, 18, -1)
    ]
    assert entries[0].findtext(f"{ATOM}id") == "https://kitchens.example/jobs/#job-00000000001e"
    assert "<p>You bake the bread of the house.</p>" in (entries[0].findtext(f"{ATOM}content") or "")
    assert feed.findtext(f"{ATOM}updated") == "2026-10-30T00:00:00Z"


def test_the_sitemap_names_every_page_that_shall_be_found(kitchen) -> None:
    kitchen.build()
    sitemap = ElementTree.fromstring(kitchen.files()["sitemap.xml"])
    paths = {(loc.text or "").removeprefix("https://kitchens.example/jobs/") for loc in sitemap.iter(f"{SITEMAP}loc")}
    html = {
        path for path, data in kitchen.files().items() if path.endswith(".html") and b'content="noindex"' not in data
    }
    assert paths == html - {"index.html"} | {""}
    assert "Sitemap: https://kitchens.example/jobs/sitemap.xml" in kitchen.page("robots.txt")


def test_a_long_sitemap_comes_in_parts(kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["rolecall.site.writers.sitemap"], "MAX_URLS", 5)
    kitchen.build()
    index = ElementTree.fromstring(kitchen.files()["sitemap.xml"])
    parts = [(loc.text or "").removeprefix("https://kitchens.example/jobs/") for loc in index.iter(f"{SITEMAP}loc")]
    assert parts == [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    held = [len(list(ElementTree.fromstring(kitchen.files()[part]))) for part in parts]
    assert held[:-1] == [5] * (len(parts) - 1)
    assert 0 < held[-1] <= 5
    kitchen.views = kitchen.views[:1]
    kitchen.build()
    assert parts[-1] not in kitchen.files()


def test_programs_read_all_jobs_in_one_file(kitchen) -> None:
    kitchen.build()
    read = json.loads(kitchen.files()["jobs.json"])
    assert [job["title"] for job in read["jobs"]] == [job.title for job in kitchen.site().jobs]
    assert read["jobs"][1]["salary"] == {"min": 16, "max": 19.5, "currency": "EUR", "per": "hour"}
    assert "description" not in read["jobs"][0]


def test_a_board_without_an_address_has_no_feed_and_no_absolute_link(kitchen) -> None:
    kitchen.config = kitchen.config.model_copy(update={"base_url": None, "repository": None})
    kitchen.build()
    assert not {"feed.xml", "sitemap.xml"} & set(kitchen.files())
    assert not [path for path in kitchen.files() if path.endswith(".xml")]
    assert not re.search(
        r"rel=\"alternate\"|feed\.(xml|json)", kitchen.page("index.html") + kitchen.page("tags/baking.html")
    )
    assert json.loads(kitchen.files()["jobs.json"])["jobs"][0]["url"] == kitchen.views[3].page


def test_an_empty_board_is_a_whole_site(empty_board, dom: Callable) -> None:
    empty_board.build()
    assert "No open jobs" in empty_board.page("index.html")
    assert dom(empty_board.page("index.html")).rows() == []
    assert ElementTree.fromstring(empty_board.files()["feed.xml"]).findall(f"{ATOM}entry") == []
    assert json.loads(empty_board.files()["jobs.json"])["jobs"] == []


# --- Hostile data -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_shown_and_changes_no_page(
    text: str, empty_board, dom: Callable, view: Callable, pages_of: Callable
) -> None:
    fields = (
        "title",
        "company",
        "pay",
        "where",
        "department",
        "requisition_id",
        "attribution",
        "level",
        "sponsorship",
    )
    calm = dict.fromkeys(fields, "calm") | {"places": ("calm",), "tag_names": ("calm",), "remote_names": ("calm",)}
    wild = dict.fromkeys(fields, text) | {"places": (text,), "tag_names": (text,), "remote_names": (text,)}
    calm["description"], wild["description"] = "<p>So calm</p>\n", f"<p>So {escape(text)}</p>\n"
    same = {
        "tags": ("x",),
        "tag_slugs": ("x",),
        "source_url": "https://a.example/",
        "remote_countries": ("BE",),
    }
    shapes = []
    for values in (calm, wild):
        empty_board.views = [view(number, **(same | values)) for number in range(3)]
        empty_board.companies = {"larkspur-kitchens": Company(name="calm")}
        empty_board.build()
        parsed = {path: dom(empty_board.page(path)) for path in pages_of(empty_board)}
        assert len(parsed["index.html"].rows()) == 3
        shapes.append(
            {path: [(tag, sorted(attributes)) for tag, attributes in found.elements] for path, found in parsed.items()}
        )
        for found in parsed.values():
            assert {json.loads(script)["@type"] for script in found.scripts} <= {"JobPosting", "BreadcrumbList"}
        feed = ElementTree.fromstring(empty_board.files()["feed.xml"])
        assert len(feed.findall(f"{ATOM}entry")) == 3
        assert json.loads(empty_board.files()["jobs.json"])["jobs"][0]["title"] == values["title"]
    assert shapes[0] == shapes[1]


# --- Incremental ------------------------------------------------------------------------------------------------------


def test_a_second_build_renders_and_writes_nothing(kitchen) -> None:
    kitchen.build()
    before = {path: (kitchen.output / path).stat().st_mtime_ns for path in kitchen.files()}
    again = kitchen.build()
    assert (again.written, again.unchanged, again.swept) == (0, 0, 0)
    assert before == {path: (kitchen.output / path).stat().st_mtime_ns for path in kitchen.files()}


def test_a_changed_job_touches_its_page_its_lists_and_the_pages_of_similar_jobs_only(kitchen, view: Callable) -> None:
    kitchen.build()
    alike = [kitchen.views[1].page, kitchen.views[3].page]  # of the same tags, at another company
    kitchen.views[0] = view(1, title="Head Cook")
    before = kitchen.files()
    again = kitchen.build()
    changed = {path for path, data in kitchen.files().items() if before[path] != data}
    lists = (
        "companies/larkspur-kitchens", "tags/baking", "tags/c-plus-plus", "places/belgium", "places/ghent-belgium",
        "work/on-site",
    )  # fmt: skip
    assert changed == {
        kitchen.views[0].page, kitchen.views[0].page.replace("jobs/", "cards/").replace(".html", ".png"), *alike, "index.html", "feed.xml", "feed.json", "jobs.json", "jobs.csv", "jobs.xml",
        "search/head.json", *(f"{path}.{form}" for path in lists for form in ("html", "xml", "json")),
    }  # fmt: skip
    assert again.written == len(changed)


def test_whatever_a_page_shows_is_in_its_fingerprint(kitchen, view: Callable) -> None:
    """After each change an incremental build gives the bytes of a build from nothing."""
    kitchen.build()
    changes = [
        lambda: kitchen.companies.update({"old-mill": Company(name="The Old Mill", website="https://mill.example/")}),
        lambda: setattr(kitchen, "today", date(2026, 11, 26)),
        lambda: kitchen.views.append(view(7, company="Old Mill", company_slug="old-mill")),
        lambda: (kitchen.folder / "logos" / "old-mill.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(9)),
        lambda: (kitchen.folder / "logos" / "larkspur-kitchens.png").unlink(),
        lambda: setattr(kitchen, "config", kitchen.config.model_copy(update={"title": "Mill jobs"})),
        lambda: setattr(kitchen, "config", kitchen.config.model_copy(update={"description": None})),
        lambda: setattr(kitchen, "config", kitchen.config.model_copy(update={"repository": None})),
        lambda: setattr(kitchen, "config", kitchen.config.model_copy(update={"base_url": "https://other.example/"})),
        lambda: setattr(kitchen, "config", kitchen.config.model_copy(update={"language": "fr"})),
        lambda: setattr(kitchen, "config", kitchen.config.model_copy(update={"logos": "none"})),
        lambda: setattr(kitchen, "config", kitchen.config.model_copy(update={"site": SiteConfig(feeds=("tags",))})),
        lambda: setattr(kitchen, "config", kitchen.config.model_copy(update={"site": SiteConfig(feed_entries=2)})),
        lambda: setattr(kitchen, "config", kitchen.config.model_copy(update={"site": SiteConfig(list_feed_entries=1)})),
        lambda: kitchen.theme("site/rows.html", "<p>{{ part.total }}</p>"),
        lambda: kitchen.theme("site/static/site.css", "p { color: red }"),
        lambda: setattr(
            kitchen, "views", [job._replace(status_closed=True, digest=job.digest + "x") for job in kitchen.views]
        ),
        lambda: kitchen.views.clear(),
    ]
    for change in changes:
        change()
        kitchen.build()
        fresh = replace(kitchen, folder=kitchen.folder / "fresh")
        fresh.folder.mkdir(exist_ok=True)
        for shared in ("logos", "templates"):
            if (kitchen.folder / shared).exists() and not (fresh.folder / shared).exists():
                (fresh.folder / shared).symlink_to(kitchen.folder / shared)
        for made in (fresh.output, fresh.cache):
            if made.exists():
                made.rename(kitchen.folder / f"old-{made.name}-{len(list(kitchen.folder.iterdir()))}")
        fresh.build()
        assert kitchen.files() == fresh.files()


@pytest.mark.parametrize("workers", [2, 4])
def test_the_number_of_workers_does_not_show(workers: int, empty_board, view: Callable) -> None:
    empty_board.views = [view(number, posted=f"2026-{number % 9 + 1:02}-11") for number in range(260)]
    empty_board.build(workers=1)
    alone = empty_board.files()
    together = replace(empty_board, folder=empty_board.folder / "together")
    together.build(workers=workers)
    assert together.files() == alone


def test_a_broken_template_leaves_the_last_site(kitchen) -> None:
    kitchen.build()
    before = kitchen.files()
    kitchen.theme("site/job.html", "{% extends 'site/base.html' %}\n{% block main %}\n{{ job.titel }}{% endblock %}")
    with pytest.raises(TemplateError, match=r"site/job\.html:3"):
        kitchen.build()
    assert kitchen.files() == before


def test_a_board_may_have_navigation_of_its_own(kitchen) -> None:
    kitchen.theme("site/top.html", '<nav><a href="{{ to.index() }}">{{ board.title }} &amp; more</a></nav>')
    kitchen.build()
    job = kitchen.views[0].page
    assert f'<nav><a href="../../index.html">{kitchen.config.title} &amp; more</a></nav><main' in kitchen.page(job)
    assert f'<nav><a href="index.html">{kitchen.config.title} &amp; more</a></nav><main' in kitchen.page("index.html")


def test_two_jobs_that_want_one_page_are_named(kitchen, view: Callable) -> None:
    kitchen.views.append(view(99, page=kitchen.views[0].page))
    with pytest.raises(PathConflict, match=re.escape(kitchen.views[0].page)):
        kitchen.build()
    assert not kitchen.output.exists()


def test_a_job_that_its_board_has_dropped_is_not_said_to_be_verified(kitchen, view: Callable) -> None:
    kitchen.views = [view(1, board="greenhouse/acme"), view(2, board="greenhouse/acme", missing_since="2026-11-20")]
    kitchen.build()
    assert 'data-board="greenhouse/acme"' in kitchen.page(kitchen.views[0].page)
    gone = kitchen.page(kitchen.views[1].page)
    assert "data-board" not in gone
    assert "The employer&#39;s list has not shown it since" in gone


def test_a_board_may_replace_a_script_and_the_words_of_scripts(kitchen) -> None:
    kitchen.theme("site/static/words.js", "export const words = {};")
    kitchen.theme("site/static/board.js", "// none")
    kitchen.build()
    assert kitchen.files()["static/words.js"] == b"export const words = {};"
    assert kitchen.files()["static/board.js"] == b"// none"
