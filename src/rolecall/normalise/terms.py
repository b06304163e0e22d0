"""The table of tags made ready for reading: every writing of every term, found by its first word.

A text is cut into words once, and only at words with which a writing begins is anything tried: the time grows with the
length of the text, not with the size of the vocabulary, and no pattern is made from input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Self

from rolecall.normalise.lookup import listed

# A word with the signs that belong to it: C++, C#, .NET. Chinese, Japanese and Korean stand beside Latin unspaced.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = rf"(?:(?<![\w.])\.(?=[A-Za-z]))?[^\W_{_CJK}]+[+#]*|[{_CJK}]+"
# An amount beside a currency's code; PHP 7 and PHP 8.3 are none.
_AMOUNT_BEHIND = re.compile(r"\s?(?:\d{2}|\d[,.]\d{3})")
_AMOUNT_BEFORE = re.compile(r"\d[\d,.]*[kK]?\s?$")
_GAP = re.compile(r"|[-\u2010\u2011./]| ?[&/] ?| ")

Needs = Literal["", "company", "after"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as `given`, its words in lower case (`keys`), and where each stands in it (`spans`)."""

    given: str
    keys: list[str]
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str, lower: str | None = None) -> Self:
        lower = lower_of(text) if lower is None else lower
        return cls(text, _word().findall(lower), list(map(re.Match.span, _word().finditer(lower))))

    def start(self, word: int) -> int:
        return self.spans[word][0]

    def end(self, word: int) -> int:
        return self.spans[word][1]


@dataclass(frozen=True, slots=True)
class Writing:
    """One way in which a term is written. `term` is empty for a phrase in which the word is something else."""

    term: str
    words: tuple[str, ...]
    exact: str | None = None
    needs: Needs = ""
    is_money: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A writing in a text: the words from `first` up to, not including, `last`."""

    writing: Writing
    first: int
    last: int


def lower_of(text: str) -> str:
    """`text` in lower case, and as long: one capital letter of Turkish would become two characters."""
    lower = text.lower()
    if len(lower) != len(text):
        return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lower


Index = dict[str, list[Writing]]


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as `Writing.words` has them: `Node.js` is node, js."""
    return tuple(_word().findall(phrase.lower()))


@cache
def _word() -> re.Pattern[str]:
    """Made when it is needed, which takes two milliseconds."""
    return re.compile(_WORD)


def writings(name: str, rule: Any) -> Iterator[Writing]:
    """All writings of the term `name` by its line of the table: a comma list, or the rules."""
    term = name.casefold()
    rules: Mapping[str, Any] = rule if isinstance(rule, Mapping) else {"also": rule}
    exact = name if rules.get("case") == "exact" else None
    yield Writing(term, words_of(name), exact, rules.get("needs") or "", bool(rules.get("money")))
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


def hits(text: Text, index: Index) -> list[Hit]:
    """The terms that `text` names, from left to right, the longest writing at each word."""
    found: list[Hit] = []
    behind = 0
    for at in [at for at, key in enumerate(text.keys) if key in index]:
        if at < behind:
            continue
        writing = next((one for one in index[text.keys[at]] if _stands(one, text, at)), None)
        if writing is not None:
            behind = at + len(writing.words)
            if writing.term:
                found.append(Hit(writing, at, behind))
    return found


def _stands(writing: Writing, text: Text, at: int) -> bool:
    """Whether a writing, whose first word is the one at `at`, goes on as the text does."""
    end = at + len(writing.words)
    if end > at + 1:
        if tuple(text.keys[at:end]) != writing.words:
            return False
        for step in range(at + 1, end):
            if not _GAP.fullmatch(text.given, text.end(step - 1), text.start(step)):
                return False
    if writing.is_money and _is_amount(text, at):
        return False
    return writing.exact is None or text.given[text.start(at) : text.end(end - 1)] == writing.exact


def _is_amount(text: Text, at: int) -> bool:
    """Whether a figure stands beside the word, as beside a currency."""
    if _AMOUNT_BEHIND.match(text.given, text.end(at)):
        return True
    return _AMOUNT_BEFORE.search(text.given, max(0, text.start(at) - 12), text.start(at)) is not None
