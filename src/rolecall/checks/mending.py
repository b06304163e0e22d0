"""Safe repairs of a job file's text: comments and order stay, and the file means the same but for what was mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rolecall import yaml_io
from rolecall.checks.ground import Finding, Ground, Mend
from rolecall.checks.judging import examined, parse
from rolecall.errors import StoreError
from rolecall.model import Job
from rolecall.yaml_events import Path
from rolecall.yaml_io import Document

ORDER = tuple(Job.model_fields)
_MOST = 100  # repairs of one file
# Figures and days, which the emitter would quote: our files are read as text, and so are they.
_BARE = re.compile(r"[1-9]\d*(?:\.\d+)?|\d{4}-\d{2}-\d{2}")
_LIST = re.compile(r"\[[^\[\]]*\]")
_COMMENT = re.compile(r"(?:^|\s)(#.*)")
_BLOCK = re.compile(r":\s+[|>][-+0-9]*\s*(?:#.*)?$")  # a `#` in the lines below is text
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")


def mended(data: bytes, file: str, ground: Ground, *, new: bool) -> tuple[bytes, tuple[Finding, ...]]:
    """`data` with everything repaired that can be repaired safely, and which findings that answered."""
    done: list[Finding] = []
    refused: set[Path] = set()
    while len(done) < _MOST:
        found = examined(parse(data, file), ground, new=new)
        wanted = [one for one in found if one.mend is not None and one.mend.path not in refused]
        if not wanted:
            break
        data = _round(data, wanted[: _MOST - len(done)], done, refused)
    return data, tuple(done)


def _round(data: bytes, wanted: list[Finding], done: list[Finding], refused: set[Path]) -> bytes:
    """`data` with what `wanted` asks for; what stands in a list that was changed as a whole waits."""
    rewritten: set[str | int] = set()
    for one in wanted:
        assert one.mend is not None
        if one.mend.path[:1] and one.mend.path[0] in rewritten:
            continue
        text = _applied(data, one.mend)
        if text is None or text.encode() == data:
            refused.add(one.mend.path)
            continue
        data = text.encode()
        done.append(one)
        if not one.mend.path:
            break
        if isinstance(one.mend.value, list):
            rewritten.add(one.mend.path[0])
    return data


def _applied(data: bytes, mend: Mend) -> str | None:
    """The text with one repair; None when it would change anything else."""
    if not mend.path:
        return str(mend.value) if _same_or_new(data, str(mend.value)) else None
    text = data.decode("utf-8-sig")
    try:
        document = yaml_io.load(data, "")
    except StoreError:
        return None
    wanted = _with(document.value, mend.path, mend.value)
    in_place = _in_place(text, document, mend)
    if in_place is not None and _value_of(in_place) == wanted:
        return in_place
    key = str(mend.path[0])
    candidate = yaml_io.replace_keys(text, {key: wanted[key]}, ORDER)
    if not _only_changed(key, document, text.split("\n"), candidate.split("\n")):
        return None
    return candidate if _value_of(candidate) == _value_of(yaml_io.dump(wanted)) else None


def _only_changed(key: str, document: Document, before: list[str], after: list[str]) -> bool:
    """Whether the lines above a top-level key, and those from the next one on, stay, and no comment goes."""
    starts = sorted(mark[0] - 1 for path, mark in document.marks.items() if len(path) == 1)
    start = document.line((key,)) - 1
    rest = len(before) - next((line for line in starts if line > start), len(before))
    if before[:start] != after[:start] or before[len(before) - rest :] != after[len(after) - rest :]:
        return False
    old, new = before[start : len(before) - rest], after[start : len(after) - rest]
    return bool(_BLOCK.search(old[0])) or not _comments(old) - _comments(new)


def _comments(lines: Iterable[str]) -> Counter[str]:
    return Counter(found[1] for line in lines if (found := _COMMENT.search(line)))


def _same_or_new(data: bytes, text: str) -> bool:
    """Whether `text` loads, and means what `data` means, when that can be read at all."""
    after = _value_of(text)
    try:
        before = yaml_io.load(data, "").value
    except StoreError:
        return after is not None
    return after == before


def _value_of(text: str) -> Mapping[str, Any] | None:
    try:
        return yaml_io.load(text.encode(), "").value
    except StoreError:
        return None


def _with(value: Any, path: Path, new: Any) -> Any:
    """`value` with `new` at `path`; all else is shared."""
    if not path:
        return new
    if isinstance(value, dict):
        return {**value, str(path[0]): _with(value.get(str(path[0])), path[1:], new)}
    if isinstance(value, list) and isinstance(path[0], int):
        return [_with(item, path[1:], new) if at == path[0] else item for at, item in enumerate(value)]
    return new


def _in_place(text: str, document: Document, mend: Mend) -> str | None:
    """The text with the one word or list replaced where it stands; None when it does not stand on one line."""
    line, column, _ = document.marks.get(mend.path, (0, 0, 0))
    old: Any = document.value
    for step in mend.path:
        old = old[step]
    lines = text.split("\n")
    if not 0 < line <= len(lines):
        return None
    head, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    token = _LIST.match(rest) if isinstance(old, list) else _QUOTED.match(rest)
    if token is None and not (isinstance(old, str) and rest.startswith(old)):
        return None
    tail = rest[token.end() if token else len(old) :]
    lines[line - 1] = head + _shown(mend.value, inside=len(mend.path) > 1) + tail
    return "\n".join(lines)


def _shown(value: Any, *, inside: bool) -> str:
    """`value` as it may stand on a line, in brackets or not."""
    if isinstance(value, str) and _BARE.fullmatch(value):
        return value
    shown = yaml_io.dump_key("x", [value] if inside else value).removesuffix("\n").removeprefix("x: ")
    return shown[1:-1] if inside else shown
