"""The two markers between which the README's jobs stand; all else in the file belongs to people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rolecall.errors import MarkerError
from rolecall.issues import Issue, Level

START = "<!-- rolecall:start -->"
END = "<!-- rolecall:end -->"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)", re.DOTALL)
_HINT = f"Write {START} and, below it, {END}, each once and alone on its line, where the jobs shall stand."


@dataclass(frozen=True, slots=True)
class Frame:
    """A README without its jobs: `before` ends with the start marker's line, `after` starts with the end marker's.

    `line_end` is the file's own, `\\n` or `\\r\\n`.
    """

    before: str
    after: str
    line_end: str

    @property
    def bytes(self) -> int:
        """Size in UTF-8 of what stands outside the jobs, markers included."""
        return len(self.before.encode()) + len(self.after.encode())

    def around(self, block: str) -> str:
        """The README with `block` (lines that end with `\\n`) in place of the old jobs."""
        if block and not block.endswith("\n"):
            block += "\n"
        return self.before + block.replace("\n", self.line_end) + self.after


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line that holds a marker: `number` from 1, offsets of the line, and why it does not count (or nothing)."""

    number: int
    start: int
    end: int
    flaw: str


def frame_of(readme: str, where: str) -> Frame:
    """The README around its markers; `readme` must have been read without newline translation.

    Raises `MarkerError` with line numbers unless each marker stands exactly once, alone on its line, outside code, in
    order.
    """
    seen = {marker: list(_seen(readme, marker)) for marker in (START, END)}
    problems = [problem for marker in (START, END) for problem in _problems(seen[marker], marker, where)]
    if problems:
        raise MarkerError.of(problems)
    start, end = (next(line for line in seen[marker] if not line.flaw) for marker in (START, END))
    if end.number < start.number:
        what = f"{END} stands above {START} (line {start.number})."
        raise MarkerError(f"{where}:{end.number}", what, "Swap the two lines.")
    line_end = "\r\n" if readme[: start.end].endswith("\r\n") else "\n"
    return Frame(readme[: start.end], readme[end.start :], line_end)


def splice(readme: str, block: str, where: str) -> str:
    """`readme` with `block` between its markers, all else byte for byte. Raises `MarkerError` as `frame_of` does."""
    return frame_of(readme, where).around(block)


def _problems(lines: list[_Seen], marker: str, where: str) -> Iterator[Issue]:
    good = [line for line in lines if not line.flaw]
    if len(good) > 1:
        for line in good[1:]:
            what = f"{marker} stands here again; the first is on line {good[0].number}."
            yield Issue(MarkerError.code, f"{where}:{line.number}", what, "Remove one of them.", Level.ERROR)
    if not good and lines:
        for line in lines:
            yield Issue(MarkerError.code, f"{where}:{line.number}", f"{marker} {line.flaw}.", _HINT, Level.ERROR)
    if not lines:
        yield Issue(MarkerError.code, where, f"the line {marker} is missing.", _HINT, Level.ERROR)


def _seen(readme: str, marker: str) -> Iterator[_Seen]:
    fence = ""
    for number, found in enumerate(_LINE.finditer(readme), start=1):
        line = found[0].rstrip("\r\n").removeprefix("\ufeff")
        opened = _FENCE.match(line)
        if fence:
            closes = opened and opened["marks"].startswith(fence) and not opened["info"].strip()
            fence = "" if closes else fence
        elif opened:
            fence = opened["marks"]
        if marker in line:
            yield _Seen(number, found.start(), found.end(), _flaw(line, marker, in_code=bool(fence)))


def _flaw(line: str, marker: str, *, in_code: bool) -> str:
    if in_code:
        return "stands inside a code block, where it does not count"
    if line.strip(" \t") != marker:
        return "is not alone on its line"
    return "is indented, which makes it code" if line.startswith(("    ", "\t", " \t", "  \t", "   \t")) else ""
