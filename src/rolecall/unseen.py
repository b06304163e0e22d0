"""Characters that nobody sees: they hide text, turn its direction, or break XML. One list for all doors.

Tab, line feed and the joiners U+200C and U+200D (which shape Persian and Indic words and emoji) are not in it.
"""

from __future__ import annotations

import re

# The inside of a character class: C0 and C1, soft hyphen, direction and format marks, fillers, tags, surrogates,
# non-characters (Unicode 16, chapters 23.2 to 23.8).
UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
)
_UNSEEN = re.compile(f"[{UNSEEN}]")
_NOT_ONE_LINE = re.compile(f"[\t\n\u2028\u2029{UNSEEN}]")


def is_one_line(text: str) -> bool:
    """Whether `text` is one line of characters that can be seen."""
    # The first is quicker, and true of most.
    return (text.isascii() and text.isprintable()) or not _NOT_ONE_LINE.search(text)


def without_unseen(text: str) -> str:
    """`text` without the characters that nobody sees; line feeds and tabs stay."""
    return _UNSEEN.sub("", text)
