"""`rolecall init`: a new board in a folder, ready to push. No file that is there already is written over."""

from __future__ import annotations

import os
import shlex
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rolecall.commands import CACHE, CONFIG, JOBS
from rolecall.commands.import_report import ImportOptions, ImportReport
from rolecall.commands.importing import bring_in
from rolecall.commands.reference import json_schema
from rolecall.config import parse_config, read_config
from rolecall.errors import ConfigError, RolecallError
from rolecall.files import inside, only_one, read_regular, write_atomic
from rolecall.git import ask, is_top, top_of
from rolecall.issues import Issue, Issues, Level
from rolecall.scaffold.board import VERSION_FILE, board_files, new_readme
from rolecall.scaffold.facts import Facts, facts_of
from rolecall.scaffold.markers import END, START, with_markers
from rolecall.scaffold.shipped import is_program
from rolecall.site.readme import frame_of

_MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class InitOptions:
    """What the command line says; None: taken from where the board stands. `sources` are lists to bring in."""

    title: str | None = None
    repository: str | None = None
    base_url: str | None = None
    sources: tuple[str, ...] = ()
    example: bool = True


@dataclass(frozen=True, slots=True)
class FileMade:
    """A file of the board and what became of it: written, changed, same (as it should be) or left (a file of yours)."""

    file: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class InitReport:
    """Each file, what was noticed, what was brought in, and what to do now."""

    folder: str
    title: str
    files: tuple[FileMade, ...]
    issues: Issues
    brought: tuple[ImportReport, ...]
    next_steps: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "folder": self.folder,
            "title": self.title,
            "files": [asdict(made) for made in self.files],
            "issues": [issue.as_dict() for issue in self.issues],
            "brought": [brought.as_dict() for brought in self.brought],
            "next": list(self.next_steps),
        }


@dataclass(frozen=True, slots=True)
class _Plan:
    """What shall be written; `made` says it of each file, and of those that are left."""

    writes: dict[str, bytes]
    made: tuple[FileMade, ...]


def init(folder: Path, now: datetime, options: InitOptions) -> InitReport:
    """Make a board in `folder`. Raises `RolecallError` with every problem, before the first file is written."""
    if folder.exists() and not folder.is_dir():
        raise RolecallError(str(folder), "is a file.", "Name a folder; it need not be there yet.")
    facts = facts_of(folder, options.title, options.repository, options.base_url)
    plan = _plan(folder, facts, now, options)
    folder.mkdir(parents=True, exist_ok=True)
    issues = Issues()
    issues.extend(_noticed(folder, facts, options, plan))
    with only_one(folder / CACHE / "lock"):
        for file, data in sorted(plan.writes.items(), key=_marks_a_board):
            write_atomic(folder / file, data)
        # Of what stood there already, too: the run that wrote it may have been killed before this.
        for file in (made.file for made in plan.made if made.state != "left" and is_program(made.file)):
            _make_program(folder / file)
    brought = [_bring_in(folder, source, now, issues) for source in options.sources]
    reports = tuple(report for report in brought if report is not None)
    steps = _next_steps(folder, facts, plan, is_brought=bool(reports))
    return InitReport(str(folder), facts.title, plan.made, issues, reports, steps)


def _make_program(path: Path) -> None:
    try:
        if not os.access(path, os.X_OK):
            path.chmod(0o755)
    except OSError as error:
        raise RolecallError(str(path), f"is no program: {error.strerror}.", "Run chmod +x on it.") from error


def _plan(folder: Path, facts: Facts, now: datetime, options: InitOptions) -> _Plan:
    example = options.example and not options.sources and not _is_board(folder)
    files = board_files(facts, now.date() if example else None, json_schema("job"))
    if (folder / "src" / "rolecall").is_dir():  # a fork of rolecall runs its own
        del files[VERSION_FILE]
    writes, made, problems = dict[str, bytes](), list[FileMade](), list[Issue]()
    try:
        parse_config(files[CONFIG], "config.yaml as it would be")
    except ConfigError as error:
        problems += error.problems
    for file, data in files.items():
        try:
            state = _state(folder, file, data)
        except RolecallError as error:
            problems += error.problems
            continue
        made.append(FileMade(file, state, _NOTES.get(file, _NOTE) if state == "left" else ""))
        if state == "written":
            writes[file] = data
    try:
        text, said = _readme(folder, facts, is_brought=bool(options.sources))
        made.append(said)
        writes |= {said.file: text} if text is not None else {}
    except RolecallError as error:
        problems += error.problems
    if problems:
        raise RolecallError.of(problems)
    return _Plan(writes, tuple(sorted(made, key=lambda one: one.file)))


_NOTE = "differs from the one of this rolecall; to take that, remove the file and run `rolecall init` again"
_NOTES = {
    CONFIG: "is yours; `rolecall doctor` says what it lacks",
    ".gitignore": "is yours; it should name .cache/",
    ".gitattributes": "is yours",
    "output/.gitignore": "is yours",
    "logos/.gitkeep": "is yours",
}


def _is_board(folder: Path) -> bool:
    """Whether somebody keeps jobs here already: then an example would only be in the way."""
    return (folder / CONFIG).exists() or any(path.suffix == ".yaml" for path in (folder / JOBS).rglob("*"))


