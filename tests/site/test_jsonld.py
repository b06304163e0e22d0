"""JobPosting as Google's documentation asks for it, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rolecall.site.writers.jsonld import job_posting

REMOTE: dict[str, Any] = {"workplace": "remote", "places": (), "place_parts": ()}


def test_a_job_with_a_place_has_all_that_is_required(view: Callable) -> None:
    posting = job_posting(
        view(1, closes="2026-12-31", requisition_id="R-7"),
        website="https://larkspur.example/",
        logo="https://x.example/l.png",
    )
    assert posting == {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "Cook",
        "description": "<p>You bake the bread of the house.</p>\n",
        "datePosted": "2026-11-19",
        "validThrough": "2026-12-31T23:59:59",
        "employmentType": "FULL_TIME",
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Larkspur Kitchens",
            "sameAs": "https://larkspur.example/",
            "logo": "https://x.example/l.png",
        },
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": "Ghent", "addressCountry": "BE"},
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": {"@type": "QuantitativeValue", "unitText": "HOUR", "minValue": 16, "maxValue": 19.5},
        },
        "identifier": {"@type": "PropertyValue", "name": "Larkspur Kitchens", "value": "R-7"},
        "directApply": False,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"emit_jsonld": False},
        {"posted_estimated": True},
        {"description": ""},
        {"description": "<p>Cook</p>\n"},
        {"place_parts": ()},
        {"place_parts": (("Ghent", "", ""),)},
        {**REMOTE},
        {**REMOTE, "worldwide": True, "remote_countries": ("DE",), "remote_names": ("Germany",)},
        {**REMOTE, "remote_regions": ("EMEA",), "remote_names": ("EMEA",)},
        {**REMOTE, "timezones": ("-3", "3")},
    ],
)
def test_nothing_is_said_when_what_is_required_is_unknown_or_unwanted(changes: dict[str, Any], view: Callable) -> None:
    assert job_posting(view(1, **changes)) is None


def test_a_remote_job_names_the_countries_but_not_the_regions(view: Callable) -> None:
    shown = view(
        1,
        **REMOTE,
        remote_countries=("DE", "FR"),
        remote_regions=("LATAM",),
        remote_names=("Germany", "France", "Latin America"),
    )
    posting = job_posting(shown)
    assert posting is not None
    assert posting["jobLocationType"] == "TELECOMMUTE"
    assert posting["applicantLocationRequirements"] == [
        {"@type": "Country", "name": "Germany"},
        {"@type": "Country", "name": "France"},
    ]
    assert "jobLocation" not in posting


def test_a_remote_job_of_an_office_stands_in_the_offices_country(view: Callable) -> None:
    posting = job_posting(view(1, workplace="remote"))
    assert posting is not None
    assert posting["jobLocationType"] == "TELECOMMUTE"
    assert posting["jobLocation"]["address"]["addressCountry"] == "BE"


def test_a_hybrid_job_is_no_telecommute(view: Callable) -> None:
    posting = job_posting(view(1, workplace="hybrid"))
    assert posting is not None
    assert "jobLocationType" not in posting


@pytest.mark.parametrize(
    ("salary", "value"),
    [
        (("25", "25", "USD", "hour"), {"unitText": "HOUR", "value": 25}),
        (("90000", "", "EUR", "year"), {"unitText": "YEAR", "minValue": 90000}),
        (("", "120000", "EUR", "year"), {"unitText": "YEAR", "maxValue": 120000}),
        (("25", "30", "", "hour"), None),
        (("25", "30", "USD", ""), None),
        (None, None),
    ],
)
def test_pay_needs_its_currency_and_unit(
    salary: tuple[str, ...] | None, value: dict[str, Any] | None, view: Callable
) -> None:
    posting = job_posting(view(1, salary=salary))
    assert posting is not None
    found = posting.get("baseSalary")
    assert (found and found["value"]) == (value and {"@type": "QuantitativeValue", **value})


def test_several_forms_and_places_are_lists(view: Callable) -> None:
    posting = job_posting(
        view(1, employment=("full_time", "contractor"), place_parts=(("Ghent", "", "BE"), ("Austin", "Texas", "US")))
    )
    assert posting is not None
    assert posting["employmentType"] == ["FULL_TIME", "CONTRACTOR"]
    assert [place["address"]["addressCountry"] for place in posting["jobLocation"]] == ["BE", "US"]
