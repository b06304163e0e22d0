"""The search of the front page, as readers use it: typed, filtered, shared as an address, by keyboard, and when it fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "__proto__",
    "(((",
    "\\",
    "%",
    "' OR 1=1",
    "x" * 400,
]


def titles(page: Page) -> list[str]:
    settled(page)
    return page.locator("#found .row .title a").all_inner_texts()


def settled(page: Page) -> None:
    """Wait until all rows of the first page of results are drawn."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "() => document.querySelectorAll('#found .row').length >="
        " Math.min(50, parseInt(document.querySelector('.found-count').textContent.replaceAll(',', '')))"
    )


def searched(page: Page, text: str) -> list[str]:
    """The titles that a query finds."""
    page.locator(".find-box").fill(text)
    page.wait_for_function("() => !document.getElementById('found').hidden")
    page.wait_for_load_state("networkidle")
    return titles(page)


def test_nothing_of_the_index_is_fetched_before_somebody_searches(visit: Any) -> None:
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert [url for url in asked if "/search/" in url] == []
    page.locator(".find-box").focus()
    page.wait_for_load_state("networkidle")
    assert [url.rpartition("/")[2] for url in asked if "/search/" in url] == ["head.json"]


def test_results_take_the_place_of_the_list_and_give_it_back(visit: Any) -> None:
    page = visit()
    assert "Data Engineer" in searched(page, "data engineer")[0]
    assert page.locator(".list:not(.found)").is_hidden()
    page.locator(".find-box").press("Escape")
    assert page.locator(".list:not(.found)").is_visible()
    assert page.locator("#found").is_hidden()


def test_an_error_of_typing_is_forgiven_and_the_word_is_offered(visit: Any) -> None:
    page = visit()
    found = searched(page, "enginer dtaa")
    assert any("Data Engineer" in title for title in found)
    page.get_by_role("button", name="Did you mean data?").click()
    assert "data" in page.locator(".find-box").input_value()


def test_words_of_a_title_are_marked(visit: Any) -> None:
    page = visit()
    searched(page, "engin")
    assert page.locator("#found .title mark").first.inner_text().lower() == "engin"


def test_words_that_stand_in_a_description_only_are_found(visit: Any, crowd: Any) -> None:
    page = visit(at=crowd)
    index = json.loads((crowd.folder / "search" / "words-0.json").read_text(encoding="utf-8"))
    word = next(word for word in index["words"].split(" ") if len(word) > 6 and word.isalpha())
    assert searched(page, word)


def test_a_row_of_results_is_the_row_of_the_list(visit: Any) -> None:
    page = visit()
    row = r"(list) => document.querySelector(list + ' .row').textContent.replace(/\s+/g, '')"
    first = page.locator(".list:not(.found) .row .title a").first
    title, address = first.inner_text(), first.get_attribute("href")
    before = page.evaluate(row, ".list:not(.found)")
    searched(page, title)
    assert page.evaluate(row, "#found") == before
    assert page.locator("#found .row .title a").first.evaluate("(link) => link.href").endswith(f"/repo/{address}")


def test_filters_combine_and_counts_follow(visit: Any) -> None:
    page = visit()
    remote = page.get_by_role("checkbox", name="Remote")
    before = int(remote.locator("xpath=..").locator(".n").inner_text())
    remote.check()
    assert page.locator(".found-count").inner_text().startswith(f"{before} of")
    python = page.locator('#facets input[name=tag][value="python"]')
    left = int(python.locator("xpath=..").locator(".n").inner_text())
    python.check()
    assert page.locator(".found-count").inner_text().startswith(f"{left} of")


