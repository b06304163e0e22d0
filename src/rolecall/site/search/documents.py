"""The different terms of each job's text, which take the most time: made once for each job, on all cores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from rolecall.site import cache_file
from rolecall.site.search.fold import terms
from rolecall.site.view import JobView
from rolecall.site.workers import spread, worker_count

_CHUNK = 50  # jobs that a process is given at a time
_PAYS_FROM = 400  # jobs below which forking costs more than it saves


def documents_of(views: Sequence[JobView], cache: Path | None, workers: int | None) -> list[str]:
    """The terms of each of `views`, joined by spaces. `cache` is the file that keeps them between builds, or None."""
    known: dict[str, str] = (cache_file.load(cache, cache_file.tool_key()) if cache is not None else None) or {}
    missing = [view for view in views if view.digest not in known]
    known.update(zip((view.digest for view in missing), _made(missing, workers), strict=True))
    if cache is not None and (missing or len(known) != len(views)):
        known = {view.digest: known[view.digest] for view in views}
        cache_file.save(cache, cache_file.tool_key(), known)
    return [known[view.digest] for view in views]


def _made(views: Sequence[JobView], workers: int | None) -> list[str]:
    chunks = [views[start : start + _CHUNK] for start in range(0, len(views), _CHUNK)]
    count = worker_count(workers) if len(views) >= _PAYS_FROM else 1
    return [found for chunk in spread(partial(_chunk, chunks), len(chunks), count) for found in chunk]


def _chunk(chunks: Sequence[Sequence[JobView]], index: int) -> list[str]:
    return [" ".join(sorted(terms_of(view))) for view in chunks[index]]


def terms_of(view: JobView) -> set[str]:
    """What finds a job beside its title, company and tags: its description, and facts that a row does not show."""
    from rolecall import markup  # not loaded by a build in which no job changed

    text = markup.text_of_clean(view.description)
    facts = (view.department, view.requisition_id, *view.places, *view.remote_names)
    found = terms("\n".join((text, *facts)))
    # A letter alone says nothing in a long text; of Chinese, one character does.
    return {term for term in found if len(term) > 1 or not term.isascii()}
