"""What all writers claim, as far as it may differ from the last build's claims.

When nothing but texts of jobs was edited, the page of a job, a list or a feed is claimed as it was, unless it shows one
of these jobs: nobody asks again what each of 18,000 files depends on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rolecall.files import Stamp
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.manifest import Basis, Manifest
from rolecall.site.writers import WRITERS
from rolecall.site.writers.feeds import feeds
from rolecall.site.writers.lists import lists
from rolecall.site.writers.pages import pages
from rolecall.site.writers.search import search

if TYPE_CHECKING:
    from rolecall.site.site import Site
    from rolecall.site.view import JobView

# They leave out what `Edition.stands`: nearly all files are theirs.
_OF_JOBS = (pages, feeds, lists)


class Claims(NamedTuple):
    """The `artifacts`, and what all claims rest on. With `rest_stands`, the last build's others are claimed as well."""

    artifacts: Iterator[Artifact]
    rest_stands: bool
    basis: Basis


def claims_of(edition: Edition, known: Manifest, standing: Mapping[str, Stamp] | None) -> Claims:
    """What the writers claim of `edition`. `known` is what the last build left, `standing` what stands there now."""
    facts, digests = edition.kept.key, [view.digest for view in _views(edition.site)]
    if standing is not None and known.basis is not None and known.basis[0] == facts and known.stand(standing):
        edition.edited = _edited(edition.site, known.basis[2].split(), digests)
    # The search is asked last: another process may still be making its words.
    asked = {writer: list(writer(edition)) for writer in sorted(WRITERS, key=lambda writer: writer is search)}
    paths = fingerprint(*sorted(one.path for writer in WRITERS if writer not in _OF_JOBS for one in asked[writer]))
    if edition.edited is not None and known.basis is not None and known.basis[1] != paths:
        edition.edited = None
        asked |= {writer: list(writer(edition)) for writer in _OF_JOBS}
    artifacts = (artifact for writer in WRITERS for artifact in asked[writer])
    return Claims(artifacts, edition.edited is not None, (facts, paths, " ".join(digests)))


def _edited(site: Site, before: Sequence[str], now: Sequence[str]) -> frozenset[str]:
    """The ids of the jobs with another digest; the same facts mean the same jobs in the same order."""
    pairs = zip(_views(site), before, now, strict=True)
    return frozenset(view.id for view, old, new in pairs if old != new)


def _views(site: Site) -> tuple[JobView, ...]:
    return (*site.jobs, *site.closed)
