"""Which technologies a job names: a closed vocabulary with aliases, and rules for words that have other meanings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from rolecall.normalise.identity import slug
from rolecall.normalise.lookup import listed, table
from rolecall.normalise.terms import Hit, Index, Word, cut, hits, index_of, words_of, writings
from rolecall.normalise.text import clean_line

MAX_TAGS = 25
_MAX_TEXT = 60_000
_MAX_WORDS = 60
_NEAR = 4  # words between a doubtful term and the one that proves it
_SHORT = 200  # a text too short to prove or refute the source's own tags
_STOP = re.compile(r"[.!?:]\s")
_LIST = re.compile(r"\s?(?:[,/|;•·]|\n[-*•· ]{0,4}),?\s?")


class Vocabulary:
    """The terms that become tags. Ids are the names in lower case: `go`, `c++`, `node.js`."""

    def __init__(self, terms: Mapping[str, Any], after: Iterable[str], before: Iterable[str]) -> None:
        self._terms = dict(terms)
        self._names = {name.casefold(): name for name in terms}
        self._after = {words_of(word) for word in after}
        self._before = {words_of(phrase) for phrase in before}
        self._index: Index = index_of(one for name, rule in terms.items() for one in writings(name, rule))
        self._by_words = {one.words: one.term for group in self._index.values() for one in group if one.term}

    @classmethod
    @cache
    def default(cls) -> Self:
        """The vocabulary of `tables/tags.yaml`."""
        rows = table("tags")
        return cls(rows["terms"], listed(rows["after"]), listed(rows["before"]))

    def with_terms(self, add: Mapping[str, Any], ban: Sequence[str] = ()) -> Vocabulary:
        """This vocabulary with terms more (name -> other names, or rules as in the table) and terms less."""
        banned = {word.casefold() for word in ban} | {self.canonical(word) for word in ban}
        kept = {name: rule for name, rule in self._terms.items() if name.casefold() not in banned}
        given = {name: ", ".join(rule) if isinstance(rule, list | tuple) else rule for name, rule in add.items()}
        spellings = {name.casefold() for name in given}
        kept = {name: rule for name, rule in kept.items() if name.casefold() not in spellings}
        return Vocabulary(
            {**kept, **given}, (" ".join(words) for words in self._after), (" ".join(words) for words in self._before)
        )

    def canonical(self, word: str) -> str | None:
        """The id of the term that `word`, taken alone, is a writing of: `Golang` and `go` are `go`."""
        line = clean_line(word)
        return line.casefold() if line.casefold() in self._names else self._by_words.get(words_of(line))

    def ids(self) -> tuple[str, ...]:
        """Every term that the vocabulary knows."""
        return tuple(self._names)

    def name(self, id: str) -> str:
        """How the tag is written: `Go`, `Node.js`; a tag outside the vocabulary is written as it is."""
        return self._names.get(id.casefold(), id)

    def other_words(self) -> Mapping[str, tuple[str, ...]]:
        """By a term's id, its other writings that are one word: `kubernetes` is `k8s`, too."""
        found: dict[str, list[str]] = {}
        for words, term in sorted(self._by_words.items()):
            if len(words) == 1 and words[0] != term:
                found.setdefault(term, []).append(words[0])
        return {term: tuple(words) for term, words in found.items()}

    def slug(self, id: str) -> str:
        """The tag in addresses: `c-plus-plus`, `c-sharp`, `dot-net`."""
        return slug(id)

    def read(self, title: str, text: str, words: Sequence[str] = ()) -> tuple[str, ...]:
        """The ids of the terms that title and plain `text` name, those of the title first, at most 12.

        `words` are the source's own tags: they decide doubtful words of the text, and stand for a text that is
        missing or cut, but alone they prove nothing; boards tag carelessly.
        """
        named = [term for word in words[:_MAX_WORDS] if (term := self.canonical(word))]
        given = set(named)
        body = text[:_MAX_TEXT]
        found = [*self._named(clean_line(title), given), *self._named(body, given)]
        if len(body.strip()) < _SHORT:
            found += named
        return tuple(dict.fromkeys(found))[:MAX_TAGS]

    def _named(self, text: str, given: set[str]) -> list[str]:
        words = cut(text)
        found = hits(text, words, self._index)
        reading = _Reading(text, words, found, [not hit.writing.needs or hit.writing.term in given for hit in found])
        for at in range(len(found)):
            reading.sure[at] = reading.sure[at] or reading.is_told(at, self._after, self._before)
        for order in (range(len(found)), reversed(range(len(found)))):
            for at in order:
                reading.sure[at] = reading.sure[at] or reading.is_in_company(at)
        return [hit.writing.term for hit, is_sure in zip(found, reading.sure, strict=True) if is_sure]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text, the terms found in it, and of which we are sure so far."""

    text: str
    words: list[Word]
    found: list[Hit]
    sure: list[bool]

    def is_told(self, at: int, after: set[tuple[str, ...]], before: set[tuple[str, ...]]) -> bool:
        """Whether the words beside the hit say what it is: `Go developer`, `written in Go`."""
        hit = self.found[at]
        for word in self.words[hit.last : hit.last + 1]:
            if (word.key,) in after and self.text[self.words[hit.last - 1].end : word.start] in (" ", "-", "\xa0"):
                return True
        start = max(0, hit.first - 2)
        leading = tuple(word.key for word in self.words[start : hit.first])
        return leading in before and not _STOP.search(self.text, self.words[start].end, self.words[hit.first].start)

    def is_in_company(self, at: int) -> bool:
        """Whether another term stands near enough: a sure one within four words, or a doubtful one in the same list."""
        hit = self.found[at]
        if hit.writing.needs != "company":
            return False
        for neighbour in (at - 1, at + 1):
            if not 0 <= neighbour < len(self.found) or self.found[neighbour].writing.term == hit.writing.term:
                continue
            first, second = sorted((hit, self.found[neighbour]), key=lambda one: one.first)
            gap = self.text[self.words[first.last - 1].end : self.words[second.first].start]
            if self.sure[neighbour] and second.first - first.last <= _NEAR and not _STOP.search(gap):
                return True
            if self.found[neighbour].writing.needs == "company" and _LIST.fullmatch(gap):
                return True
        return False
