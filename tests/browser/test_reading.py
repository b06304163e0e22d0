"""What somebody who looks for a job sees, and reaches without a mouse."""

from __future__ import annotations

import pytest

WHOLE_ROWS = """() => [...document.querySelectorAll("[data-job-id]")].filter((row) => {
    const box = row.getBoundingClientRect();
    return row.checkVisibility() && box.top >= 0 && box.bottom <= innerHeight;
}).length"""

# Those whose text does not fit, or that would say so with dots.
CUT = """(parts) => parts.filter((part) => {
    const style = getComputedStyle(part);
    const clips = style.overflowX !== "visible" && style.display !== "inline";
    return style.textOverflow === "ellipsis" || part.getBoundingClientRect().right > innerWidth
        || (clips && (part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight));
}).map((part) => part.innerText)"""

APPLY_IN_SIGHT = """() => [...document.querySelectorAll(".apply")].some((link) => {
    const box = link.getBoundingClientRect();
    const inside = box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    const on_top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return inside && link.checkVisibility() && link.contains(on_top);
})"""

FOCUS = """() => {
    const part = document.activeElement;
    const style = getComputedStyle(part);
    const box = part.getBoundingClientRect();
    return {
        name: part.getAttribute("aria-label") || part.innerText || part.outerHTML.slice(0, 80),
        where: part.closest("header, main, footer, aside")?.localName ?? "body",
        isMarked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5) || style.boxShadow !== "none",
        isInSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""


@pytest.mark.parametrize(("phone", "least"), [(False, 10), (True, 6)], ids=["desktop", "phone"])
def test_the_first_screen_shows_many_jobs(phone: bool, least: int, visit) -> None:
    assert visit(phone=phone).evaluate(WHOLE_ROWS) >= least


@pytest.mark.parametrize(("phone", "least"), [(False, 10), (True, 6)], ids=["desktop", "phone"])
def test_the_first_screen_of_a_large_board_shows_many_jobs(phone: bool, least: int, visit, crowd) -> None:
    assert visit(phone=phone, at=crowd).evaluate(WHOLE_ROWS) >= least


@pytest.mark.parametrize("part", [".title", ".title a", ".pay"])
def test_title_and_pay_are_never_cut_on_a_phone(part: str, visit, crowd) -> None:
    parts = visit(phone=True, at=crowd).locator(f"[data-job-id] {part}")
    assert parts.count() > 20
    assert parts.evaluate_all(CUT) == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_apply_stays_in_sight_while_one_reads(phone: bool, scripts: bool, visit) -> None:
    page = visit("jobs/saltmarsh-mutual/data-engineer.html", phone=phone, scripts=scripts)
    assert page.evaluate(APPLY_IN_SIGHT), "at the top"
    for share in (0.33, 0.5, 0.75):
        page.evaluate("share => scrollTo(0, (document.body.scrollHeight - innerHeight) * share)", share)
        assert page.evaluate(APPLY_IN_SIGHT), f"at {share} of the page"


def test_apply_leads_to_the_employer(visit) -> None:
    links = visit("jobs/saltmarsh-mutual/data-engineer.html").locator(".apply")
    assert set(links.evaluate_all("parts => parts.map((part) => new URL(part.href).hostname.split('.').at(-1))")) == {
        "example"
    }


def test_a_closed_job_says_so_and_has_no_way_to_apply(visit) -> None:
    page = visit("jobs/kelpline/field-technician.html")
    assert page.get_by_text("This job is closed.").is_visible()
    assert page.locator(".apply").count() == 0


# Keyboard


def test_the_first_tab_is_a_way_past_the_head(any_page, visit) -> None:
    page = visit(any_page)
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    assert first["name"] == "Skip to the content"
    assert first["isInSight"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["where"] in ("main", "aside", "footer")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_whoever_tabs_always_sees_where_they_are(any_page, phone: bool, visit) -> None:
    page = visit(any_page, phone=phone, still=True)
    passed = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        passed.append(page.evaluate(FOCUS))
    assert len(passed) > 5
    assert [stop for stop in passed if not (stop["isMarked"] and stop["isInSight"])] == []


def test_tab_goes_through_the_parts_in_their_order(visit) -> None:
    page = visit("companies/saltmarsh-mutual.html")
    order = []
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        order.append(page.evaluate(FOCUS)["where"])
    assert list(dict.fromkeys(order)) == ["body", "header", "main", "aside", "footer"]
    assert [part for at, part in enumerate(order) if not at or order[at - 1] != part] == list(dict.fromkeys(order))


def test_enter_on_a_title_opens_the_job(any_list, visit) -> None:
    page = visit(any_list)
    title = page.locator("[data-job-id] .title a").first
    name = title.inner_text()
    for _ in range(80):
        page.keyboard.press("Tab")
        if title.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/jobs/**")
    assert page.locator("h1").inner_text() == name
