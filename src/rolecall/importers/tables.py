"""Tables in a README: pipe tables and HTML tables with header words, as SimplifyJobs, speedyapply and others write.

Shape: any table that names an employer and a job, or a way to apply; columns in any order, known by their words
(`columns`). Quirks: the link to apply is a picture, often beside a second one that leads to the list's own site; `↳`
or an empty cell repeats the company above; several places stand in `<br>` or `<details>`; 🔒 or a struck title is
closed, 🛂 is no sponsorship, 🇺🇸 is for citizens; days are `Oct 24` without a year, or ages (`9d`) that count from the
day of the file; `$60/hr` is dollars of the table's country, which only its heading tells. What stands in headings
(`FAANG+`) has no field here. Rows with more cells than the header are broken: which cell is which is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, pairwise

from rolecall.errors import RolecallError
from rolecall.importers.base import Draft, Imported, Importer, LeftOut, Losses, head_of, text_in
from rolecall.importers.cells import Cell
from rolecall.importers.columns import fields_of, holds_jobs
from rolecall.importers.entry import Ground, company_of, draft_of
from rolecall.importers.grid import Grid, Row, grids, headers
from rolecall.importers.wording import has_month_first
from rolecall.normalise.country import country_name, named_country

_ENDINGS = (".md", ".markdown", ".html", ".htm", ".txt", ".mdx")
# GitHub shows half a megabyte of a README, and two of any other file.
_MAX_BYTES = 5_000_000
_MAX_TABLES = 1_000
_INTERN = re.compile(r"\bintern(?:s|ships?)?\b|\bco-?ops?\b|praktik", re.IGNORECASE)
_NOT_ONLY = re.compile(r"new[ -]?grad|full[ -]?time|graduate|junior|entry", re.IGNORECASE)
# Three letters are more often a trade (SWE) than a country.
_SHORT_NAMES = frozenset({"US", "UK", "USA", "UAE"})


def _knows(name: str, data: bytes) -> bool:
    if not name.lower().endswith(_ENDINGS):
        return False
    found = islice(headers(head_of(data, _MAX_BYTES)), _MAX_TABLES)
    return any(holds_jobs(fields_of(header)) for header in found)


def _read(name: str, data: bytes, today: date) -> Imported:
    if len(data) > _MAX_BYTES:
        raise RolecallError(name, f"is over the limit of {_MAX_BYTES:,} bytes for a README.", "Split it.")
    losses = Losses()
    entries: list[Draft | LeftOut] = []
    for grid, fields in _of_jobs(text_in(name, data)):
        above = ""
        ground = _ground(grid, fields, today, losses)
        _note_columns(grid, fields, losses)
        for row in grid.rows:
            cells = {field: cell for field, cell in zip(fields, row.cells, strict=False) if field}
            entries.append(_broken(row, len(fields)) or draft_of(cells, row.line, ground, above))
            above = company_of(cells, above)
    return Imported.of(entries, losses)


def _of_jobs(text: str) -> Iterator[tuple[Grid, list[str | None]]]:
    for grid in grids(text):
        fields = fields_of(grid.header)
        if holds_jobs(fields):
            yield grid, fields


def _ground(grid: Grid, fields: Sequence[str | None], today: date, losses: Losses) -> Ground:
    at = fields.index("posted") if "posted" in fields else None
    days = [row.cells[at].text for row in grid.rows if len(row.cells) > at] if at is not None else []
    internships = next((words for words in reversed(grid.headings) if _INTERN.search(words)), "")
    if grid.headings and grid.rows:
        losses.add("heading", "the section has no field", grid.headings[-1])
    return Ground(
        today=today,
        has_links="link" in fields,
        month_first=has_month_first(days),
        country=_country(grid.headings),
        internships=bool(internships) and not _NOT_ONLY.search(internships),
        losses=losses,
    )


def _country(headings: Sequence[str]) -> str | None:
    """The one country that the nearest heading with a country names, by its name."""
    for words in reversed(headings):
        tokens = re.findall(r"[A-Za-z]+", words)
        pairs = [" ".join(pair) for pair in pairwise(tokens)]
        long = [token for token in (*pairs, *tokens) if len(token) > 3 or token in _SHORT_NAMES]
        codes = {code for token in long if token[0].isupper() and (code := named_country(token))}
        if len(codes) == 1:
            return country_name(codes.pop())
    return None


def _note_columns(grid: Grid, fields: Sequence[str | None], losses: Losses) -> None:
    for at, (header, field) in enumerate(zip(grid.header, fields, strict=True)):
        values = [row.cells[at].text for row in grid.rows if len(row.cells) > at and row.cells[at].says_something]
        for value in values if field is None else ():
            losses.add(f"column {header or at + 1}", "no field for it", value)


def _broken(row: Row, columns: int) -> LeftOut | None:
    more: tuple[Cell, ...] = row.cells[columns:]
    if not any(cell.says_something for cell in more):
        return None
    shown = " | ".join(cell.text for cell in row.cells)[:80]
    what = f"The row has {len(row.cells)} cells where the table has {columns} columns. Write \\| for a bar in a cell."
    return LeftOut(row.line, shown, "broken-row", what)


IMPORTER = Importer("table", "tables of a README, pipe or HTML", _knows, _read)
