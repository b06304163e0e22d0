"""`rolecall probe`: what a page offers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
PAGE = "https://acme.example/careers"
JOB = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Cook", "identifier": "1"}</script>'
GREENHOUSE = "- {source: greenhouse, board: acme}"


@pytest.fixture
def probe(run: Run, tmp_path: Path) -> Callable[[dict[str, str]], tuple[int, list[tuple[str, str | None]]]]:
    def call(pages: dict[str, str]) -> tuple[int, list[tuple[str, str | None]]]:
        lines = []
        for number, (url, body) in enumerate(pages.items()):
            (tmp_path / str(number)).write_text(body)
            told = {"status": 200, "headers": {"content-type": "text/html"}, "body": str(number)}
            if body.startswith("-> "):
                told = {"status": 302, "headers": {"location": body[3:]}}
            lines.append(json.dumps({"request": {"method": "GET", "url": url}, "response": told}))
        (tmp_path / "index.jsonl").write_text("\n".join(lines) + "\n")
        result = run("probe", PAGE, "--replay", tmp_path, "--json")
        assert result.stdout, result.stderr
        return result.exit_code, [(offer["kind"], offer["line"]) for offer in json.loads(result.stdout)["offers"]]

    return call


def test_a_vendors_frame_or_script_names_the_board_before_a_link_does(probe: Callable[..., object]) -> None:
    html = (
        '<a href="https://boards.greenhouse.io/other">x</a>'
        '<iframe src="//boards.greenhouse.io/embed/job_board?for=acme&b=2"></iframe>'
    )
    assert probe({PAGE: html}) == (0, [("embed", GREENHOUSE), ("embed", "- {source: greenhouse, board: other}")])


@pytest.mark.parametrize(
    "html",
    [
        r'<script>window.api = "https:\/\/boards-api.greenhouse.io\/v1\/boards\/acme\/jobs";</script>',
        "<div data-feed='https://boards.greenhouse.io/acme'></div>",
    ],
)
def test_a_vendors_address_inside_the_code_names_the_board(probe: Callable[..., object], html: str) -> None:
    assert probe({PAGE: html}) == (0, [("embed", GREENHOUSE)])


def test_a_redirect_to_a_vendor_names_the_board(probe: Callable[..., object]) -> None:
    pages = {PAGE: "-> https://boards.greenhouse.io/acme", "https://boards.greenhouse.io/acme": "<p>x"}
    assert probe(pages) == (0, [("address", GREENHOUSE)])


def test_job_postings_of_the_page_are_counted(probe: Callable[..., object]) -> None:
    assert probe({PAGE: JOB}) == (0, [("jsonld", f"- {{source: jsonld, url: '{PAGE}'}}")])


def test_links_to_pages_with_job_postings_are_found_by_reading_one(probe: Callable[..., object]) -> None:
    links = '<a href="/careers/cook">x</a><a href="/careers/smith">x</a><a href="/about/us">x</a>'
    line = f"- {{source: jsonld, url: '{PAGE}', links: '/careers/[^/?#]+'}}"
    assert probe({PAGE: links, f"{PAGE}/cook": JOB}) == (0, [("links", line)])
    assert probe({PAGE: links, f"{PAGE}/cook": "<p>Cook"}) == (1, [("links", None)])
    assert probe({PAGE: links}) == (1, [("links", None)])


def test_a_feed_of_jobs_is_the_board_and_a_blogs_feed_is_not(probe: Callable[..., object]) -> None:
    feed = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
    html = feed.format("Blog", "/blog/feed") + feed.format("Jobs", "/jobs/feed")
    assert probe({PAGE: html}) == (
        0,
        [
            ("feed", "- {source: feed, url: 'https://acme.example/jobs/feed'}"),
            ("other feed", "- {source: feed, url: 'https://acme.example/blog/feed'}"),
        ],
    )
    assert probe({PAGE: feed.format("Blog", "/blog/feed")})[0] == 1


@pytest.mark.parametrize(
    ("body", "kind", "source"),
    [
        ('<?xml version="1.0"?><rss><channel/></rss>', "feed", "feed"),
        ("<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'/>", "feed", "feed"),
        ("<urlset></urlset>", "sitemap", "jsonld"),
    ],
)
def test_a_feed_or_a_sitemap_itself_is_known_by_its_root(
    probe: Callable[..., object], body: str, kind: str, source: str
) -> None:
    assert probe({PAGE: body}) == (0, [(kind, f"- {{source: {source}, url: '{PAGE}'}}")])


def test_an_empty_page_offers_nothing_and_json_is_named(probe: Callable[..., object]) -> None:
    assert probe({PAGE: "<p>x"}) == (1, [])
    assert probe({PAGE: '{"jobs": []}'}) == (1, [("json", None)])


def test_a_person_reads_lines(run: Run) -> None:
    result = run("probe", "boards.greenhouse.io/acme")
    assert result.stdout.splitlines() == [
        "https://boards.greenhouse.io/acme: 1 found.",
        "  address: its address is one of greenhouse",
        f"  {GREENHOUSE}",
    ]


def test_an_address_on_this_machine_is_not_asked(run: Run) -> None:
    result = run("probe", "http://127.0.0.1/jobs")
    assert result.exit_code == 1
    assert "127.0.0.1" in result.stderr
