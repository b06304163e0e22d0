"""Text broken into lines of a width; whoever writes it says how wide a text is."""

from __future__ import annotations

from collections.abc import Callable

Measure = Callable[[str], float]


def wrapped(words: str, measure: Measure, width: float, most: int) -> list[str]:
    """At most so many lines that fit the width; the last is cut where the text goes on."""
    left, rows = words, list[str]()
    while left and len(rows) < most - 1:
        row, left = _broken(left, measure, width)
        rows.append(row)
    return [*rows, cut(left, measure, width)] if left else rows


def holds(words: str, measure: Measure, width: float, most: int) -> bool:
    """Whether so many lines take the whole text."""
    if measure(words) > width * most:  # cheap, and settles most of those that do not fit
        return False
    return "".join(wrapped(words, measure, width, most)).replace(" ", "") == words.replace(" ", "")


def cut(text: str, measure: Measure, width: float) -> str:
    """`text` on one line, with … where it goes on: after a whole word, unless that gives away much of the line."""
    if measure(text) <= width:
        return text
    most = _fits(text, measure, width, "…")
    space = text.rfind(" ", 0, most + 1)
    return f"{text[: space if space > most * 2 // 3 else most].rstrip(' ,;–—-')}…"


def _broken(text: str, measure: Measure, width: float) -> tuple[str, str]:
    """The first line of `text`, and the rest: broken at a space, else (Chinese has none) anywhere."""
    if measure(text) <= width:
        return text, ""
    most = _fits(text, measure, width)
    space = text.rfind(" ", 0, most + 1)
    end = space if space > 0 else most
    return text[:end].rstrip(), text[end:].lstrip()


def _fits(text: str, measure: Measure, width: float, end: str = "") -> int:
    """How many letters of `text` fit, at least one, with `end` after them."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle] + end) <= width else (low, middle - 1)
    return low
