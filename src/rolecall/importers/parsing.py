"""JSON and YAML lists with the line of each entry. Broken files are one clear error, never a crash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from rolecall import yaml_io
from rolecall.errors import RolecallError, StoreError
from rolecall.importers.base import MAX_BYTES, text_in

_MAX_VALUES = 2_000_000
_SPACE = re.compile(r"[ \t\n\r]*")
# A list at the top of a YAML file, after comments and a `---`.
_YAML_TOP = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*(---[ \t]*\n)?(?:[ \t]*(?:#[^\n]*)?\n)*- ")
_TAG = re.compile(r"(?m)(^[ \t]*+(?:- )?[\w][\w -]{0,59}:[ \t]++|^[ \t]*+- )!{1,2}[\w:,./-]+[ \t]+")


def json_items(name: str, data: bytes) -> list[tuple[int, Any]]:
    """The values of the list at the top of a JSON file, or of the first list in the mapping there, each with its line.

    Raises `RolecallError` that names the line.
    """
    text = text_in(name, data)
    try:
        return list(_json_items(text, name))
    except json.JSONDecodeError as error:
        where, what = f"{name}:{error.lineno}:{error.colno}", f"is not JSON: {error.msg}."
        raise RolecallError(where, what, "Look for a comma or a quote that is missing.") from error
    except (RecursionError, ValueError) as error:
        raise RolecallError(name, "is nested too deep, or holds an endless number.", "Flatten it.") from error


def _json_items(text: str, name: str) -> Iterator[tuple[int, Any]]:
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    if not text.startswith("[", at):
        value = decoder.decode(text)
        lists = [one for one in value.values() if isinstance(one, list)] if isinstance(value, dict) else []
        if not lists:
            raise RolecallError(name, "holds no list.", "Name the file that holds the list of jobs.")
        yield from ((1, item) for item in lists[0])
        return
    at, line, counted = _skip(text, at + 1), 1, 0
    while not text.startswith("]", at):
        line, counted = line + text.count("\n", counted, at), at
        value, end = decoder.raw_decode(text, at)
        yield line, value
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            raise json.JSONDecodeError("a comma or the end of the list is missing", text, at)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def yaml_items(name: str, data: bytes) -> list[tuple[int, Any]]:
    """The values of the list at the top of a YAML file, or of the first list in the mapping there, with their lines.

    Tags (`!!timestamp`) are passed over. Raises `RolecallError` that names the line.
    """
    text = without_tags(text_in(name, data))
    top = _YAML_TOP.match(text)
    # yaml_io knows mappings alone: the list gets a name, and the line that this adds is not counted.
    cut = top.end(1) if top and top[1] else 0
    before = text[:cut].count("\n") - 1 if top else 0
    text = f"items:\n{text[cut:]}" if top else text
    try:
        document = yaml_io.load(text.encode(), name, max_bytes=MAX_BYTES + 100, max_events=_MAX_VALUES)
    except StoreError as error:
        spot = error.problems[0].spot
        where = f"{name}:{spot.line + before}" if spot is not None and spot.line else name
        raise RolecallError(where, error.what, error.hint) from error
    found = next((key for key, value in document.value.items() if isinstance(value, list)), None)
    if found is None:
        raise RolecallError(name, "holds no list.", "Name the file that holds the list of jobs.")
    return [(document.line((found, at)) + before, item) for at, item in enumerate(document.value[found])]


def without_tags(text: str) -> str:
    """YAML without the tags in front of values: `created: !!timestamp '2026-10-02'` is the quoted text."""
    return _TAG.sub(r"\1", text)


def as_text(value: Any) -> str:
    """A value of JSON or YAML as lines of text; `true` and numbers are written as JSON has them."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(filter(None, map(as_text, value)))
    if isinstance(value, dict):
        return ", ".join(filter(None, (as_text(one) for one in value.values())))
    return value if isinstance(value, str) else json.dumps(value)
