"""Broken and hostile characters: mojibake mended, invisible ones removed. A clean string never changes.

Some sources decode UTF-8 as Latin-1 (`GdaÅ\\x84sk`, C1 controls survive) or as Windows-1252 (`weâ€™d`), string by
string. The first is undone by a round trip; the second is left to ftfy, which is slow, so a cheap test asks first.
"""

from __future__ import annotations

import html
import re
import unicodedata

from rolecall.unseen import UNSEEN

_MAX_LINE = 4_000
_LEVELS = 2

# A lead byte with continuation bytes. Without a C1 control among them only pairs that no language writes count:
# `CAFÉ®` and `à «` also look like two bytes of UTF-8.
_LATIN_1 = re.compile("[ÂÃ][\xa0-\xbf]|[ÄÅ][\xa1-\xa8\xaf-\xb7\xba\xbc-\xbf]|[\xc2-\xf4][\x80-\xbf]{0,2}[\x80-\x9f]")
_SEQUENCE = re.compile("[\xc2-\xf4][\x80-\xbf]{1,3}")
_C1 = re.compile("[\x80-\x9f]")
_CP1252 = re.compile("â€|ðŸ|ï»¿|(?<=[a-z])[ÃÄÅ][€‚ƒ„…†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]|[ÃÄÅ][€‚ƒ„…†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ](?=[a-z])")

# Joiners shape emoji, Persian and Indic words; between ASCII characters they only hide something.
_INVISIBLE = re.compile(f"[{UNSEEN}]|(?<![^\x00-\x7f])[\u200c\u200d]")
_FILLERS = re.compile("[\u115f\u1160\u3164\uffa0\U000e0000-\U000e0fff]")  # printable, for Python
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_TAG = re.compile(r"<[a-zA-Z/!]")
_EMPHASIS = re.compile(r"</?(?:strong|em|mark)>|(<br ?/?>)", re.IGNORECASE)


def clean_line(text: str) -> str:
    """`text` as one clean line: mojibake and entities undone, invisible characters gone, NFC, single spaces.

    Only the first 4,000 characters are looked at. Tags stay as text, except the emphasis with which search APIs mark
    a hit and line breaks.
    """
    text = text[:_MAX_LINE]
    for _ in range(_LEVELS):
        if "&" not in text or _TAG.search(text):
            break
        text = unescape(text)
    text = _EMPHASIS.sub(lambda found: " " if found[1] else "", repair(text)) if "<" in text else repair(text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def cut(text: str, max_chars: int) -> str:
    """`text`, or its beginning with `…` when it is longer than `max_chars`."""
    return text if len(text) <= max_chars else text[: max_chars - 1].rstrip() + "…"


def unescape(text: str) -> str:
    """`text` with its entities decoded once. Only complete ones: `Q&Answers` holds none."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def repair(text: str) -> str:
    """`text` with mojibake mended and invisible characters removed; line ends become `\\n`, tags and tabs stay."""
    if text.isascii():
        return _without_invisible(text)
    for _ in range(_LEVELS):
        mended = _from_cp1252(_from_latin_1(text))
        if mended == text:
            break
        text = mended
    return _without_invisible(text)


def _without_invisible(text: str) -> str:
    # Nearly every text is printable throughout, which Python tells much sooner than a pattern does.
    bare = text.replace("\n", "").replace("\t", "").replace("\xa0", "")
    if bare.isprintable() and (text.isascii() or not _FILLERS.search(text)):
        return text
    return _INVISIBLE.sub("", _LINE_END.sub("\n", text))


def _from_latin_1(text: str) -> str:
    if not _LATIN_1.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        # Broken parts beside sound ones. A C1 control proves that a part is broken; without one it is left alone.
        return _SEQUENCE.sub(_decoded, text) if _C1.search(text) else text


def _decoded(found: re.Match[str]) -> str:
    if not _C1.search(found[0]):
        return found[0]
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeError:
        return found[0]


def _from_cp1252(text: str) -> str:
    if not _CP1252.search(text):
        return text
    import ftfy

    return ftfy.fix_encoding(text)
