"""On which day each board was last read to its end: `.cache/fetch/read-days`, for "Last verified" on job pages.

It stands in no job file, which would change with every fetch, and nothing is decided by it: without the file, pages
say nothing of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rolecall.commands import CACHE
from rolecall.errors import RolecallError
from rolecall.files import read_regular, write_atomic
from rolecall.issues import Issues
from rolecall.model import FetchResult

FILE = f"{CACHE}/fetch/read-days"
_MAX_BYTES = 10_000_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def note_read_days(folder: Path, results: Iterable[FetchResult], today: date, issues: Issues) -> None:
    """Note `today` for each board that was read to its end; what is known of the others stays."""
    days = load_read_days(folder) | {result.board.name: today.isoformat() for result in results if result.complete}
    try:
        write_atomic(folder / FILE, json.dumps(days, indent=1, sort_keys=True).encode())
    except RolecallError as error:
        issues.warn("read-days", FILE, error.what, "Pages will not say when a job was last verified.")


def load_read_days(folder: Path) -> dict[str, str]:
    """By a board's name (`greenhouse/acme`) the day; nothing when the file is not there, or is not what fetch wrote."""
    try:
        found = json.loads(read_regular(folder / FILE, max_bytes=_MAX_BYTES))
    except (RolecallError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: day for name, day in sorted(found.items()) if isinstance(day, str) and _DAY.fullmatch(day)}
