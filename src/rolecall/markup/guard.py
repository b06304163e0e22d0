"""What costs an HTML parser quadratic time, found before it parses: deep nesting and many unlike formatting tags."""

from __future__ import annotations

import re

_ANY_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)[^>]*>", re.IGNORECASE)
_FORMATTING = re.compile(r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/][^>]*>", re.IGNORECASE)
# A start tag of these closes its forerunner (or is empty), in foreign content too: they never nest by omission.
_SELF_CLOSING = frozenset({"p", "li", "dd", "dt", "br", "hr", "img", "meta", "embed"})
# These are empty in HTML, and may hold others in a drawing or a formula.
_EMPTY_IN_HTML = frozenset({"area", "base", "col", "input", "link", "param", "source", "track", "wbr"})
_FOREIGN = re.compile(r"<(?:svg|math)", re.IGNORECASE)
_FEW = 1_000


def has_few_tags(html: str) -> bool:
    """Whether even the worst arrangement of the tags costs no more than a tenth of a second."""
    return html.count("<") <= _FEW


def without_formatting_attributes(html: str) -> str:
    """`html` with bare formatting tags when there are many with attributes: a parser keeps every different one open."""
    head, rest = _ended(html)
    bare, count = _FORMATTING.subn(r"<\1>", head)
    return bare + rest if count > _FEW else html


def nests_deeper(html: str, depth: int) -> bool:
    """Whether more than `depth` tags are open at once, counted by names: no tag closes one of another name."""
    never_open = _SELF_CLOSING if _FOREIGN.search(html) else _SELF_CLOSING | _EMPTY_IN_HTML
    open_tags: dict[str, int] = {}
    total = 0
    for end, written in _ANY_TAG.findall(_ended(html)[0]):
        name = written.lower()
        if name in never_open:
            continue
        count = open_tags.get(name, 0)
        step = 1 if not end else -1 if count else 0
        open_tags[name] = count + step
        total += step
        if total > depth:
            return True
    return False


def as_paragraphs(html: str) -> str:
    """`html` with every tag replaced by the start of a paragraph."""
    head, rest = _ended(html)
    return _ANY_TAG.sub("<p>", head) + rest


def _ended(html: str) -> tuple[str, str]:
    """`html` up to its last `>`, and the rest, in which no tag ends: to look for one there takes quadratic time."""
    end = html.rfind(">") + 1
    return html[:end], html[end:]
