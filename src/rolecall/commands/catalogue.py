"""jobs/ as views: each file is parsed once per content, on all cores, and a file that did not change not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolecall import sources
from rolecall.commands import CACHE, JOBS
from rolecall.commands.companies import load_companies
from rolecall.commands.standing import Seen
from rolecall.config import Config
from rolecall.errors import StoreError
from rolecall.files import Stamp, stamp
from rolecall.issues import Issue, Issues, Level, Spot
from rolecall.model import Attribution, Board, Company, Job
from rolecall.site.language import Language
from rolecall.site.lasting import lasting
from rolecall.site.view import JobView
from rolecall.site.view_cache import ViewCache, values_of
from rolecall.site.workers import by_parts, worker_count
from rolecall.store import job_bytes, list_files, not_yet, parse_job
from rolecall.store.read import FilesFound, sorted_files

if TYPE_CHECKING:
    from rolecall.sources.base import Source

# Below this a second process costs more than it saves.
WORTH_FORKING = 100
VIEWS = "build/job-views"
COMPANIES = "build/companies"
# What a worker sends back: the hash of the bytes, the view's values (None for a broken file), the findings.
_Parsed = tuple[str, tuple[Any, ...] | None, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What jobs/ holds: the views of all readable jobs, the companies by slug, and what is wrong.

    `keep` keeps the views for the next run. Until it is called, nothing below .cache has changed but texts; another
    process may call it.
    """

    views: tuple[JobView, ...]
    companies: Mapping[str, Company]
    issues: Issues
    keep: Callable[[], None]


def load_catalogue(
    folder: Path,
    config: Config,
    today: date,
    workers: int | None,
    language: Language | None = None,
    *,
    seen: Seen | None = None,
    keep: bool = True,
) -> Catalogue:
    """Every job and company below jobs/, in the words of `language` (None: English).

    Broken files are findings of level error, and are left out. `seen` is what stands there, where a caller has looked;
    without `keep` nothing below .cache changes, for a caller who does not hold the board's lock.
    """
    tongue = language or Language()
    root = folder / JOBS
    standing = seen.inputs[JOBS] if seen is not None and seen.inputs is not None else {}
    files = _listed(root, standing)
    cache = ViewCache(folder / CACHE / VIEWS, key=f"{config.tags!r} {tongue.digest}")
    reading = _Reading(root, config, cache, tongue, standing, keep)
    reading.issues.extend(files.issues)
    companies = load_companies(root, files.companies, standing, folder / CACHE / COMPANIES, reading.issues, keep=keep)
    reading.read(files.jobs, workers)
    day = today.isoformat()
    ahead = sorted(file for file, view in reading.found.items() if view.posted > day)
    for file in ahead:
        view = reading.found[file]
        if found := not_yet(view.file, date.fromisoformat(view.posted), today):
            reading.issues.add(found)
            del reading.found[file]
    if keep:
        cache.tidy()
    return Catalogue(_without_doubles(reading.found, reading.issues), companies, reading.issues, reading.cache.save)


def _listed(root: Path, standing: Mapping[str, Stamp]) -> FilesFound:
    """What lies below jobs/. It is not listed again where a look found nothing but files with plain names."""
    found = sorted_files(standing) if standing and not root.is_symlink() else None
    return found or list_files(root)


@dataclass(slots=True)
class _Reading:
    """Job files on their way to views: from the cache where they did not change, else parsed."""

    root: Path
    config: Config
    cache: ViewCache
    language: Language
    standing: Mapping[str, Stamp]
    keep: bool
    found: dict[str, JobView] = field(default_factory=dict)
    issues: Issues = field(default_factory=Issues)

    def read(self, files: list[str], workers: int | None) -> None:
        """All `files` into `found`, or their problems into `issues`."""
        with lasting():
            listed = {file: self.standing.get(file) or stamp(self.root / file) for file in files}
            self.found.update(self.cache.untouched(listed))
            new = [(file, known) for file, known in listed.items() if file not in self.found]
        if new:
            self._parse(sorted(new), workers)

    def _parse(self, new: list[tuple[str, Stamp]], workers: int | None) -> None:
        from rolecall.site.search.documents import pieces_of
        from rolecall.site.views import view_of  # with parsers that a build without new files never loads

        vocabulary = self.config.vocabulary()
        shared: dict[Any, Any] = {}  # of what many jobs have alike, one copy in each process, and in what it sends back

        def work(index: int) -> _Parsed:
            file, known = new[index]
            try:
                data = job_bytes(self.root, file)
            except StoreError as error:
                return "", None, [_as_values(issue) for issue in error.problems]
            digest = hashlib.sha256(data).hexdigest()
            view = self.cache.get_same(file, *known, digest)
            if view is not None:
                return digest, values_of(view, view.body, shared), []
            stored, problems = parse_job(data, file)
            if stored is None:
                return "", None, [_as_values(issue) for issue in problems]
            job = stored.job
            view = view_of(f"{JOBS}/{file}", job, attribution_of(job), vocabulary, self.language, stored.id)
            text = self.cache.texts.keep(view.description, pieces_of(view, view.description)) if self.keep else None
            return digest, values_of(view, text or view.description, shared), []

        count = worker_count(workers) if len(new) >= WORTH_FORKING or workers else 1
        # The first file loads what all need, so that each process need not load it for itself.
        parsed = chain([work(0)], by_parts(lambda index: work(index + 1), len(new) - 1, count))
        for (file, known), (digest, values, problems) in zip(new, parsed, strict=True):
            self.issues.extend(_of_values(*problem) for problem in problems)
            if values is not None:
                view = self.found[file] = self.cache.view(values)
                self.cache.put(file, *known, digest, view)


def _as_values(issue: Issue) -> tuple[Any, ...]:
    """A finding as values that marshal can write."""
    return (issue.code, issue.where, issue.what, issue.hint, astuple(issue.spot) if issue.spot else None)


def _of_values(code: str, where: str, what: str, hint: str, spot: tuple[Any, ...] | None) -> Issue:
    return Issue(code, where, what, hint, Level.ERROR, Spot(*spot) if spot else None)


def attribution_of(job: Job) -> Attribution | None:
    """What the terms of the job's source demand of whoever shows it; None when nothing, or for jobs of people."""
    if job.source is None:
        return None
    source = _source(job.source.name)
    if source is None:
        return None
    terms = source.terms_of(Board(source=job.source.name, board=job.source.board, url=job.source.url))
    if terms.attribution is None:
        return None
    return Attribution(
        name=terms.attribution,
        url=job.source.url or job.apply_url,
        emit_jsonld=terms.emit_jsonld,
        apply_via_source=terms.apply_via_source,
    )


@cache
def _source(name: str) -> Source | None:
    return sources.find(name) if name in sources.names() else None


def _without_doubles(found: Mapping[str, JobView], issues: Issues) -> tuple[JobView, ...]:
    """The views in the order of their files; a second file of the same job is an error."""
    first: dict[str, JobView] = {}
    for file in sorted(found):
        view = found[file]
        standing = first.setdefault(view.id, view)
        if standing is not view:
            what = f"is the same job as {standing.file} (id {view.id})."
            issues.error("same-id", view.file, what, "Remove one of the two.")
    return tuple(first.values())
