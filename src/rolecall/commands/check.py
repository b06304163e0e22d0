"""`rolecall check`: every problem of config.yaml and of the files in jobs/, and the repair of what is safe."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rolecall.checks import CODES, Finding, Ground, Parsed, examined, parse
from rolecall.checks.name import executable
from rolecall.commands import CONFIG, JOBS, LOGOS
from rolecall.config import Config, load_config
from rolecall.errors import ConfigError, StoreError
from rolecall.files import read_regular
from rolecall.issues import Issue, Level, Spot
from rolecall.model import Company, Job
from rolecall.normalise.identity import company_slug
from rolecall.store import COMPANY_FILE, id_of, list_files, read_company
from rolecall.yaml_io import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Selection:
    """The files that findings are wanted of, relative to the board; None: all. `new` are those that are being added.

    A name stands for all that is below it, too. All other files are still known to the rules. `changed`: what a
    request for review brings, where that is known.
    """

    files: frozenset[str] | None = None
    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()

    def has(self, file: str) -> bool:
        if self.files is None or file in self.files:
            return True
        steps = file.split("/")
        return any("/".join(steps[:at]) in self.files for at in range(1, len(steps)))

    def is_of_people(self, file: str) -> bool:
        """Whether a person is known to have written in the file, even if fetch made it."""
        return file in self.new or file in self.changed


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found, in the order of files and lines; `files` is how many were looked at."""

    findings: tuple[Finding, ...]
    files: int

    @property
    def issues(self) -> list[Issue]:
        return [finding.issue for finding in self.findings]

    @property
    def levels(self) -> Counter[Level]:
        return Counter(finding.issue.level for finding in self.findings)

    @property
    def repairable(self) -> int:
        return sum(finding.mend is not None or finding.issue.code == "extension" for finding in self.findings)

    def is_bad(self, *, strict: bool) -> bool:
        """Whether the run ends with exit code 1."""
        return bool(self.levels[Level.ERROR] or (strict and self.levels[Level.WARNING]))

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        counts = {f"{level.value}s": self.levels[level] for level in (Level.ERROR, Level.WARNING)}
        issues = [{**found.issue.as_dict(), "repairable": found.mend is not None} for found in self.findings]
        return {"files": self.files, **counts, "repairable": self.repairable, "issues": issues}


@dataclass(slots=True)
class Board:
    """The files of jobs/ as they were read. `kept` are those of people, and those that are broken."""

    root: Path
    jobs: dict[str, Job] = field(default_factory=dict)
    kept: dict[str, Parsed] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    files: int = 0

    def ground(self, config: Config, today: date) -> Ground:
        return Ground.of(config, self.companies, self.jobs, today, self.folders)


def ground_of(folder: Path, config: Config, today: date) -> Ground:
    """The board in `folder` as the rules know it; what is broken there is left out."""
    return read_board(folder, Ground.of(config, {}, {}, today), EVERYTHING).ground(config, today)


def check(folder: Path, today: date, selection: Selection = EVERYTHING) -> CheckReport:
    """Every problem of config.yaml and of the files in jobs/, as far as `selection` goes."""
    config, problems = config_of(folder)
    board = read_board(folder, Ground.of(config, {}, {}, today), selection)
    ground = board.ground(config, today)
    found = [*(Finding(problem) for problem in problems), *board.findings, *_logos(folder, board.companies)]
    for file, parsed in board.kept.items():
        if selection.has(file):
            found += examined(parsed, ground, new=file in selection.new, touched=selection.is_of_people(file))
            found += executable(file, _mode(folder / file))
    wanted = [one for one in found if one.issue.spot is None or selection.has(one.issue.spot.file)]
    wanted += _missing(folder, selection)
    wanted += _employers_changed(selection)
    files = sum(selection.has(file) for file in board.kept) if selection.files is not None else board.files + 1
    return CheckReport(tuple(sorted(wanted, key=_file_of)), files)


def config_of(folder: Path) -> tuple[Config, tuple[Issue, ...]]:
    """The board's config and its problems; a broken one counts as one without options."""
    try:
        return load_config(folder / CONFIG), ()
    except ConfigError as error:
        return Config(title="-"), error.problems


def read_board(folder: Path, bare: Ground, selection: Selection) -> Board:
    """Every file below jobs/. Of fetched ones only the job is kept, when not even `bare` ground has a word for them."""
    board = Board(folder / JOBS)
    listed = list_files(board.root, JOBS)
    board.findings += (Finding(_read_not_at_all(issue)) for issue in listed.issues)
    board.files = len(listed.jobs) + len(listed.companies)
    for file in listed.companies:
        company, problems = read_company(board.root, file, JOBS)
        board.findings += map(Finding, problems)
        if company is not None:
            _meet(board, company, file)
    ids: dict[str, str] = {}
    for file in listed.jobs:
        _take(board, file, bare, selection, ids)
    return board


