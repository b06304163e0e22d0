"""What a reader keeps in the browser: marks of jobs, and what is new since the last visit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

JOB = "jobs/saltmarsh-mutual/data-engineer.html"
OTHER = "jobs/kelpline/backend-engineer-tides.html"
HOSTILE = "<img src=x onerror=\"document.title='hit'\">"


def ours(page: Page, state: str) -> list[str]:
    """The titles on the page of one's own jobs under a mark."""
    page.wait_for_function("() => document.querySelector('[data-state] .none').hidden !== undefined")
    return page.locator(f'[data-state="{state}"] li > :first-child').all_inner_texts()


def take_over(page: Page, marks: Any) -> str:
    """Import a file; what the page says of it."""
    text = marks if isinstance(marks, str) else json.dumps(marks)
    file = {"name": "marks.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator('[data-do="import"]').set_input_files(file)
    said = page.locator(".said")
    said.filter(has_text="Marks").or_(said.filter(has_text="This file")).wait_for()
    return said.inner_text()


# --- Ages ---


def test_ages_are_live_with_scripts_and_dates_without(visit) -> None:
    row = '[data-job-id]:has(a[href$="backend-engineer-tides.html"]) .when'
    assert visit(scripts=False).locator(row).inner_text() == "21 Nov 2026"
    page = visit()
    assert page.locator(row).inner_text() == "yesterday"
    assert page.locator(f"{row} time").get_attribute("title") == "Posted 21 Nov 2026"


def test_a_job_whose_last_day_passes_is_marked_before_the_next_build(visit) -> None:
    row = '[data-job-id]:has(a[href$="data-engineer.html"])'
    page = visit()
    closes = page.locator(row).get_attribute("data-closes")
    page.clock.set_fixed_time(f"{closes}T12:00:00Z")
    page.reload()
    assert page.locator(f"{row} .when").inner_text() == "Closes today"
    page.clock.set_fixed_time("2027-03-01T12:00:00Z")
    page.reload()
    assert page.locator(f"{row} .when").inner_text() == "Closed"


def test_a_job_says_when_its_board_was_last_read(visit, crowd) -> None:
    page = visit("companies/alderbank-robotics.html", at=crowd)
    page.locator("[data-job-id] .title a").first.click()
    page.locator(".verified", has_text="Last verified 22 Nov 2026").wait_for()


# --- Marks ---


def test_a_saved_job_is_marked_in_lists_and_on_the_page_of_ones_own(visit) -> None:
    page = visit(JOB)
    page.get_by_role("button", name="Save", exact=True).click()
    assert page.get_by_role("button", name="Save", exact=True).get_attribute("aria-pressed") == "true"
    lists = visit(beside=page)
    assert lists.locator(f'[data-job-id]:has(a[href$="{JOB}"]) .state').all_inner_texts() == ["Saved"]
    own = visit("saved.html", beside=page)
    assert ours(own, "saved") == ["Data Engineer"]
    own.get_by_role("button", name="Remove the mark: Data Engineer").click()
    assert ours(own, "saved") == []
    lists.wait_for_function("() => !document.querySelector('.state.saved')")


def test_a_job_is_saved_from_a_list_with_the_keyboard(visit) -> None:
    page = visit()
    page.locator(f'[data-job-id]:has(a[href$="{JOB}"]) .keep').focus()
    page.keyboard.press("Enter")
    assert ours(visit("saved.html", beside=page), "saved") == ["Data Engineer"]


def test_a_hidden_job_is_out_of_lists_until_one_asks_for_it(visit) -> None:
    page = visit(JOB)
    page.get_by_role("button", name="Hide").click()
    row = f'[data-job-id]:has(a[href$="{JOB}"])'
    lists = visit("companies/saltmarsh-mutual.html", beside=page)
    lists.get_by_text("Hidden here: 1").wait_for()
    assert not lists.locator(row).is_visible()
    lists.get_by_role("button", name="Show").click()
    assert lists.locator(row).is_visible()


def test_a_marked_job_that_is_gone_is_said_to_be(visit) -> None:
    own = visit("saved.html")
    mark = {"states": ["saved"], "on": "2026-11-20", "title": "Weaver", "company": "Old Mill"}
    own.route("**/jobs/old-mill/weaver.html", lambda route: route.fulfill(status=404, body=""))
    take_over(own, {"marks": {"0123456789ab": {**mark, "page": "jobs/old-mill/weaver.html"}}})
    own.get_by_text("no longer listed").wait_for()
    visit.seen.clear()  # the browser logs the 404


def test_marks_go_to_another_browser_as_a_file(visit, tmp_path: Path) -> None:
    page = visit(JOB)
    page.get_by_role("button", name="Applied").click()
    own = visit("saved.html", beside=page)
    with own.expect_download() as download:
        own.get_by_role("button", name="Export").click()
    download.value.save_as(tmp_path / "marks.json")
    there = visit("saved.html")
    assert take_over(there, (tmp_path / "marks.json").read_text()) == "Marks taken over: 1"
    assert ours(there, "applied") == ["Data Engineer"]
    there.reload()
    assert ours(there, "applied") == ["Data Engineer"]
    there.get_by_role("button", name="Remove all marks").click()
    assert ours(there, "applied") == []
    there.get_by_role("button", name="Undo").click()
    assert ours(there, "applied") == ["Data Engineer"]


@pytest.mark.parametrize("text", ["", "[]", "null", '"marks"', "{", '{"marks": 5}', '{"marks": null}', "\x00"])
def test_a_file_that_is_not_ours_changes_nothing(text: str, visit) -> None:
    page = visit(JOB)
    page.get_by_role("button", name="Save", exact=True).click()
    own = visit("saved.html", beside=page)
    assert take_over(own, text) == "This file holds no marks of a board."
    assert ours(own, "saved") == ["Data Engineer"]


def test_a_hostile_file_runs_nothing_and_leads_nowhere(visit) -> None:
    own = visit("saved.html")
    mark = {"states": ["saved", "__proto__"], "on": HOSTILE, "title": HOSTILE, "company": HOSTILE}
    pages = ["javascript:document.title='hit'", "https://evil.example/", "//evil.example", "jobs/../../x.html", HOSTILE]
    marks = {f"{number:012x}": {**mark, "page": page} for number, page in enumerate(pages)}
    take_over(own, {"marks": {**marks, "__proto__": mark, "constructor": mark, "x": mark, "0" * 12: 7}})
    assert len(ours(own, "saved")) == len(pages) - 1
    assert own.locator("#marks a, #marks img").count() == 0
    assert "hit" not in own.title()


def test_a_browser_that_keeps_nothing_still_shows_the_pages(visit) -> None:
    page = visit("404.html")
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page = visit(JOB, beside=page)
    page.get_by_role("button", name="Save", exact=True).click()
    assert page.get_by_role("button", name="Save", exact=True).get_attribute("aria-pressed") == "true"


# --- New since the last visit ---


def new(page: Page) -> list[str]:
    page.wait_for_function("() => document.querySelector('.keep')")
    return page.locator("[data-job-id]:has(.state.new) .title a").all_inner_texts()


def test_what_came_after_the_last_visit_is_new(visit) -> None:
    page = visit()
    assert new(page) == []  # on the first visit everything would be
    page.clock.set_fixed_time("2026-11-22T12:20:00Z")
    page.reload()
    assert new(page) == []  # the same visit
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find((name) => name.startsWith("rolecall"));
            const kept = JSON.parse(localStorage.getItem(key));
            kept.visit.day = "2026-11-20";
            kept.visit.at -= 2 * 24 * 3600 * 1000;
            kept.visit.seen = [];
            localStorage.setItem(key, JSON.stringify(kept));
        }"""
    )
    page.reload()
    assert new(page) == ["Senior Backend Engineer", "Backend Engineer, Tide Data", "Staff Platform Engineer"]
    assert page.locator(".news").inner_text() == "New since your last visit: 3"


def test_a_job_of_the_same_day_that_was_seen_is_not_new(visit) -> None:
    page = visit()
    new(page)
    page.clock.set_fixed_time("2026-11-22T18:00:00Z")
    page.reload()
    assert new(page) == []


def test_two_boards_on_one_host_keep_their_marks_apart(visit) -> None:
    page = visit(JOB)
    page.get_by_role("button", name="Save", exact=True).click()
    keys = page.evaluate("() => Object.keys(localStorage)")
    assert keys == ["rolecall /repo/"]
