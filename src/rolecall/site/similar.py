"""Which jobs are like a job: those that share its rarest tags and words of its title.

One pass over the board, the same for the same jobs. Each job is compared with the newest jobs that share one of its
few rarest features alone, so the work grows with the number of jobs, and a new job changes few other pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.site.view import JobView

SHOWN = 5
_RAREST = 4  # features by which a job looks for its like
_NEWEST = 24  # jobs of a feature that are looked at
_SHARED = 2  # features that two jobs must share at least
_MIN_LETTERS = 3


def similar_jobs(jobs: Sequence[JobView]) -> Mapping[str, tuple[JobView, ...]]:
    """By a job's id, the most similar of the other `jobs`, at most five; of equal ones those that come first.

    A company's other openings are one click away on its own page, so of one company there is one at most.
    """
    features = [_features(view) for view in jobs]
    holders: dict[str, list[int]] = {}
    for place, names in enumerate(features):
        for name in names:
            holders.setdefault(name, []).append(place)
    numbers = {name: 1 << number for number, name in enumerate(sorted(holders, key=lambda name: -len(holders[name])))}
    masks = [sum(numbers[name] for name in names) for names in features]
    found: dict[str, tuple[JobView, ...]] = {}
    for place, view in enumerate(jobs):
        rarest = sorted(
            (name for name in features[place] if len(holders[name]) > 1), key=lambda name: len(holders[name])
        )
        near = dict.fromkeys(other for name in rarest[:_RAREST] for other in holders[name][:_NEWEST] if other != place)
        found[view.id] = _best(view, masks[place], list(near), jobs, masks)
    return found


def _features(view: JobView) -> tuple[str, ...]:
    words = "".join(letter if letter.isalnum() else " " for letter in view.title.casefold()).split()
    named = (word for word in words if len(word) >= _MIN_LETTERS or not word.isascii())
    return tuple(dict.fromkeys((*(f"#{tag}" for tag in view.tags), *named)))


def _best(
    view: JobView, mask: int, near: Sequence[int], jobs: Sequence[JobView], masks: Sequence[int]
) -> tuple[JobView, ...]:
    scored = []
    for place in near:
        other = jobs[place]
        shared = (mask & masks[place]).bit_count()
        if shared >= _SHARED and other.company_slug != view.company_slug:
            alike = (other.level == view.level) + (other.workplace == view.workplace)
            scored.append((-2 * shared - alike, place))
    best: dict[str, JobView] = {}
    for _, place in sorted(scored):
        best.setdefault(jobs[place].company_slug, jobs[place])
        if len(best) == SHOWN:
            break
    return tuple(best.values())
