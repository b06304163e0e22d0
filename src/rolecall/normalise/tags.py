"""Which technologies a job names: a closed vocabulary with aliases, and rules for words that have other meanings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Self

from rolecall.normalise.body import Body, Kind
from rolecall.normalise.identity import slug
from rolecall.normalise.lookup import listed, table
from rolecall.normalise.terms import Hit, Index, Text, hits, index_of, words_of, writings
from rolecall.normalise.text import clean_line

MAX_TAGS = 40
_MAX_TEXT = 60_000
_MAX_WORDS = 60
_NEAR = 4  # words between a doubtful term and the one that proves it
_SHORT = 200  # a text too short to prove or refute the source's own tags
_STOP = re.compile(r"[.!?:]\s")
_LIST = re.compile(r"\s?(?:[,/|;•·]|\n[-*•· ]{0,4}),?\s?")
# How much a mention says of the job, by where it stands. Below `_ENOUGH` it says something of somebody else.
_TITLE = 10.0
_WEIGHTS: Mapping[Kind, float] = {
    "needs": 4.0,
    "tasks": 3.0,
    "plain": 3.0,
    "nice": 2.0,
    "benefits": 0.5,
    "company": 0.5,
    "legal": 0.1,
}
_ENOUGH = 1.0
_AGAIN = 0.25  # what every further mention adds, up to four
_OFTEN = 3  # mentions that make a field of work a tag when the title does not name it


class Vocabulary:
    """The terms that become tags. Ids are the names in lower case: `go`, `c++`, `node.js`.

    A build asks for names alone; what finds terms in texts is put together when a text is read.
    """

    def __init__(self, terms: Mapping[str, Any], after: Iterable[str], before: Iterable[str]) -> None:
        self._terms = dict(terms)
        self._names = {name.casefold(): name for name in terms}
        self._told_by = (tuple(after), tuple(before))

    @cached_property
    def _index(self) -> Index:
        """Asked for by whoever looks for terms; to name those that are known takes none."""
        return index_of(one for name, rule in self._terms.items() for one in writings(name, rule))

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], str]:
        return {one.words: one.term for group in self._index.values() for one in group if one.term}

    @cached_property
    def _after(self) -> set[tuple[str, ...]]:
        return set(map(words_of, self._told_by[0]))

    @cached_property
    def _before(self) -> set[tuple[str, ...]]:
        return set(map(words_of, self._told_by[1]))

    @cached_property
    def _rules(self) -> dict[str, Mapping[str, Any]]:
        return {name.casefold(): rule for name, rule in self._terms.items() if isinstance(rule, Mapping)}

    @cached_property
    def _fields(self) -> frozenset[str]:
        return frozenset(term for term, rule in self._rules.items() if rule.get("field"))

    @cached_property
    def _makers(self) -> dict[str, tuple[str, ...]]:
        return {term: words_of(str(rule["by"])) for term, rule in self._rules.items() if rule.get("by")}

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
        return Vocabulary({**kept, **given}, *self._told_by)

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

    def read(self, title: str, body: Body | str, words: Sequence[str] = (), *, employer: str = "") -> tuple[str, ...]:
        """The ids of the terms that title and text ask for, at most 40, those that count most first.

        A term of the title counts for most, then what the job needs, does, and would like. What only stands in text
        about the employer or its benefits is not counted when a part says what the job needs; nor is the employer's
        own name. A field of work (`DevOps`) counts when the title names it, or the text does three times. `words` are
        the source's own tags: they decide doubtful words of the text, and stand for a text that is missing or cut,
        but alone they prove nothing; boards tag carelessly.
        """
        body = Body.of(body[:_MAX_TEXT]) if isinstance(body, str) else body
        named = [term for word in words[:_MAX_WORDS] if (term := self.canonical(word))]
        given = set(named)
        counted = _Count()
        for hit, _ in self._named(Text.of(clean_line(title)), given):
            counted.add(hit.writing.term, _TITLE)
        least = 0.0 if body.has_needs else _ENOUGH
        for hit, start in self._named(Text.of(body.text, body.lower), given):
            counted.add(hit.writing.term, max(_WEIGHTS[body.kind_at(start)], least))
        if len(body.text.strip()) < _SHORT:
            for term in named:
                counted.add(term, _ENOUGH)
        own = words_of(employer)
        return tuple(term for term in counted.ordered(self._fields) if not self._is_own(term, own))[:MAX_TAGS]

    def _is_own(self, term: str, employer: tuple[str, ...]) -> bool:
        """Whether the term is the employer's name, or a product that everybody there works on."""
        if not employer:
            return False
        maker = self._makers.get(term)
        words = words_of(term)
        return words == employer[: len(words)] or (maker is not None and maker == employer[: len(maker)])

    def _named(self, text: Text, given: set[str]) -> list[tuple[Hit, int]]:
        """The terms that `text` surely names, with the offset at which each begins."""
        found = hits(text, self._index)
        if not found:
            return []
        reading = _Reading(text, found, [not hit.writing.needs or hit.writing.term in given for hit in found])
        for at in range(len(found)):
            reading.sure[at] = reading.sure[at] or reading.is_told(at, self._after, self._before)
        for order in (range(len(found)), reversed(range(len(found)))):
            for at in order:
                reading.sure[at] = reading.sure[at] or reading.is_in_company(at)
        return [(hit, text.start(hit.first)) for hit, is_sure in zip(found, reading.sure, strict=True) if is_sure]


