"""Text that XML 1.0 can hold: no parser reads a file with one of the other characters beyond that point."""

from __future__ import annotations

import re

from rolecall.site.replace import Codes

# What XML 1.0 forbids, and the non-characters: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# The bytes that begin those characters in UTF-8, and many harmless ones: where none of them is, all is well. Thirty
# searches for a byte, each by the processor's own means, take a tenth of a pattern's time, which looks at each letter.
_SIGNS = (*(code for code in range(32) if code not in b"\t\n\r"), 0xED, 0xEF)
_ENTITIES = Codes.of((("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")))


def xml_only(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    if text.isprintable() or not any(map(text.encode("utf-8", "surrogatepass").__contains__, _SIGNS)):
        return text
    return _NOT_XML.sub("", text)


def element(name: str, text: str) -> str:
    """`<name>text</name>`, the text escaped; "" when there is none."""
    held = _ENTITIES.into(xml_only(text))
    return f"<{name}>{held}</{name}>" if held else ""
