"""Files with named columns: CSV and TSV, and JSON or YAML lists of mappings.

Shape: one entry a row, the names in the first line (or the keys), known by their words (`columns`): company, title,
location, url, posted and so on, in any order. Quirks: `,`, `;`, a tab or `|` parts the cells of CSV, whichever the
first line has most of; several places or tags in a cell stand on lines of their own, tags also after `,` or `;`. A
value that holds further mappings is read as its texts in a row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rolecall.errors import RolecallError
from rolecall.importers.base import MAX_ENTRIES, Draft, Imported, Importer, LeftOut, head_of, text_in
from rolecall.importers.cells import Cell, cell_of_text
from rolecall.importers.columns import fields_of, holds_jobs
from rolecall.importers.entry import Ground, draft_of
from rolecall.importers.parsing import as_text, json_items, yaml_items
from rolecall.importers.wording import has_month_first

_MAX_COLUMNS = 200
_DELIMITERS = ",;\t|"

Table = tuple[Sequence[str], list[tuple[int, list[str]]]]


def _knows(name: str, data: bytes) -> bool:
    ending = name.lower().rpartition(".")[2]
    if ending in ("csv", "tsv"):
        header = head_of(data).partition("\n")[0].partition("\r")[0]
        try:
            return holds_jobs(fields_of(next(csv.reader([header], delimiter=_delimiter(header)), [])))
        except csv.Error:
            return False
    if ending not in ("json", "yml", "yaml"):
        return False
    try:
        return holds_jobs(fields_of(_of_mappings(name, data)[0]))
    except RolecallError:
        return False


def _read(name: str, data: bytes, today: date) -> Imported:
    is_csv = name.lower().endswith((".csv", ".tsv"))
    header, rows = _of_csv(name, data) if is_csv else _of_mappings(name, data)
    fields = fields_of(header)
    if not holds_jobs(fields):
        hint = "Name the columns in the first line: company, title, location, url, posted."
        raise RolecallError(f"{name}:1", f"has no columns that tell of jobs ({', '.join(header)[:120]}).", hint)
    at = fields.index("posted") if "posted" in fields else None
    days = [cells[at] for _, cells in rows if len(cells) > at] if at is not None else []
    ground = Ground(today=today, has_links="link" in fields, month_first=has_month_first(days))
    return Imported.of((_entry(fields, header, line, cells, ground) for line, cells in rows), ground.losses)


def _entry(
    fields: Sequence[str | None], header: Sequence[str], line: int, cells: list[str], ground: Ground
) -> Draft | LeftOut:
    if any(cell.strip() for cell in cells[len(fields) :]):
        what = (
            f"The row has {len(cells)} cells where the first line names {len(fields)}. Quote cells that hold a comma."
        )
        return LeftOut(line, " | ".join(cells)[:80], "broken-row", what)
    found: dict[str, Cell] = {}
    for field, name, text in zip(fields, header, cells, strict=False):
        if field is not None:
            found[field] = cell_of_text(text)
        elif text.strip():
            ground.losses.add(f"column {name}", "no field for it", text)
    return draft_of(found, line, ground)


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _of_csv(name: str, data: bytes) -> Table:
    text = text_in(name, data)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]), strict=True)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        begins, found = rows.line_num + 1, []
        if len(header) > _MAX_COLUMNS:
            raise RolecallError(f"{name}:1", f"names {len(header):,} columns.", "Keep those that tell of jobs.")
        for cells in rows:
            if any(cell.strip() for cell in cells):
                found.append((begins, cells))
            begins = rows.line_num + 1
            if len(found) > MAX_ENTRIES:
                raise RolecallError(name, f"holds more than {MAX_ENTRIES:,} rows.", "Split it.")
    except csv.Error as error:
        where = f"{name}:{rows.line_num}"
        raise RolecallError(where, f"is not CSV: {error}.", "Look for a quote that does not end.") from error
    return header, found


def _of_mappings(name: str, data: bytes) -> Table:
    items = json_items(name, data) if name.lower().endswith(".json") else yaml_items(name, data)
    header = list(dict.fromkeys(key for _, item in items if isinstance(item, Mapping) for key in item))[:200]
    return header, [(line, _cells(item, header)) for line, item in items]


def _cells(item: Any, header: Sequence[str]) -> list[str]:
    if not isinstance(item, Mapping):
        return []
    return list(_texts(item, header))


def _texts(item: Mapping[str, Any], header: Sequence[str]) -> Iterator[str]:
    for name in header:
        yield as_text(item.get(name))


IMPORTER = Importer("columns", "CSV, TSV, or a JSON or YAML list with named columns", _knows, _read)
