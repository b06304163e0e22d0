"""JSON-LD as pages really have it: wrapped, commented, with trailing commas, raw line ends and stray quotes.

A block is first read as JSON; only one that fails is mended, in one pass, and read again. What is mended never hides
anything: a comma or comment goes, a quote inside a text is escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

_MAX_CHARS = 2_000_000
_MAX_DEPTH = 40
_WRAPPING = re.compile(r"^\s*(?:(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?|<!--)|(?:(?://|/\*)?\s*\]\]>\s*(?:\*/)?|-->)\s*$")
_BETWEEN = re.compile(r"[\s;,\ufeff]*")
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})')
# In a text: what needs a look. Outside: strings, brackets, comments, and commas before a closing bracket.
_IN_TEXT = re.compile(r'["\\]')
_COMMENT = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
_OUTSIDE = re.compile(rf'["{{}}\[\]]|{_COMMENT}|,(?=(?:\s|//[^\n]{{0,500}}\n|/\*[^*]{{0,500}}\*/)*[}}\]])', re.DOTALL)
# What follows the quote that ends a name, a value in an object, a value in a list. Any other quote is part of the text.
_AFTER_NAME = re.compile(r"\s*:")
_AFTER_VALUE = re.compile(r'\s*(?:$|[}/]|,\s*(?:"[^"\\]{1,80}"\s*:|[}/]))')
_AFTER_ITEM = re.compile(r'\s*(?:$|[\]/]|,\s*(?:["{\[\]/-]|\d|true\b|false\b|null\b))')
_SCHEMA = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)

Node = dict[str, Any]


def read_block(text: str) -> list[Any]:
    """The values in a block, usually one. Raises ValueError when it cannot be read, mended or not."""
    text = text[:_MAX_CHARS].strip("\ufeff \t\r\n")
    for _ in range(3):  # wrappings may be nested
        text = _WRAPPING.sub("", text).strip("\ufeff \t\r\n")
    if re.match(r"[{\[]\s*&(?:quot|#34|#x22);", text):
        text = unescape(text)
    try:
        return list(_values(text))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    except ValueError:
        pass
    try:
        return list(_values(_mended(text)))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def nodes(value: Any, wanted: str, depth: int = 0) -> Iterator[Node]:
    """Every object of the schema.org type `wanted` in `value`, in order, with plain property names."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from nodes(item, wanted, depth + 1)
    elif isinstance(value, dict):
        if wanted in types(value):
            yield _plain(value)
            return
        for item in value.values():
            if isinstance(item, dict | list):
                yield from nodes(item, wanted, depth + 1)


def types(value: Any) -> tuple[str, ...]:
    """The types of an object, without the address of the vocabulary."""
    stated = value.get("@type") if isinstance(value, dict) else None
    names = stated if isinstance(stated, list) else [stated]
    return tuple(_SCHEMA.sub("", name.strip()) for name in names if isinstance(name, str))


def _plain(value: Any, depth: int = 0) -> Any:
    if depth > _MAX_DEPTH:
        return None
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_SCHEMA.sub("", name): _plain(item, depth + 1) for name, item in value.items()}
    return value


def _values(text: str) -> Iterator[Any]:
    """The JSON values that stand one after the other in `text`."""
    decoder = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
    at = _end_of_gap(text, 0)
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        at = _end_of_gap(text, at)


def _end_of_gap(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _mended(text: str) -> str:
    """`text` without comments and trailing commas, and with stray quotes and backslashes in texts escaped."""
    out: list[str] = []
    brackets: list[str] = []
    at = 0
    while found := _OUTSIDE.search(text, at):
        between, mark = text[at : found.start()], found[0]
        out.append(between)
        at = found.end()
        if mark in "{[":
            brackets.append(mark)
        elif mark in "}]":
            del brackets[-1:]
        if mark in "{}[]":
            out.append(mark)
        elif mark == '"':
            in_object = brackets[-1:] == ["{"]
            follows = _AFTER_VALUE if between.rstrip().endswith(":") else _AFTER_NAME
            at = _mended_text(text, at, follows if in_object else _AFTER_ITEM, out)
    out.append(text[at:])
    return "".join(out)


def _mended_text(text: str, at: int, follows: re.Pattern[str], out: list[str]) -> int:
    """Write the text that starts at `at`, behind its first quote, to `out`; where it ended."""
    out.append('"')
    while found := _IN_TEXT.search(text, at):
        out.append(text[at : found.start()])
        at = found.end()
        if found[0] == "\\":
            escape = _ESCAPE.match(text, found.start())
            out.append(escape[0] if escape else "\\\\")
            at = escape.end() if escape else at
        elif follows.match(text, at):
            out.append('"')
            return at
        else:
            out.append('\\"')
    out.append(text[at:])
    return len(text)
