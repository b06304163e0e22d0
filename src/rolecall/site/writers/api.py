"""jobs.json: all open jobs for programs, without their text. One job per line, so that changes read well."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.writers.values import job_values, json_lines, json_text


def api(edition: Edition) -> Iterator[Artifact]:
    """jobs.json. Addresses are absolute when the site knows its own, else relative to the file."""
    digests = " ".join(view.digest for view in edition.site.jobs)
    inputs = fingerprint(urls.API, edition.imprint.title, edition.base, digests)
    yield Artifact(urls.API, inputs, partial(_jobs, edition))


def _jobs(edition: Edition) -> str:
    head = {"title": edition.imprint.title, "url": edition.base}
    return json_lines(head, "jobs", [json_text(job_values(view, edition.base)) for view in edition.site.jobs])
