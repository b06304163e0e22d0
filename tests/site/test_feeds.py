"""Feeds: of everything and of lists, as Atom and as JSON, with the same identities everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE = (
    "]]> <![CDATA[ &amp; &#60;",
    "<script>1</script>",
    "\x01\x0b\ufffe\ufdd0\U0001ffff",
    "\ud800",
    "<!-- x",
    "&#1;",
)


def with_site(board: Any, **changes: Any) -> None:
    board.config = board.config.model_copy(update={"site": board.config.site.model_copy(update=changes)})


def feed_paths(board: Any) -> set[str]:
    return {
        path
        for path in board.files()
        if (path.endswith((".xml", ".json")) and "/" in path and not path.startswith("search/"))
        or path in ("feed.xml", "feed.json")
    }


def atom(board: Any, path: str) -> ElementTree.Element:
    return ElementTree.fromstring(board.files()[path])


def ids(board: Any, path: str) -> list[str]:
    if path.endswith(".json"):
        return [item["id"] for item in json.loads(board.files()[path])["items"]]
    return [entry.findtext(f"{ATOM}id") or "" for entry in atom(board, path).findall(f"{ATOM}entry")]


def test_each_list_has_two_feeds_beside_it_that_name_the_same_jobs(kitchen) -> None:
    kitchen.build()
    names = {path.rpartition(".")[0] for path in feed_paths(kitchen)}
    assert names == {
        "feed", "companies/larkspur-kitchens", "companies/quay-and-daughters", "tags/baking", "tags/c-plus-plus",
        "places/belgium", "places/ghent-belgium", "places/kuwait", "places/qatar", "work/remote", "work/on-site",
    }  # fmt: skip
    everything = set(ids(kitchen, "feed.xml"))
    for name in names:
        assert ids(kitchen, f"{name}.xml") == ids(kitchen, f"{name}.json")
        assert set(ids(kitchen, f"{name}.xml")) <= everything
        if name != "feed":
            assert f"{name}.html" in kitchen.files()


def test_the_owner_says_which_lists_have_feeds(kitchen) -> None:
    with_site(kitchen, feeds=("places",))
    kitchen.build()
    assert {path.partition("/")[0] for path in feed_paths(kitchen)} == {"feed.xml", "feed.json", "places"}
    assert "tags/baking.xml" not in kitchen.page("tags/baking.html") + kitchen.page("feeds.html")
    with_site(kitchen, feeds=())
    kitchen.build()
    assert feed_paths(kitchen) == {"feed.xml", "feed.json"}


def test_a_list_names_its_feeds_before_the_boards(kitchen, dom: Callable) -> None:
    kitchen.build()
    found = [
        (link["type"], link["href"]) for link in dom(kitchen.page("tags/baking.html")).each("link", rel="alternate")
    ]
    assert found == [
        ("application/atom+xml", "../tags/baking.xml"),
        ("application/feed+json", "../tags/baking.json"),
        ("application/atom+xml", "../feed.xml"),
        ("application/feed+json", "../feed.json"),
    ]


def test_an_atom_feed_has_what_the_standard_demands(kitchen) -> None:
    kitchen.build()
    feed = atom(kitchen, "places/qatar.xml")
    base = "https://kitchens.example/jobs/"
    assert feed.get(LANG) == "en"
    assert feed.findtext(f"{ATOM}id") == f"{base}places/qatar.html"
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "self": f"{base}places/qatar.xml",
        "alternate": f"{base}places/qatar.html",
    }
    assert feed.findtext(f"{ATOM}updated") == "2026-11-19T00:00:00Z"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.get(LANG) == "ar"
    assert entry.findtext(f"{ATOM}published") == entry.findtext(f"{ATOM}updated") == "2026-11-19T00:00:00Z"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Larkspur Kitchens"
    assert entry.find(f"{ATOM}content") is None
    assert "تكتب الوصفات." in (entry.findtext(f"{ATOM}summary") or "")


def test_a_json_feed_has_what_the_standard_demands(kitchen) -> None:
    kitchen.build()
    feed = json.loads(kitchen.files()["tags/baking.json"])
    base = "https://kitchens.example/jobs/"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["feed_url"], feed["home_page_url"]) == (f"{base}tags/baking.json", f"{base}tags/baking.html")
    assert feed["language"] == "en"
    item = next(item for item in feed["items"] if item["id"].endswith("1"))
    assert item["url"] == f"{base}{kitchen.views[0].page}"
    assert item["date_published"] == "2026-11-19T00:00:00Z"
    assert item["authors"] == [{"name": "Larkspur Kitchens"}]
    assert item["tags"] == ["Baking", "C++"]
    assert item["_rolecall"]["salary"] == {"min": 16, "max": 19.5, "currency": "EUR", "per": "hour"}
    assert "content_html" not in item
    everything = json.loads(kitchen.files()["feed.json"])["items"]
    assert all(item["content_html"] and "content_text" not in item for item in everything)


def test_the_whole_text_is_in_the_feed_of_everything_alone(empty_board, view: Callable) -> None:
    long = "bread " * 200
    empty_board.views = [view(1, description=f"<p>{long}</p>")]
    empty_board.build()
    for path in feed_paths(empty_board):
        times = empty_board.page(path).count("bread")
        assert times == 200 if path.startswith("feed.") else 10 < times < 60


def test_feeds_are_cut_at_the_newest_jobs(empty_board, view: Callable) -> None:
    with_site(empty_board, feed_entries=12, list_feed_entries=5)
    empty_board.views = [view(number, posted=f"2026-10-{number:02}", featured=number == 1) for number in range(1, 31)]
    empty_board.build()
    newest = [f"https://kitchens.example/jobs/#job-{number:012x}" for number in range(30, 18, -1)]
    assert ids(empty_board, "feed.json") == newest
    assert ids(empty_board, "work/on-site.xml") == newest[:5]


def test_a_closed_job_leaves_the_feeds_and_a_list_that_empties_loses_them(empty_board, view: Callable) -> None:
    empty_board.views = [view(1), view(2, closes="2026-11-24", tags=("rye",), tag_slugs=("rye",), tag_names=("Rye",))]
    empty_board.build()
    assert {"tags/rye.xml", "tags/rye.json", "tags/rye.html"} <= set(empty_board.files())
    empty_board.today = date(2026, 11, 25)
    empty_board.build()
    assert not [path for path in empty_board.files() if path.startswith("tags/rye")]
    assert (
        ids(empty_board, "feed.xml")
        == ids(empty_board, "work/on-site.json")
        == ["https://kitchens.example/jobs/#job-000000000001"]
    )


def test_no_day_in_a_feed_comes_from_the_clock(empty_board, view: Callable) -> None:
    empty_board.views = [view(1)]
    made = []
    for day in (date(2026, 11, 22), date(2026, 12, 30)):
        empty_board.today = day
        empty_board.build()
        made.append({path: empty_board.files()[path] for path in feed_paths(empty_board)})
    assert made[0] == made[1]


def test_the_feed_of_an_empty_board_is_as_new_as_the_job_that_closed_last(empty_board, view: Callable) -> None:
    empty_board.build()
    assert atom(empty_board, "feed.xml").findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    empty_board.views = [view(1, status_closed=True, closed_at="2026-11-20")]
    empty_board.build()
    assert atom(empty_board, "feed.xml").findtext(f"{ATOM}updated") == "2026-11-19T00:00:00Z"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_every_feed_whole(text: str, empty_board, view: Callable) -> None:
    empty_board.config = empty_board.config.model_copy(update={"repository": None})
    wild = dict.fromkeys(("title", "company", "where", "pay", "attribution"), text)
    empty_board.views = [
        view(number, **wild, tag_names=(text, text), description="<p>\x01]]&gt;</p>", source_url="https://a.example/")
        for number in range(3)
    ]
    empty_board.build()
    paths = feed_paths(empty_board)
    assert len(paths) == 14
    for path in paths:
        assert len(ids(empty_board, path)) == 3
        if path.endswith(".xml"):
            assert b"<![CDATA[" not in empty_board.files()[path]
            assert {element.tag.partition("}")[0] for element in atom(empty_board, path).iter()} == {ATOM[:-1]}


def test_the_page_of_feeds_and_data_leads_to_files_that_are_there(kitchen, dom: Callable) -> None:
    kitchen.build()
    page = dom(kitchen.page("feeds.html"))
    linked = {link["href"] for link in page.each("a")}
    assert {
        "feed.xml",
        "feed.json",
        "jobs.csv",
        "jobs.json",
        "jobs.xml",
        "work/remote.xml",
        "tags/baking.json",
    } <= linked
    kitchen.config = kitchen.config.model_copy(update={"base_url": None, "repository": None})
    kitchen.build()
    left = {link["href"] for link in dom(kitchen.page("feeds.html")).each("a")}
    assert left & {"feed.xml", "jobs.csv", "jobs.json", "jobs.xml"} == {"jobs.csv", "jobs.json"}
