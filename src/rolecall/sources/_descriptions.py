"""Descriptions as sources send them: is it HTML, or text; and several parts as one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from rolecall.markup import looks_like_html, text_of

# Line ends that were escaped twice: a backslash and an n where a new line would begin.
_LINE_END = re.compile(r"(?:\\r)?\\n(?=\s|\\n|\\r|[<A-Z•*-]|$)")


def described(text: str | None) -> tuple[str | None, bool]:
    """(description, description_is_text) of a field that holds HTML, escaped HTML (left as it is), or text."""
    if not text or not text.strip():
        return None, False
    if "\\n" in text:
        text = _LINE_END.sub("\n", text)
    decoded = text
    for _ in range(3):
        if looks_like_html(decoded):
            return text, False
        decoded = unescape(decoded)
    return decoded, True


def with_sections(text: str | None, sections: Iterable[tuple[str, str | None]]) -> tuple[str | None, bool]:
    """(description, description_is_text) of a text and (heading, text) sections that it does not hold already."""
    body, is_text = described(text)
    said = _squeezed(body or "", is_text)
    added = []
    for heading, section in sections:
        part, part_is_text = described(section)
        words = _squeezed(part or "", part_is_text)
        if part and words and words not in said:
            added.append(f"<h3>{escape(heading)}</h3>\n{_paragraphs(part) if part_is_text else part}")
    if not added:
        return body, is_text
    return "\n".join([_paragraphs(body) if body and is_text else body or "", *added]), False


def _squeezed(text: str, is_text: bool) -> str:
    return "".join((text if is_text else text_of(unescape(text))).split()).casefold()


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>\n" for line in text.splitlines() if line.strip())