def _meet(board: Board, company: Company, file: str) -> None:
    """One word on who a company is: that in the folder of its name, else the first; a second could name other hosts."""
    slug, folder = company_slug(company.name), file.rpartition("/")[0]
    known = board.folders.get(slug)
    if known is None or folder == slug:
        board.companies[slug], board.folders[slug] = company, folder
    if known is not None:
        loser = known if folder == slug else folder
        spot = Spot(f"{JOBS}/{loser}/{COMPANY_FILE}", field="name")
        what = f"{company.name!r} has {JOBS}/{board.folders[slug]}/{COMPANY_FILE} already."
        board.findings.append(Finding(Issue.at("same-company", spot, what, "Remove one of the two.")))


def _take(board: Board, file: str, bare: Ground, selection: Selection, ids: dict[str, str]) -> None:
    """One job file: its job, and all of it where the rules may have something to say."""
    shown = f"{JOBS}/{file}"
    try:
        parsed = parse(read_regular(board.root / file, max_bytes=MAX_BYTES), shown)
    except StoreError as error:
        board.findings += (Finding(Issue.at(one.code, Spot(shown), one.what, one.hint)) for one in error.problems)
        return
    if (
        parsed.job is None
        or not parsed.is_fetched
        or selection.is_of_people(shown)
        or examined(parsed, bare, new=False)
    ):
        board.kept[shown] = parsed
    if parsed.job is None:
        return
    first = ids.setdefault(id_of(parsed.job, file), shown)
    if first == shown:
        board.jobs[shown] = parsed.job
    else:
        what = f"is the same job as {first} (id {id_of(parsed.job, file)})."
        board.findings.append(Finding(Issue.at("same-id", Spot(shown), what, "Remove one of the two.")))


def _read_not_at_all(issue: Issue) -> Issue:
    """A file that its name keeps from being read: louder than other files that are no jobs."""
    file = issue.spot.file if issue.spot is not None else issue.where
    spot = issue.spot or Spot(file)
    if issue.code == "not-a-job" and issue.level is Level.WARNING and file.lower().endswith((".yml", ".yaml")):
        name = file.rpartition("/")[2]
        hint = f"Rename it to {name.rpartition('.')[0]}.yaml."
        return Issue.at("extension", spot, f"ends with .{name.rpartition('.')[2]}, and is not read.", hint)
    return Issue.at(issue.code, spot, issue.what, issue.hint, issue.level)


def _logos(folder: Path, companies: Mapping[str, Company]) -> Iterator[Finding]:
    for name, company in sorted(companies.items()):
        if company.logo and "://" not in company.logo and not (folder / LOGOS / company.logo).is_file():
            spot = Spot(f"{JOBS}/{name}/{COMPANY_FILE}", field="logo")
            what, hint = f"{company.logo!r} is not in {LOGOS}/.", "Put the picture there, or write an address."
            yield Finding(Issue.at("no-logo", spot, what, hint, Level.WARNING))


def _missing(folder: Path, selection: Selection) -> Iterator[Finding]:
    """What was asked for, and is not there or is no file of the board."""
    for file in sorted(selection.files or ()):
        if not os.path.lexists(folder / file):
            yield Finding(Issue.at("no-file", Spot(file), "is not there.", CODES["no-file"].mend))
        elif file not in (CONFIG, JOBS, ".") and not file.startswith(f"{JOBS}/"):
            what = "is no file of the board, and is not checked."
            yield Finding(Issue.at("not-a-job", Spot(file), what, "Name files below jobs/.", Level.WARNING))


def _employers_changed(selection: Selection) -> Iterator[Finding]:
    """Who asks for a job to be listed might say in the same breath that its host is the employer's."""
    for file in sorted(selection.changed):
        if file.startswith(f"{JOBS}/") and file.endswith(f"/{COMPANY_FILE}"):
            code = CODES["employer-changed"]
            what = "is new or changed here, and says which hosts are the employer's."
            yield Finding(Issue.at("employer-changed", Spot(file, 1), what, code.mend, code.level))


def _mode(path: Path) -> int:
    return path.stat().st_mode if os.name == "posix" and path.is_file() else 0


def _file_of(finding: Finding) -> tuple[bool, str]:
    """config.yaml first, then by file; what concerns no file at the end."""
    spot = finding.issue.spot
    return spot is None or spot.file != CONFIG, spot.file if spot is not None else "\U0010ffff"
