"""What the command line of `rolecall import` says, and what became of every entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rolecall.importers import Loss


def _silent(_: str) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the command line says. `dated` is the day that ages count from, `form` an importer's name.

    `closed`: bring in closed entries, too. `tell` hears how far the run is.
    """

    form: str | None = None
    dry_run: bool = False
    closed: bool = False
    dated: date | None = None
    replay: Path | None = None
    tell: Callable[[str], None] = _silent


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file of the other list, by which importer it was read, and how many entries it held."""

    file: str
    form: str
    entries: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that was not written: where it stands, what it is, the reason in one word and in a sentence."""

    where: str
    title: str
    reason: str
    why: str


@dataclass(slots=True)
class ImportReport:
    """What became of every entry: `written`, `there`, `changed` and `left_out` together are all of `entries`.

    `written` and `there` are files below the board's folder; in a dry run, those that would be written.
    """

    files: tuple[FileRead, ...] = ()
    written: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    left_out: list[Entry] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)
    lost: tuple[Loss, ...] = ()
    dry_run: bool = False

    @property
    def entries(self) -> int:
        return sum(read.entries for read in self.files)

    @property
    def reasons(self) -> Counter[str]:
        """How many entries were left out for each reason."""
        return Counter(entry.reason for entry in self.left_out)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        counts = {name: len(getattr(self, name)) for name in ("written", "there", "changed", "left_out", "companies")}
        return {
            "dry_run": self.dry_run,
            "entries": self.entries,
            "counts": {**counts, "reasons": dict(sorted(self.reasons.items()))},
            **{name: [asdict(one) for one in getattr(self, name)] for name in ("files", "changed", "left_out", "lost")},
            "written": self.written,
            "there": self.there,
            "companies": self.companies,
        }
