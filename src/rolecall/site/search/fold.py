"""Text as the search compares it: without case and accents, cut into terms. `static/find-text.js` does the same.

What one side folds or cuts, the other must fold and cut alike; `tests/site/test_search_engine.py` compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

MAX_CHARS = 32  # of a term; what is longer is no word
_LETTERS = {"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ł": "l", "ı": "i", "ς": "σ"}
_APOSTROPHES = frozenset("'’`´ʼ")
# `c++`, `c#`, `.net` and `node.js` are words; the dot of ".net" stands at the beginning of one, not at the end.
_TOKEN = re.compile(r"(?:(?<![^ \t\r\n(/,])\.)?[^\W_]+(?:\.[^\W_]+)*(?:\+\+|#)?")
_HYPHENED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
# Scripts without spaces, and Korean, whose words carry endings: pairs of characters are searched.
_PAIRED = "\u0e00-\u0e7f\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003134f"


# A text's bytes before it is cut at spaces. Letters become small, and what may stand before the dot of ".net" a space.
# Other characters that no word holds are marked: where a dot follows, it is no part of the word behind it.
_MARK, _MARKED = b"\x01", b"\x02"
_DELETED = b"'`"
_INNER_DOT = re.compile(rb"\.[^ ]")  # as in "node.js"; the others only end a sentence
_BYTES = bytes(
    code
    if code >= 0x80 or chr(code) in ".+#-" or chr(code).isalnum()
    else 0x20
    if chr(code) in " \t\r\n(/,"
    else _MARK[0]
    for code in bytes(range(256)).lower()
)


class _Folding(dict[int, str]):
    """By the number of a character, what stands for it; found once for each."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _APOSTROPHES:
            folded = ""
        else:
            parts = unicodedata.normalize("NFKD", char.lower()).lower()
            bare = "".join(_LETTERS.get(part, part) for part in parts if unicodedata.category(part)[0] != "M")
            folded = unicodedata.normalize("NFC", " ".join(bare.split()) or (" " if bare else ""))
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` in small letters without accents: "Zürich" is "zurich", "Straße" is "strasse"."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


def terms(text: str) -> set[str]:
    """All that finds `text`: its words, the parts of "node.js", "fullstack" of "full-stack", pairs of Chinese."""
    return {term for piece in pieces(text).split() for term in terms_of_piece(piece)}


def pieces(text: str) -> bytes:
    """What stands between the spaces of `text` and says something, each once, joined by spaces."""
    # Nearly all are words of ASCII: as bytes, they are told apart at a third of the cost.
    data = f"{text} ".encode("utf-8", "surrogatepass").translate(_BYTES, _DELETED)
    return b" ".join(dict.fromkeys(_spaced(data).split()))


def terms_of_piece(piece: bytes) -> frozenset[str]:
    """All that finds one of `pieces`."""
    return _known(piece) if len(piece) <= MAX_CHARS else _cut(piece)


def is_term(piece: bytes) -> bool:
    """Whether a piece is certainly its own one term, as most are."""
    return piece.isalnum() and len(piece) <= MAX_CHARS


def _spaced(data: bytes) -> bytes:
    """The bytes of a text with spaces where a sentence ends, and for what is marked."""
    if _INNER_DOT.search(data) is None:
        return data.replace(b".", b" ").replace(_MARK, b" ")
    data = b" ".join(data.split(b". "))
    return data.replace(_MARK + b".", b" " + _MARKED + b".").replace(_MARK, b" ")


def _cut(piece: bytes) -> frozenset[str]:
    """The terms of what stands between two spaces."""
    folded = fold(piece.decode("utf-8", "surrogatepass"))
    words = set(_TOKEN.findall(folded))
    parted = [word for word in words if "." in word or not word.isascii()]
    found = words.difference(word for word in parted if not word.isascii() and _paired("[{0}]").search(word))
    for word in parted:
        found.update(_parts(word))
    if "-" in folded:
        found.update(word.replace("-", "") for word in _HYPHENED.findall(folded))
    return frozenset(term[:MAX_CHARS] for term in found)


# Of many texts, the odd words are the same few; a long one is in no other.
_known = lru_cache(maxsize=8_192)(_cut)


def _parts(term: str) -> set[str]:
    if term.isascii():
        return set(filter(None, term.split(".")))
    found: set[str] = set()
    for part in term.split("."):
        for run in _paired("[{0}]+|[^{0}]+").findall(part):
            if _paired("[{0}]").match(run):
                found.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
            else:
                found.add(run)
    return found


@cache
def _paired(form: str) -> re.Pattern[str]:
    """The pattern `form` with the class of paired characters: made when it is needed, which takes two milliseconds."""
    return re.compile(form.format(_PAIRED))
