"""The same opening from two boards becomes one job that names the other address.

What shows that two jobs are one stands in `normalise/same_opening.py`. What merely looks alike is grouped, with the
reason, and stays. A board may list thousands of openings under one title, so a job is not compared with each of them:
see `_Shelf`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rolecall.model import Alternate, Job, more_alternates
from rolecall.normalise.identity import company_slug
from rolecall.normalise.same_opening import SAME_TEXT, Traits, keys_of, words_of_title
from rolecall.normalise.same_text import LEAST, is_same_but_for_an_addition, words_of

_FEW = 16  # jobs of one key that are compared one by one


@dataclass(frozen=True, slots=True)
class Merged:
    """`jobs` without copies, in the order given; `copies` maps the id of each copy to the id that stands for it.

    `reasons` says, by the id of a copy, which key showed that the two are one.
    """

    jobs: tuple[Job, ...]
    copies: dict[str, str]
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Alike:
    """Jobs that look like one opening and are not proven to be: all are shown."""

    ids: tuple[str, ...]
    reason: str


def dedupe(jobs: Sequence[tuple[str, Job]], few: int = _FEW) -> Merged:
    """One job for each opening of `jobs` (id, job): the first one stands, so give employers' own boards first.

    `few` changes how long it takes, and nothing else.
    """
    shelves: dict[str, _Shelf] = {}
    openings: dict[str, _Opening] = {}
    found: dict[str, Job] = {}
    copies: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for job_id, job in jobs:
        keys, traits = dict(keys_of(job)), Traits.of(job)
        match = _match(keys, shelves, traits)
        if match is None:
            found[job_id], openings[job_id] = job, _Opening(job_id, traits)
        else:
            known, reason = match
            openings[known].add(traits)
            copies[job_id], reasons[job_id] = known, reason
            found[known] = _with_alternate(found[known], job, reason)
        for key, reason in keys.items():
            # A copy's keys lead to the job that stands for it: a third board may only know the copy's address.
            shelf = shelves.get(key) or shelves.setdefault(key, _Shelf(reason, few))
            shelf.add(openings[copies.get(job_id, job_id)])
    return Merged(tuple(found.values()), copies, reasons)


def _match(keys: dict[str, str], shelves: dict[str, _Shelf], traits: Traits) -> tuple[str, str] | None:
    for key, reason in keys.items():
        shelf = shelves.get(key)
        opening = shelf.first(traits) if shelf else None
        if opening is not None:
            return opening.id, reason
    return None


@dataclass(slots=True)
class _Opening:
    """A job that stands, and its copies: once each kind of copy, however many there are."""

    id: str
    job: Traits
    kinds: dict[tuple[Hashable, ...], Traits] = field(default_factory=dict)
    boards: dict[tuple[str, str] | None, dict[Traits, None]] = field(default_factory=dict)

    def add(self, copy: Traits) -> None:
        self.kinds.setdefault((copy.number, copy.places, copy.team, copy.contracts, copy.homes), copy)
        self.boards.setdefault(copy.board, {})[copy] = None

    def takes(self, job: Traits, reason: str) -> bool:
        """Whether `job` is one with all of these: the first may not say what tells two copies apart."""
        if not self.job.is_one(job, reason) or any(copy.differs(job) for copy in self.kinds.values()):
            return False
        return all(copy.is_one_more(job) for copy in self.boards.get(job.board, ()))


@dataclass(slots=True)
class _Row:
    """Openings in the order in which they came to their shelf. Whoever refused a job refuses all that are like it."""

    openings: list[tuple[int, _Opening]] = field(default_factory=list)
    passed: dict[Traits, int] = field(default_factory=dict)

    def first(self, job: Traits, reason: str) -> tuple[int, _Opening] | None:
        start = self.passed.get(job, 0)
        end = len(self.openings)
        at = next((at for at in range(start, end) if self.openings[at][1].takes(job, reason)), end)
        if at > _FEW:  # less is not worth the memory
            self.passed[job] = at
        return self.openings[at] if at < end else None


@dataclass(slots=True)
class _Texts:
    """Entries of one board that agree in all facts, by the number of their words, and by these."""

    by_length: dict[int, dict[tuple[str, ...], _Row]] = field(default_factory=dict)

    def row(self, words: tuple[str, ...]) -> _Row:
        return self.by_length.setdefault(len(words), {}).setdefault(words, _Row())

    def near(self, words: tuple[str, ...]) -> Iterator[_Row]:
        """The rows whose text is the same, or the same but for an addition: of as many words only the same text."""
        for length, rows in self.by_length.items():
            if length == len(words):
                yield from (rows[words],) if words in rows else ()
            else:
                yield from (row for text, row in rows.items() if is_same_but_for_an_addition(text, words))


@dataclass(slots=True)
class _Shelf:
    """The openings that have one key, in order. A few are tried one by one; of many, only those in fitting rows.

    The first that takes a job is found in either case, so the result is the same.
    """

    reason: str
    few: int
    openings: list[_Opening] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    rows: _Rows | None = None

    def add(self, opening: _Opening) -> None:
        if opening.id not in self.ids:
            self.ids.add(opening.id)
            self.openings.append(opening)

    def first(self, job: Traits) -> _Opening | None:
        """The first opening that is one with `job`."""
        if len(self.openings) <= self.few:
            return next((opening for opening in self.openings if opening.takes(job, self.reason)), None)
        self.rows = self.rows or _Rows(self.reason)
        self.rows.fill(self.openings)
        found = [hit for row in self.rows.near(job) if (hit := row.first(job, self.reason))]
        return min(found, key=lambda hit: hit[0])[1] if found else None


@dataclass(slots=True)
class _Rows:
    """Openings where only those look that may be one with them.

    For other boards they stand by what must not differ, for their own board by what must be equal.
    """

    reason: str
    filled: int = 0
    abroad: dict[Any, Any] = field(default_factory=dict)
    at_home: dict[Any, Any] = field(default_factory=dict)

    def fill(self, openings: Sequence[_Opening]) -> None:
        for place in range(self.filled, len(openings)):
            self._put(openings[place], place)
        self.filled = len(openings)

    def near(self, job: Traits) -> Iterator[_Row]:
        for leaf in _leaves(self.abroad, (job.places or None, job.number, job.team)):
            yield from (row for board, row in leaf.items() if board != job.board)
        words = words_of(job.html) if self.at_home and job.day is not None else ()
        if len(words) >= LEAST:
            for leaf in _leaves(self.at_home, (_own(job), job.number, job.team, job.salary)):
                yield from leaf["texts"].near(words)

    def _put(self, opening: _Opening, place: int) -> None:
        job = opening.job
        leaf = _leaf(self.abroad, (job.places or None, job.number, job.team))
        leaf.setdefault(job.board, _Row()).openings.append((place, opening))
        words = words_of(job.html) if self.reason == SAME_TEXT and job.day is not None else ()
        if len(words) >= LEAST:
            leaf = _leaf(self.at_home, (_own(job), job.number, job.team, job.salary))
            leaf.setdefault("texts", _Texts()).row(words).openings.append((place, opening))


def _own(job: Traits) -> tuple[Hashable, ...]:
    return job.board, job.day, job.facts


def _leaf(tree: dict[Any, Any], way: Sequence[Hashable]) -> dict[Any, Any]:
    for step in way:
        tree = tree.setdefault(step, {})
    return tree


def _leaves(tree: dict[Any, Any], way: Sequence[Hashable]) -> Iterator[dict[Any, Any]]:
    """All that agrees with `way`: None agrees with everything."""
    if not way:
        yield tree
        return
    step, *rest = way
    for branch in tree.values() if step is None else (tree[name] for name in (step, None) if name in tree):
        yield from _leaves(branch, rest)


def alike(jobs: Sequence[tuple[str, Job]]) -> tuple[Alike, ...]:
    """The groups of jobs that look like one opening: same employer and title, and nothing that proves them two."""
    groups: dict[tuple[str, str], list[tuple[str, Traits]]] = {}
    for job_id, job in jobs:
        groups.setdefault((company_slug(job.company), words_of_title(job.title)), []).append((job_id, Traits.of(job)))
    found = []
    for group in groups.values():
        while group:
            (first_id, first), *rest = group
            near = {job_id: None for job_id, job in rest if first.differs(job) is None}
            if near:
                found.append(Alike((first_id, *near), "same employer and title, and nothing tells them apart"))
            group = [(job_id, job) for job_id, job in rest if job_id not in near]
    return tuple(found)


def _with_alternate(job: Job, copy: Job, reason: str) -> Job:
    url = (copy.source.url if copy.source else None) or copy.apply_url
    alternate = Alternate(url=url, source=copy.source.name if copy.source else None, reason=reason)
    return job.model_copy(update={"alternates": more_alternates(job.alternates, (alternate,))})
