"""What holds for every kind of page, whatever stands on it. `visit` also sees to it that none asks another host."""

from __future__ import annotations

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 400, "height": 800}


def test_axe_finds_nothing(any_page, visit, axe) -> None:
    page = visit(any_page)
    found = {}
    for shape, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[shape, scheme] = axe(page)
    assert {where: lines for where, lines in found.items() if lines} == {}


def test_axe_sees_what_is_wrong(visit, axe) -> None:
    page = visit()
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')")
    assert "image-alt" in [line.split(":")[0] for line in axe(page)]
    visit.seen.clear()


def test_no_page_scrolls_sideways(any_page, visit) -> None:
    page = visit(any_page)
    for width in (320, 400, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        too_wide = page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter((part) => part.getBoundingClientRect().right > innerWidth + 0.5)
                .map((part) => part.outerHTML.slice(0, 120))"""
        )
        page_is_wider = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        assert page.evaluate(page_is_wider) <= 0, f"at {width} pixels: {too_wide}"


def test_without_javascript_a_page_says_the_same(any_page, visit) -> None:
    plain = visit(any_page, scripts=False)
    scripted = visit(any_page)
    assert plain.locator("h1").inner_text() == scripted.locator("h1").inner_text()
    jobs = "[...document.querySelectorAll('[data-job-id]')].filter((row) => row.checkVisibility()).length"
    assert plain.evaluate(jobs) == scripted.evaluate(jobs)


def test_without_javascript_a_list_leads_to_its_jobs(any_list, visit) -> None:
    page = visit(any_list, scripts=False)
    rows = page.locator("[data-job-id]")
    assert rows.count() > 0
    name = rows.first.locator(".title a").inner_text()
    rows.first.locator(".title a").click()
    assert page.locator("h1").inner_text() == name
    assert "/jobs/" in page.url


def test_without_javascript_the_pages_of_a_list_follow_each_other(visit) -> None:
    page = visit(scripts=False)
    first = page.locator("[data-job-id]").evaluate_all("rows => rows.map((row) => row.dataset.jobId)")
    page.locator("a[rel=next]").click()
    second = page.locator("[data-job-id]").evaluate_all("rows => rows.map((row) => row.dataset.jobId)")
    assert len(first) == 12
    assert second
    assert not set(first) & set(second)
    page.locator("a[rel=prev]").click()
    assert page.locator("[data-job-id]").count() == 12


def test_colours_follow_the_scheme_that_the_reader_chose(any_page, visit) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    page = visit(any_page)
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light


def test_nothing_moves_for_readers_who_want_it_still(any_page, visit) -> None:
    page = visit(any_page, still=True)
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((part) => {
            const style = getComputedStyle(part);
            const longest = Math.max(...`${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat));
            return longest > 0.01 || style.scrollBehavior === "smooth";
        }).map((part) => part.outerHTML.slice(0, 120))"""
    )
    assert moving == []


def test_a_right_to_left_job_reads_from_the_right(visit) -> None:
    page = visit("jobs/qamar/senior-software-engineer.html")
    assert page.locator(".prose").evaluate("part => getComputedStyle(part).direction") == "rtl"


def test_visits_see_what_no_page_may_do(visit) -> None:
    page = visit()
    page.evaluate(
        """() => {
            document.body.append(Object.assign(new Image(), {src: "https://tracker.example/dot.png", alt: ""}));
            document.body.append(Object.assign(document.createElement("script"), {textContent: "0"}));
            console.error("a fault");
            setTimeout(() => { throw new Error("uncaught one"); });
        }"""
    )
    page.wait_for_timeout(200)
    seen = " ".join(visit.seen)
    visit.seen.clear()
    assert "a fault" in seen
    assert "uncaught one" in seen
    assert "securitypolicyviolation" in seen
    assert "tracker.example" in seen
