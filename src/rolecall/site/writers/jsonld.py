"""schema.org JobPosting for job search engines, as Google's documentation of job postings asks for it.

https://developers.google.com/search/docs/appearance/structured-data/job-posting

It is left out rather than made up. Google requires title, description, datePosted, hiringOrganization and a place:
- without a description, or with one that only repeats the title, there is none;
- an estimated day is the day on which *we* first saw the job, not the day it was posted, so there is none;
- a remote job needs the countries in which a worker may live, or a place with a country; "worldwide" and regions such
  as EMEA are no countries, and listing two hundred would be our statement, not the employer's. An office beside them
  does not help: Google would read its country as the only one;
- any other job needs a place with a country.

What a job demands (`experienceRequirements`, `educationRequirements`) no source says in values, so neither do we.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from rolecall.site.compact import Ready
from rolecall.site.view import JobView

_BEGINNING = re.compile(r"(?:<(?!pre>)[^<>]*>)*([^<>&\s][^<>&]{,200})")  # of what is not taken as it stands
_UNITS = frozenset({"hour", "day", "week", "month", "year"})


def job_posting(view: JobView, *, website: str = "", logo: str = "") -> dict[str, Any] | None:
    """The job as a JobPosting, or None when it may not be marked up or what is required is not known.

    `website` and `logo` are absolute addresses of the company, or empty. The caller knows that the job is open.
    """
    if not view.emit_jsonld or view.posted_estimated or _says_nothing(view):
        return None
    places = [_place(*part) for part in view.place_parts if part[2]]
    applicants = _applicants(view)
    if not applicants and (view.worldwide or view.remote_regions or not places):
        return None
    posting: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": view.title,
        "description": view.description,
        "datePosted": view.posted,
        "validThrough": f"{view.closes}T23:59:59" if view.closes else None,
        "employmentType": _one_or_many([form.upper() for form in view.employment]),
        "hiringOrganization": _organisation(view.company, website, logo),
        "jobLocation": _one_or_many(places),
        "jobLocationType": "TELECOMMUTE" if view.workplace == "remote" else None,
        "applicantLocationRequirements": _one_or_many(applicants),
        "baseSalary": _salary(view),
        "identifier": _identifier(view),
        # Our page leads to the employer's; whether that one takes applications at once, we do not know.
        "directApply": False,
    }
    return {name: value for name, value in posting.items() if value is not None}


def _says_nothing(view: JobView) -> bool:
    """Whether there is no description, or one that only repeats the title."""
    title = view.title
    if first := _BEGINNING.match(view.description):
        said = first[1].rstrip()[: len(title) + 1]
        if said != title[: len(said)]:  # most often so; a closer look takes ten times as long
            return False
    return view.beginning(len(title) + 1) in ("", title)


@lru_cache(maxsize=4096)
def _organisation(name: str, website: str, logo: str) -> Ready:
    return Ready(_known({"@type": "Organization", "name": name, "sameAs": website, "logo": logo}))


@lru_cache(maxsize=4096)
def _place(city: str, region: str, country: str) -> Ready:
    address = {"@type": "PostalAddress", "addressLocality": city, "addressRegion": region, "addressCountry": country}
    return Ready({"@type": "Place", "address": _known(address)})


def _applicants(view: JobView) -> list[Ready]:
    """The countries in which a remote worker may live, in English whatever the language of the pages."""
    if view.workplace != "remote" or view.worldwide:
        return []
    return [_country(code) for code in view.remote_countries]


@cache
def _country(code: str) -> Ready:
    from rolecall.normalise.country import country_name  # with its tables: a build without new pages needs none

    return Ready({"@type": "Country", "name": country_name(code)})


def _salary(view: JobView) -> dict[str, Any] | None:
    """The pay, only where currency and unit are known: without either, the figures would say something else."""
    low, high, currency, per = view.salary or ("", "", "", "")
    if not currency or per not in _UNITS:
        return None
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": per.upper()}
    if low == high:
        value["value"] = _figure(low)
    else:
        value |= {name: _figure(text) for name, text in (("minValue", low), ("maxValue", high)) if text}
    return {"@type": "MonetaryAmount", "currency": currency, "value": value}


def _figure(text: str) -> int | float:
    return int(text) if text.isdecimal() else float(text)


def _identifier(view: JobView) -> dict[str, str] | None:
    """The employer's own number; ours would mean nothing there."""
    if not view.requisition_id:
        return None
    return {"@type": "PropertyValue", "name": view.company, "value": view.requisition_id}


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _one_or_many(values: list[Any]) -> Any:
    """One value as itself, several as a list, none as None."""
    return values[0] if len(values) == 1 else values or None
