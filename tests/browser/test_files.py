"""All files of the site, not one page of each kind: valid HTML, links that lead somewhere, structured data."""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

BASE = "https://example.github.io/repo/"
CONFIG = Path(__file__).with_name("htmlvalidate.json")
HTML_VALIDATE = "html-validate/bin/html-validate.mjs"
ADDRESSES = ("href", "src", "action", "poster", "data")


# HTML


def faults(node, *paths: Path) -> list[str]:
    done = node(HTML_VALIDATE, "--config", CONFIG, "--formatter", "json", *paths)
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{Path(file['filePath']).name}:{fault['line']}: {fault['ruleId']}: {fault['message']}"
        for file in json.loads(done.stdout)
        for fault in file["messages"]
    ]


def test_html_validate_finds_nothing(site, node) -> None:
    assert len(site.files("*.html")) > 80
    assert faults(node, site.folder) == []


def test_html_validate_finds_nothing_on_a_large_board(crowd, node) -> None:
    # A tenth of its pages; they are all of the same few kinds.
    assert faults(node, *crowd.files("*.html")[::10]) == []


def test_html_validate_sees_what_is_wrong(site, node, tmp_path: Path) -> None:
    page = (site.folder / "index.html").read_text(encoding="utf-8")
    broken = tmp_path / "index.html"
    broken.write_text(page.replace('<main id="main"', '<main id="main" id="main"', 1), encoding="utf-8")
    assert [fault.split(": ")[1] for fault in faults(node, broken)] == ["no-dup-attr"]


# Links


def dead_links(folder: Path) -> tuple[list[str], int]:
    """Links that lead to no file of the site, or to no part of a page; and how many links there are."""
    pages = {
        file.relative_to(folder).as_posix(): LexborHTMLParser(file.read_text(encoding="utf-8"))
        for file in sorted(folder.rglob("*.html"))
    }
    parts = {path: {tag.attributes["id"] for tag in page.css("[id]")} for path, page in pages.items()}
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    dead, links = [], 0
    for path, page in pages.items():
        for address in addresses(page):
            split = urlsplit(urljoin(BASE + path, address))
            if not split.geturl().startswith(BASE):
                continue
            links += 1
            target = unquote(split.path).removeprefix("/repo/")
            target = posixpath.join(target, "index.html") if target.endswith("/") or not target else target
            if target not in files:
                dead.append(f"{path}: {address}")
            elif split.fragment and target in pages and unquote(split.fragment) not in parts[target]:
                dead.append(f"{path}: {address} (no such part)")
    return dead, links


def addresses(page: LexborHTMLParser) -> list[str]:
    """All that a page links or loads, but not what strangers' texts link to: `.prose` may be about anything."""
    found = []
    for tag in page.css("a, link, img, script, form, iframe, source, video, object, use, meta[property='og:image']"):
        given = tag.attributes
        found += [given[name] for name in ADDRESSES if given.get(name)]
        found += [each.split()[0] for each in (given.get("srcset") or "").split(",") if each.strip()]
        if given.get("property") == "og:image":
            found.append(given["content"])
    return [address for address in found if address]


@pytest.mark.parametrize("board", ["site", "crowd"])
def test_every_link_leads_to_a_file_of_the_site(board: str, request: pytest.FixtureRequest) -> None:
    dead, links = dead_links(request.getfixturevalue(board).folder)
    assert dead == []
    assert links > 1000


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="gone.html">x</a><a href="#nowhere">y</a><a href="">z</a>')
    dead, _ = dead_links(tmp_path)
    assert dead == ["index.html: gone.html", "index.html: #nowhere (no such part)"]


def test_no_page_is_left_out_of_the_links(site) -> None:
    """Whoever follows links from the front page comes to every page but the one for missing addresses."""
    seen, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.endswith(".html"):
            continue
        seen.add(path)
        page = LexborHTMLParser((site.folder / path).read_text(encoding="utf-8"))
        for link in page.css("a[href]"):
            address = urljoin(BASE + path, link.attributes["href"] or "")
            if address.startswith(BASE):
                target = urlsplit(address).path.removeprefix("/repo/")
                waiting.append(target or "index.html")
    closed = {path for path in built_pages(site) if "noindex" in (site.folder / path).read_text(encoding="utf-8")}
    assert set(built_pages(site)) - seen <= closed | {"404.html"}


def built_pages(site) -> list[str]:
    return [file.relative_to(site.folder).as_posix() for file in site.files("*.html")]


def test_every_page_has_a_title_of_its_own(site) -> None:
    titles = Counter(
        LexborHTMLParser(file.read_text(encoding="utf-8")).css_first("title").text() for file in site.files("*.html")
    )
    assert [title for title, times in titles.items() if times > 1] == []
