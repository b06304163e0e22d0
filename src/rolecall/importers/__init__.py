"""Other lists' files as jobs: one module for each shape of file, in one table.

An importer is pure: bytes and a day in, drafts out, and what it left out or could not carry over, each with its
reason. `read` and `convert` raise nothing but `RolecallError`, whatever the file holds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rolecall.errors import RolecallError
from rolecall.importers import classic, front_matter, research_jobs, simplify, tables, tabular
from rolecall.importers.base import MAX_BYTES, MAX_ENTRIES, Draft, Facts, Imported, Importer, LeftOut, Loss
from rolecall.importers.making import Made, make
from rolecall.importers.places import settled
from rolecall.normalise.tags import Vocabulary

__all__ = [
    "IMPORTERS",
    "MAX_BYTES",
    "Draft",
    "Facts",
    "Imported",
    "Importer",
    "LeftOut",
    "Loss",
    "Made",
    "convert",
    "find",
    "make",
    "names",
    "read",
    "recognise",
]

# The first that knows a file reads it: the narrow shapes stand before the wide ones.
IMPORTERS: tuple[Importer, ...] = (
    simplify.IMPORTER,
    research_jobs.IMPORTER,
    front_matter.IMPORTER,
    classic.IMPORTER,
    tables.IMPORTER,
    tabular.IMPORTER,
)


def names() -> tuple[str, ...]:
    """What `--as` may say."""
    return tuple(importer.name for importer in IMPORTERS)


def find(name: str) -> Importer:
    """The importer called `name`, which must be one of `names()`."""
    return next(importer for importer in IMPORTERS if importer.name == name)


def recognise(name: str, data: bytes) -> Importer | None:
    """The importer that knows the file called `name` (its last part counts) with these bytes, or None."""
    if len(data) > MAX_BYTES:
        return None
    return next((importer for importer in IMPORTERS if importer.knows(name, data)), None)


def read(importer: Importer, name: str, data: bytes, today: date) -> Imported:
    """The drafts of a file, and all that did not become one. `today` is the day of the file: what ages count from.

    Raises `RolecallError` when the file is too large, or not what its name says.
    """
    if len(data) > MAX_BYTES:
        raise RolecallError(name, f"is over the limit of {MAX_BYTES:,} bytes.", "Split it.")
    try:
        found = importer.read(name, data, today)
    except RolecallError as error:
        if error.where:
            raise
        raise RolecallError(name, error.what, error.hint) from error
    if found.entries > MAX_ENTRIES:
        raise RolecallError(name, f"holds {found.entries:,} entries, the limit is {MAX_ENTRIES:,}.", "Split it.")
    return replace(found, drafts=settled(found.drafts))


def convert(name: str, data: bytes, today: date, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The job files that one foreign file becomes, as (path below the board's folder, text), by path.

    Closed entries too, with their status; an empty list when the file is of no shape that we know. Raises
    `RolecallError` when it is broken.
    """
    importer = recognise(name, data)
    if importer is None:
        return []
    made = (make(entry, name, today, vocabulary) for entry in read(importer, name, data, today).drafts)
    return sorted({f"jobs/{one.file}": one.text for one in made if one.job is not None}.items())
