"""`rolecall fetch`: read the boards of config.yaml and bring jobs/ up to date."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rolecall import sources
from rolecall.commands import CACHE, CONFIG, JOBS, LOGOS
from rolecall.commands.intake import Intake
from rolecall.config import Config, load_config
from rolecall.errors import ConfigError
from rolecall.fetch.boards import fetch_boards
from rolecall.fetch.progress import Progress
from rolecall.fetch.settings import FetchSettings, user_agent
from rolecall.files import only_one
from rolecall.issues import Issue, Issues
from rolecall.model import Board, FetchResult
from rolecall.schema import did_you_mean
from rolecall.sources.base import Source
from rolecall.store import BoardChange, JobStore


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch learned: one result and one change for each board, in the order of config.yaml."""

    today: date
    boards: tuple[tuple[FetchResult, BoardChange], ...]
    pruned: tuple[str, ...]
    files: int
    issues: Issues

    @property
    def failed(self) -> list[FetchResult]:
        return [result for result, _ in self.boards if result.error is not None]

    def exit_code(self, *, strict: bool) -> int:
        """0 good, 1 a broken file or no board at all could be read, 3 some boards failed and `strict` is set."""
        if self.issues.errors or (self.boards and len(self.failed) == len(self.boards)):
            return 1
        return 3 if strict and self.failed else 0

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "today": self.today.isoformat(),
            "boards": [board_row(result, change) for result, change in self.boards],
            "pruned": list(self.pruned),
            "files_changed": self.files,
            "issues": [issue.as_dict() for issue in self.issues],
        }


def board_row(result: FetchResult, change: BoardChange) -> dict[str, Any]:
    """One board of a report: its state (`read`, `partial`, `suspicious`, `failed`), the counts, and why."""
    state = (
        "failed" if result.error else "suspicious" if change.suspicious else "read" if result.complete else "partial"
    )
    why = str(result.error) if result.error else change.suspicious or result.partial
    return {
        "board": result.board.name,
        "state": state,
        "postings": len(result.postings),
        **change.counts(),
        "requests": result.requests,
        "bytes": result.bytes,
        "seconds": round(result.seconds, 3),
        "why": why,
    }


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What the command line says of a fetch. `boards` names the boards to read (`greenhouse/acme`); empty is all."""

    boards: tuple[str, ...] = ()
    accept_drop: frozenset[str] = frozenset()
    record: Path | None = None
    replay: Path | None = None


def fetch(folder: Path, now: datetime, options: FetchOptions, progress: Progress | None = None) -> FetchReport:
    """Read the boards of config.yaml and bring jobs/ up to date. A board that fails changes nothing of its jobs."""
    config = load_config(folder / CONFIG)
    pairs = _pairs(config, options)
    settings = _settings(config, now)
    with only_one(folder / CACHE / "lock"):
        store = JobStore.load(folder / JOBS)
        if not config.boards:
            store.issues.warn(
                "no-boards", CONFIG, "names no boards to read.", "Add one below `boards:`; docs/config.md shows how."
            )
        cache = None if options.replay else folder / CACHE / "http"
        results = fetch_boards(
            pairs, settings, cache=cache, record=options.record, replay=options.replay, progress=progress
        )
        read = [(source, result) for (_, source), result in zip(pairs, results, strict=True)]
        changes = Intake(store, config, now.date(), options.accept_drop).take(read)
        pruned = store.prune(now.date(), config.keep_closed_days)
        files = store.save()
        if config.logos == "local" and not options.replay:
            _fetch_logos(folder, store, config, now)
    return FetchReport(now.date(), tuple(zip(results, changes, strict=True)), tuple(pruned), files, store.issues)


def _pairs(config: Config, options: FetchOptions) -> list[tuple[Board, Source]]:
    boards = config.to_boards()
    names = [board.name for board in boards]
    unknown = [name for name in (*options.boards, *sorted(options.accept_drop)) if name not in names]
    if unknown:
        raise ConfigError.of(
            Issue(
                "unknown-board",
                CONFIG,
                f'no board is called "{name}".',
                did_you_mean(name, names)
                or (f"There are: {', '.join(names)}." if names else "Add it below `boards:`."),
            )
            for name in unknown
        )
    wanted = [board for board in boards if not options.boards or board.name in options.boards]
    return [(_with_keys(board, sources.find(board.source)), sources.find(board.source)) for board in wanted]


def _with_keys(board: Board, source: Source) -> Board:
    """The board with the keys that its source needs, from the environment; a missing one is the board's failure."""
    if not source.env:
        return board
    return replace(board, options={**board.options, "env": {name: os.environ.get(name, "") for name in source.env}})


def _settings(config: Config, now: datetime) -> FetchSettings:
    contact = f"https://github.com/{config.repository}" if config.repository else config.base_url
    return FetchSettings(now=now, user_agent=user_agent(contact), **dict(config.fetch))


def _fetch_logos(folder: Path, store: JobStore, config: Config, now: datetime) -> None:
    from rolecall.fetch.logos import fetch_logos  # Pillow, only when logos are wanted

    wanted = []
    for slug, company in sorted(store.companies.items()):
        address = company.logo or (f"https://github.com/{company.github}.png?size=128" if company.github else None)
        if address and address.startswith(("https://", "http://")) and not (folder / LOGOS / f"{slug}.png").exists():
            wanted.append((slug, address))
    store.issues.extend(fetch_logos(wanted, folder / LOGOS, _settings(config, now)))
