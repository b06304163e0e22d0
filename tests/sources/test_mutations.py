"""Fields of every JSON fixture are deleted, renamed and retyped: a changed API is an error that says so, or costs a field.

A change strikes every item of a list at once, as a vendor's new version would.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from rolecall.errors import SourceError
from rolecall.model import Board, Posting
from rolecall.normalise.job import to_job
from rolecall.normalise.tags import Vocabulary
from rolecall.sources import find
from rolecall.sources.base import Response

HERE = Path(__file__).parent
MOST_PAGES = 30
TODAY = date(2026, 11, 22)
RETYPED: dict[str, Any] = {
    "null": None,
    "text": "changed",
    "number": -7,
    "huge": "9" * 5_000,
    "yes": True,
    "list": ["a", 1, None, {}],
    "object": {"a": [None]},
    "half an emoji": "\ud83d",
}


def json_answers() -> Iterator[tuple[Path, str]]:
    for described in sorted(HERE.glob("*/*/board.yaml")):
        case = yaml.safe_load(described.read_text(encoding="utf-8"))
        for address, file in case["answers"].items():
            with suppress(ValueError):
                json.loads((described.parent / file).read_bytes())
                yield described.parent, address


def paths_of(value: Any) -> dict[tuple[str, ...], None]:
    """Every field of a JSON value; `*` stands for all items of a list."""
    found: dict[tuple[str, ...], None] = {}
    if isinstance(value, dict):
        for name, item in value.items():
            found[(name,)] = None
            found.update({(name, *path): None for path in paths_of(item)})
    elif isinstance(value, list):
        for item in value:
            found.update({("*", *path): None for path in paths_of(item)})
    return found


def changed(value: Any, path: tuple[str, ...], how: str) -> Any:
    """`value` with the field at `path` changed, wherever it stands."""
    if isinstance(value, list):
        return [changed(item, path[1:], how) for item in value] if path[0] == "*" else value
    if not isinstance(value, dict) or path[0] not in value:
        return value
    if len(path) > 1:
        return {**value, path[0]: changed(value[path[0]], path[1:], how)}
    if how == "renamed":
        return {f"{name}_v2" if name == path[0] else name: item for name, item in value.items()}
    kept = {name: item for name, item in value.items() if name != path[0]}
    return kept if how == "deleted" else {**value, path[0]: RETYPED[how]}


def changes_of(body: Any) -> list[tuple[tuple[str, ...], str]]:
    """Every field renamed, gone, and given each other kind of value; but no job made internal, which hides it rightly."""
    every = [(path, how) for path in paths_of(body) for how in ("renamed", "deleted", *RETYPED)]
    return [(path, how) for path, how in every if (path[-1], how) != ("isInternal", "yes")]


def read(board: Board, answers: Mapping[str, bytes]) -> tuple[list[Posting], bool]:
    """The postings of saved answers, and whether the reading says that something is amiss."""
    source = find(board.source)
    waiting, postings, total, is_amiss = [source.first(board)], [], 0, False
    for _ in range(MOST_PAGES):
        if not waiting:
            return postings, is_amiss or total > len(postings)
        request = waiting.pop(0)
        offset = (request.json or {}).get("offset")
        address = f"{request.url} offset {offset}" if offset else request.url
        if address not in answers:
            is_amiss = True
            continue
        batch = source.read(
            Response(request=request, url=address, status=200, headers={}, body=answers[address]), board
        )
        postings += batch.postings
        waiting += batch.more
        total = max(total, batch.total or 0)
        is_amiss = is_amiss or bool(batch.skipped or batch.partial)
    return postings, True  # a list without end, which the fetch cuts off and calls partial


@pytest.mark.parametrize(
    ("folder", "address"),
    list(json_answers()),
    ids=lambda value: f"{value.parent.name}/{value.name}" if isinstance(value, Path) else value[-40:],
)
def test_a_changed_field_is_an_error_that_says_so_or_costs_that_field(folder: Path, address: str) -> None:
    case = yaml.safe_load((folder / "board.yaml").read_text(encoding="utf-8"))
    named = {name: case["board"].pop(name) for name in ("source", "board", "url", "company") if name in case["board"]}
    board = Board(**named, options=case["board"])
    answers = {at: (folder / file).read_bytes() for at, file in case["answers"].items()}
    try:
        whole, _ = read(board, answers)
    except SourceError:
        whole = []
    body = json.loads(answers[address])
    silent = []
    for path, how in changes_of(body):
        mutated = json.dumps(changed(body, path, how)).encode()
        try:
            postings, is_amiss = read(board, {**answers, address: mutated})
            for posting in postings[:2]:
                to_job(posting, board, TODAY, Vocabulary.default(), apply_via_source=False, employer="x")
        except SourceError:
            continue
        except Exception as error:
            raise AssertionError(f"{'.'.join(path)} {how}: {error!r}") from error
        if whole and not postings and not is_amiss:
            silent.append(f"{'.'.join(path)} {how}")
    assert not silent, "an empty list was taken for the whole one"
