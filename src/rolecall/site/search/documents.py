"""The different terms of each job's text, which take the most time: made once for each job, on all cores."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from rolecall.site import cache_file
from rolecall.site.search.fold import terms
from rolecall.site.view import JobView
from rolecall.site.workers import spread, worker_count

_CHUNK = 50  # jobs that a process is given at a time
_PAYS_FROM = 400  # jobs below which forking costs more than it saves
# The terms of the last build in a list, and by the digest of a job the numbers of its own.
Kept = tuple[str, Mapping[str, bytes]]


def documents_of(views: Sequence[JobView], cache: Path | None, workers: int | None) -> list[list[str]]:
    """The terms of each of `views`. `cache` is the file that keeps them between builds, None: none."""
    known = _load(cache)
    missing = [view for view in views if view.digest not in known]
    for view, found in zip(missing, _made(missing, workers), strict=True):
        known[view.digest] = found.split(" ") if found else []
    documents = [known[view.digest] for view in views]
    if cache is not None and (missing or len(known) != len(views)):
        _save(cache, {view.digest: document for view, document in zip(views, documents, strict=True)})
    return documents


def _made(views: Sequence[JobView], workers: int | None) -> list[str]:
    """The terms of each, joined by spaces."""
    chunks = [views[start : start + _CHUNK] for start in range(0, len(views), _CHUNK)]
    count = worker_count(workers) if len(views) >= _PAYS_FROM else 1
    return [found for chunk in spread(partial(_chunk, chunks), len(chunks), count) for found in chunk]


def _chunk(chunks: Sequence[Sequence[JobView]], index: int) -> list[str]:
    return [" ".join(terms_of(view)) for view in chunks[index]]


def terms_of(view: JobView) -> set[str]:
    """What finds a job beside its title, company and tags: its description, and facts that a row does not show."""
    from rolecall import markup  # not loaded by a build in which no job changed

    text = markup.text_of_clean(view.description)
    facts = (view.department, view.requisition_id, *view.places, *view.remote_names)
    found = terms("\n".join((text, *facts)))
    # A letter alone says nothing in a long text; of Chinese, one character does.
    return {term for term in found if len(term) > 1 or not term.isascii()}


def _load(path: Path | None) -> dict[str, list[str]]:
    kept: Kept | None = cache_file.load(path, cache_file.tool_key()) if path is not None else None
    if kept is None:
        return {}
    words = kept[0].split(" ")
    return {digest: [words[number] for number in array("I", found)] for digest, found in kept[1].items()}


def _save(path: Path, documents: Mapping[str, Sequence[str]]) -> None:
    numbers: dict[str, int] = {}
    kept = {
        digest: array("I", [numbers.setdefault(term, len(numbers)) for term in document]).tobytes()
        for digest, document in documents.items()
    }
    cache_file.save(path, cache_file.tool_key(), (" ".join(numbers), kept))
