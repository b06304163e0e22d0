"""Whether a page says that one can no longer apply. A condition, a promise or a denial is no such statement."""

from __future__ import annotations

import re
from functools import cache

from rolecall.normalise.lookup import table, words

_MAX_CHARS = 2_000
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|[。！？]|\n")
_DENIED = re.compile(r"\b(?:not (?:yet )?|never |nicht |pas |noch nicht )$")


def says_closed(text: str) -> bool:
    """Whether `text` says of the job on its page that it is over: filled, closed, expired, taking nobody."""
    return any(_is_over(" ".join(words(sentence))) for sentence in _SENTENCE.split(text[:_MAX_CHARS]))


def _is_over(sentence: str) -> bool:
    for over, unless in _phrases():
        found = over.search(sentence)
        if found is not None:
            before = sentence[: found.start()]
            return not unless.search(before) and not _DENIED.search(before)
    return False


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """For each language: what says that a job is over, and what stands before it when it only may be."""
    rows = []
    for row in table("closed").values():
        said = (phrase.replace("{job}", row["job"]).replace("{over}", row["over"]) for phrase in row["says"])
        over = "|".join(f"(?:{phrase})" for phrase in said)
        rows.append((re.compile(rf"(?<!\w)(?:{over})" if over.isascii() else over), _whole(row["unless"])))
    return tuple(rows)


def _whole(alternatives: str) -> re.Pattern[str]:
    edge = r"\b" if alternatives.isascii() else ""
    return re.compile(f"{edge}(?:{alternatives}){edge}")
