"""How a long list is cut into files: at fixed days, so that a job more or less leaves the other files as they are.

A list that is too long for one file is cut into years, a year that is too long into months, a month into thirds, these
into days, and a day by the jobs' ids. Files are named by what they hold; the newest jobs are in the one that is named
as the list itself.
"""

from __future__ import annotations

import zlib
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.site.language import Language
    from rolecall.site.view import JobView

YEARS, MONTHS = 0, 2
_MOST_BUCKETS = 1 << 16


class TooLong(Exception):
    """One job is too long for a file of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a list: the newest jobs first. `key` is the time in question, "2026-11" or "2026-11-21"."""

    key: str
    level: int
    views: tuple[JobView, ...]
    bucket: int = 0

    def label(self, language: Language) -> str:
        """The time in words; the first part of a list, which has the newest jobs, needs none."""
        if self.level == _DAYS:
            day = language.date(self.key)
            return f"{day} ({self.bucket})" if self.bucket else day
        if self.level == _THIRDS:
            return f"{language.date(self.key)} – {language.date(_last_of_third(self.key))}"
        return language.month(f"{self.key}-01") if self.level == MONTHS else self.key


def _third(view: JobView) -> str:
    day = int(view.posted[8:])
    return view.posted[:8] + ("21" if day > 20 else "11" if day > 10 else "01")


_KEYS: tuple[Callable[[JobView], str], ...] = (
    lambda _view: "",
    lambda view: view.posted[:4],
    lambda view: view.posted[:7],
    _third,
    lambda view: view.posted,
)
_THIRDS, _DAYS = 3, 4


def cut(views: Sequence[JobView], level: int, fits: Callable[[Sequence[JobView]], bool]) -> list[Part]:
    """`views` (the newest first) in parts that `fits` lets pass; `level` is what they have in common: YEARS or MONTHS.

    The newest parts are one as long as that fits. Raises `TooLong`.
    """
    parts = list(_cut(tuple(views), level, fits))
    while len(parts) > 1 and fits(parts[0].views + parts[1].views):
        parts[:2] = [replace(parts[0], views=parts[0].views + parts[1].views)]
    return parts


def _cut(views: tuple[JobView, ...], level: int, fits: Callable[[Sequence[JobView]], bool]) -> Iterator[Part]:
    if fits(views):
        yield Part(_KEYS[level](views[0]), level, views)
    elif level == _DAYS:
        yield from _buckets(views, fits)
    else:
        for _, theirs in groupby(views, key=_KEYS[level + 1]):
            yield from _cut(tuple(theirs), level + 1, fits)


def _buckets(views: tuple[JobView, ...], fits: Callable[[Sequence[JobView]], bool]) -> Iterator[Part]:
    """The jobs of one day, by their ids in as few buckets as will do, of a number that rarely changes."""
    count = 2
    while count <= _MOST_BUCKETS:
        found: list[list[JobView]] = [[] for _ in range(count)]
        for view in views:
            found[zlib.crc32(view.id.encode()) % count].append(view)
        if all(fits(bucket) for bucket in found if bucket):
            break
        count *= 2
    else:
        raise TooLong
    for number, bucket in enumerate(found, start=1):
        if bucket:
            yield Part(views[0].posted, _DAYS, tuple(bucket), number)


def _last_of_third(first: str) -> str:
    last = {"01": 10, "11": 20}.get(first[8:]) or monthrange(int(first[:4]), int(first[5:7]))[1]
    return f"{first[:8]}{last}"
