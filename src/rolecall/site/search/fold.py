"""Text as the search compares it: without case and accents, cut into terms. `static/find-text.js` does the same.

What one side folds or cuts, the other must fold and cut alike; `tests/site/test_search_engine.py` compares the two.
"""

from __future__ import annotations

import re
import unicodedata

MAX_CHARS = 32  # of a term; what is longer is no word
_LETTERS = {"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ł": "l", "ı": "i", "ς": "σ"}
_APOSTROPHES = frozenset("'’`´ʼ")
# `c++`, `c#`, `.net` and `node.js` are words; the dot of ".net" stands at the beginning of one, not at the end.
_TOKEN = re.compile(r"(?:(?<![^ \t\r\n(/,])\.)?[^\W_]+(?:\.[^\W_]+)*(?:\+\+|#)?")
_ENDS = '.,;:!?)"'  # no word ends with one of these, and none of them begins one that follows
_HYPHENED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
# Scripts without spaces, and Korean, whose words carry endings: pairs of characters are searched.
_PAIRED = "\u0e00-\u0e7f\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003134f"
_RUNS = re.compile(f"[{_PAIRED}]+|[^{_PAIRED}]+")
_IS_PAIRED = re.compile(f"[{_PAIRED}]")


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
    folded = fold(text)
    # Most of what stands between spaces is one word; only the rest is cut with care, at a tenth of the cost.
    pieces = {piece.rstrip(_ENDS) for piece in folded.replace("\n", " ").split(" ")}
    plain = {piece for piece in pieces if piece.isascii() and piece.isalnum()}
    return {term[:MAX_CHARS] for term in _cut(" ".join(pieces - plain))} | {term[:MAX_CHARS] for term in plain}


def _cut(folded: str) -> set[str]:
    words = set(_TOKEN.findall(folded))
    cut = [word for word in words if "." in word or not word.isascii()]
    found = words.difference(word for word in cut if _IS_PAIRED.search(word))
    for word in cut:
        found.update(_parts(word))
    if "-" in folded:
        found.update(word.replace("-", "") for word in _HYPHENED.findall(folded))
    return found


def _parts(term: str) -> set[str]:
    found: set[str] = set()
    for part in term.split("."):
        for run in _RUNS.findall(part):
            if _IS_PAIRED.match(run):
                found.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
            else:
                found.add(run)
    return found
