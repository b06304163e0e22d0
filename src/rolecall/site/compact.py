"""JSON without a space too many. A long text, such as a description, takes a third of json's own time."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from json.encoder import encode_basestring
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
    if not isinstance(value, dict) or set(map(type, value)) != {str}:
        return _ENCODER.encode(value)
    return f"{{{','.join([_named(name) + _part(held) for name, held in value.items()])}}}"


def _part(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return encode_basestring(value) if len(value) < _LONG_CHARS else _quoted(value)
    return value.json if kind is Ready else _ENCODER.encode(value)


@lru_cache(maxsize=256)
def _named(name: str) -> str:
    return f"{_ENCODER.encode(name)}:"


def _quoted(text: str) -> str:
    # Each search is one for a byte, by the processor's own means; json looks at each letter twice.
    if any(map(text.__contains__, _CONTROLS)):
        return _ENCODER.encode(text)
    return f'"{_CODES.into(text)}"'