def test_an_address_is_the_search_and_back_goes_back(visit: Any) -> None:
    page = visit()
    searched(page, "engineer")
    page.wait_for_url("**/?q=engineer")
    page.get_by_role("checkbox", name="Remote").check()
    page.wait_for_url("**/?q=engineer&work=remote")
    both = titles(page)
    page.go_back()
    page.wait_for_url("**/?q=engineer")
    assert not page.get_by_role("checkbox", name="Remote").is_checked()
    page.go_forward()
    assert page.get_by_role("checkbox", name="Remote").is_checked()
    other = visit("?q=engineer&work=remote")
    other.wait_for_load_state("networkidle")
    assert titles(other) == both
    assert other.locator(".find-box").input_value() == "engineer"


def test_a_chip_takes_its_filter_away(visit: Any) -> None:
    page = visit("?work=remote&tag=python")
    page.get_by_role("button", name="Remove: Remote").click()
    page.wait_for_url("**/?tag=python")
    page.get_by_role("button", name="Clear all").click()
    assert page.locator("#found").is_hidden()


def test_all_choices_are_shown_and_narrowed(visit: Any, crowd: Any) -> None:
    page = visit(at=crowd)
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Show all").filter(has_text="Tags").click()
    page.locator("[data-group=tag] .narrow").fill("kubern")
    shown = page.locator("[data-group=tag] label:visible").all_inner_texts()
    assert len(shown) == 1
    page.locator("[data-group=tag] label:visible input").check()
    page.wait_for_url("**/?tag=kubernetes")


