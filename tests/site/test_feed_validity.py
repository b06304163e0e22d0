"""Every feed of the sample board, by three judges: feedparser, the grammar of RFC 4287, the rules of JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
JSON_FEED = Draft202012Validator(json.loads(Path(__file__).with_name("json_feed.schema.json").read_text()))

WELL = """\
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://quay.example/</id><title>Quay</title><updated>2026-11-22T00:00:00Z</updated><author><name>Quay</name></author>
<entry><id>https://quay.example/1</id><title>Cook</title><updated>2026-11-22T00:00:00Z</updated>
<link rel="alternate" href="https://quay.example/1"/><content type="html">&lt;p&gt;</content></entry></feed>
"""


@pytest.fixture
def output(board: Path, run: Callable) -> Path:
    assert run("build", "--now", "2026-11-22", folder=board).exit_code == 0
    return board / "output"


def atom_feeds(output: Path) -> list[Path]:
    return [
        file
        for file in sorted(output.rglob("*.xml"))
        if b'<feed xmlns="http://www.w3.org/2005/Atom"' in file.read_bytes()
    ]


def json_feeds(output: Path) -> list[dict[str, Any]]:
    found = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(output.rglob("*.json"))]
    return [feed for feed in found if isinstance(feed, dict) and "jsonfeed.org" in str(feed.get("version"))]


def atom_faults(text: bytes) -> list[str]:
    """What RFC 4287 has against a feed: its grammar, and the rules that it states beside."""
    root = etree.fromstring(text)
    GRAMMAR.validate(root)
    faults = [f"{fault.line}: {fault.message}" for fault in GRAMMAR.error_log]
    entries = root.findall(f"{ATOM}entry")
    if root.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        faults.append("an entry has no author, and neither has the feed")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(ids) != len(set(ids)):
        faults.append("two entries have one id")
    for entry in entries:
        ways = [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")]
        if entry.find(f"{ATOM}content") is None and "alternate" not in ways:
            faults.append("an entry has neither content nor a link")
        if ways.count("alternate") > 1:
            faults.append("an entry has two links to itself")
    return faults


def test_every_atom_feed_keeps_to_rfc_4287(output: Path) -> None:
    feeds = atom_feeds(output)
    assert feeds
    assert {file.name: faults for file in feeds if (faults := atom_faults(file.read_bytes()))} == {}


def test_feedparser_reads_every_atom_feed_without_complaint(output: Path) -> None:
    for file in atom_feeds(output):
        read = feedparser.parse(file.read_bytes())
        assert not read.bozo, f"{file.name}: {read.get('bozo_exception')}"
        assert read.version == "atom10"
        assert all(entry.id and entry.link and entry.title and entry.updated_parsed for entry in read.entries)


def test_the_feed_of_all_jobs_says_where_it_stands(output: Path) -> None:
    root = etree.parse(output / "feed.xml").getroot()
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.github.io/rolecall/feed.xml"
    assert links["alternate"] == "https://example.github.io/rolecall/"
    assert len(root.findall(f"{ATOM}entry")) == 19


def test_every_json_feed_keeps_to_its_rules(output: Path) -> None:
    for feed in json_feeds(output):
        assert [f"{fault.json_path}: {fault.message}" for fault in JSON_FEED.iter_errors(feed)] == []
        ids = [item["id"] for item in feed["items"]]
        assert len(ids) == len(set(ids))


# The judges themselves


def test_a_feed_that_is_well_passes() -> None:
    assert atom_faults(WELL.encode()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<id>https://quay.example/</id>", ""),
        ("<title>Quay</title>", ""),
        ("<title>Quay</title>", "<title>Quay</title><title>Quay</title>"),
        ("2026-11-22T00:00:00Z", "2026-11-22"),
        ("<author><name>Quay</name></author>", ""),
        ("<author><name>Quay</name></author>", "<author>Quay</author>"),
        ('type="html"', 'type="markdown"'),
        ('rel="alternate" href=', 'rel="alternate" url='),
        ("<entry>", "<entry><summary>a</summary><summary>b</summary>"),
        ("<entry>", "<entry><pubDate>x</pubDate>"),
        (
            "<entry>",
            "<entry><id>https://quay.example/1</id><title>Cook</title><updated>2026-11-22T00:00:00Z</updated></entry><entry>",
        ),
    ],
)
def test_a_feed_that_is_not_well_is_seen(old: str, new: str) -> None:
    assert old in WELL
    assert atom_faults(WELL.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("changes", "is_well"),
    [
        ({}, True),
        ({"_rolecall": {"pay": "EUR"}}, True),
        ({"id": 1}, False),
        ({"id": ""}, False),
        ({"content_html": None}, False),
        ({"date_published": "2026-11-22"}, False),
        ({"url": "jobs/1.html"}, False),
        ({"author": {"name": "Quay"}}, False),
        ({"_rolecall": "pay"}, False),
    ],
)
def test_a_json_feed_is_judged_by_its_items(changes: dict[str, Any], is_well: bool) -> None:
    item = {"id": "1", "url": "https://quay.example/1", "content_html": "<p>", "date_published": "2026-11-22T00:00:00Z"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": [item | changes]}
    assert JSON_FEED.is_valid(feed) is is_well
