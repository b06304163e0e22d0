"""Why a posting of the last fetch has no file of its own: `.cache/fetch/decisions`, for `rolecall why`.

Only a convenience: nothing is decided by it, and it may be deleted at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal

from rolecall.commands import CACHE
from rolecall.errors import RolecallError
from rolecall.files import read_regular, write_atomic

FILE = f"{CACHE}/fetch/decisions"
_MAX_BYTES = 50_000_000
Kind = Literal["filtered", "copy", "expired"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One posting that was left out: `filtered` by a rule, a `copy` of the job `of`, or `expired` when it was read."""

    kind: Kind
    board: str
    id: str
    title: str
    company: str
    url: str
    why: str
    day: str
    of: str | None = None

    def __str__(self) -> str:
        return f"{self.board}: {self.title} ({self.url}): {self.why}"


_FIELDS = frozenset(part.name for part in fields(Decision))


def save_decisions(folder: Path, made: Mapping[str, Iterable[Decision]], boards: Iterable[str]) -> None:
    """Keep what was decided for each board that was read; what is known of the other `boards` stays."""
    known: dict[str, list[Decision]] = {}
    for decision in load_decisions(folder):
        known.setdefault(decision.board, []).append(decision)
    kept = [decision for board in dict.fromkeys((*boards, *made)) for decision in made.get(board, known.get(board, ()))]
    text = "".join(f"{json.dumps(asdict(decision), ensure_ascii=False)}\n" for decision in kept)
    write_atomic(folder / FILE, text.encode("utf-8", "surrogatepass"))


def load_decisions(folder: Path) -> list[Decision]:
    """What the last fetches left out; nothing when the file is not there, or is not what fetch wrote."""
    try:
        text = read_regular(folder / FILE, max_bytes=_MAX_BYTES).decode("utf-8", "surrogatepass")
        rows = [json.loads(line) for line in text.split("\n") if line]
    except (RolecallError, ValueError):
        return []
    return [Decision(**row) for row in rows if isinstance(row, dict) and row.keys() == _FIELDS]
