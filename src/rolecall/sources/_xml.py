"""XML from strangers: judged before it is parsed, mended where nothing is lost by it. The only defusedxml.

Refused: a DOCTYPE (no feed needs one, and entities are how a few bytes become gigabytes), over 10 MB, depth over 60.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from html.entities import html5
from typing import cast
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from rolecall.errors import PayloadError
from rolecall.sources.base import Response

_MAX_BYTES = 10_000_000
_MAX_DEPTH = 60
# Broken XML leaves tags open without nesting deep: a forgiving parser copes with this many in a moment.
_MAX_OPEN_TAGS = 2_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"))
# These decode in quadratic time, or let "<" in under another spelling.
_NOT_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined"})
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_PROLOG = re.compile(r"(?:\s+|<\?(?:[^?]|\?(?!>))*\?>|<!--(?:[^-]|-(?!->))*-->)*")
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_ENTITY = re.compile(r"&(?:(#(?:[0-9]{1,7}|x[0-9A-Fa-f]{1,6})|[A-Za-z][A-Za-z0-9]{0,31});)?")
_TAGS = re.compile(r"<(/?)(?!(?:br|hr|img)\b)[A-Za-z][^<>]*?(/?)>")
_LONG_TAG = re.compile(r"<[^<>]{20000}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})


class _TooDeep(Exception):
    pass


class _Shallow(TreeBuilder):
    """A tree whose depth is bounded: what reads it may recurse."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: str, attrs: Mapping[str, str]) -> Element:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _TooDeep
        return super().start(tag, dict(attrs))

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def xml_text(response: Response) -> str:
    """The body as text that may be an XML document. Raises `PayloadError` when it is refused or something else."""
    where = response.url
    if len(response.body) > _MAX_BYTES:
        raise PayloadError(
            where,
            f"the feed is {len(response.body):,} bytes, over the limit of {_MAX_BYTES:,}.",
            "Name a smaller feed.",
        )
    text = _decode(response)
    head = text[_PROLOG.match(text).end() :][:200]  # type: ignore[union-attr]
    if re.match(r"<!doctype\s+html|<html", head, re.IGNORECASE):
        raise PayloadError(
            where,
            "the answer is an HTML page, not a feed.",
            "Open the address in a browser, and name that of the feed.",
        )
    if head.startswith("<!"):
        raise PayloadError(
            where, "the XML has a DOCTYPE, which is not allowed.", "Ask whoever runs the feed to remove it."
        )
    if not re.match(r"<[A-Za-z_]", head):
        start = " ".join(head[:60].split())
        raise PayloadError(where, f"the answer is not XML; it starts with {start!r}.", "Check the address of the feed.")
    return text


def parse_xml(response: Response) -> Element | None:
    """The root of the document, or None when it is too broken to be mended without loss. Raises `PayloadError`."""
    text = xml_text(response)
    for attempt in (str, _mended):
        try:
            parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True)
            parser.feed(attempt(text))
            return cast("Element", parser.close())
        except ParseError:
            continue
        except _TooDeep as error:
            raise _too_deep(response.url) from error
        except DefusedXmlException as error:
            raise _refused_entities(response.url) from error
    return None


def guard_broken(text: str, where: str) -> None:
    """Raise `PayloadError` for broken XML that a forgiving parser would expand or choke on."""
    markup = _CDATA.sub("", text)
    if "<!ENTITY" in markup or "<!DOCTYPE" in markup:
        raise _refused_entities(where)
    if _LONG_TAG.search(markup):
        raise PayloadError(where, "the XML is broken: a tag does not end.", "Check the address of the feed.")
    depth = 0
    for end, empty in _TAGS.findall(markup):
        depth += 0 if empty else -1 if end else 1
        if depth > _MAX_OPEN_TAGS:
            raise _too_deep(where)


def _too_deep(where: str) -> PayloadError:
    return PayloadError(where, f"the XML is nested deeper than {_MAX_DEPTH}.", "Check the address of the feed.")


def _refused_entities(where: str) -> PayloadError:
    return PayloadError(
        where, "the XML declares entities, which is not allowed.", "Ask whoever runs the feed to remove them."
    )


def _decode(response: Response) -> str:
    """The order of RFC 7303: byte order mark, charset of Content-Type, what the document declares, UTF-8."""
    body = response.body
    charset = next((name for mark, name in _BOMS if body.startswith(mark)), None)
    charset = charset or next((name for start, name in _UNMARKED if body.startswith(start)), None)
    if charset is None and "charset" not in response.headers.get("content-type", "").lower():
        declared = _DECLARED.match(body)
        charset = declared[1].decode() if declared else None
    if charset is None:
        return response.text()
    try:
        if codecs.lookup(charset).name in _NOT_CHARSETS:
            return response.text()
        return body.decode(charset, errors="replace").removeprefix("\ufeff")
    except (LookupError, UnicodeError):
        return body.decode("utf-8", errors="replace").removeprefix("\ufeff")


def _mended(text: str) -> str:
    """`text` without what stops a parser but hides nothing: HTML's entities, bare ampersands, forbidden characters."""
    parts = _CDATA.split(_FORBIDDEN.sub("", text))
    parts[::2] = (_ENTITY.sub(_as_character, part) for part in parts[::2])
    return "".join(parts).strip()


def _as_character(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return "&amp;"
    if name in _PREDEFINED:
        return found[0]
    if name.startswith("#"):
        number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])  # noqa: FURB166
        return found[0] if number < 0x110000 and not _FORBIDDEN.match(chr(number)) else ""
    return escape(html5.get(f"{name};", f"&{name};"))
