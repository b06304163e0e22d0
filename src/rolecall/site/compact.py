"""JSON without a space too many. A long text, such as a description, takes a third of json's own time."""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_LONG_CHARS = 500
# Beside line ends, quotes and backslashes, JSON forbids these in a text, which seldom holds one.
_CONTROLS = tuple(chr(code) for code in range(32) if code != ord("\n"))


def compact_json(value: object) -> str:
    """`value` as JSON on one line, with all letters as they are."""
    if not isinstance(value, dict):
        return _ENCODER.encode(value)
    parts: list[str] = []
    short: dict[Any, Any] = {}
    for name, held in value.items():
        if type(held) is not str or len(held) < _LONG_CHARS or type(name) is not str:
            short[name] = held
            continue
        if short:
            parts.append(_ENCODER.encode(short)[1:-1])
            short = {}
        parts.append(f"{_ENCODER.encode(name)}:{_quoted(held)}")
    if short or not parts:
        parts.append(_ENCODER.encode(short)[1:-1])
    return f"{{{','.join(parts)}}}"


def _quoted(text: str) -> str:
    # Each search is one for a byte, by the processor's own means; json looks at each letter twice.
    if any(map(text.__contains__, _CONTROLS)):
        return _ENCODER.encode(text)
    for char, code in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")):
        if char in text:
            text = text.replace(char, code)
    return f'"{text}"'
