"""Which jobs are like a job: those that share its rarest tags and words of its title.

One pass over the board, the same for the same jobs. Each job is compared with the newest jobs that share one of its
few rarest features alone, so the work grows with the number of jobs, and a new job changes few other pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.site.view import JobView

SHOWN = 5
_RAREST = 4  # features by which a job looks for its like
_NEWEST = 24  # jobs of a feature that are looked at
_SHARED = 2  # features that two jobs must share at least
_MIN_LETTERS = 3
_WORD = re.compile(r"[^\W_]+")
_LONG_WORD = re.compile(rf"[^\W_]{{{_MIN_LETTERS},}}")
# What alike jobs have in common, with what it counts; the points of two jobs must fit into a byte.
_FEATURE = 2
_LEVEL_OR_WORKPLACE = 1
_MOST_FEATURES = 120
# What a feature, and level or workplace, count of each job of a shelf.
_FEATURE_OF = [_FEATURE << 8 * number for number in range(_NEWEST)]
_ALIKE_OF = [_LEVEL_OR_WORKPLACE << 8 * number for number in range(_NEWEST)]


def similar_jobs(jobs: Sequence[JobView]) -> Mapping[str, tuple[JobView, ...]]:
    """By a job's id, the most similar of the other `jobs`, at most five; of equal ones those that come first.

    A company's other openings are one click away on its own page, so of one company there is one at most.
    """
    features = [_features(view) for view in jobs]
    holders: dict[str, list[int]] = {}
    for place, names in enumerate(features):
        for name in names:
            holders.setdefault(name, []).append(place)
    numbers = {name: len(places) for name, places in holders.items() if len(places) > 1}
    shelves: dict[str, _Shelf] = {}
    found: dict[str, tuple[JobView, ...]] = {}
    for place, view in enumerate(jobs):
        rarest = sorted([name for name in features[place] if name in numbers], key=numbers.__getitem__)[:_RAREST]
        for name in rarest:
            if name not in shelves:
                shelves[name] = _Shelf.of(holders[name][:_NEWEST], jobs, features)
        found[view.id] = _best(place, [shelves[name] for name in rarest], jobs, features)
    return found


def _features(view: JobView) -> tuple[str, ...]:
    title = view.title.casefold()
    named = _LONG_WORD.findall(title) if title.isascii() else _words(title)
    return tuple(dict.fromkeys([*[f"#{tag}" for tag in view.tags], *named]))[:_MOST_FEATURES]


def _words(title: str) -> list[str]:
    """Words of three letters; in scripts that need fewer, of one."""
    return [word for word in _WORD.findall(title) if len(word) >= _MIN_LETTERS or not word.isascii()]


def _alike(view: JobView) -> tuple[str, str]:
    """What counts beside the features; no feature has a space."""
    return f"level {view.level}", f"work {view.workplace}"


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The newest jobs of a feature, by their places, the newest first.

    `points` has for each thing that any of them has a number with a byte for each job: what it counts, or 0. So a few
    additions tell how much each of the jobs has in common with another one.
    """

    places: Sequence[int]
    points: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Sequence[int], jobs: Sequence[JobView], features: Sequence[tuple[str, ...]]) -> _Shelf:
        shelf = cls(places)
        points = shelf.points
        known = points.get
        for place, feature, alike in zip(places, _FEATURE_OF, _ALIKE_OF, strict=False):
            for name in features[place]:
                points[name] = known(name, 0) + feature
            for name in _alike(jobs[place]):
                points[name] = known(name, 0) + alike
        return shelf

    def compared(self, having: Sequence[str]) -> bytes:
        """The points of each job, when another one has all of `having`."""
        return sum(filter(None, map(self.points.get, having))).to_bytes(len(self.places), "little")


def _best(
    place: int, shelves: Sequence[_Shelf], jobs: Sequence[JobView], features: Sequence[tuple[str, ...]]
) -> tuple[JobView, ...]:
    view = jobs[place]
    having = (*features[place], *_alike(view))
    points = b"".join([shelf.compared(having) for shelf in shelves])
    places = list(chain.from_iterable([shelf.places for shelf in shelves]))
    best: dict[str, JobView] = {view.company_slug: view}
    for score in sorted(set(points), reverse=True):
        if score < _FEATURE * _SHARED:
            break
        for near in _those_with(score, points, places):
            # With level and workplace, two jobs come to the least with a single feature.
            if score == _FEATURE * _SHARED and len(set(features[place]) & set(features[near])) < _SHARED:
                continue
            best.setdefault(jobs[near].company_slug, jobs[near])
            if len(best) > SHOWN:
                return tuple(best.values())[1:]
    return tuple(best.values())[1:]


def _those_with(score: int, points: bytes, places: Sequence[int]) -> Sequence[int]:
    """The places whose points are `score`, in their order; a place may come several times."""
    found = []
    index = points.find(score)
    while index >= 0:
        found.append(places[index])
        index = points.find(score, index + 1)
    found.sort()
    return found
