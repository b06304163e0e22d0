"""Texts of the catalogue as templates write them: `_("Posted {day}", day=...)`. Message and values are escaped."""

from __future__ import annotations

from functools import lru_cache
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from rolecall.site.html import Encoded, Html
from rolecall.site.language import Language

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # a markupsafe without its C part

    def _escape_inner(text: str, /) -> str:
        return str(escape(text))


escaped = _escape_inner  # of what is a `str`, and nothing more


def written(value: Any) -> str:
    """`escape(value)`, as plain text: what a template writes is joined, and needs no mark that it is safe."""
    kind = type(value)
    if kind is str:
        return escaped(value)
    return value if kind is Markup or kind is Html else str(escape(value))


def given(value: Any) -> str | Encoded:
    """`value|safe` where it is joined with nothing: what is encoded stays so."""
    return value if isinstance(value, str | Encoded) else Markup(value)  # noqa: S704 -- the template says so


class Messages:
    """What templates call `_` and `count`, in the language of the pages."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def text(self, message: str, /, **values: Any) -> Html:
        """`_("Posted {day}", day=...)`: the message in the board's language, its values escaped."""
        found = written(self._language.text(message))
        return Html(_filled(found, values) if values else found)

    def count(self, one: str, many: str, number: int, /, **values: Any) -> Html:
        """`count("{n} open job", "{n} open jobs", 3)`: the form that goes with the number."""
        found = written(self._language.count_form(one, many, number))
        return Html(_filled(found, {"n": self._language.number(number), **values}))


@lru_cache(maxsize=1024)
def pieces(message: str) -> tuple[tuple[str, str], ...] | None:
    """An escaped message cut at its names in braces: a text, and the name after it or "".

    None when its braces hold more than names, and are left to Python's own formatting.
    """
    found: list[tuple[str, str]] = []
    try:
        for text, name, form, conversion in Formatter().parse(message):
            if name is not None and (form or conversion or not name.isidentifier()):
                return None
            found.append((text, name or ""))
    except ValueError:
        return None
    return tuple(found)


def _filled(message: str, values: dict[str, Any]) -> str:
    found = pieces(message)
    if found is None:
        return Markup(message).format(**values)  # noqa: S704 -- escaped already
    parts: list[str] = []  # joined, not added: to add a `Markup` to the text would escape the text
    for text, name in found:
        parts.append(text)
        if name:
            parts.append(written(values[name]))
    return "".join(parts)
