"""Files of the form in which nearly all jobs are written, read in half the time that a YAML parser takes.

At the left margin stand comments and `key: value`; a value is plain text, text in quotes without escapes, a list or a
group of those in brackets, a list of such groups, or a block of text after `|`. Of that form YAML has one reading,
which is given here. Whatever is not of it goes to the parser, which costs time and nothing else; that both read alike,
`tests/test_yaml_usual.py` holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

NULL = frozenset(("", "~", "null", "Null", "NULL"))
_MOST_CHARS = 4_000  # of all but the block: in more, the parser counts the values

# What YAML refuses in a file, takes for the end of a line, or for a mark of byte order.
_NOT_CONTROL = bytes((0x0A, *range(0x20, 0x7F), *range(0x80, 0x100)))
_CONTROL_BEYOND_ASCII = re.compile(rb"\xc2[\x80-\x9f]")
_NEVER = "\u2028\u2029\ufeff\ufffe\uffff"

_PLAIN, _SINGLE, _DOUBLE, _LIST, _GROUP, _GROUPS, _BLOCK = range(2, 9)  # groups of the pattern of an entry


class _Twice(Exception):
    """A key stands twice in one group."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """An entry; an item in brackets; a key with its item or list in braces. No part of one can match in two ways.

    Made when they are needed, which takes some milliseconds.
    """
    key, plain = "[a-z_]{1,60}+", r"\w(?:[^: \n]++|:(?![ \n])| (?![ #\n]))*+"
    # Inside brackets, nothing that might end the value there.
    word, single, double = r"-?[\w.](?:[\w.()+;/=&@%*#-]++|:(?=[/\w])| (?=[\w.(]))*+", r"[^'\n]*+", r'[^"\\\n]*+'
    item, parts = f"(?:{word}|'{single}'|\"{double}\")", f"({word})|'({single})'|\"({double})\""
    items = rf"\[{item}(?:, {item})*+\]"
    group = rf"\{{{key}: (?:{item}|{items})(?:, {key}: (?:{item}|{items}))*+\}}\n"
    # The first line of a block says by its indentation how much of that of all others counts.
    entry = (
        rf"(?:#.*+\n|\n)*+({key}):(?:"
        rf" ({plain})\n| '({single})'\n| \"({double})\"\n| ({items})\n| ({group})|\n((?:  - {group})++)"
        r"| \|\n((?=  [^ ])(?:\n*+  (?! *+\n).++\n)++)\n*+"
        ")"
    )
    return re.compile(entry), re.compile(parts), re.compile(f"({key}): (?:{parts}|({items}))")


def usual(data: bytes, text: str) -> dict[str, Any] | None:
    """What a file holds, or None when it is not of the usual form; `text` is what `data` decodes to."""
    if data.translate(None, _NOT_CONTROL):
        return None
    if not text.isascii() and (_CONTROL_BEYOND_ASCII.search(data) or any(char in text for char in _NEVER)):
        return None
    match = _patterns()[0].match
    found: dict[str, Any] = {}
    at = block_chars = 0
    while at < len(text):
        entry = match(text, at)
        if entry is None or entry[1] in found:
            return None
        at, kind = entry.end(), entry.lastindex or 0
        value = entry[kind]
        if kind == _PLAIN:
            found[entry[1]] = None if value in NULL else value
            continue
        try:
            found[entry[1]] = _READERS[kind](value)
        except _Twice:
            return None
        block_chars += len(value) if kind == _BLOCK else 0
    return found if len(text) - block_chars <= _MOST_CHARS else None


def _items(text: str) -> list[str | None]:
    if _is_bare(text):
        return [*text[1:-1].split(", ")]
    return [_item(*parts) for parts in _patterns()[1].findall(text)]


def _item(word: str, single: str, double: str) -> str | None:
    return (None if word in NULL else word) if word else single or double


def _is_bare(text: str) -> bool:
    """Whether nothing in brackets is quoted or null: then each comma ends an item."""
    return "'" not in text and '"' not in text and "ull" not in text and "ULL" not in text


def _group(text: str) -> dict[str, Any]:
    pairs: list[Any]
    if "[" not in text and _is_bare(text):
        pairs = text[text.index("{") + 1 : -2].split(", ")
        found: dict[str, Any] = dict([pair.split(": ") for pair in pairs])
    else:
        pairs = _patterns()[2].findall(text)
        found = {name: _items(items) if items else _item(*parts) for name, *parts, items in pairs}
    if len(found) != len(pairs):
        raise _Twice
    return found


def _groups(text: str) -> list[dict[str, Any]]:
    return [_group(f"{line}\n") for line in text.removesuffix("\n").split("\n")]


def _block(text: str) -> str:
    return "\n".join([line[2:] for line in text.split("\n")])


_READERS: dict[int, Callable[[str], Any]] = {
    _SINGLE: str, _DOUBLE: str, _LIST: _items, _GROUP: _group, _GROUPS: _groups, _BLOCK: _block,
}  # fmt: skip
