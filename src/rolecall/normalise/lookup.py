"""The word lists in `tables/`, and the one form in which words are compared with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from rolecall import yaml_io

_MAX_BYTES = 200_000
_MAX_EVENTS = 20_000
# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


@cache
def table(name: str) -> dict[str, Any]:
    """The table `tables/<name>.yaml`: text, lists and dicts. Shared: not to be changed."""
    data = Path(__file__).with_name("tables").joinpath(f"{name}.yaml").read_bytes()
    return yaml_io.load(data, f"tables/{name}.yaml", max_bytes=_MAX_BYTES, max_events=_MAX_EVENTS).value


def fold(text: str) -> str:
    """`text` in lower case, without accents, with single spaces: `Zürich ` and `zurich` are one word."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(part for part in parts if not unicodedata.combining(part)).translate(_LETTERS)
    return " ".join(text.casefold().split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, without punctuation: `Full-Time (Salary)` is full, time, salary."""
    return tuple(re.findall(r"[^\W_]+", fold(text)))


def listed(cell: str | None) -> list[str]:
    """The entries of a comma list in a table."""
    return [entry for entry in (part.strip() for part in (cell or "").split(",")) if entry]


@cache
def phrases(name: str) -> dict[tuple[str, ...], str]:
    """The table `name` (value: comma list of phrases) turned round: the words of each phrase -> value."""
    return {words(phrase): value for value, cell in table(name).items() for phrase in listed(cell)}


def phrases_in(text: tuple[str, ...], known: dict[tuple[str, ...], str]) -> Iterator[str | None]:
    """The values of the longest known phrases in `text`, from the left; None for each unknown word."""
    longest = max(map(len, known), default=0)
    at = 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), 0, -1):
            value = known.get(text[at : at + size])
            if value is not None:
                break
        else:
            value, size = None, 1
        yield value
        at += size
