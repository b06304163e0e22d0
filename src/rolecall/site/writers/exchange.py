"""jobs.xml: all open jobs with their text, in the format that Indeed made common and most job boards read.

https://docs.indeed.com/indeed-apply/xml-feed

Only jobs whose source allows that they are handed on (the rule of the markup for search engines), and only those with a
text. Past `MAX_JOBS` it comes in parts, each a whole file: jobs.xml, jobs-2.xml. A job with several places stands there
once, under its first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter

from rolecall.site import urls
from rolecall.site.artifact import Artifact
from rolecall.site.edition import Edition
from rolecall.site.view import JobView
from rolecall.site.writers.sheaf import Sheaf
from rolecall.site.xml import element

MAX_JOBS = 10_000  # per file: some 50 MB
_FORMS = {
    "full_time": "fulltime", "part_time": "parttime", "contractor": "contract", "temporary": "temporary",
    "intern": "internship", "volunteer": "volunteer", "per_diem": "perdiem",
}  # fmt: skip
_REMOTE = {"remote": "Fully remote", "hybrid": "Hybrid remote"}


def exchange(edition: Edition) -> Iterator[Artifact]:
    """jobs.xml and its further parts, when the site knows its address and the owner wants them."""
    for number, jobs in enumerate(parts(edition), 1):
        yield Sheaf(
            path=urls.exchange(number),
            scope=edition.base,
            jobs=jobs,
            digest=attrgetter("digest"),
            piece=partial(_job, base=edition.base),
            head=_head(edition, max((view.posted for view in jobs), default="")),
            tail="</source>\n",
        ).artifact(edition)


def parts(edition: Edition) -> list[Sequence[JobView]]:
    """The jobs of each file; an empty board has one file."""
    if not (edition.base and edition.site.config.site.jobs_xml):
        return []
    jobs = [view for view in edition.site.jobs if view.emit_jsonld and view.described]
    return [jobs[first : first + MAX_JOBS] for first in range(0, len(jobs), MAX_JOBS)] or [[]]


def _head(edition: Edition, newest: str) -> str:
    """`lastBuildDate` is the day of the newest job, not that of the build."""
    lines = (
        '<?xml version="1.0" encoding="utf-8"?>',
        "<source>",
        element("publisher", edition.imprint.title),
        element("publisherurl", edition.base),
        element("lastBuildDate", _moment(newest)),
    )
    return "".join(f"{line}\n" for line in lines if line)


def _job(view: JobView, base: str) -> str:
    city, region, country = view.place_parts[0] if view.place_parts else ("", "", "")
    if not country and len(view.remote_countries) == 1:
        country = view.remote_countries[0]
    values = (
        ("title", view.title),
        ("date", "" if view.posted_estimated else _moment(view.posted)),
        ("referencenumber", view.id),
        ("requisitionid", view.requisition_id),
        ("url", urls.absolute(base, urls.job(view))),
        ("company", view.company),
        ("sourcename", view.attribution),
        ("city", city),
        ("state", region),
        ("country", country),
        ("description", view.description),
        ("salary", view.pay),
        ("jobtype", ", ".join(_FORMS[form] for form in view.employment if form in _FORMS)),
        ("category", ", ".join(view.tag_names)),
        ("remotetype", _REMOTE.get(view.workplace, "")),
        ("expirationdate", view.closes),
    )
    lines = [f"{line}\n" for name, text in values if text and (line := element(name, text))]
    return f"<job>\n{''.join(lines)}</job>\n"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z" if day else ""
