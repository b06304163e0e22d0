# ruff: noqa: S603, S607 -- git, and our own script
"""A repository as a folder, the machines that update it, and a person with a clone: for bench/year.py."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from rolecall.commands import JOBS, LOGOS, TEMPLATES
from rolecall.commands.build import build
from rolecall.commands.catalogue import load_catalogue
from rolecall.commands.check import check
from rolecall.commands.fetch import FetchOptions, FetchReport, fetch
from rolecall.commands.links import LinksOptions, LinksReport, check_links
from rolecall.commands.readme import prepare_readme
from rolecall.config import load_config
from rolecall.issues import Level
from rolecall.site.logos import find_logos
from rolecall.site.render import Renderer
from rolecall.site.site import Site

REPO = Path(__file__).resolve().parents[1]
SCRIPT = REPO / ".github" / "scripts" / "push-changes"
MARKERS = ("<!-- rolecall:start -->", "<!-- rolecall:end -->")
CONFIG = """\
title: A year of jobs
base_url: https://example.github.io/jobs/
repository: example/jobs
logos: none
boards:
{boards}
sections:
  - title: Engineering
    title_matches: [engineer, developer, programmer, sre, architect]
  - title: Everything else
site:
  feeds: []
  cards: 0
  jobs_xml: false
workers: 1
"""


class Wrong(AssertionError):
    """The board did what it must not do."""


def holds(fact: object, what: str) -> None:
    """Raise `Wrong` with `what` unless `fact` holds; plain `assert` is gone under `python -O`."""
    if not fact:
        raise Wrong(what)


@dataclass
class Board:
    """The bare repository, and what has been done to it.

    `broken` are the files that `check` may complain about. `whole`: build the site, too, of which git holds nothing.
    """

    root: Path
    boards: list[str]
    broken: set[str] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)
    runs: int = 0
    whole: bool = False
    _renderer: Renderer | None = None

    def __post_init__(self) -> None:
        (self.root / "bin").mkdir(parents=True)
        python = self.root / "bin" / "python"
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        python.chmod(0o755)
        self.git(self.root, "init", "--quiet", "--bare", "--initial-branch=main", "remote")
        person = self.clone("person")
        self.git(person, "checkout", "--quiet", "-B", "main")
        lines = "\n".join(f"  - {{source: greenhouse, board: {board}}}" for board in self.boards)
        (person / "config.yaml").write_text(CONFIG.format(boards=lines))
        (person / ".gitignore").write_text(".cache/\noutput/\n")
        (person / "README.md").write_text("# A year of jobs\n\n" + "\n".join(MARKERS) + "\n")
        self.commit("Begin", date(2025, 12, 31))

    @property
    def remote(self) -> Path:
        return self.root / "remote"

    @property
    def person(self) -> Path:
        return self.root / "person"

    def git(self, folder: Path, *arguments: str, day: date | None = None) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, env=self.env(day), check=False, capture_output=True, text=True
        )
        holds(done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def env(self, day: date | None = None) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GH_", "GITHUB_"))}
        kept |= {"HOME": str(self.root), "GIT_CONFIG_NOSYSTEM": "1", "BRANCH": "main", "PYTHONPATH": str(REPO / "src")}
        if day is not None:
            stamp = datetime.combine(day, time(6), UTC)
            kept |= {name: stamp.isoformat() for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")}
            kept["SOURCE_DATE_EPOCH"] = str(int(stamp.timestamp()))
        return kept | {"PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def clone(self, name: str) -> Path:
        folder = self.root / name
        if not folder.exists():
            self.git(self.root, "clone", "--quiet", "remote", name)
            for key, value in (("user.name", name.title()), ("user.email", f"{name}@example.org"), ("gc.auto", "0")):
                self.git(folder, "config", key, value)
        return folder

    def fresh(self, name: str) -> Path:
        """A runner's folder as a checkout leaves it; only .cache is kept from the run before."""
        folder = self.clone(name)
        self.git(folder, "fetch", "--quiet", "origin", "main")
        self.git(folder, "reset", "--quiet", "--hard", "FETCH_HEAD")
        self.git(folder, "clean", "--quiet", "-d", "--force")
        return folder

    def edit(self, change: Callable[[Path], None], message: str, day: date) -> None:
        """A person changes files and pushes, as a merged pull request does."""
        change(self.fresh("person"))
        self.commit(message, day)

    def commit(self, message: str, day: date) -> None:
        self.git(self.person, "add", "--all")
        self.git(self.person, "commit", "--quiet", "--message", message, day=day)
        self.git(self.person, "push", "--quiet", "origin", "main")
        self.people[self.git(self.person, "rev-parse", "HEAD")] = message

    def read(self, runner: str, day: date, answers: Path) -> FetchReport:
        """The first half of the update workflow: checkout, fetch, build."""
        folder = self.fresh(runner)
        report = fetch(folder, datetime.combine(day, time(6), UTC), FetchOptions(replay=answers))
        self.build(folder, day)
        return report

    def build(self, folder: Path, day: date) -> None:
        """`rolecall build --keep-going`, or of it the part whose result goes into git."""
        if self.whole:
            build(folder, day, keep_going=True, say=lambda _: None)
            return
        config = load_config(folder / "config.yaml")
        self._renderer = renderer = self._renderer or Renderer.of_board(folder / TEMPLATES, config.language)
        found = load_catalogue(folder, config, day, 1, renderer.language)
        logos = find_logos(folder / LOGOS, found.companies)
        readme = prepare_readme(
            folder, Site.of(found.views, found.companies, config, day, logos, renderer.language), renderer, found.issues
        )
        holds(readme is not None, f"{day}: there is no README.")
        readme.write()  # type: ignore[union-attr]

    def push(self, runner: str, day: date, what: str = "Update jobs") -> bool:
        """The second half; whether it pushed a commit. Holds the board to all that is true after every run."""
        folder, before = self.root / runner, self.head()
        env = self.env(day) | {"WHAT": what}
        done = subprocess.run([SCRIPT], cwd=folder, env=env, check=False, capture_output=True, text=True)
        holds(done.returncode == 0, f"{day}: push-changes: {done.stdout}{done.stderr}")
        self.runs += 1
        holds(not self.git(folder, "status", "--porcelain"), f"{day}: the run left something behind.")
        pushed = self.head() != before
        holds(pushed == ("pushed at attempt" in done.stdout), f"{day}: {done.stdout}")
        if pushed:
            self.examine(folder, day)
        return pushed

    def update(self, day: date, answers: Path, runner: str = "runner") -> bool:
        """One run of the update workflow."""
        self.read(runner, day, answers)
        return self.push(runner, day)

    def ask(self, day: date, answers: Path) -> LinksReport:
        """One run of the links workflow."""
        folder = self.fresh("runner")
        moment = datetime.combine(day, time(6), UTC)
        report = check_links(folder, moment, LinksOptions(write=True, replay=answers))
        self.build(folder, day)
        self.push("runner", day, "Check links")
        return report

    def examine(self, folder: Path, day: date) -> None:
        """Nothing is wrong but what was planted, and the README is whole."""
        errors = {issue.where.partition(":")[0] for issue in check(folder, day).issues if issue.level is Level.ERROR}
        holds(errors == self.broken, f"{day}: check names {sorted(errors)}, planted are {sorted(self.broken)}.")
        readme = (folder / "README.md").read_text(encoding="utf-8")
        holds(all(readme.count(marker) == 1 for marker in MARKERS), f"{day}: the README lost its markers.")
        holds(readme.startswith("# A year of jobs\n"), f"{day}: the README lost what people wrote.")

    def head(self) -> str:
        return self.git(self.remote, "rev-parse", "main")

    def files(self) -> dict[str, str]:
        """Path -> content of every job file at the tip of the branch."""
        folder = self.fresh("reader")
        found = sorted(path for path in (folder / JOBS).rglob("*.yaml") if path.name != "company.yaml")
        return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}

    def commits(self) -> list[tuple[str, str, str, str, int, int]]:
        """(hash, tree, tree of the parent, subject, files, lines changed) of each commit, the oldest first."""
        log = self.git(self.remote, "log", "--reverse", "--format=%x00%H %T %P%x01%s%x01", "--numstat", "main")
        found: list[tuple[str, str, str, str, int, int]] = []
        trees: dict[str, str] = {}
        for entry in log.split("\0")[1:]:
            head, subject, numbers = entry.split("\x01")
            commit, tree, *parents = head.split()
            trees[commit] = tree
            rows = [line.split("\t") for line in numbers.split("\n") if "\t" in line]
            lines = sum(int(cell) for row in rows for cell in row[:2] if cell.isdecimal())
            found.append((commit, tree, trees.get(parents[0], "") if parents else "", subject, len(rows), lines))
        return found

    def packed_kb(self) -> int:
        """What the repository weighs after `git gc`."""
        self.git(self.remote, "gc", "--quiet", "--prune=now")
        told = self.git(self.remote, "count-objects", "-v")
        return int(next(line.split()[1] for line in told.splitlines() if line.startswith("size-pack:")))
