"""jobs.json: all open jobs for programs, without their text. One job per line, so that changes read well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.view import JobView


def api(edition: Edition) -> Iterator[Artifact]:
    """jobs.json. Addresses are absolute when the site knows its own, else relative to the file."""
    digests = " ".join(view.digest for view in edition.site.jobs)
    inputs = fingerprint(urls.API, edition.imprint.title, edition.base, digests)
    yield Artifact(urls.API, inputs, partial(_jobs, edition))


def _jobs(edition: Edition) -> str:
    head = json.dumps({"title": edition.imprint.title, "url": edition.base}, ensure_ascii=False)[1:-1]
    jobs = ",\n".join(
        json.dumps(_job(view, edition.base), ensure_ascii=False, separators=(",", ":")) for view in edition.site.jobs
    )
    return f'{{{head}, "jobs": [\n{jobs}\n]}}\n'


def _job(view: JobView, base: str) -> dict[str, Any]:
    """What is known of a job; what is unknown is left out."""
    values: dict[str, Any] = {
        "id": view.id,
        "title": view.title,
        "company": view.company,
        "url": urls.absolute(base, urls.job(view)),
        "apply_url": view.apply_url,
        "posted": view.posted,
        "posted_estimated": view.posted_estimated,
        "closes": view.closes,
        "workplace": view.workplace,
        "where": view.where,
        "places": view.places,
        "worldwide": view.worldwide,
        "remote_countries": view.remote_countries,
        "remote_regions": view.remote_regions,
        "timezones": [json.loads(hours) for hours in view.timezones or ()],
        "employment": view.employment,
        "salary": _salary(view),
        "tags": view.tags,
        "level": view.level,
        "language": view.language,
        "featured": view.featured,
        "source": view.attribution,
        "source_url": view.source_url if view.attribution else "",
    }
    return {name: value for name, value in values.items() if value}


def _salary(view: JobView) -> dict[str, Any] | None:
    if view.salary is None:
        return None
    low, high, currency, per = view.salary
    figures = {name: json.loads(text) for name, text in (("min", low), ("max", high)) if text}
    return figures | {name: text for name, text in (("currency", currency), ("per", per)) if text}
