"""`rolecall fetch`: read the boards of config.yaml and bring jobs/ up to date."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rolecall import sources
from rolecall.commands import CACHE, CONFIG, JOBS, LOGOS
from rolecall.commands.decisions import FILE, Decision, save_decisions
from rolecall.commands.intake import Intake
from rolecall.commands.read_days import note_read_days
from rolecall.commands.unchanged import Unchanged
from rolecall.config import Config, load_config
from rolecall.errors import ConfigError, RolecallError
from rolecall.fetch.boards import fetch_boards
from rolecall.fetch.progress import Progress
from rolecall.fetch.settings import FetchSettings, user_agent
from rolecall.fetch.shards import Shard
from rolecall.files import only_one
from rolecall.issues import Issue, Issues
from rolecall.model import Board, FetchResult, SourceRef
from rolecall.schema import did_you_mean
from rolecall.sources.base import Source
from rolecall.store import BoardChange, JobStore
from rolecall.store.read import COMPANY_FILE


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch learned: one result and one change for each board, in the order of config.yaml."""

    today: date
    boards: tuple[tuple[FetchResult, BoardChange], ...]
    pruned: tuple[str, ...]
    files: int
    issues: Issues
    left_out: tuple[Decision, ...] = ()

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
        "cached": result.cached,
        "seconds": round(result.seconds, 3),
        "why": why,
    }


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What the command line says of a fetch. `boards` names the boards to read (`greenhouse/acme`); empty is all.

    `max_time_s` is the run's time instead of config.yaml's `run_s`. With `shard` only its boards are read, and only its
    files are written.
    """

    boards: tuple[str, ...] = ()
    accept_drop: frozenset[str] = frozenset()
    record: Path | None = None
    replay: Path | None = None
    max_time_s: float | None = None
    shard: Shard | None = None


def fetch(folder: Path, now: datetime, options: FetchOptions, progress: Progress | None = None) -> FetchReport:
    """Read the boards of config.yaml and bring jobs/ up to date. A board that fails changes nothing of its jobs."""
    config = load_config(folder / CONFIG)
    pairs = _pairs(config, options)
    settings = settings_of(config, now, options.max_time_s)
    ends_at = time.monotonic() + settings.run_s
    with only_one(folder / CACHE / "lock"):
        store = JobStore.load(folder / JOBS)
        if not config.boards:
            store.issues.warn(
                "no-boards", CONFIG, "names no boards to read.", "Add one below `boards:`; docs/config.md shows how."
            )
        cache = None if options.replay else folder / CACHE / "http"
        results = fetch_boards(
            pairs,
            settings,
            cache=cache,
            record=options.record,
            replay=options.replay,
            progress=progress,
            folder=folder,
        )
        read = [(source, result) for (_, source), result in zip(pairs, results, strict=True)]
        files_of = _Files(store, options.shard, now.date())
        unchanged = Unchanged.load(folder, config)
        intake = Intake(store, config, now.date(), options.accept_drop, unchanged)
        changes = intake.take(read)
        pruned = [file for file in store.prune(now.date(), config.keep_closed_days) if files_of.are_ours(file)]
        files = store.save(files_of.are_ours)
        unchanged.save(store)
        _keep_decisions(folder, config, intake, store.issues)
        note_read_days(folder, results, now.date(), store.issues)
        left_s = ends_at - time.monotonic()
        if config.logos == "local" and not options.replay and left_s > 0:
            companies = [slug for slug in sorted(store.companies) if files_of.is_our_company(slug)]
            _fetch_logos(folder, store, companies, replace(settings, run_s=left_s))
    left_out = tuple(made for _, result in read for made in intake.decisions.get(result.board.name, ()))
    pairs_read = tuple(zip(results, changes, strict=True))
    return FetchReport(now.date(), pairs_read, tuple(pruned), files, store.issues, left_out)


def _keep_decisions(folder: Path, config: Config, intake: Intake, issues: Issues) -> None:
    boards = [board.name for board in config.to_boards()]
    try:
        save_decisions(folder, intake.decisions, boards)
    except RolecallError as error:
        issues.warn("decisions", FILE, error.what, "`rolecall why` will not know why a posting was left out.")


class _Files:
    """Which files this run may write: all, or those of its shard. Copies and closed jobs of another shard's boards are
    that shard's to drop, so no two shards ever write one file."""

    def __init__(self, store: JobStore, shard: Shard | None, today: date) -> None:
        self._store, self._shard, self._today = store, shard, today
        self._before = self._boards() if shard is not None else {}
        self._after: dict[str, SourceRef | None] | None = None

    def are_ours(self, file: str) -> bool:
        """Whether a file below jobs/ is this run's to write or to remove."""
        if self._shard is None:
            return True
        if file.endswith(f"/{COMPANY_FILE}"):
            return self.is_our_company(file.partition("/")[0])
        if self._after is None:
            self._after = self._boards()
        source = self._before.get(file) or self._after.get(file)
        return source is not None and self._shard.has_board(f"{source.name}/{source.board}")

    def is_our_company(self, slug: str) -> bool:
        """Whether a company's file and logo are this run's to write."""
        return self._shard is None or self._shard.has_company(slug, self._today)

    def _boards(self) -> dict[str, SourceRef | None]:
        return {stored.file: stored.job.source for stored in self._store.jobs.values()}


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
    if options.shard is not None:
        wanted = [board for board in wanted if options.shard.has_board(board.name)]
    return [(_with_keys(board, sources.find(board.source)), sources.find(board.source)) for board in wanted]


def _with_keys(board: Board, source: Source) -> Board:
    """The board with the keys that its source needs, from the environment; a missing one is the board's failure."""
    if not source.env:
        return board
    return replace(board, options={**board.options, "env": {name: os.environ.get(name, "") for name in source.env}})


def settings_of(config: Config, now: datetime, max_time_s: float | None = None) -> FetchSettings:
    """The limits of a run over this board's hosts, and the name by which they know it."""
    contact = f"https://github.com/{config.repository}" if config.repository else config.base_url
    settings = FetchSettings(now=now, user_agent=user_agent(contact), **dict(config.fetch))
    return settings if max_time_s is None else replace(settings, run_s=max_time_s)


def _fetch_logos(folder: Path, store: JobStore, companies: list[str], settings: FetchSettings) -> None:
    from rolecall.fetch.logos import fetch_logos  # Pillow, only when logos are wanted

    wanted = []
    for slug in companies:
        company = store.companies[slug]
        address = company.logo or (f"https://github.com/{company.github}.png?size=128" if company.github else None)
        if address and address.startswith(("https://", "http://")) and not (folder / LOGOS / f"{slug}.png").exists():
            wanted.append((slug, address))
    store.issues.extend(fetch_logos(wanted, folder / LOGOS, settings))
