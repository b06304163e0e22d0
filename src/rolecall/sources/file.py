"""A file in the board's own folder: JSON, JSON lines, CSV, YAML or XML, by the ending of `path`. No socket is opened.

Documentation: `items`, `fields` and `only` as in mapped (see `_mapping`). The request is `file:` and the path;
whoever asks answers it from the board's folder, and for this source alone.

Quirks: text is UTF-8. CSV has its names in the first line and `,`, `;` or a tab between cells; a column may be called
`Job title`. YAML holds a list, or a mapping with one. Elements of XML are named from below the root (`items: job`),
attributes like elements. An empty list is an empty board, a file without the list is a failure.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element

from rolecall import yaml_io
from rolecall.errors import PayloadError, SourceError, StoreError
from rolecall.model import Board
from rolecall.sources._mapping import check_options, read_items
from rolecall.sources._xml import parse_xml
from rolecall.sources.base import Batch, Record, Request, Response, Source

_HINT = "Compare it with the file, and with what `items` names."
_MAX_BYTES = 20_000_000
_MAX_VALUES = 2_000_000
# A list at the top of a YAML file, after comments and a `---`.
_YAML_LIST = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*(---[ \t]*\n)?(?:[ \t]*(?:#[^\n]*)?\n)*- ")


class LocalFile(Source):
    example = "- {source: file, board: partners, path: data/partners.csv, fields: {title: Job, url: Link}}"
    options = frozenset({"path", "items", "fields", "only"})

    def first(self, board: Board) -> Request:
        path = str(board.options.get("path") or "")
        steps = path.split("/")
        if not path or "\\" in path or ":" in path or not all(step.strip(". ") for step in steps):
            hint = "Name a file inside the board's folder, such as path: data/jobs.json."
            raise SourceError(board.name, f"path: {path[:80]!r} names no file of this folder.", hint)
        if _ending(path) not in _READERS:
            raise SourceError(board.name, f"path ends in none of {', '.join(_READERS)}.", "Rename the file.")
        check_options(board)
        return Request(url=f"file:{quote(path)}")

    def read(self, response: Response, board: Board) -> Batch:
        read = _READERS.get(_ending(str(board.options.get("path") or "")), _any_json)
        value = read(response)
        items = str(board.options.get("items") or "")
        found = Record(value, "$").at(items).value
        if read is _xml and value and not items:
            raise PayloadError(
                response.url, "items is missing.", f"Name the element of a job: {', '.join(value)[:80]}."
            )
        if read is _xml:  # one job alone looks like no list there, and no job like nothing
            found = found if isinstance(found, list) else [found] if found else [] if not value else None
        return read_items(Record(found, f"$.{items}".rstrip(".")).each(), board)


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""


def _text(response: Response) -> str:
    try:
        return response.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = response.body.count(b"\n", 0, error.start) + 1
        raise PayloadError(f"{response.url}:{line}", "is not UTF-8.", "Save the file as UTF-8.") from error


def _json(response: Response) -> Any:
    _text(response)
    return response.json().value


def _lines(response: Response) -> Any:
    """One JSON value a line; a broken line is the file's failure, for what it hides is unknown."""
    found = []
    for number, line in enumerate(_text(response).split("\n"), 1):
        try:
            found += [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError) as error:
            raise PayloadError(f"{response.url}:{number}", f"is not JSON ({str(error)[:80]}).", _HINT) from error
    return found


def _csv(response: Response) -> Any:
    text = _text(response)
    between = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=between, strict=True)
        names = [name.strip() for name in rows.fieldnames or ()]
        rows.fieldnames = names
        if len(set(names)) < len(names):
            raise PayloadError(f"{response.url}:1", "names one column twice.", "Give each column a name of its own.")
        return list(rows)
    except csv.Error as error:
        raise PayloadError(response.url, f"is not CSV: {error}.", "Look for a quote that does not end.") from error


def _yaml(response: Response) -> Any:
    text = _text(response)
    top = _YAML_LIST.match(text)
    # yaml_io knows mappings alone: the list gets a name, and the line that this adds is not counted.
    cut = top.end(1) if top and top[1] else 0
    before = text[:cut].count("\n") - 1
    text = f"items:\n{text[cut:]}" if top else text
    try:
        value = yaml_io.load(text.encode(), response.url, max_bytes=_MAX_BYTES, max_events=_MAX_VALUES).value
    except StoreError as error:
        spot = error.problems[0].spot
        told = f"{response.url}:{spot.line + before}" if top and spot and spot.line else error.where
        raise PayloadError(told, error.what, error.hint) from error
    return value["items"] if top else value


def _xml(response: Response) -> Any:
    root = parse_xml(response)
    if root is None:
        raise PayloadError(response.url, "the XML is broken.", "Look for a tag that does not end.")
    return _element(root) or {}


def _element(element: Element) -> Any:
    """An element as a mapping of its attributes and elements, or as its text; several of one name are a list."""
    found: dict[str, list[Any]] = {name.rpartition("}")[2]: [value] for name, value in element.attrib.items()}
    for child in element:
        found.setdefault(child.tag.rpartition("}")[2], []).append(_element(child))
    text = (element.text or "").strip()
    if not found:
        return text or None
    if text:
        found.setdefault("text", [text])
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _any_json(response: Response) -> Any:
    """A file whose name is not known: JSON, or JSON lines."""
    try:
        return _json(response)
    except PayloadError:
        return _lines(response)


_READERS: dict[str, Callable[[Response], Any]] = {
    "json": _json,
    "jsonl": _lines,
    "ndjson": _lines,
    "csv": _csv,
    "tsv": _csv,
    "yaml": _yaml,
    "yml": _yaml,
    "xml": _xml,
}

SOURCE = LocalFile()
