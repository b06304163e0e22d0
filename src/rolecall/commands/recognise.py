"""Which board an address names: every source says by which addresses it is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rolecall import sources
from rolecall.address import host_of
from rolecall.config import BoardConfig, Config, to_board
from rolecall.errors import SourceError
from rolecall.model import Board
from rolecall.sources.base import Request, Source
from rolecall.yaml_io import dump_key

# Parts of a vendor's own addresses that stand where a company's name could.
_NOT_A_BOARD = frozenset(
    "api app apply assets blog boards careers cdn developer developers docs embed feed feeds help home images js job "
    "jobs legal login privacy search share static support terms v0 v1 v2 v3 widget www".split()
)
_EXAMPLE = re.compile(r"board: ([^,}\s]+)")


@dataclass(frozen=True, slots=True)
class Found:
    """A board that an address or a page names, as an entry of `boards:`. `how` says by what it was known."""

    entry: Mapping[str, str]
    how: str

    @property
    def source(self) -> Source:
        return sources.find(self.entry["source"])

    @property
    def board(self) -> Board:
        return to_board(BoardConfig.model_validate(dict(self.entry)))

    @property
    def line(self) -> str:
        """`- {source: greenhouse, board: acme}`"""
        return dump_key("boards", [dict(self.entry)]).split("\n")[1].strip()

    def first(self) -> Request:
        """What the board would be asked. Raises `SourceError` when the entry does not name a board."""
        return first_request(self.board)

    def but(self, **more: str | None) -> Found:
        """The same board with more keys; None adds nothing."""
        return Found({**self.entry, **{key: value for key, value in more.items() if value}}, self.how)


def first_request(board: Board) -> Request:
    """What `board` is asked first, whether or not the keys that its source needs are at hand."""
    source = sources.find(board.source)
    options = {**board.options, "env": dict.fromkeys(source.env, "set")}
    return source.first(Board(board.source, board.board, board.url, board.company, options))


def already_named(found: Found, config: Config) -> str | None:
    """`boards[2]: greenhouse/acme` when config.yaml has the board, under this name or another; else None."""
    for index, board in enumerate(config.to_boards()):
        if board.name == found.board.name or _same_question(board, found):
            return f"boards[{index}]: {board.name}"
    return None


def _same_question(board: Board, found: Found) -> bool:
    """Whether both are one list under two names: they ask the same."""
    try:
        one, other = first_request(board), found.first()
    except SourceError:
        return False
    return (one.method, one.url.rstrip("/"), one.json) == (other.method, other.url.rstrip("/"), other.json)


def recognise(address: str) -> Found | None:
    """The board that `address` names, or None when no source knows it. The source that knows most of it wins."""
    bare = address.partition("://")[2].removeprefix("www.").partition("#")[0]
    best: tuple[int, Found] | None = None
    for name, pattern in _patterns():
        match = pattern.match(bare)
        if match is None or (best is not None and best[0] >= match.end()):
            continue
        found = _found(name, match, address)
        if found is not None:
            best = match.end(), found
    return best[1] if best else None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(pattern, re.IGNORECASE))
        for name in sources.names()
        for pattern in sources.find(name).addresses
    )


def _found(name: str, match: re.Match[str], address: str) -> Found | None:
    """The entry that a match makes; None when it does not name a board after all."""
    source, groups = sources.find(name), match.groupdict()
    board = source.board_of(groups)
    groups.pop("board", None)
    example = _EXAMPLE.search(source.example)
    if not board and example and (source.kind == "board" or example[1] == "all"):
        board = example[1]  # the whole list of a job board goes by one name
    entry = {"source": name}
    if source.takes == "board" and board and board.lower() not in _NOT_A_BOARD:
        entry["board"] = board
    elif source.takes == "url" or (not board and "url" in source.options):
        entry["url"] = address.partition("#")[0]
    else:
        return None
    options = {key: value for key, value in groups.items() if value and key in source.options}
    how = f"its address is one of {name}"
    found = _asked(Found({**entry, **options}, how))
    if found is None or "board" not in entry or "url" not in source.options:
        return found
    # The name alone may ask another host than the address does: that of another region.
    named = _asked(Found({"source": name, "url": f"https://{match[0].rstrip('/')}"}, how))
    return named if named is not None and _host(named) != _host(found) else found


def _host(found: Found) -> str:
    return host_of(found.first().url)


def _asked(found: Found) -> Found | None:
    try:
        found.first()
    except (SourceError, ValueError):  # a form that the source, or the config, refuses
        return None
    return found
