"""Whether two ads have one text, though a board cut its copy, or one of them says a little more.

A single word may be all that tells two openings apart (`Remote - Canada`, `Remote - USA`), so a text counts as that of
another only if it can be had from it by leaving something out; never if a word was put in the place of another.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rolecall import markup

LEAST = 60  # words; less may be said of any job
_HEAD, _CUT = 20, 3  # words at the start that a board may put before its copy; words at the end that it may cut in two
_HEADQUARTERS = "headquarters"
_WORD = re.compile(r"[^\W_]+")
_KEPT = 2_000  # texts whose words are kept: every opening of an employer is compared with all of its title
_MOST_ADDED = 0.25  # of the longer text


@lru_cache(maxsize=_KEPT)
def words_of(html: str | None) -> tuple[str, ...]:
    """The words of a description, in lower case."""
    return tuple(_WORD.findall(markup.text_of(html).lower())) if html else ()


def is_copy(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter of two texts is the longer one, whole or cut off at the end."""
    short, long = sorted((one, other), key=len)
    if len(short) < LEAST or not _stands_in(short[_HEAD:-_CUT], long):
        return False
    if len(long) - len(short) < _HEAD and short[-_CUT:] != long[-_CUT:]:
        return False  # neither is cut: `in Berlin` ends the one, `in Paris` the other
    head = short[:_HEAD]
    # Some boards write where the employer sits before every copy. If both texts say it, it must be the same.
    return _stands_in(head, long) or (_HEADQUARTERS in head) != (_HEADQUARTERS in long[:_HEAD])


def is_same_but_for_an_addition(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two texts are equal, or one is the other with one passage more."""
    short, long = sorted((one, other), key=len)
    if len(short) < LEAST or len(long) - len(short) > _MOST_ADDED * len(long):
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    return short[start:] == long[len(long) - len(short) + start :]


def _stands_in(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    # The first word tells most texts apart, long before they are joined.
    return (not part or part[0] in whole) and f" {' '.join(part)} " in f" {' '.join(whole)} "
