"""A job's values for programs: what is known, under the names of jobs.json; what is unknown is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rolecall.site import urls
from rolecall.site.view import JobView

JOINT = ",\n"
_COMPACT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def job_values(view: JobView, base: str) -> dict[str, Any]:
    """All but the text. Addresses are absolute when the site knows its own, else relative to the site's root."""
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
        "timezones": [_number(hours) for hours in view.timezones or ()],
        "employment": view.employment,
        "salary": salary_values(view),
        "tags": view.tags,
        "level": view.level,
        "language": view.language,
        "featured": view.featured,
        "source": view.attribution,
        "source_url": view.source_url if view.attribution else "",
    }
    return known(values)


def salary_values(view: JobView) -> dict[str, Any]:
    """min and max as numbers, currency, and per; nothing when pay is not stated."""
    low, high, currency, per = view.salary or ("", "", "", "")
    figures = {name: _number(text) for name, text in (("min", low), ("max", high)) if text}
    return figures | {name: text for name, text in (("currency", currency), ("per", per)) if text}


def _number(text: str) -> Any:
    return int(text) if text.isascii() and text.isdigit() else json.loads(text)


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` without those that are empty."""
    return {name: value for name, value in values.items() if value}


def json_text(values: Mapping[str, Any]) -> str:
    """One job on one line."""
    return _COMPACT.encode(values)


def json_lines(head: Mapping[str, Any], name: str, lines: Sequence[str]) -> str:
    """A JSON object: `head`, and under `name` a list with one item on each line, so that changes read well."""
    before, after = json_around(head, name)
    return before + JOINT.join(lines) + after


def json_around(head: Mapping[str, Any], name: str) -> tuple[str, str]:
    """What stands before the lines of `json_lines`, and after them; between two of them comes `JOINT`."""
    start = json.dumps(known(head), ensure_ascii=False, allow_nan=False)[1:-1]
    return f'{{{start}, "{name}": [\n', "\n]}\n"
