"""Text from outside as one line of a README: in a table's cell, in a title attribute, in a heading."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from rolecall.markup import github_text
from rolecall.unseen import UNSEEN

WORD_JOINER = "\u2060"
NO_BREAK_SPACE = "\u00a0"
SOFT_HYPHEN = "\u00ad"
_PIECE_LETTERS = 9
_WORD_LETTERS = 18
# Chinese, Japanese and Korean break anywhere by themselves; a hyphen there would be wrong.
_LONG_WORD = re.compile(
    r"[^\s\u00ad\u2010\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff-]{19,}"
)
_ZERO_WIDTH_JOINER = "\u200d"
# The word joiner stays: it is ours, and it only keeps two characters on one line.
_INVISIBLE = re.compile(f"[{UNSEEN}](?<!{WORD_JOINER})")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_MARKDOWN = re.compile(r"[\\`*_\[\]#|~$!]")


def one_line(text: str) -> str:
    """`text` without line ends, invisible characters and runs of spaces."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _INVISIBLE.sub("", _SPACES.sub(" ", text)).strip()


def softened(text: str) -> str:
    """`text` with soft hyphens in words of more than 18 letters, so that no word widens a table."""
    if len(text) <= _WORD_LETTERS or max(map(len, text.split()), default=0) <= _WORD_LETTERS:
        return text
    return _LONG_WORD.sub(lambda found: SOFT_HYPHEN.join(_pieces(found[0])), text)


def prose(text: str) -> Markup:
    """`text` for a cell: one line, escaped, long words softened, nothing in it acts."""
    return Markup(github_text(softened(one_line(text))))


@lru_cache(maxsize=16_384)
def cell(text: str) -> Markup:
    """What `prose` gives, remembered: places, pay, tags and companies stand in many rows."""
    return prose(text)


def attribute(text: str) -> Markup:
    """`text` for an attribute in double quotes: as quiet as in a cell."""
    return Markup(github_text(one_line(text)).replace('"', "&#34;"))


@lru_cache(maxsize=4096)
def unbroken(text: str) -> str:
    """`text` that stays on one line: a date, an age."""
    return one_line(text).replace(" ", NO_BREAK_SPACE)


def is_right_to_left(text: str) -> bool:
    """Whether `dir="auto"` reads `text` from right to left: its first letter with a direction decides."""
    if text.isascii():
        return False
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((way != "L" for way in directions if way in ("L", "R", "AL")), False)


def heading(text: str) -> str:
    """`text` for a line of markdown that escapes HTML itself: what markdown would read is behind a backslash."""
    return _MARKDOWN.sub(r"\\\g<0>", one_line(text))


def anchor(text: str) -> str:
    """The fragment that GitHub gives to a heading that reads `text`: letters, marks and digits of any script stay."""
    kept = (letter for letter in one_line(text).lower() if letter in "-_ " or _is_of_a_word(letter))
    return "".join(kept).replace(" ", "-")


def anchors(headings: Iterable[str]) -> list[str]:
    """The fragments of the headings of one file, in their order: those that read alike are numbered."""
    found: list[str] = []
    counts: Counter[str] = Counter()
    for text in headings:
        name = anchor(text)
        found.append(f"{name}-{counts[name]}" if counts[name] else name)
        counts[name] += 1
    return found


def _is_of_a_word(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "LMN" or category == "Pc"


def _pieces(word: str) -> list[str]:
    """`word` in pieces of nine characters or more; no accent is parted from its letter, no emoji taken apart."""
    pieces = [""]
    for position, letter in enumerate(word):
        joined = unicodedata.category(letter)[0] == "M" or _ZERO_WIDTH_JOINER in (letter, word[position - 1])
        enough = len(pieces[-1]) >= _PIECE_LETTERS and len(word) - position >= _PIECE_LETTERS
        if enough and not joined:
            pieces.append("")
        pieces[-1] += letter
    return pieces