def test_the_keyboard_is_enough(visit: Any) -> None:
    page = visit()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.type("engineer")
    page.wait_for_function("() => document.querySelectorAll('#found .row').length > 1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    first = page.locator("#found .row .title a").first
    assert first.evaluate("(link) => link === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs/**")


def test_a_slash_in_the_box_is_a_slash(visit: Any) -> None:
    page = visit()
    page.locator(".find-box").press_sequentially("ci/cd")
    assert page.locator(".find-box").input_value() == "ci/cd"


def test_nothing_found_says_what_was_asked(visit: Any) -> None:
    page = visit("?q=qqqzzzxxx&work=remote")
    page.get_by_text("No job fits “qqqzzzxxx”.").wait_for()
    assert page.get_by_role("button", name="Remove: Remote").is_visible()
    assert titles(page) == []


def test_more_rows_come_on_demand(visit: Any, crowd: Any) -> None:
    page = visit("?pay=1", at=crowd)
    page.wait_for_function("() => document.querySelectorAll('#found .row').length === 50")
    page.get_by_role("button", name="Show more").click()
    assert len(titles(page)) == 100
    assert page.locator("#found .row .title a").nth(50).evaluate("(link) => link === document.activeElement")


def test_a_search_that_cannot_be_loaded_keeps_the_list_and_tries_again(visit: Any) -> None:
    page = visit()
    page.route("**/search/head.json", lambda route: route.abort())
    page.locator(".find-box").fill("engineer")
    page.get_by_text("The search could not be loaded.").wait_for()
    assert page.locator(".list:not(.found)").is_visible()
    page.unroute("**/search/head.json")
    page.get_by_role("button", name="Try again").click()
    page.locator("#found .row").first.wait_for()
    visit.seen.clear()  # the request that failed on purpose


def test_descriptions_that_cannot_be_loaded_cost_only_themselves(visit: Any) -> None:
    page = visit()
    page.route(
        "**/search/words-*", lambda route: route.fulfill(body='{"version": "other", "words": "x", "jobs": "  "}')
    )
    assert searched(page, "engineer")
    page.get_by_text("The descriptions could not be searched.").wait_for()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries_are_text(visit: Any, text: str) -> None:
    page = visit()
    page.locator(".find-box").fill(text)
    page.locator("#found").wait_for()
    page.wait_for_url("**/?q=*")
    page.wait_for_load_state("networkidle")
    assert page.locator("#found script, #found .intro img, #found .chips img, #found .found-note img").count() == 0
    other = visit(page.url.partition("/repo/")[2])
    other.wait_for_load_state("networkidle")
    assert other.locator(".find-box").input_value() == text.strip()[:200]


@pytest.mark.parametrize("name", ["tag", "work", "live", "company", "mark", "days", "min", "sort", "pay", "__proto__"])
def test_hostile_addresses_are_text(visit: Any, name: str) -> None:
    page = visit(f"?{name}=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&{name}=__proto__&{name}=%00")
    page.wait_for_load_state("networkidle")
    assert page.locator("img[src=x]").count() == 0
    assert page.locator(".find-box").is_visible()


def test_hidden_jobs_are_left_out_until_asked_for(visit: Any) -> None:
    page = visit()
    found = searched(page, "engineer")
    job = page.locator("#found .row").first.get_attribute("data-job-id")
    page.evaluate(f"() => import('./static/store.js').then((store) => store.mark('{job}', 'hidden', true, {{}}))")
    page.get_by_text("Hidden by you: 1").wait_for()
    settled(page)
    assert len(titles(page)) == len(found) - 1
    page.locator(".found-hidden button").click()
    assert len(titles(page)) == len(found)
    assert page.locator(f'#found [data-job-id="{job}"]').is_visible()


@pytest.mark.parametrize(("typed", "title"), [("k8s", "Staff Platform Engineer"), ("uk", "Data Analyst, Timetables")])
def test_other_words_for_a_tag_or_a_country_find_it(typed: str, title: str, visit: Any) -> None:
    assert title in searched(visit(), typed)


def test_a_word_with_a_comma_is_marked_like_any_other(visit: Any) -> None:
    page = visit()
    searched(page, "enginer")
    row = page.locator('#found .row:has(a[href$="backend-engineer-tides.html"])')
    assert row.locator("mark").all_inner_texts() == ["Engineer"]


def test_on_a_phone_the_foot_of_the_filters_counts_and_leads_to_the_jobs(visit: Any) -> None:
    page = visit(phone=True)
    page.wait_for_load_state("networkidle")
    page.locator(".find-open").click()
    page.locator("#facets input[value=remote]").check()
    page.locator(".facets-done", has_text="8 of 19 jobs").click()
    assert not page.locator("#facets").is_visible()
    assert page.evaluate("() => document.activeElement.matches('#found .title a')")


def test_saved_jobs_are_a_filter(visit: Any) -> None:
    page = visit()
    first = page.locator(".list:not(.found) .row").first
    first.hover()
    first.locator(".keep").click()
    page.locator('#facets input[name=mark][value="saved"]').check()
    page.wait_for_url("**/?mark=saved")
    assert len(titles(page)) == 1


def test_a_page_further_on_leads_to_the_search(visit: Any) -> None:
    page = visit("page/2.html")
    page.locator(".find-box").fill("engineer")
    page.locator(".find-box").press("Enter")
    page.wait_for_url("**/index.html?q=engineer")
    page.locator("#found .row").first.wait_for()


def test_without_javascript_there_is_no_search_but_a_guide(visit: Any) -> None:
    page = visit(scripts=False)
    assert page.locator(".find-box").is_hidden()
    assert page.locator("#facets").is_hidden()
    assert page.locator(".guide").is_visible()


def test_filters_are_folded_on_a_phone(visit: Any) -> None:
    page = visit(phone=True)
    page.wait_for_load_state("networkidle")
    assert page.locator("#facets").is_hidden()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("checkbox", name="Remote").check()
    assert page.get_by_role("button", name="Filters (1)").get_attribute("aria-expanded") == "true"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("search", ["?q=enginer&work=remote", "?q=qqqzzzxxx"])
def test_a_search_in_use_is_accessible(
    visit: Any, axe: Callable[[Page], list[str]], search: str, phone: bool, dark: bool
) -> None:
    page = visit(search, phone=phone, dark=dark)
    page.wait_for_load_state("networkidle")
    page.locator(".found-count").wait_for()
    assert axe(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
