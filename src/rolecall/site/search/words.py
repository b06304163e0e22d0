"""search/words-*.json: which words stand in which descriptions, in order of the words, cut into small files.

A few files answer for all words that begin with what somebody typed: a file ends where the first three letters of its
words change, when it is large enough. Words of more than a quarter of the jobs tell nothing apart, and are left out.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, chain, pairwise
from operator import sub

from rolecall.site.search.columns import Codes, decode
from rolecall.site.search.fold import is_term, terms_of_piece

SHARD_CHARS = 14_000
_MOST_CHARS = 24_000  # where many words begin with the same letters
_ASKED_LETTERS = 3  # after which the browser looks for words that begin so
_VERSION_CHARS = 4
_COMMON_FROM_JOBS = 400  # on a smaller board no word is left out
_COMMON_PART = 4  # of the jobs: one in four
_BATCH = 10_000  # jobs of which plain numbers are held; what is encoded takes an eighth


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `count` jobs in order, the column of each, and how many jobs have each of the words left out."""

    count: int
    words: list[str]
    columns: list[str]
    common: dict[str, int]

    def values(self) -> tuple[int, list[str], list[str], dict[str, int]]:
        """The fields as marshal can write them."""
        return self.count, self.words, self.columns, self.common


@dataclass(frozen=True, slots=True)
class Shard:
    """One file: the words from `start` to `end`, a hash of what it holds, and the letters at which it begins.

    `first` is not after its first word, and after the last word of the file before.
    """

    start: int
    end: int
    first: str
    digest: str


def words_of(documents: Iterable[bytes], count: int) -> Words:
    """The words of `documents`, the different pieces of each of `count` jobs, joined by spaces, in the site's order.

    They are gone through once, one at a time.
    """
    found = _Found(_limit(count))
    jobs: defaultdict[bytes, list[int]] = defaultdict(list)
    for at, document in enumerate(documents, 1):
        for piece in document.split():
            jobs[piece].append(at)
        if not at % _BATCH:
            found.take(_by_term(jobs))
            jobs.clear()
    found.take(_by_term(jobs))
    words = sorted(found.gaps, key=browser_order)
    code = Codes().__getitem__
    columns = [code(found.numbers[term]) + found.gaps.pop(term) for term in words]
    common = {term: number for term, number in found.numbers.items() if number > found.limit}
    return Words(count, words, columns, dict(sorted(common.items())))


def edited(words: Words, changes: Iterable[tuple[int, bytes, bytes]]) -> Words | None:
    """`words` after changes to a few jobs, given as the job's number from 0 on, its pieces before, and those now.

    None when all must be gone through again: a word was common and is no longer, so that nobody knows its jobs.
    """
    gone: defaultdict[str, set[int]] = defaultdict(set)
    come: defaultdict[str, set[int]] = defaultdict(set)
    for at, before, now in changes:
        old, new = _terms_in(before), _terms_in(now)
        for term in old - new:
            gone[term].add(at)
        for term in new - old:
            come[term].add(at)
    after = Words(words.count, list(words.words), list(words.columns), dict(words.common))
    for term in sorted(gone.keys() | come.keys()):
        if not _edit(after, term, gone[term], come[term]):
            return None
    return Words(after.count, after.words, after.columns, dict(sorted(after.common.items())))


def shards_of(words: Words) -> list[Shard]:
    """The files. Where one ends depends on what stands near there, so that a change moves no end far away."""
    found: list[Shard] = []
    for start, end in pairwise((*_starts(words), len(words.words))):
        before = words.words[start - 1] if start else ""
        first = words.words[start]
        text = f"{' '.join(words.words[start:end])}\n{''.join(words.columns[start:end])}"
        mark = urlsafe_b64encode(sha256(text.encode("utf-8", "surrogatepass")).digest()[:15]).decode()
        found.append(Shard(start, end, _told_apart(before, first), mark))
    return found


