"""One run split over several machines: who reads which board, and who writes which file. Nobody asks anybody.

A board belongs to one shard, by a hash of its name, and so do the files of its jobs. A company may have jobs in several
shards; its company.yaml belongs to one of them each day, in turn, so that every shard comes round to what it learned.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

MAX_SHARDS = 256


@dataclass(frozen=True, slots=True)
class Shard:
    """The part `number` (from 1) of `count`. The split depends on names alone: a new board moves no other."""

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """`3/8` as a shard. Raises `ValueError` with a sentence for a person."""
        found = re.fullmatch(r"([0-9]{1,3})/([0-9]{1,3})", text.strip())
        number, count = (int(found[1]), int(found[2])) if found else (0, 0)
        if not 1 <= number <= count <= MAX_SHARDS:
            raise ValueError(f"{text[:40]!r} is no shard. Write 3/8 for the third of eight (at most {MAX_SHARDS}).")
        return cls(number, count)

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def has_board(self, name: str) -> bool:
        """Whether the board `name` (`greenhouse/acme`), and the files of its jobs, belong here."""
        return _hash(name) % self.count == self.number - 1

    def has_company(self, slug: str, today: date) -> bool:
        """Whether the company.yaml of `slug`, and its logo, belong here on this day."""
        return (_hash(slug) + today.toordinal()) % self.count == self.number - 1


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big")
