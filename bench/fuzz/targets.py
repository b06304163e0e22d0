"""What is fuzzed: each takes any bytes, and raises `AssertionError` or a bug when what shall hold does not.

`tests/attack/test_fuzz.py` feeds them from hypothesis on every run, `bench/fuzz/run.py` from atheris for minutes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

from rolecall import importers, sources, yaml_io
from rolecall.checks import Ground, examine
from rolecall.config import parse_config
from rolecall.errors import RolecallError
from rolecall.github.forms import FORMS
from rolecall.github.issue_form import read_answers, recognise
from rolecall.markup import github_html, sanitise, text_of
from rolecall.model import Board
from rolecall.normalise.tags import Vocabulary
from rolecall.site.readme_markers import END, START, frame_of, splice
from rolecall.sources._ldjson import nodes, read_block
from rolecall.sources.base import Response

TODAY = date(2026, 11, 22)
VOCABULARY = Vocabulary.default()
GROUND = Ground.of(parse_config(b"title: Jobs\nboards: []\n", "config.yaml"), {}, {}, TODAY)
ALLOWED = frozenset("p br ul ol li b strong i em code pre h3 h4 blockquote a".split())
NAMED = (
    "ashby bamboohr breezy gem greenhouse lever personio pinpoint recruitee rippling smartrecruiters workable".split()
)
BOARDS = {name: Board(source=name, board="acme") for name in NAMED} | {
    name: Board(source=name, board="a", url="https://a.example/jobs") for name in ("feed", "jsonld", "microdata")
}


def yaml_guard(data: bytes) -> None:
    """A file is refused with a place, or is a mapping that is written and read again unchanged."""
    try:
        value = yaml_io.load(data, "jobs/a/b.yaml").value
    except RolecallError:
        return
    assert not value or yaml_io.load(yaml_io.dump(value).encode(), "again").value == value
    json.dumps(value).encode()


def job_file(data: bytes) -> None:
    """A job file has problems with a place, or is a job."""
    job, problems = examine(data, "jobs/acme/cook.yaml", GROUND, new=True)
    assert job is not None or problems
    for problem in problems:
        assert "\n" not in str(problem)


def payloads(data: bytes) -> None:
    """What a board answers is postings, or an error with a name."""
    name = sorted(BOARDS)[data[0] % len(BOARDS)] if data else "greenhouse"
    board = BOARDS[name]
    source = sources.find(name)
    try:
        request = source.first(board)
        headers = {"content-type": "text/html"}
        response = Response(request=request, url="https://a.example/x", status=200, headers=headers, body=data[1:])
        source.read(response, board)
    except RolecallError:
        return


def structured_data(data: bytes) -> None:
    """A block of structured data is values, or a `ValueError`."""
    try:
        found = read_block(data.decode("utf-8", "replace"))
    except ValueError:
        return
    list(nodes(found, "JobPosting"))


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        for name, value in attrs:
            assert tag == "a", (tag, name)
            assert name in ("href", "rel"), name
            assert name != "href" or re.match(r"https?://[^/\\@\s]|mailto:", value or ""), value
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = unknown_decl = handle_pi = handle_comment


def sanitiser(data: bytes) -> None:
    """What is left is balanced, of the allow-list, without unseen characters, and stays as it is."""
    clean = sanitise(data.decode("utf-8", "replace"))
    seen = _Seen()
    seen.feed(clean)
    seen.close()
    assert not seen.open
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]", clean)
    assert sanitise(clean) == clean
    text_of(clean)
    github_html(clean)


def issue_forms(data: bytes) -> None:
    """A body is of no form, or has an answer or a problem for each of its questions."""
    body = data.decode("utf-8", "replace")
    for text in (body, "\n\n".join(f"### {one.label}\n\n{body}" for one in FORMS[0].questions)):
        form = recognise(text, FORMS)
        if form is not None:
            read_answers(text, form)


def readme(data: bytes) -> None:
    """A README is refused, or keeps every byte outside the markers, whatever stands between them."""
    text = data.decode("utf-8", "replace")
    for whole in (text, f"{text}\n{START}\nold\n{END}\n{text}"):
        try:
            frame = frame_of(whole, "README.md")
        except RolecallError:
            continue
        made = splice(whole, "| a |\n", "README.md")
        assert made.startswith(frame.before)
        assert made.endswith(frame.after)
        assert splice(made, "| a |\n", "README.md") == made


NAMES = ("README.md", "jobs.csv", "jobs.yml", "listings.json", "_posts/2026-01-01-a.md", "jobs.tsv", "jobs.html")


def lists(data: bytes) -> None:
    """Another list's file is known and read, or refused with a reason; each draft becomes a job or a line."""
    name, rest = NAMES[data[0] % len(NAMES)] if data else NAMES[0], data[1:]
    known = importers.recognise(name, rest)
    for importer in (*([known] if known else ()), importers.IMPORTERS[(data[0] if data else 0) % 6]):
        try:
            found = importers.read(importer, name, rest, TODAY)
        except RolecallError:
            continue
        for draft in found.drafts[:5]:
            importers.make(draft, name, TODAY, VOCABULARY)


