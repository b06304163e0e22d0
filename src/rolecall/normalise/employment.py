"""The form of the contract, from a source's words. A word that no table knows is handed back: it becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolecall.model import Employment
from rolecall.normalise.lookup import phrases, phrases_in, words
from rolecall.normalise.text import clean_line

_MAX_WORDS = 40
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATOR = re.compile(r"[,;|/\n]| or | und | oder ")


def read_employment(words: Sequence[str]) -> tuple[tuple[Employment, ...], tuple[str, ...]]:
    """What `words` say of the contract, in the order of the enum, and the words that were not understood.

    `Permanent` and `Regular` mean full time only when nothing else is said.
    """
    found: set[str] = set()
    unknown: list[str] = []
    for given in words[:_MAX_WORDS]:
        for part in _SEPARATOR.split(clean_line(given)):
            values = _values(part)
            if not values and part.strip():
                unknown.append(part.strip())
            found.update(values)
    if "full_time_if_alone" in found and not found & {"part_time", "contractor", "temporary", "per_diem", "volunteer"}:
        found.add("full_time")
    return tuple(form for form in Employment if form.value in found), tuple(dict.fromkeys(unknown))


def _values(text: str) -> set[str]:
    parts = words(_CAMEL.sub(" ", text))[:_MAX_WORDS]
    return {value for value in phrases_in(parts, phrases("employment")) if value is not None}
