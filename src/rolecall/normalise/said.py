"""Where in the text of an ad something is said: the words around a key word, which is quick to look for.

A pattern is asked only of the few words around its key word, in lower case, so that reading a text takes time in
proportion to its length, however many patterns there are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from rolecall.normalise.body import Body, Kind
from rolecall.normalise.lookup import listed, table

_AROUND = 110
_MAX_FOUND = 15  # of one key word
_MAX_DEPTH = 2
_PART = re.compile(r"\{([a-z]+)\}")
_DENIED = re.compile(r"\b(?:not|never|no|isn['’]t|aren['’]t|kein\w*|nicht)(?: an?| the| our| only)?[ ]$")
_DENIAL = re.compile(r"\b(?:not|never|nicht|no)\b(?!-)|n['’]t\b")
_OF_OTHERS = re.compile(
    r"\b(?:some|certain|other|many|few|most of our) (?:roles|positions|jobs|teams)\b[^.]*$"
    r"|\b(?:unless|future|until)\b[^.,]*$"
)


def around(body: Body, word: str, kinds: Collection[Kind] | None = None) -> Iterator[tuple[str, int, int]]:
    """The words around each mention of `word`, within its line, in lower case; where they and the mention start."""
    text = body.lower
    at = text.find(word)
    for _ in range(_MAX_FOUND):
        if at < 0:
            return
        start = max(text.rfind("\n", 0, at) + 1, at - _AROUND)
        end = text.find("\n", at)
        end = min(len(text) if end < 0 else end, at + len(word) + _AROUND)
        if kinds is None or body.kind_at(at) in kinds:
            yield text[start:end], start, at
        at = text.find(word, at + len(word))


def found(body: Body, section: str, kinds: Collection[Kind] | None = None) -> Iterator[re.Match[str]]:
    """Every place where a rule of `section` holds: not what is denied, nor what is said of some jobs only."""
    is_denial = section.startswith("not_")
    for word, pattern in rules(section):
        if word not in body.lower:
            continue
        for words, _, _ in around(body, word, kinds):
            match = pattern.search(words)
            if match and not _OF_OTHERS.search(words, 0, match.start()) and (is_denial or not _is_denied(match)):
                yield match


def _is_denied(match: re.Match[str]) -> bool:
    """Whether a `not` stands before or in what would be said: `This is not a hybrid role`."""
    return bool(_DENIED.search(match.string, 0, match.start()) or _DENIAL.search(match[0]))


def is_said(body: Body, section: str, kinds: Collection[Kind] | None = None) -> bool:
    """Whether a rule of `section` holds anywhere."""
    return next(found(body, section, kinds), None) is not None


@cache
def rules(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(key word, pattern) of a section of `tables/said.yaml`; a line may name several key words."""
    parts = table("said")["parts"]
    made: list[tuple[str, re.Pattern[str]]] = []
    for words, patterns in table("said")[section].items():
        text = "|".join(f"(?:{pattern})" for pattern in patterns)
        for _ in range(_MAX_DEPTH):  # a part may stand in a part
            text = _PART.sub(lambda named: parts[named[1]], text)
        made.extend((word, re.compile(text)) for word in listed(words))
    return tuple(made)