TARGETS: dict[str, Callable[[bytes], Any]] = {
    "yaml": yaml_guard,
    "job": job_file,
    "payloads": payloads,
    "structured-data": structured_data,
    "sanitiser": sanitiser,
    "issues": issue_forms,
    "readme": readme,
    "lists": lists,
}
# ruff: noqa: E501 -- one seed, one text
# What mutations start from, and the words that they are made of.
SEEDS: dict[str, tuple[str, ...]] = {
    "yaml": ("title: Cook\ntags: [a, b]\nplaces:\n  - {city: Oslo, country: NO}\ndescription: |\n  Soup.\n", "a: &x [*x]\n", "? a\n: b\n--- \n", "a: 'b'\na: \"c\\u0041\"\n", "<<: {a: 1}\n", "!!str a: !!binary aGk=\n", "%YAML 1.1\n---\na: 1\n...\n"),
    "job": ("title: Cook\ncompany: Acme\napply_url: https://a.example/1\nposted: 2026-11-01\nsalary: {min: 1, max: 2, currency: EUR, per: year}\nplaces: [{city: Oslo, country: NO}]\nremote_from: {worldwide: true}\ntags: [python]\ndescription: |\n  # Soup\n\n  - [a](https://b.example) **b** `c`\n",),
    "payloads": ('\x05{"jobs": [{"id": 1, "title": "Cook", "absolute_url": "https://a.example/1", "content": "&lt;p&gt;"}]}', '\x06<?xml version="1.0"?><rss version="2.0"><channel><item><title>a</title><link>https://a.example</link></item></channel></rss>', '\x08<script type="application/ld+json">{"@type": "JobPosting", "title": "a"}</script>', '\x0a<div itemscope itemtype="https://schema.org/JobPosting"><b itemprop="title">a</b></div>'),
    "structured-data": ('{"@type": "JobPosting", "a": [1, null, {"b": "c"}]}', '<!-- {"@graph": [] } -->', '{"a": "b\n"} /* x */ // y\n{"c": 1,}', "[NaN, 1e999, \"\\ud800\"]"),
    "sanitiser": ("<p>a <b>b</b><ul><li>c<li>d</ul><a href='https://a.example/?x=1&y'>e</a></p>", "<table><td>a<tr><svg><style><math><mtext></p><br>", "<h1>a<h5>b<pre>\n c</pre><blockquote><p>d", "&lt;p&gt;&#1;&nbsp;<!-- x --><![CDATA[y]]><?z?>"),
    "issues": ("### Job title\n\nCook\n\n### Company\n\nAcme\n\n### Where to apply\n\n_No response_\n", "```\n### Job title\n```\n- [x] a\r\n"),
    "readme": ("# Jobs\n\n<!-- rolecall:start -->\nx\n<!-- rolecall:end -->\n", "```\n<!-- rolecall:start -->\n```\n", "\r\n<!--\n-->\n    <!-- rolecall:end -->"),
    "lists": ("\x00# A\n\n| Company | Role | Location | Apply | Date |\n|---|---|---|---|---|\n| **[A](https://a.example)** | b | c | [x](https://b.example) | Nov 01 |\n| \u21b3 | d | <details><summary>**2 locations**</summary>e</br>f</details> | \U0001f512 | |\n", "\x01Company;Job title;Link;Salary min\na;b;https://c.example;5\n", "\x02- name: a\n  url: https://b.example\n", '\x03[{"company_name": "a", "title": "b", "url": "https://c.example", "locations": ["d"], "date_posted": 1, "active": true}]', "\x04---\ntitle: a\ncompany: b\n---\nc\n", "\x00- [a](https://b.example) - c | d\n## e\n* **f** (g)\n"),
}  # fmt: skip
