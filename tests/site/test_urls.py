"""Every path and address of the site."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rolecall.site import urls


@pytest.mark.parametrize(
    ("changes", "base"),
    [
        ({"base_url": "https://board.example"}, "https://board.example/"),
        ({"base_url": None, "repository": "Owner/Jobs"}, "https://owner.github.io/jobs/"),
        ({"base_url": None, "repository": "Owner/owner.github.io"}, "https://owner.github.io/"),
        ({"base_url": None, "repository": None}, ""),
    ],
)
def test_the_base_is_what_config_says_or_where_pages_would_put_it(
    changes: dict[str, str], base: str, config: Callable
) -> None:
    assert urls.base_of(config(**changes)) == base


def test_further_pages_of_a_list_cannot_be_another_lists_first() -> None:
    assert urls.tag("go", 2) == "tags/go.2.html"
    assert urls.tag("go-2") == "tags/go-2.html"
    assert urls.company("acme", 3) == "companies/acme.3.html"
    assert [urls.index(page) for page in (1, 2)] == ["index.html", "page/2.html"]


def test_links_lead_up_to_the_root_first() -> None:
    assert urls.Links.of("index.html").tag("go") == "tags/go.html"
    assert urls.Links.of("jobs/acme/cook.html").index() == "../../index.html"
    assert urls.Links.from_anywhere("https://board.example/repo/").index() == "/repo/index.html"
    assert urls.Links.from_anywhere("").index() == "/index.html"


def test_the_front_page_has_the_base_as_its_address() -> None:
    assert urls.absolute("https://board.example/", urls.index()) == "https://board.example/"
    assert urls.absolute("https://board.example/", urls.FEED) == "https://board.example/feed.xml"


def test_an_issue_that_reports_a_job_as_closed_is_prefilled_and_escaped(view: Callable) -> None:
    address = urls.report_closed("kitchens/jobs", view(1, title="Cook & baker #2"))
    assert address.startswith(
        "https://github.com/kitchens/jobs/issues/new?template=close-job.yml&title=Closed%3A%20Cook%20%26%20baker%20%232%20at%20"
    )
    assert address.endswith("&job=jobs%2Flarkspur%2Fcook-00000001.yaml")
