"""search/words-*.json: which words stand in which descriptions, in order of the words, cut into small files.

A file holds whole words from its first to the next file's first, so that a few files answer for all words that begin
with what somebody typed. Words of more than a quarter of the jobs tell nothing apart, and are left out.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rolecall.site.search.columns import Codes

SHARD_CHARS = 24_000
_COMMON_FROM_JOBS = 400  # on a smaller board no word is left out
_COMMON_PART = 4  # of the jobs: one in four


@dataclass(frozen=True, slots=True)
class Words:
    """The files' texts, the first word of each, and the words that were left out because they stand everywhere."""

    shards: tuple[str, ...]
    firsts: tuple[str, ...]
    common: tuple[str, ...]

    def values(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The fields as marshal can write them."""
        return self.shards, self.firsts, self.common


def words_of(version: str, given: Iterable[str]) -> Words:
    """The words of `documents`, which are the different terms of each job, joined by spaces, in the site's order."""
    documents = list(given)
    numbers: Counter[str] = Counter()
    for document in documents:
        numbers.update(document.split())
    limit = len(documents) // _COMMON_PART if len(documents) >= _COMMON_FROM_JOBS else len(documents)
    common = sorted(term for term, number in numbers.items() if number > limit)
    # A job's terms that stand everywhere are half of them: they are left out before anything is made of them.
    left_out = frozenset(common)
    jobs: defaultdict[str, list[int]] = defaultdict(list)
    for at, document in enumerate(documents):
        for term in set(document.split()) - left_out:
            jobs[term].append(at)
    kept = sorted(jobs, key=browser_order)
    shards, firsts = [], []
    for words, columns in _cut(kept, jobs):
        firsts.append(words[0])
        parts = {"version": version, "words": " ".join(words), "jobs": "".join(columns)}
        shards.append(json.dumps(parts, ensure_ascii=False, separators=(",", ":")) + "\n")
    return Words(tuple(shards), tuple(firsts), tuple(common))


def browser_order(term: str) -> bytes:
    """JavaScript compares halves of characters where Python compares characters."""
    return term.encode("utf-16-be", "surrogatepass")


def _cut(terms: Sequence[str], jobs: Mapping[str, list[int]]) -> Iterator[tuple[list[str], list[str]]]:
    """Words with their columns, as many as one file holds."""
    code = Codes().__getitem__
    words: list[str] = []
    columns: list[str] = []
    size = 0
    for term in terms:
        found = jobs[term]
        gaps = [found[0], *[after - before for before, after in pairwise(found)]]
        column = code(len(found)) + "".join(map(code, gaps))
        if words and size + len(term) + len(column) > SHARD_CHARS:
            yield words, columns
            words, columns, size = [], [], 0
        words.append(term)
        columns.append(column)
        size += len(term) + 1 + len(column)
    if words:
        yield words, columns
