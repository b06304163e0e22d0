"""jobs/ as views: each file is parsed once per content, on all cores, and a file that did not change not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from rolecall import sources
from rolecall.commands import CACHE, JOBS
from rolecall.config import Config
from rolecall.errors import StoreError
from rolecall.files import read_regular
from rolecall.issues import Issue, Issues, Level
from rolecall.model import Attribution, Board, Company, Job
from rolecall.normalise.identity import company_slug
from rolecall.site.view import JobView
from rolecall.site.view_cache import ViewCache
from rolecall.site.workers import spread, worker_count
from rolecall.store import COMPANY_FILE, files_below, read_company, read_job
from rolecall.yaml_io import MAX_BYTES

# Below this a second process costs more than it saves.
WORTH_FORKING = 100
_FIELDS = tuple(field.name for field in fields(JobView))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What jobs/ holds: the views of all readable jobs, the companies by slug, and what is wrong."""

    views: tuple[JobView, ...]
    companies: Mapping[str, Company]
    issues: Issues


def load_catalogue(folder: Path, config: Config, workers: int | None) -> Catalogue:
    """Every job and company below jobs/. Broken files are findings of level error, and are left out."""
    root = folder / JOBS
    cache = ViewCache(folder / CACHE / "build" / "views", key=repr(config.tags))
    issues = Issues()
    companies: dict[str, Company] = {}
    found: dict[str, JobView] = {}
    unknown: list[tuple[str, os.stat_result]] = []
    for file in files_below(root):
        if file.endswith(f"/{COMPANY_FILE}"):
            _take_company(root, file, companies, issues)
        elif file.endswith(".yaml"):
            stat = (root / file).lstat()
            view = cache.get(file, stat.st_mtime_ns, stat.st_size)
            if view is None:
                unknown.append((file, stat))
            else:
                found[file] = view
        else:
            issues.warn("not-a-job", f"{JOBS}/{file}", "is not a .yaml file, and is not read.", "Rename or remove it.")
    _parse(root, config, cache, unknown, found, issues, workers)
    cache.save()
    return Catalogue(_without_doubles(found, issues), companies, issues)


def _take_company(root: Path, file: str, companies: dict[str, Company], issues: Issues) -> None:
    company, problems = read_company(root, file)
    issues.extend(problems)
    if company is not None:
        companies[company_slug(company.name)] = company


def _parse(
    root: Path,
    config: Config,
    cache: ViewCache,
    unknown: Sequence[tuple[str, os.stat_result]],
    found: dict[str, JobView],
    issues: Issues,
    workers: int | None,
) -> None:
    """Read the files that are not in the cache; into `found`, `cache` and `issues`."""
    if not unknown:
        return
    from rolecall.site.views import view_of  # with parsers that a build without new files never loads

    vocabulary = config.vocabulary()

    def work(index: int) -> tuple[str, tuple[Any, ...] | None, list[tuple[str, str, str, str]]]:
        file, stat = unknown[index]
        digest = _digest(root / file)
        view = cache.get_same(file, stat.st_mtime_ns, stat.st_size, digest)
        if view is None:
            stored, problems = read_job(root, file)
            if stored is None:
                return "", None, [(issue.code, issue.where, issue.what, issue.hint) for issue in problems]
            job = stored.job.model_copy(update={"id": stored.id})
            view = view_of(f"{JOBS}/{file}", job, attribution_of(job), vocabulary)
        return digest, tuple(getattr(view, name) for name in _FIELDS), []

    count = worker_count(workers) if len(unknown) >= WORTH_FORKING or workers else 1
    for (file, stat), (digest, values, problems) in zip(unknown, spread(work, len(unknown), count), strict=True):
        issues.extend(Issue(*problem, Level.ERROR) for problem in problems)
        if values is not None:
            found[file] = JobView(**dict(zip(_FIELDS, values, strict=True)))
            cache.put(file, stat.st_mtime_ns, stat.st_size, digest, found[file])


def _digest(path: Path) -> str:
    """A hash of the file's bytes; of nothing when it cannot be read, which `read_job` then reports."""
    try:
        return hashlib.sha256(read_regular(path, max_bytes=MAX_BYTES)).hexdigest()
    except StoreError:
        return ""


def attribution_of(job: Job) -> Attribution | None:
    """What the terms of the job's source demand of whoever shows it; None when nothing, or for jobs of people."""
    if job.source is None or job.source.name not in sources.names():
        return None
    board = Board(source=job.source.name, board=job.source.board, url=job.source.url)
    terms = sources.find(board.source).terms_of(board)
    if terms.attribution is None:
        return None
    return Attribution(
        name=terms.attribution,
        url=job.source.url or job.apply_url,
        emit_jsonld=terms.emit_jsonld,
        apply_via_source=terms.apply_via_source,
    )


def _without_doubles(found: Mapping[str, JobView], issues: Issues) -> tuple[JobView, ...]:
    """The views in the order of their files; a second file of the same job is an error."""
    first: dict[str, JobView] = {}
    for file in sorted(found):
        view = found[file]
        standing = first.setdefault(view.id, view)
        if standing is not view:
            issues.error(
                "same-id", view.file, f"is the same job as {standing.file} (id {view.id}).", "Remove one of the two."
            )
    return tuple(first.values())
