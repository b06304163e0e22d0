"""The table of tags made ready for reading: every writing of every term, found by its first word.

A text is cut into words once, and at each word only the writings that begin with it are tried: the time grows with
the length of the text, not with the size of the vocabulary, and no pattern is made from input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from rolecall.normalise.lookup import listed

# A word with the signs that belong to it: C++, C#, .NET.
_WORD = re.compile(r"(?:(?<![\w.])\.(?=[A-Za-z]))?[^\W_]+[+#]*")
_GAP = re.compile(r"|[-\u2010\u2011./]| ?[&/] ?| ")

Needs = Literal["", "company", "after"]


class Word(NamedTuple):  # not a dataclass: a run makes millions
    """A word of a text: `key` in lower case, `start` and `end` in the text."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Writing:
    """One way in which a term is written. `term` is empty for a phrase in which the word is something else."""

    term: str
    words: tuple[str, ...]
    exact: str | None = None
    needs: Needs = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A writing in a text: the words from `first` up to, not including, `last`."""

    writing: Writing
    first: int
    last: int


Index = dict[str, list[Writing]]


def cut(text: str) -> list[Word]:
    """The words of `text`, in order."""
    return [Word(found[0].casefold(), *found.span()) for found in _WORD.finditer(text)]


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as `Writing.words` has them: `Node.js` is node, js."""
    return tuple(word.key for word in cut(phrase))


def writings(name: str, rule: Any) -> Iterator[Writing]:
    """All writings of the term `name` by its line of the table: a comma list, or the rules."""
    term = name.casefold()
    rules: Mapping[str, Any] = rule if isinstance(rule, Mapping) else {"also": rule}
    exact = name if rules.get("case") == "exact" else None
    yield Writing(term, words_of(name), exact, rules.get("needs") or "")
    for other in listed(rules.get("also")):
        yield Writing(term, words_of(other))
    for other in listed(rules.get("as")):
        yield Writing(term, words_of(other), other, "company")
    for phrase in listed(rules.get("not")):
        yield Writing("", words_of(phrase))


def index_of(found: Iterator[Writing]) -> Index:
    """The writings by their first word, the longest first."""
    index: Index = {}
    for writing in found:
        if writing.words:
            index.setdefault(writing.words[0], []).append(writing)
    for group in index.values():
        group.sort(key=lambda writing: -len(writing.words))
    return index


def hits(text: str, words: list[Word], index: Index) -> list[Hit]:
    """The terms that `text` names, from left to right, the longest writing at each word."""
    found: list[Hit] = []
    behind = 0
    for at, word in enumerate(words):
        if at < behind or word.key not in index:
            continue
        writing = next((one for one in index[word.key] if _stands(one, text, words, at)), None)
        if writing is not None:
            behind = at + len(writing.words)
            if writing.term:
                found.append(Hit(writing, at, behind))
    return found


def _stands(writing: Writing, text: str, words: list[Word], at: int) -> bool:
    """Whether a writing, whose first word is the one at `at`, goes on as the text does."""
    end = at + len(writing.words)
    if end > len(words):
        return False
    for step, word in enumerate(writing.words[1:], start=at + 1):
        if words[step].key != word or not _GAP.fullmatch(text, words[step - 1].end, words[step].start):
            return False
    return writing.exact is None or text[words[at].start : words[end - 1].end] == writing.exact
