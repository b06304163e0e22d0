"""Which jobs are shown, and in which order."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date

from rolecall.model import Company
from rolecall.site.site import Site

TODAY = date(2026, 11, 22)


def test_featured_jobs_come_first_then_the_newest_whatever_the_order_of_the_files(
    view: Callable, config: Callable
) -> None:
    views = [
        view(1, posted="2026-11-01"),
        view(2, posted="2026-11-20"),
        view(3, posted="2026-10-01", featured=True),
        view(4, posted="2026-11-20"),
    ]
    for order in itertools.permutations(views):
        site = Site.of(order, {}, config(), TODAY)
        assert [int(job.id, 16) for job in site.jobs] == [3, 2, 4, 1]


def test_the_last_day_to_apply_counts(view: Callable, config: Callable) -> None:
    views = [view(1, closes="2026-11-22"), view(2, closes="2026-11-21")]
    site = Site.of(views, {}, config(), TODAY)
    assert [job.closes for job in site.jobs] == ["2026-11-22"]
    assert [site.closed_on(job) for job in site.closed] == ["2026-11-21"]


def test_a_closed_job_keeps_its_page_for_keep_closed_days(view: Callable, config: Callable) -> None:
    views = [
        view(1, status_closed=True, closed_at="2026-11-12"),
        view(2, status_closed=True, closed_at="2026-11-11"),
        view(3, status_closed=True, posted="2026-11-15"),
    ]
    site = Site.of(views, {}, config(keep_closed_days=10), TODAY)
    assert not site.jobs
    assert [site.closed_on(job) for job in site.closed] == ["2026-11-12", ""]


def test_a_job_closes_soon_within_a_week(view: Callable, config: Callable) -> None:
    site = Site.of([], {}, config(), TODAY)
    days = {"": False, "2026-11-22": True, "2026-11-29": True, "2026-11-30": False}
    assert {day: site.closes_soon(view(1, closes=day)) for day in days} == days


def test_two_spellings_of_a_tag_share_one_page(view: Callable, config: Callable) -> None:
    views = [
        view(1, tags=("node js",), tag_names=("node js",), tag_slugs=("node-js",)),
        view(2, tags=("node.js", "node js"), tag_names=("Node.js", "node js"), tag_slugs=("node-js", "node-js")),
        view(3, tags=("node.js",), tag_names=("Node.js",), tag_slugs=("node-js",)),
    ]
    (tag,) = Site.of(views, {}, config(), TODAY).tags
    assert (tag.slug, tag.name, len(tag.jobs)) == ("node-js", "Node.js", 3)


def test_a_company_of_closed_jobs_alone_is_known_but_has_no_openings(view: Callable, config: Callable) -> None:
    site = Site.of([view(1, status_closed=True)], {"larkspur-kitchens": Company(name="Larkspur")}, config(), TODAY)
    (employer,) = site.employers
    assert (employer.name, employer.jobs) == ("Larkspur", ())


def test_the_remote_logo_is_the_companys_own_or_its_avatar(config: Callable) -> None:
    companies = {
        "a": Company(name="A", logo="https://a.example/a.png", github="a"),
        "b": Company(name="B", github="b"),
        "c": Company(name="C"),
    }
    site = Site.of([], companies, config(logos="remote"), TODAY)
    assert [site.logo_of(slug) for slug in "abcd"] == [
        "https://a.example/a.png",
        "https://github.com/b.png?size=128",
        "",
        "",
    ]
