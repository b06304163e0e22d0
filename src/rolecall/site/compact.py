"""JSON without a space too many. A long text, such as a description, takes a third of json's own time."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from typing import Any

from rolecall.site.replace import Codes

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_LONG_CHARS = 500
# Beside line ends, quotes and backslashes, JSON forbids these in a text, which seldom holds one.
_CONTROLS = tuple(chr(code) for code in range(32) if code != ord("\n"))
_CODES = Codes.of((("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")))


class Ready(dict[str, Any]):
    """An object that is part of many others, and never changes: its JSON is made once."""

    @cached_property
    def json(self) -> str:
        return _ENCODER.encode(self)


def compact_json(value: object) -> str:
    """`value` as JSON on one line, with all letters as they are."""
    if not isinstance(value, dict):
        return _list(value) if type(value) is list else _ENCODER.encode(value)
    if type(value) is Ready:
        return value.json
    parts = []
    for name, held in value.items():
        if type(name) is not str:  # a number may be a name, and json knows how it is written
            return _ENCODER.encode(value)
        kind = type(held)
        if kind is str:
            text = _ENCODER.encode(held) if len(held) < _LONG_CHARS else _quoted(held)
        else:
            text = held.json if kind is Ready else compact_json(held)
        parts.append(_named(name) + text)
    return f"{{{','.join(parts)}}}"


def _list(values: list[Any]) -> str:
    return f"[{','.join(map(compact_json, values))}]"


@lru_cache(maxsize=256)
def _named(name: str) -> str:
    return f"{_ENCODER.encode(name)}:"


def _quoted(text: str) -> str:
    # Each search is one for a byte, by the processor's own means; json looks at each letter twice.
    if any(map(text.__contains__, _CONTROLS)):
        return _ENCODER.encode(text)
    return f'"{_CODES.into(text)}"'