class _Count:
    """How much is said for each term, in the order of their first mention."""

    def __init__(self) -> None:
        self._most: dict[str, float] = {}
        self._often: dict[str, int] = {}

    def add(self, term: str, weight: float) -> None:
        self._most[term] = max(weight, self._most.get(term, 0.0))
        if weight >= _ENOUGH:
            self._often[term] = self._often.get(term, 0) + 1

    def ordered(self, fields: frozenset[str]) -> list[str]:
        def weight(term: str) -> float:
            most = self._most[term]
            return most if most == _TITLE else most + _AGAIN * min(self._often.get(term, 0), 5)

        def counts(term: str) -> bool:
            if term in fields and self._most[term] < _TITLE:
                return self._often.get(term, 0) >= _OFTEN
            return self._most[term] >= _ENOUGH

        return sorted(filter(counts, self._most), key=lambda term: -weight(term))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text, the terms found in it, and of which we are sure so far."""

    text: Text
    found: list[Hit]
    sure: list[bool]

    def is_told(self, at: int, after: set[tuple[str, ...]], before: set[tuple[str, ...]]) -> bool:
        """Whether the words beside the hit say what it is: `Go developer`, `written in Go`."""
        hit, text = self.found[at], self.text
        is_followed = hit.last < len(text.keys) and (text.keys[hit.last],) in after
        if is_followed and text.given[text.end(hit.last - 1) : text.start(hit.last)] in (" ", "-", "\xa0"):
            return True
        start = max(0, hit.first - 2)
        leading = tuple(text.keys[start : hit.first])
        return leading in before and not _STOP.search(text.given, text.end(start), text.start(hit.first))

    def is_in_company(self, at: int) -> bool:
        """Whether another term stands near enough: a sure one within four words, or a doubtful one in the same list."""
        hit = self.found[at]
        if hit.writing.needs != "company":
            return False
        for neighbour in (at - 1, at + 1):
            if not 0 <= neighbour < len(self.found) or self.found[neighbour].writing.term == hit.writing.term:
                continue
            first, second = sorted((hit, self.found[neighbour]), key=lambda one: one.first)
            gap = self.text.given[self.text.end(first.last - 1) : self.text.start(second.first)]
            if self.sure[neighbour] and second.first - first.last <= _NEAR and not _STOP.search(gap):
                return True
            if self.found[neighbour].writing.needs == "company" and _LIST.fullmatch(gap):
                return True
        return False