def shard_text(words: Words, shard: Shard) -> str:
    """What stands in a file."""
    parts = {
        "version": version_of(shard.digest),
        "words": " ".join(words.words[shard.start : shard.end]),
        "jobs": "".join(words.columns[shard.start : shard.end]),
    }
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")) + "\n"


def version_of(digest: str) -> str:
    """What the head and a file both say, so that a browser sees when one of them is of another build."""
    return digest[:_VERSION_CHARS]


def browser_order(term: str) -> bytes:
    """JavaScript compares halves of characters where Python compares characters."""
    return term.encode("utf-16-be", "surrogatepass")


def _told_apart(before: str, word: str) -> str:
    """The beginning of `word` that is after `before`, and no longer than it must be."""
    return next(word[:end] for end in range(1, len(word) + 1) if not before.startswith(word[:end]))


def _by_term(jobs: dict[bytes, list[int]]) -> dict[str, list[int]]:
    """By term, the numbers of its jobs, given those of each piece: so a piece is cut once, not once for each job."""
    found: dict[str, list[int]] = {}
    more: defaultdict[str, set[int]] = defaultdict(set)
    for piece, numbers in jobs.items():
        if is_term(piece) and len(piece) > 1:
            found[piece.decode()] = numbers
        else:
            for term in terms_of_piece(piece):
                more[term].update(numbers)
    for term, others in more.items():
        if _says_something(term):
            found[term] = sorted(others.union(found.get(term, ())))
    return found


def _terms_in(document: bytes) -> set[str]:
    return {term for piece in document.split() for term in terms_of_piece(piece) if _says_something(term)}


def _says_something(term: str) -> bool:
    """A letter alone says nothing in a long text; of Chinese, one character does."""
    return len(term) > 1 or not term.isascii()


def _limit(count: int) -> int:
    """How many jobs may have a word that tells them apart."""
    return count // _COMMON_PART if count >= _COMMON_FROM_JOBS else count


class _Found:
    """The words so far: how many jobs have each, the last of them, and the gaps between their numbers, encoded."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.numbers: dict[str, int] = {}
        self.gaps: dict[str, str] = {}
        self._lasts: dict[str, int] = {}
        self._code = Codes().__getitem__

    def take(self, jobs: dict[str, list[int]]) -> None:
        """By word, the numbers, from 1 on, of further jobs."""
        for term, found in jobs.items():
            number = self.numbers[term] = self.numbers.get(term, 0) + len(found)
            if number > self.limit:
                self.gaps.pop(term, None)
                continue
            gaps = map(sub, found, chain((self._lasts.get(term, 1),), found))
            self.gaps[term] = self.gaps.get(term, "") + "".join(map(self._code, gaps))
            self._lasts[term] = found[-1]


def _edit(words: Words, term: str, gone: set[int], come: set[int]) -> bool:
    """Take jobs from a word, and give it others; False when it is not known which it has."""
    limit = _limit(words.count)
    if term in words.common:
        words.common[term] += len(come) - len(gone)
        return words.common[term] > limit
    at = bisect_left(words.words, browser_order(term), key=browser_order)
    is_there = at < len(words.words) and words.words[at] == term
    jobs = sorted((set(accumulate(decode(words.columns[at])[1:])) if is_there else set()) - gone | come)
    if is_there:
        del words.words[at], words.columns[at]
    if len(jobs) > limit:
        words.common[term] = len(jobs)
    elif jobs:
        code = Codes().__getitem__
        words.words.insert(at, term)
        words.columns.insert(at, code(len(jobs)) + "".join(map(code, map(sub, jobs, chain((0,), jobs)))))
    return True


def _starts(words: Words) -> Iterator[int]:
    """The number of the first word of each file."""
    letters, size = "", _MOST_CHARS
    for at, (word, column) in enumerate(zip(words.words, words.columns, strict=True)):
        more = len(word) + 1 + len(column)
        if (size >= SHARD_CHARS and word[:_ASKED_LETTERS] != letters) or size + more > _MOST_CHARS:
            yield at
            size = 0
        letters = word[:_ASKED_LETTERS]
        size += more
