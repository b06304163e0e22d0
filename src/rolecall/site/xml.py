"""Text that XML 1.0 can hold: no parser reads a file with one of the other characters beyond that point."""

from __future__ import annotations

import re
from html import escape

# What XML 1.0 forbids, and the non-characters: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufdd0-\ufdef]")


def xml_only(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def element(name: str, text: str) -> str:
    """`<name>text</name>`, the text escaped; "" when there is none."""
    held = xml_only(text)
    return f"<{name}>{escape(held, quote=False)}</{name}>" if held else ""
