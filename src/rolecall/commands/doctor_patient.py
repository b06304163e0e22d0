"""What `rolecall doctor` looks at, and the three words in which it speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rolecall.config import Config
from rolecall.issues import Issue, Level
from rolecall.store import JobStore


@dataclass(frozen=True, slots=True)
class Patient:
    """A board on the disk. `config` is None when it cannot be used; `store` leaves broken files out."""

    folder: Path
    now: datetime
    config: Config | None
    store: JobStore
    in_git: bool

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()

    @property
    def readme(self) -> str:
        """The file with the two markers."""
        return self.config.readme.file if self.config else "README.md"


def wrong(code: str, where: str, what: str, hint: str) -> Issue:
    """Something that does not work."""
    return Issue(code, where, what, hint, Level.ERROR)


def doubtful(code: str, where: str, what: str, hint: str) -> Issue:
    """Something that will not work for long, or not as its owner thinks."""
    return Issue(code, where, what, hint, Level.WARNING)


def notable(code: str, where: str, what: str, hint: str) -> Issue:
    """Something that could be better."""
    return Issue(code, where, what, hint, Level.INFO)


def some(names: Sequence[str], shown: int = 5) -> str:
    """`a, b, c and 4 more`"""
    rest = len(names) - shown
    return ", ".join(names[:shown]) + (f" and {rest:,} more" if rest > 0 else "")
