"""The words of the last build, changed where a job's text did: so much of the work as there is to do.

That holds for as long as the same jobs stand in the same order: their numbers are in every column. What comes out is
the same as if all were made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rolecall.site import cache_file
from rolecall.site.search.documents import document_at, document_of, place_of
from rolecall.site.search.words import Words, edited, words_of
from rolecall.site.view import JobView

_FEW = 20  # one job of so many may have changed; with more, all is faster made anew
_NOT_WORTH_KEEPING = 20  # changed jobs that the next build changes once more sooner than all words are written


def current_words(jobs: Sequence[JobView], path: Path | None) -> Words:
    """The words of `jobs`. `path` is the file that keeps them between builds, or None."""
    known = cache_file.load(path, cache_file.tool_key()) if path is not None else None
    changed = _changed(jobs, known)
    words = _edited(jobs, known, changed) if changed is not None else None
    if changed is not None and words is not None and len(changed) <= _NOT_WORTH_KEEPING:
        return words
    if words is None:
        words = words_of(map(document_of, jobs), len(jobs))
    if path is not None:
        ids, places = order_of(jobs), [place_of(view) for view in jobs]
        cache_file.save(path, cache_file.tool_key(), (ids, [view.digest for view in jobs], places, words.values()))
    return words


def order_of(jobs: Sequence[JobView]) -> str:
    """Which jobs there are, and in which order."""
    return "".join([view.id for view in jobs])


def _changed(jobs: Sequence[JobView], known: Any) -> list[int] | None:
    """The numbers of the jobs that are not as they were when their words were kept.

    None when all are faster made anew: nothing was kept, or of other jobs, or many changed.
    """
    if known is None or known[0] != order_of(jobs):
        return None
    changed = [at for at, (view, digest) in enumerate(zip(jobs, known[1], strict=True)) if view.digest != digest]
    return changed if len(changed) * _FEW <= len(jobs) else None


def _edited(jobs: Sequence[JobView], known: Any, changed: Sequence[int]) -> Words | None:
    """The words that were kept, after the changes; None where what stood there before is not known any more."""
    _, _, places, values = known
    changes: list[tuple[int, bytes, bytes]] = []
    for at in changed:
        before = document_at(places[at], jobs)
        if before is None:
            return None
        changes.append((at, before, document_of(jobs[at])))
    return edited(Words(*values), changes)
