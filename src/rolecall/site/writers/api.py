"""jobs.json: all open jobs for programs, without their text. One job per line, so that changes read well."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from rolecall.site import urls
from rolecall.site.artifact import Artifact
from rolecall.site.edition import Edition
from rolecall.site.writers.sheaf import Sheaf
from rolecall.site.writers.values import JOINT, job_values, json_around, json_text


def api(edition: Edition) -> Iterator[Artifact]:
    """jobs.json. Addresses are absolute when the site knows its own, else relative to the file."""
    head, tail = json_around({"title": edition.imprint.title, "url": edition.base}, "jobs")
    yield Sheaf(
        path=urls.API,
        scope=edition.base,
        jobs=edition.site.jobs,
        digest=attrgetter("facts"),
        piece=lambda view: json_text(job_values(view, edition.base)),
        head=head,
        joint=JOINT,
        tail=tail,
    ).artifact(edition)
