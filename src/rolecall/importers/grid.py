"""The tables of a README, pipe and HTML alike: headings, header words, rows of cells, and the line of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from rolecall.errors import RolecallError
from rolecall.importers.base import MAX_ENTRIES
from rolecall.importers.cells import Cell, cell_of_html, cell_of_markdown
from rolecall.markup import text_of
from rolecall.markup.page import Piece, root_of

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*$|\s*<h([1-6])\b[^<>]*>(.*)", re.IGNORECASE)
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_DELIMITER = re.compile(r":?-+:?")
_ROW = re.compile(r"<tr[\s>/]", re.IGNORECASE)
_TABLE = re.compile(r"<(/?)table(?=[\s>/])", re.IGNORECASE)
_MAX_CELLS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, without its header."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `headings` are those above it, the nearest last."""

    headings: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def grids(text: str) -> list[Grid]:
    """The tables of a Markdown file that have a header, in their order."""
    text = without_comments(text)
    lines = text.split("\n")
    headings = _headings(lines)
    ranges = list(html_tables(text))
    covered = {at for first, _, last in ranges for at in range(first, last + 1)}
    found = [*_read_html(ranges), *_pipe_tables(lines, covered)]
    found.sort(key=lambda one: one[0])
    return [Grid(_above(headings, line), *grid) for line, grid in found]


def html_tables(text: str) -> Iterator[tuple[int, str, int]]:
    """(first line, HTML, last line) of each outermost table."""
    starts = [at for at, char in enumerate(text) if char == "\n"]
    depth, opened = 0, 0
    for tag in _TABLE.finditer(text):
        if not tag[1]:
            opened = tag.start() if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield _line(starts, opened), text[opened : tag.end() + 1], _line(starts, tag.end())
    if depth:
        yield _line(starts, opened), text[opened:], _line(starts, len(text))


def lines_of_rows(html: str, first: int) -> list[int]:
    """The line of each `<tr>` of a table that begins on line `first`."""
    lines, line, at = [], first, 0
    for found in _ROW.finditer(html):
        line, at = line + html.count("\n", at, found.start()), found.start()
        lines.append(line)
    return lines


def headers(text: str) -> Iterator[tuple[str, ...]]:
    """The header of each table, without reading its rows."""
    text = without_comments(text)
    lines = text.split("\n")
    for at in range(len(lines) - 1):
        if "|" in lines[at] and _is_delimiter(lines[at + 1]):
            yield tuple(cell_of_markdown(cell).text for cell in split_row(lines[at]))
    for _, html, _ in html_tables(text):
        end = html.lower().find("</tr")
        row = root_of(html[: end if end > 0 else 20_000], "")
        cells = row.select("th, td")[:_MAX_CELLS] if row is not None else []
        yield tuple(cell.text for cell in cells)


def without_comments(text: str) -> str:
    """The text with HTML comments blanked; lines stay where they were. One that does not end hides nothing."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*parts, text[at:]])


def split_row(line: str) -> list[str]:
    """The cells of a row; `\\|` is no border, as in GitHub's tables."""
    line = line.strip()
    line = line.removeprefix("|")
    cells = re.split(r"(?<!\\)\|", line)[: _MAX_CELLS + 1]
    if cells and not cells[-1].strip():
        cells.pop()
    return [cell.replace("\\|", "|").strip() for cell in cells]


Parts = tuple[tuple[str, ...], tuple[Row, ...]]


def _pipe_tables(lines: list[str], covered: set[int]) -> Iterator[tuple[int, Parts]]:
    fenced, at = False, 0
    while at < len(lines):
        line = lines[at]
        if _FENCE.match(line):
            fenced = not fenced
        if (
            not fenced
            and at + 1 not in covered
            and "|" in line
            and at + 1 < len(lines)
            and _is_delimiter(lines[at + 1])
        ):
            header = tuple(cell_of_markdown(cell).text for cell in split_row(line))
            end = at + 2
            while end < len(lines) and "|" in lines[end] and not _HEADING.match(lines[end]):
                end += 1
            _check_count(end - at)
            rows = (Row(n + 1, tuple(map(cell_of_markdown, split_row(lines[n])))) for n in range(at + 2, end))
            yield at + 1, (header, tuple(row for row in rows if any(cell.says_something for cell in row.cells)))
            at = end
            continue
        at += 1


def _check_count(rows: int) -> None:
    if rows > MAX_ENTRIES:
        raise RolecallError("", f"holds a table of {rows:,} rows, the limit is {MAX_ENTRIES:,}.", "Split it.")


def _is_delimiter(line: str) -> bool:
    cells = split_row(line) if "-" in line and "|" in line else []
    return bool(cells) and all(_DELIMITER.fullmatch(cell) for cell in cells)


def _read_html(ranges: list[tuple[int, str, int]]) -> Iterator[tuple[int, Parts]]:
    for line, html, _ in ranges:
        table = root_of(html, "")
        pieces = table.select("tr") if table is not None else []
        lines = lines_of_rows(html, line) if pieces else []
        _check_count(len(pieces))
        header: tuple[str, ...] | None = None
        rows: list[Row] = []
        spans: dict[int, tuple[int, Cell]] = {}
        for number, piece in enumerate(pieces):
            cells = [child for child in piece.children if child.name in ("td", "th")][:_MAX_CELLS]
            if header is None:
                header = tuple(child.text for child in cells)
                continue
            parsed = _with_spans(cells, spans)
            # A row of one wide cell is a heading between rows.
            if sum(cell.says_something for cell in parsed) > 1 or (parsed and parsed[0].links):
                rows.append(Row(lines[min(number, len(lines) - 1)] if lines else line, parsed))
        if header:
            yield line, (header, tuple(rows))


def _with_spans(cells: list[Piece], spans: dict[int, tuple[int, Cell]]) -> tuple[Cell, ...]:
    """The cells of a row, with those that hang down from rows above; `spans` has by column how many rows are left."""
    row: list[Cell] = []
    for piece in (*cells, None):
        while len(row) in spans:
            left, cell = spans[len(row)]
            spans.pop(len(row)) if left <= 1 else spans.update({len(row): (left - 1, cell)})
            row.append(cell)
        if piece is not None:
            row.append(_cell(piece))
            rows = piece.attribute("rowspan") or ""
            if rows.isascii() and rows.isdecimal() and len(rows) < 5 and int(rows) > 1:
                spans[len(row) - 1] = (int(rows) - 1, row[-1])
    return tuple(row)


def _cell(piece: Piece) -> Cell:
    inner = piece.html
    return cell_of_markdown(inner) if "](" in inner or "**" in inner else cell_of_html(inner)


def _headings(lines: list[str]) -> list[tuple[int, int, str]]:
    found, fenced = [], False
    for number, line in enumerate(lines, 1):
        if _FENCE.match(line):
            fenced = not fenced
        if not fenced and (match := _HEADING.match(line[:400])):
            found.append((number, len(match[1]) if match[1] else int(match[3]), match[2] or match[4] or ""))
    return found


def _above(headings: list[tuple[int, int, str]], line: int) -> tuple[str, ...]:
    """The headings that a table stands below: each of a higher level than the one after it."""
    kept: list[tuple[int, str]] = []
    for number, level, words in headings:
        if number >= line:
            break
        kept = [(above, name) for above, name in kept if above < level]
        kept.append((level, words))
    return tuple(cell_of_markdown(text_of(name) if "<" in name else name).text for _, name in kept)


def _line(ends: list[int], at: int) -> int:
    return bisect_left(ends, at) + 1