def _marks_a_board(write: tuple[str, bytes]) -> tuple[bool, bool]:
    """Sorts what makes a folder a board behind the rest: a killed run is not taken for done."""
    return write[0] == CONFIG, write[0].startswith(f"{JOBS}/")


def _state(folder: Path, file: str, data: bytes) -> str:
    """What becomes of a file: it is written when nothing stands there. Raises `StoreError` where a link leads out."""
    path = inside(folder, file)
    for parent in reversed(path.relative_to(folder).parents[:-1]):
        if (folder / parent).exists() and not (folder / parent).is_dir():
            raise RolecallError(parent.as_posix(), "is a file, where a folder is needed.", "Rename it.")
    if not path.exists():
        return "written"
    return "same" if read_regular(path, max_bytes=_MAX_BYTES) == data else "left"


def _readme(folder: Path, facts: Facts, *, is_brought: bool) -> tuple[bytes | None, FileMade]:
    """The README as it shall stand (None: as it does), and what is said of it."""
    file = _readme_of_config(folder) or facts.readme
    path = inside(folder, file)
    if not path.exists():
        return new_readme(facts), FileMade(file, "written")
    data = read_regular(path, max_bytes=_MAX_BYTES)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RolecallError(file, f"byte {error.start} is not UTF-8.", "Save the file as UTF-8.") from error
    if START in text or END in text:
        frame_of(text, file)
        return None, FileMade(file, "same", "has the two markers")
    placed = with_markers(text)
    frame_of(placed.text, file)
    note = f"the two markers stand on lines {placed.line} and {placed.line + 1}; no other byte is changed"
    if placed.table is not None:
        bring = f"bring its jobs in with `rolecall import {file}`, then"
        first = "once its jobs are in jobs/," if is_brought else bring
        note += f". The table of {placed.rows} rows below them (line {placed.table}) stays: {first} remove it"
    return placed.text.encode(), FileMade(file, "changed", note)


def _readme_of_config(folder: Path) -> str | None:
    if not (folder / CONFIG).exists():
        return None
    try:
        return parse_config(read_config(folder / CONFIG), CONFIG).readme.file
    except ConfigError:
        return None


def _noticed(folder: Path, facts: Facts, options: InitOptions, plan: _Plan) -> list[Issue]:
    """What does not stop a new board, and will surprise its owner later."""
    found: list[Issue] = []
    if CONFIG not in plan.writes and (options.title or options.repository or options.base_url):
        what = "was there already, so --title, --repository and --base-url did nothing."
        found.append(Issue("left", CONFIG, what, "Change the file.", Level.WARNING))
    if (folder / ".github" / "README.md").exists():
        what = f"hides {facts.readme}: GitHub shows it first."
        found.append(Issue("hidden-readme", ".github/README.md", what, "Remove it, or name it below `readme:`."))
    top = top_of(folder)
    if top is not None and not is_top(folder):
        what = f"is not the top of its repository, {top.name}/: GitHub reads .github/ at the top only."
        found.append(Issue("not-the-top", str(folder), what, "Give the board a repository of its own."))
    return found


def _bring_in(folder: Path, source: str, now: datetime, issues: Issues) -> ImportReport | None:
    """Another list's jobs into the new board; one that cannot be read never undoes the rest."""
    try:
        return bring_in(folder, source, now, ImportOptions())
    except RolecallError as error:
        issues.extend(error.problems)
        what = f"was not brought in; the board in {folder} is made."
        issues.error("import", source, what, f"Mend what is said above, then run `rolecall import {source}` there.")
        return None


def _next_steps(folder: Path, facts: Facts, plan: _Plan, *, is_brought: bool) -> tuple[str, ...]:
    """What is left to do: look, push, Pages, the first update; of a board that stood there whole, nothing."""
    at = f"https://github.com/{facts.repository}" if facts.repository else "Your repository on GitHub"
    pages = f"{at}/settings/pages" if facts.repository else f"{at}, Settings, Pages"
    update = f"{at}/actions" if facts.repository else f"{at}, Actions"
    site = (
        f"{pages}: choose GitHub Actions as the source.",
        f"{update}: start `update` once; from then on it runs twice a day.",
    )
    has_commit = is_top(folder) and ask(folder, "rev-parse", "--verify", "--quiet", "HEAD") is not None
    if has_commit and not plan.writes and not is_brought:
        return ("This is a board already: `rolecall doctor` says what it lacks.",)
    start = "" if top_of(folder) else "git init --initial-branch=main && "
    push = "git push" if ask(folder, "config", "--get", "remote.origin.url") else "push it to GitHub"
    made = f"Commit it: {start}git add . && git commit -m 'A new board', and {push}."
    if facts.repository is None and CONFIG in plan.writes:
        made = f"In {CONFIG} write `repository: owner/name` of the repository on GitHub. {made}"
    where = "" if folder.resolve() == Path.cwd() else f" -C {shlex.quote(str(folder))}"
    return (f"Look at it: rolecall build{where} and rolecall serve{where}.", made, *site)
