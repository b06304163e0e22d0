"""Whatever is thrown at a board by whatever way: what comes out is whole, and nothing in it acts.

Each output is read by a parser that the product does not use: html5lib, lxml, json, csv, GitHub's Markdown.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import cmarkgfm
import html5lib
import pytest
from lxml import etree

DESCRIPTION = set("p br ul ol li b strong i em code pre h3 h4 blockquote a".split())
README = DESCRIPTION | set("html head body h1 h2 table tbody tr th td img span details summary".split())
NAME = re.compile(r"[a-z0-9_-][a-z0-9._-]*")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
ATOM = "{http://www.w3.org/2005/Atom}"
REPO = "https://o.github.io/r/"


@pytest.fixture(autouse=True, scope="module")
def forget(attacked: Any) -> Iterator[None]:
    """The pages of one board at a time fill enough memory."""
    yield
    parsed.cache_clear()


@cache
def parsed(path: Path) -> Any:
    return html5lib.parse(path.read_bytes(), treebuilder="etree", namespaceHTMLElements=False)


def pages(board: Any) -> list[Path]:
    found = sorted(board.output.rglob("*.html"))
    assert found
    return found


def shape(root: Any) -> set[tuple[str, str]]:
    """Each element with each of its attributes."""
    found = set()
    for element in root.iter():
        if isinstance(element.tag, str):
            found.update((element.tag, name) for name in ("", *element.attrib))
    return found


def texts(root: Any, tag: str, **has: str) -> Iterator[str]:
    for element in root.iter(tag):
        if all(element.get(name) == value for name, value in has.items()):
            yield element.text or ""


def test_no_page_holds_an_element_or_attribute_that_the_theme_does_not_write(attacked: Any, tame: Any) -> None:
    known = {pair for page in pages(tame) for pair in shape(parsed(page))}
    known |= {(tag, "") for tag in DESCRIPTION} | {("a", "href"), ("a", "rel")}
    # Only of a board that is larger, empty, paid, in several languages or has jobs that resemble each other.
    known |= {
        ("h3", "class"),
        ("button", "data-all"),
        ("span", "aria-current"),
        ("dd", "class"),
        ("li", "aria-hidden"),
        ("a", "lang"),
    }
    for page in pages(attacked):
        extra = shape(parsed(page)) - known
        assert not extra, (page.name, extra)


def test_no_script_style_or_handler_stands_in_a_page(attacked: Any) -> None:
    for page in pages(attacked):
        for element in parsed(page).iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in ("style", "iframe", "object", "embed", "base", "frame"), page
            assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "srcdoc")], page
            if element.tag == "script" and element.get("type") == "application/ld+json":
                json.loads(element.text or "", parse_constant=lambda word: pytest.fail(word))
            elif element.tag == "script":
                assert not element.text
                assert re.fullmatch(r"(/r/|(\.\./)*)static/[a-z-]+\.js", element.get("src") or ""), page


def test_links_lead_to_pages_of_ours_or_carry_their_rel(attacked: Any) -> None:
    ours = {path.relative_to(attacked.output).as_posix() for path in attacked.output.rglob("*") if path.is_file()}
    for page in pages(attacked):
        place = urljoin(REPO, page.relative_to(attacked.output).as_posix())
        for element in parsed(page).iter():
            for name in ("href", "src", "action", "poster", "data", "formaction"):
                url = element.get(name) if isinstance(element.tag, str) else None
                if url is None:
                    continue
                full = urljoin(place, url)
                if full.startswith(REPO):
                    path = urlsplit(full).path.removeprefix("/r/")
                    assert path in ours or f"{path}index.html" in ours, (page.name, url)
                    continue
                assert element.tag == "a", (page.name, element.tag, url)
                assert re.match(r"https?://[^/\\@\s]+(/|$)|mailto:[^@\s]+@[^@\s]+$", url), (page.name, url)
                rel = (element.get("rel") or "").split()
                assert {"noopener", "nofollow"} <= set(rel) or urlsplit(full).hostname == "github.com", (page.name, url)


def test_every_list_has_a_row_for_each_job_and_each_job_a_page(attacked: Any) -> None:
    rows = [page for page in pages(attacked) if page.parent == attacked.output or page.parent.name == "page"]
    seen = []
    for page in rows:
        if page.name == "index.html" or page.parent.name == "page":
            seen += [
                e.get("data-job-id") for e in parsed(page).iter() if isinstance(e.tag, str) and e.get("data-job-id")
            ]
    data = json.loads((attacked.output / "jobs.json").read_text(encoding="utf-8"))
    assert len(data["jobs"]) == attacked.open_jobs
    seen = [one for one in seen if one != "000000000000"]  # what the search makes its rows of
    assert sorted(set(seen)) == sorted(job["id"] for job in data["jobs"])
    assert len(seen) == len(set(seen))
    for page in pages(attacked):
        body = parsed(page).find("body")
        assert [e.tag for e in body if isinstance(e.tag, str)].count("main") == 1, page
        assert len(parsed(page).findall("head/title")) == 1, page
        assert not parsed(page).findall("body/title"), page
        assert not [
            e for e in parsed(page).iter() if isinstance(e.tag, str) and e.tag in ("plaintext", "xmp", "textarea")
        ]


def test_structured_data_says_the_title_that_the_page_says(attacked: Any) -> None:
    titles = {job["title"] for job in json.loads((attacked.output / "jobs.json").read_text())["jobs"]}
    said = 0
    for page in sorted((attacked.output / "jobs").rglob("*.html")):
        for text in texts(parsed(page), "script", type="application/ld+json"):
            data = json.loads(text)
            if data.get("@type") == "JobPosting":
                assert data["title"] in titles, page
                said += 1
    assert said or attacked.way != "file"  # elsewhere no job has a country that is known, which the data needs


def test_feeds_are_well_formed_and_whole(attacked: Any, tame: Any) -> None:
    entries = json.loads((attacked.output / "feed.json").read_text(encoding="utf-8"))["items"]
    known = {element.tag for path in tame.output.rglob("*.xml") for element in etree.parse(path).iter()}
    strict = etree.XMLParser(resolve_entities=False, no_network=True)
    for path in sorted(attacked.output.rglob("*.xml")):
        data = path.read_bytes()
        assert b"<!" not in data, path
        root = etree.fromstring(data, strict)
        assert not UNSEEN.search(data.decode()), path
        if root.tag == f"{ATOM}feed":
            assert {element.tag for element in root.iter()} <= known, path
            ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
            assert len(ids) == len(set(ids)), path
            for content in root.iter(f"{ATOM}content"):
                html = html5lib.parseFragment(content.text or "", treebuilder="etree", namespaceHTMLElements=False)
                assert {e.tag for e in html.iter() if isinstance(e.tag, str)} <= DESCRIPTION | {"DOCUMENT_FRAGMENT"}, (
                    path
                )
    assert len(etree.parse(attacked.output / "feed.xml").findall(f"{ATOM}entry")) == len(entries)
    assert len(entries) == min(attacked.open_jobs, 50) or attacked.open_jobs < 50


def test_tables_hold_a_line_for_each_job_and_no_formula(attacked: Any) -> None:
    rows = list(csv.reader(io.StringIO((attacked.output / "jobs.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == attacked.open_jobs + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    for row in rows[1:]:
        acting = [cell for cell in row if re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell)]
        assert not acting
    for path in sorted(attacked.output.rglob("*.json")):
        text = path.read_text(encoding="utf-8")
        json.loads(text, parse_constant=lambda word: pytest.fail(word))
        assert not UNSEEN.search(text), path


def test_names_of_files_are_plain(attacked: Any) -> None:
    for place in (attacked.output, attacked.folder / "jobs"):
        for path in place.rglob("*"):
            assert NAME.fullmatch(path.name) or path.name == ".rolecall", path
            assert len(path.name) <= 120
            assert not path.is_symlink()


def test_the_readme_has_its_rows_and_nothing_that_acts(attacked: Any) -> None:
    text = (attacked.folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# Jobs\n\n<!-- rolecall:start -->\n")
    assert text.endswith("\n<!-- rolecall:end -->\n\nafter\n")
    assert text.count("<!--") == 2
    assert len(text.encode()) <= 480_000
    html = cmarkgfm.github_flavored_markdown_to_html(text, 1 << 17)
    root = html5lib.parse(f"<!doctype html><body>{html}", treebuilder="etree", namespaceHTMLElements=False)
    tags = {element.tag for element in root.iter() if isinstance(element.tag, str)}
    assert tags <= README, tags - README
    for element in root.iter("a"):
        assert re.match(r"https?://|mailto:|#|lists/|jobs/$", element.get("href") or "#"), element.get("href")
    for element in root.iter("img"):  # GitHub asks for a logo that is not in the repository in its readers' stead
        assert set(element.attrib) <= {"src", "alt", "width", "align"}
        assert re.match(r"logos/|https://[^/@]+/", element.get("src") or ""), element.get("src")
    assert [element.text for element in root.iter("p")][-1] == "after"


def test_nothing_that_is_said_commands_a_terminal_or_a_runner(attacked: Any) -> None:
    for said in attacked.said:
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
        assert "##[" not in said
        assert "##vso[" not in said
        for line in re.split(r"[\n\r\x85\u2028\u2029]", said):
            assert not re.match(r"\s*::(?!error |warning |notice |group::|endgroup::)", line), line[:200]


def test_comments_and_summaries_hold_nothing_that_acts(attacked: Any) -> None:
    """As GitHub shows them: words from outside link, mention and close nothing, and load nothing."""
    for name, text in attacked.shown.items():
        assert not UNSEEN.search(text)
        html = cmarkgfm.github_flavored_markdown_to_html(text, 1 << 17)
        assert html.count("<!--") <= 1
        root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
        tags = {element.tag for element in root.iter() if isinstance(element.tag, str)}
        assert tags <= README | {"DOCUMENT_FRAGMENT", "input"}, tags - README
        for element in root.iter("a"):
            assert re.match(r"https?://[^/\\@\s]+(/|$)|mailto:|#|lists/|jobs/", element.get("href") or "#"), (
                element.get("href")
            )
        for element in root.iter("img"):
            assert re.match(r"logos/|https://[^/@]+/", element.get("src") or ""), element.get("src")
        free = "".join(words for words in words_outside_of_code(root))
        assert not re.search(r"(?<!\w)@[A-Za-z0-9]", free)
        if name.startswith("comment"):  # a summary of a run names nothing, and what it names is told to nobody
            assert not re.search(r"(?<!\w)#\d|\bGH-\d", free)


def words_outside_of_code(element: Any) -> Iterator[str]:
    if element.tag in ("code", "pre"):
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from words_outside_of_code(child)
        yield child.tail or ""


def test_what_was_tried_is_counted(attacked: Any, record_property: Any) -> None:
    """And enough of it came through for the tests above to mean anything."""
    assert attacked.open_jobs > attacked.tried / 20
    record_property(f"texts and addresses by {attacked.way}, each in {attacked.fields} fields", attacked.tried)
    record_property("jobs shown after an attack", attacked.open_jobs)
    record_property("pages read after an attack", len(pages(attacked)))
