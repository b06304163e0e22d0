"""config.yaml as a `Config`, or every problem of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from rolecall import sources, yaml_io
from rolecall.address import web_address
from rolecall.config.options import BoardConfig, Config, name_of, to_board
from rolecall.errors import ConfigError, SourceError, StoreError
from rolecall.files import read_regular
from rolecall.issues import Issue
from rolecall.schema import did_you_mean, validate

MAX_BYTES = 1_000_000


def load_config(path: Path) -> Config:
    """The board's config. Raises `ConfigError` that holds every problem of the file."""
    return parse_config(read_config(path), path.name)


def read_config(path: Path) -> bytes:
    """The file as it stands. Raises `ConfigError` when it is not there or cannot be read."""
    if not path.exists():
        what = f"is not in {path.parent.resolve()}."
        hint = "Go to the board's folder, or name it with -C; `rolecall init` makes a new one."
        raise ConfigError(path.name, what, hint)
    try:
        return read_regular(path, max_bytes=MAX_BYTES)
    except StoreError as error:
        raise ConfigError.of(error.problems) from error


def load_document(data: bytes, where: str) -> yaml_io.Document:
    """The config in `data` as plain values. Raises `ConfigError` when it is not YAML."""
    try:
        return yaml_io.load(data, where, max_bytes=MAX_BYTES, max_events=200_000)
    except StoreError as error:
        raise ConfigError.of(error.problems) from error


def parse_config(data: bytes, where: str) -> Config:
    """The config in `data`. Raises `ConfigError` that holds every problem of it."""
    document = load_document(data, where)
    config, problems = validate(Config, document)
    problems += _board_problems(document)
    if config is not None:
        problems += _section_problems(config, document)
    if config is None or problems:
        raise ConfigError.of(problems)
    return config


def _section_problems(config: Config, document: yaml_io.Document) -> list[Issue]:
    """Sections without a rule but the last: they take all that is left, so what stands below them stays empty."""
    open_ones = [
        at for at, part in enumerate(config.sections) if not (part.tags or part.title_matches or part.workplace)
    ]
    what = "has no rule and takes the rest, so nothing is left for a later one without."
    return [Issue.at("schema", document.spot(("sections", at)), what, "Give it a rule.") for at in open_ones[1:]]


def _board_problems(document: yaml_io.Document) -> list[Issue]:
    """What is wrong with `boards` beyond their form: unknown sources, missing and unknown keys, doubled boards."""
    boards = document.value.get("boards")
    problems: list[Issue] = []
    seen: dict[str, int] = {}
    for index, entry in enumerate(boards if isinstance(boards, list) else ()):
        if not isinstance(entry, dict) or not isinstance(entry.get("source"), str):
            continue
        at = ("boards", index)

        def add(key: str, what: str, hint: str, at: tuple[str, int] = at) -> None:
            problems.append(Issue.at("schema", document.spot((*at, key) if key else at), what, hint))

        if entry["source"] not in sources.names():
            near = did_you_mean(entry["source"], sources.names())
            add(
                "source",
                f'no source is called "{entry["source"][:60]}".',
                near or f"Allowed: {', '.join(sources.names())}.",
            )
            continue
        source = sources.find(entry["source"])
        known = {"source", "board", "company", "filters", source.takes} | source.options
        if not any(entry.get(key) for key in {source.takes} | ({"url"} & source.options)):
            add("", f"{source.takes} is missing.", f"Write it as in: {source.example}")
            continue
        for key in sorted(entry.keys() - known):
            allowed = sorted(known - {"source"})
            add(
                key,
                f"{entry['source']} has no option called {key[:60]!r}.",
                did_you_mean(key, allowed) or f"Allowed: {', '.join(allowed)}.",
            )
        name = f"{entry['source']}/{entry.get('board') or name_of(web_address(str(entry['url'])) or '')}"
        if name in seen:
            add("", f"is the same board as boards[{seen[name]}].", "Remove one.")
        seen.setdefault(name, index)
        try:
            board = to_board(BoardConfig.model_validate(entry))
            source.first(replace(board, options={**board.options, "env": dict.fromkeys(source.env, "set")}))
        except SourceError as error:
            add("", error.what, error.hint)
        except ValidationError:
            continue  # its form is wrong, which is reported above
    return problems
