"""Where the two markers go in a README that has none: no other byte of it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

START, END = "<!-- rolecall:start -->", "<!-- rolecall:end -->"
# A table with fewer rows is a legend or a table of contents, not the list of jobs.
_ROWS = 4
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*")
_UNDER_PART = re.compile(r" {0,3}-{2,}\s*")
_PART = re.compile(r" {0,3}##(?!#)\s*\S?.*")


@dataclass(frozen=True, slots=True)
class Placed:
    """A README with markers: `line` is that of the first; `table` that of the table below them, if there is one."""

    text: str
    line: int
    table: int | None
    rows: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    prose: bool


def with_markers(readme: str) -> Placed:
    """`readme` with both markers: above its list of jobs, else above its second heading, else at its end.

    `readme` must have been read without newline translation, and holds neither marker.
    """
    lines = list(_lines(readme))
    table = _table(lines)
    at = table[0] if table else _second_part(lines)
    end = "\r\n" if "\r\n" in readme else "\n"
    offset = lines[at].start if at < len(lines) else len(readme)
    before, after = readme[:offset], readme[offset:]
    gap = "" if not before or before.endswith((end * 2, f"\n{end}")) else end
    if before and not before.endswith(("\n", "\r")):
        gap = end * 2
    block = f"{gap}{START}{end}{END}{end}"
    if after:
        block += end
    line = (before + gap).count("\n") + 1
    below = line + block.removeprefix(gap).count("\n") if table else None
    return Placed(before + block + after, line, below, table[1] if table else 0)


def _lines(readme: str) -> Iterator[_Line]:
    """Each line, and whether it is prose: not in a block of code, a comment of several lines or front matter."""
    fence, comment, front = "", False, readme.startswith(("---\n", "---\r\n"))
    for number, found in enumerate(_LINE.finditer(readme)):
        line = found[0].rstrip("\r\n")
        opened = _FENCE.match(line)
        inside = bool(fence or opened or comment or front)
        if fence:
            closes = opened and opened[1].startswith(fence) and not line[opened.end() :].strip("`~ ")
            fence = "" if closes else fence
        elif opened and not comment:
            fence = opened[1]
        elif comment or "<!--" in line:
            comment = "-->" not in line[line.rfind("<!--") :] if "<!--" in line else "-->" not in line
        if front and number and line.strip() in ("---", "..."):
            front = False
        yield _Line(found.start(), line, not inside)


def _table(lines: list[_Line]) -> tuple[int, int] | None:
    """(first line, rows) of the first table, of pipes or HTML, that has rows enough to be a list of jobs."""
    found: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if not line.prose:
            continue
        if number and _RULE.fullmatch(line.text) and "|" in lines[number - 1].text:
            rows = 0
            while number + rows + 1 < len(lines) and "|" in lines[number + rows + 1].text:
                rows += 1
            found.append((number - 1, rows))
        elif line.text.lstrip().lower().startswith("<table"):
            rows = 0
            for row in lines[number:]:
                rows += row.text.lower().count("<tr")
                if "</table" in row.text.lower():
                    break
            found.append((number, rows))
    large = [(at, rows) for at, rows in found if rows >= _ROWS]
    return large[0] if large else None


def _second_part(lines: list[_Line]) -> int:
    """The line of the first heading below the title; behind the last line when there is none."""
    for number, line in enumerate(lines):
        if not line.prose:
            continue
        if _PART.fullmatch(line.text):
            return number
        above = lines[number - 1] if number else None
        if above and above.prose and above.text.strip() and _UNDER_PART.fullmatch(line.text):
            return number - 1
    return len(lines)
