"""Lists by place, workplace, section, tag and company: which there are, and what leads to what."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable
from typing import Any

import pytest

from rolecall.config import Section
from rolecall.model import Company

LYON: dict[str, Any] = {
    "places": ("Lyon, France",),
    "place_parts": (("Lyon", "", "FR"),),
    "place_pages": (("france", "France"), ("lyon-france", "Lyon, France")),
}


def hrefs(parsed: Any) -> set[str]:
    return {link["href"] for link in parsed.each("a")}


def test_a_city_has_a_page_from_its_second_job_on_and_a_country_from_its_first(
    empty_board, view: Callable, dom: Callable
) -> None:
    empty_board.views = [view(1), view(2), view(3, **LYON)]
    empty_board.build()
    assert {"places/belgium.html", "places/ghent-belgium.html", "places/france.html"} <= set(empty_board.files())
    assert "places/lyon-france.html" not in empty_board.files()
    assert "lyon-france.html" not in empty_board.page("places/france.html") + empty_board.page("places/index.html")
    assert dom(empty_board.page("places/belgium.html")).rows() == [f"{1:012x}", f"{2:012x}"]


def test_countries_lead_to_their_cities_and_cities_to_their_country_and_neighbours(
    empty_board, view: Callable, dom: Callable
) -> None:
    bruges = {"place_pages": (("belgium", "Belgium"), ("bruges-belgium", "Bruges, Belgium"))}
    empty_board.views = [view(1), view(2), view(3, **bruges), view(4, **bruges)]
    empty_board.build()
    assert {"../places/ghent-belgium.html", "../places/bruges-belgium.html"} <= hrefs(
        dom(empty_board.page("places/belgium.html"))
    )
    city = dom(empty_board.page("places/ghent-belgium.html"))
    assert {"../places/belgium.html", "../places/bruges-belgium.html"} <= hrefs(city)
    (crumbs,) = (json.loads(script) for script in city.scripts)
    assert [step["name"] for step in crumbs["itemListElement"]] == [
        "All jobs", "Places", "Belgium", "Jobs in Ghent, Belgium",
    ]  # fmt: skip
    directory = empty_board.page("places/index.html")
    assert directory.index("belgium.html") < directory.index("bruges-belgium.html") < directory.index("ghent-belgium")
    assert "<bdi>Ghent</bdi>" in directory


@pytest.mark.parametrize(
    ("name", "country"),
    [("Austin, Texas, United States", "united-states"), ("Ghent, Belgium", ""), ("United States", "")],
)
def test_a_city_is_in_the_country_that_its_name_ends_with(name: str, country: str, empty_board, view: Callable) -> None:
    pages = (("united-states", "United States"), ("place", name))
    empty_board.views = [view(number, place_pages=pages) for number in (1, 2)]
    found = {place.slug: place.country for place in empty_board.site().places}
    assert found["place"] == country


def test_tags_lead_to_those_that_are_often_together_with_them(empty_board, view: Callable, dom: Callable) -> None:
    names = {"baking": "Baking", "knives": "Knives", "rye": "Rye"}

    def tagged(number: int, *tags: str) -> Any:
        return view(number, tags=tags, tag_slugs=tags, tag_names=tuple(names[tag] for tag in tags))

    empty_board.views = [tagged(1, "baking", "knives"), tagged(2, "baking", "knives"), tagged(3, "baking", "rye")]
    empty_board.build()
    aside = empty_board.page("tags/baking.html").partition("<aside")[2]
    assert "../tags/knives.html" in aside
    assert "rye.html" not in aside


def test_workplaces_and_sections_have_lists_and_empty_ones_have_none(
    empty_board, view: Callable, dom: Callable
) -> None:
    sections = (Section(title="Bakery", title_matches=("baker",)), Section(title="Fish"), Section(title="Index"))
    empty_board.config = empty_board.config.model_copy(update={"sections": sections})
    empty_board.views = [view(1, title="Baker"), view(2, workplace="remote")]
    empty_board.build()
    made = {path for path in empty_board.files() if path.startswith(("work/", "sections/")) and path.endswith(".html")}
    assert made == {"work/remote.html", "work/on-site.html", "sections/bakery.html", "sections/fish.html"}
    assert dom(empty_board.page("sections/bakery.html")).rows() == [f"{1:012x}"]
    assert '<h1 id="count">On-site jobs</h1>' in empty_board.page("work/on-site.html")
    assert "../work/on-site.html" in hrefs(dom(empty_board.page("work/remote.html")))


@pytest.mark.parametrize("feeds", [(), ("sections", "workplaces", "places", "tags", "companies")])
def test_every_list_is_reached_from_the_front_page_by_links_alone(
    feeds: tuple[str, ...], kitchen, dom: Callable, pages_of: Callable
) -> None:
    site = kitchen.config.site.model_copy(update={"per_page": 2, "feeds": feeds})
    sections = (Section(title="Bakery", title_matches=("cook",)), Section(title="Rest"))
    kitchen.config = kitchen.config.model_copy(update={"site": site, "sections": sections})
    kitchen.build()
    pages = set(pages_of(kitchen))
    seen: set[str] = set()
    ahead = ["index.html"]
    while ahead:
        page = ahead.pop()
        if page in seen or page not in pages:
            continue
        seen.add(page)
        links = (
            posixpath.normpath(posixpath.join(posixpath.dirname(page), href)) for href in hrefs(dom(kitchen.page(page)))
        )
        ahead += links
    closed = {view.page for view in kitchen.views[4:]}
    assert pages - seen == closed | {"404.html", "companies/old-mill.html"}


# --- Companies --------------------------------------------------------------------------------------------------------


def test_a_company_page_says_what_its_openings_say_together(empty_board, view: Callable) -> None:
    empty_board.companies = {"larkspur-kitchens": Company(name="Larkspur Kitchens", github="larkspur")}
    empty_board.views = [
        view(1, salary=("16", "19.50", "EUR", "hour")),
        view(2, salary=("18", "25", "EUR", "hour"), posted="2026-09-01"),
        view(3, salary=("40000", "", "GBP", "year"), posted="2026-11-01"),
        view(4, salary=("1", "2", "", "hour"), posted="2026-11-21", posted_estimated=True, worldwide=True),
    ]
    empty_board.build()
    aside = empty_board.page("companies/larkspur-kitchens.html").partition("<aside")[2]
    assert "<dd>€16–25 an hour <span>2 jobs</span></dd>" in aside
    assert "<dd>from £40,000 a year <span>1 job</span></dd>" in aside
    assert '<time datetime="2026-11-19">' in aside
    assert "<dt>Posted in the last 30 days</dt>\n<dd>2 jobs</dd>" in aside
    assert "<dt>Remote from any country</dt>\n<dd>1 job</dd>" in aside
    assert {"../places/ghent-belgium.html", "../work/on-site.html", "../tags/baking.html"} <= {
        part.partition('"')[0] for part in aside.split('href="')
    }
    assert "https://github.com/larkspur" in empty_board.page("companies/larkspur-kitchens.html")


def test_what_is_unknown_of_a_company_is_not_mentioned(empty_board, view: Callable) -> None:
    empty_board.views = [view(1, salary=None, pay="", posted_estimated=True)]
    empty_board.build()
    page = empty_board.page("companies/larkspur-kitchens.html")
    assert "In short" not in page
    assert "github.com/larkspur" not in page


def test_a_company_without_open_jobs_keeps_a_page_that_search_engines_leave_out(kitchen) -> None:
    kitchen.build()
    page = kitchen.page("companies/old-mill.html")
    assert "No open jobs at the moment" in page
    assert "noindex" in page
    assert "<aside" not in page


def test_what_changes_with_every_job_stands_on_the_first_page_only(empty_board, view: Callable) -> None:
    empty_board.config = empty_board.config.model_copy(
        update={"site": empty_board.config.site.model_copy(update={"per_page": 10})}
    )
    empty_board.views = [view(number, posted=f"2026-11-{number:02}") for number in range(1, 22)]
    empty_board.build()
    before = empty_board.files()
    empty_board.views[20] = view(21, posted="2026-11-21", tags=("rye",), tag_slugs=("rye",), tag_names=("Rye",))
    empty_board.build()
    changed = {path for path, data in empty_board.files().items() if before.get(path) != data}
    assert "places/belgium.html" in changed
    assert not {"places/belgium.2.html", "places/belgium.3.html"} & changed
