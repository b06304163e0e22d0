"""One more line below `boards:` of config.yaml; all else, comments too, stays byte for byte."""

from __future__ import annotations

import re

from rolecall.config import load_document, parse_config
from rolecall.errors import ConfigError
from rolecall.yaml_io import Document

_EMPTY = re.compile(r"boards:[ \t]*(?:\[[ \t]*\]|~|null|)[ \t]*(?P<comment>#.*)?")
_ONE_LINE_FLOW = re.compile(r"(?P<head>boards:[ \t]*\[.*?)[ \t]*,?[ \t]*(?P<tail>\][ \t]*(?:#[^\]]*)?)")


def with_board(data: bytes, entry: dict[str, str], line: str, where: str) -> bytes:
    """`data` with `line` (`- {source: ...}`) as the last of its boards.

    The result is loaded again and must hold what it held, and `entry`. Raises `ConfigError` that shows the line when
    it cannot be inserted so.
    """
    document = load_document(data, where)
    boards = document.value.get("boards")
    end = "\r\n" if b"\r\n" in data else "\n"
    lines = data.decode("utf-8").split(end)
    changed = end.join(_inserted(lines, document, line)).encode()
    wanted = {**document.value, "boards": [*(boards if isinstance(boards, list) else ()), entry]}
    try:
        fits = load_document(changed, where).value == wanted
    except ConfigError:
        fits = False
    if not fits or not isinstance(boards, list | None):
        what = "is written so that a line cannot be added safely."
        raise ConfigError(document.spot(("boards",)), what, f"Add it by hand: {line}")
    parse_config(changed, where)
    return changed


def _inserted(lines: list[str], document: Document, line: str) -> list[str]:
    """The lines with one more; what comes of an unusual form is for the caller to refuse."""
    if "boards" not in document.value:
        rest = [*lines] if lines[-1] else lines[:-1]
        return [*rest, "", "boards:", f"  {line}", ""]
    at = document.line(("boards",)) - 1
    if not document.value["boards"]:
        if found := _EMPTY.fullmatch(lines[at]):
            head = f"boards:{' ' * 2}{found['comment']}" if found["comment"] else "boards:"
            return [*lines[:at], head, f"  {line}", *lines[at + 1 :]]
        return lines
    if found := _ONE_LINE_FLOW.fullmatch(lines[at]):
        return [*lines[:at], f"{found['head']}, {line.removeprefix('- ')}{found['tail']}", *lines[at + 1 :]]
    return _below_last(lines, document, line)


def _below_last(lines: list[str], document: Document, line: str) -> list[str]:
    """A block list: the line goes below the last entry, before the comments and blank lines that follow it."""
    first = next((index for index in range(document.line(("boards",)), len(lines)) if _dash(lines[index])), None)
    if first is None:
        return lines
    indent = len(lines[first]) - len(lines[first].lstrip())
    last = first
    for index in range(first + 1, len(lines)):
        text = lines[index]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        deep = len(text) - len(text.lstrip())
        if deep < indent or (deep == indent and not _dash(text)):
            break
        last = index
    return [*lines[: last + 1], f"{' ' * indent}{line}", *lines[last + 1 :]]


def _dash(text: str) -> bool:
    return re.match(r"\s*-(\s|$)", text) is not None
