"""`rolecall add`: from an address to a line below `boards:` of config.yaml, and the first jobs of that board."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rolecall.commands import CACHE, CONFIG
from rolecall.commands.config_line import with_board
from rolecall.commands.probe import Probe, probe
from rolecall.commands.recognise import Found, already_named
from rolecall.config import Config, load_config, parse_config, read_config
from rolecall.errors import ConfigError, RolecallError
from rolecall.fetch.boards import fetch_boards
from rolecall.fetch.settings import FetchSettings, user_agent
from rolecall.files import only_one, write_atomic
from rolecall.filters import Sieve
from rolecall.issues import Issues
from rolecall.model import FetchResult, Job
from rolecall.normalise.job import to_job
from rolecall.site.views import place_words, salary_of
from rolecall.site.words import pay_words, where_words

SHOWN = 5


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What the command line says: `company` goes into the line; `dry_run` writes nothing, `unread` asks no board."""

    company: str | None = None
    dry_run: bool = False
    unread: bool = False
    replay: Path | None = None


@dataclass(frozen=True, slots=True)
class FirstJob:
    """One job as `add` shows it: title, where, pay."""

    title: str
    where: str
    pay: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """The line, how the board was found, and what it holds; None where it was not read."""

    line: str
    board: str
    how: str
    written: bool
    postings: int | None
    jobs: int
    left_out: int
    first: tuple[FirstJob, ...]
    partial: str | None
    issues: Issues

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        names = ("line", "board", "how", "written", "postings", "jobs", "left_out", "partial")
        values = {name: getattr(self, name) for name in names}
        first = [asdict(job) for job in self.first]
        return {**values, "first": first, "issues": [issue.as_dict() for issue in self.issues]}


def add(folder: Path, address: str, now: datetime, options: AddOptions) -> AddReport:
    """Find the board at `address`, read it once, and add its line to config.yaml.

    Raises `RolecallError` when there is no board, when it is there already, cannot be read, or the line cannot be
    added; then nothing is written.
    """
    config = load_config(folder / CONFIG)
    settings = settings_of(config, now)
    found = _found(probe(address, settings, replay=options.replay), config)
    with_board(read_config(folder / CONFIG), dict(found.entry), found.line, CONFIG)
    if options.company:
        found = found.but(company=options.company)
    result = None if options.unread else _read(found, settings, options.replay)
    jobs, issues, left_out = _jobs(found, result, config, now) if result else ([], Issues(), 0)
    if not options.dry_run:
        _write(folder, found)
    return AddReport(
        line=found.line,
        board=found.board.name,
        how=found.how,
        written=not options.dry_run,
        postings=len(result.postings) if result else None,
        jobs=len(jobs),
        left_out=left_out,
        first=tuple(_first(job) for job in jobs[:SHOWN]),
        partial=result.partial if result else None,
        issues=issues,
    )


def settings_of(config: Config | None, now: datetime) -> FetchSettings:
    """The limits of a run of one board, as config.yaml has them."""
    if config is None:
        return FetchSettings(now=now)
    contact = f"https://github.com/{config.repository}" if config.repository else config.base_url
    return FetchSettings(now=now, user_agent=user_agent(contact), **dict(config.fetch))


def _found(page: Probe, config: Config) -> Found:
    """The page's likeliest board. Raises `RolecallError` when there is none, or when config.yaml names it already."""
    found = page.best
    if found is None:
        seen = "; ".join(f"{offer.kind}: {offer.what}" for offer in page.offers) or "nothing that holds jobs"
        hint = "Try the address of the list of jobs, or write the line by hand: `rolecall sources` has examples."
        raise RolecallError(page.url, f"no board was found there ({seen}).", hint)
    if (named := already_named(found, config)) is not None:
        at, _, name = named.partition(": ")
        raise ConfigError(f"{CONFIG}: {at}", f"names this board already: {name}.", "Nothing needs to be added.")
    return found


def _read(found: Found, settings: FetchSettings, replay: Path | None) -> FetchResult:
    source = found.source
    env = {"env": {name: os.environ.get(name, "") for name in source.env}} if source.env else {}
    board = replace(found.board, options={**found.board.options, **env})
    (result,) = fetch_boards([(board, source)], settings, replay=replay)
    if result.error is not None:
        hint = f"{result.error.hint} Nothing was written; to add it unread: rolecall add --board-only, or {found.line}"
        raise RolecallError(result.error.where, result.error.what, hint)
    return result


def _jobs(found: Found, result: FetchResult, config: Config, now: datetime) -> tuple[list[Job], Issues, int]:
    """The jobs of the board that the filters take, what was noticed, and how many jobs the filters leave out."""
    source, vocabulary = found.source, config.vocabulary()
    sieve = Sieve(config.filters, vocabulary.canonical)
    via_source, employer = source.terms_of(result.board).apply_via_source, source.employer_of(result.board)
    taken: list[Job] = []
    issues = Issues()
    issues.extend(result.issues)
    left_out = 0
    for posting in result.postings:
        job, noticed = to_job(
            posting, result.board, now.date(), vocabulary, apply_via_source=via_source, employer=employer
        )
        issues.extend(noticed)
        if job is not None and sieve.left_out(job, now.date()):
            left_out += 1
        elif job is not None:
            taken.append(job)
    return taken, issues, left_out


def _first(job: Job) -> FirstJob:
    places = [place_words(place) for place in job.places]
    worldwide = bool(job.remote_from and job.remote_from.worldwide)
    where = where_words(job.workplace.value if job.workplace else "", places, worldwide=worldwide)
    return FirstJob(job.title, where, pay_words(salary_of(job)))


def _write(folder: Path, found: Found) -> None:
    """Add the line to the file as it stands now: it may have changed while the board was read."""
    path = folder / CONFIG
    with only_one(folder / CACHE / "lock"):
        data = read_config(path)
        parse_config(data, CONFIG)
        write_atomic(path, with_board(data, dict(found.entry), found.line, CONFIG))
