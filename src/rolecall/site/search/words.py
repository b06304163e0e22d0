"""search/words-*.json: which words stand in which descriptions, in order of the words, cut into small files.

A file holds whole words from its first to the next file's first, so that a few files answer for all words that begin
with what somebody typed. Words of more than a quarter of the jobs tell nothing apart, and are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
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


def words_of(version: str, documents: Iterable[Sequence[str]]) -> Words:
    """The words of `documents`, which are the different terms of each job, in the site's order."""
    jobs: dict[str, list[int]] = {}
    count = 0
    for number, document in enumerate(documents):
        count += 1
        for term in document:
            if term in jobs:
                jobs[term].append(number)
            else:
                jobs[term] = [number]
    limit = count // _COMMON_PART if count >= _COMMON_FROM_JOBS else count
    common = sorted(term for term, found in jobs.items() if len(found) > limit)
    kept = sorted((term for term, found in jobs.items() if len(found) <= limit), key=browser_order)
    shards, firsts = [], []
    for words, columns in _cut(kept, jobs):
        firsts.append(words[0])
        parts = {"version": version, "words": " ".join(words), "jobs": "".join(columns)}
        shards.append(json.dumps(parts, ensure_ascii=False, separators=(",", ":")) + "\n")
    return Words(tuple(shards), tuple(firsts), tuple(common))


def browser_order(term: str) -> bytes:
    """JavaScript compares halves of characters where Python compares characters."""
    return term.encode("utf-16-be", "surrogatepass")


def _cut(terms: Sequence[str], jobs: dict[str, list[int]]) -> Iterator[tuple[list[str], list[str]]]:
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
