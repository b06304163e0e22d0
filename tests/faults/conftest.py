"""Boards small enough to be broken hundreds of times, and a process to break them in."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
DAY, NEXT = "2026-11-22", "2026-11-24"
LOCK = ".cache/lock"

CONFIG = """\
title: Jobs
description: Small.
base_url: https://o.github.io/r/
repository: o/r
boards:
  - {source: greenhouse, board: acme, company: Acme}
  - {source: lever, board: kelpline, company: Kelpline}
"""
README = "# Jobs\n\nOurs.\n\n<!-- rolecall:start -->\n<!-- rolecall:end -->\n\nThe end.\n"
PERSONS = """\
# Found by Ada.
title: Harbour Pilot {n}
company: Tidewater
apply_url: https://tidewater.example/jobs/{n}   # the page
posted: 2026-10-0{n}
tags: [python]
description: |
  Ships, tides.
"""
TO_MEND = "title: Diver\ncompany: Tidewater\napply_url: https://tidewater.example/dive\nposted: 2026-10-01\ntags: [Python, python]\n"
LIST = """\
# A list

| Company | Role | Location | Application | Date |
|---|---|---|---|---|
| Acme | Cook | Berlin, Germany | [Apply](https://acme.example/1) | Nov 01 |
| Basalt | Smith | Oslo, Norway | [Apply](https://basalt.example/2) | Nov 02 |
| Basalt | Mason | Oslo, Norway | [Apply](https://basalt.example/3) | Nov 03 |
"""


def greenhouse(*keys: int, word: str = "Cook") -> dict[str, Any]:
    def job(key: int) -> dict[str, Any]:
        return {
            "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{key}",
            "id": key,
            "title": f"{word} {key}",
            "company_name": "Acme",
            "location": {"name": "Hamburg, Germany"},
            "first_published": f"2026-10-0{key}T09:30:00-04:00",
            "updated_at": "2026-11-02T10:00:00-05:00",
            "content": "&lt;p&gt;Soup.&lt;/p&gt;",
            "metadata": [],
        }

    return {"jobs": [job(key) for key in keys], "meta": {"total": len(keys)}}


def lever(*keys: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{key}",
            "text": f"Fisher {key}",
            "hostedUrl": f"https://jobs.lever.co/kelpline/{key}",
            "categories": {"location": "Oslo, Norway", "commitment": "Full-time"},
            "createdAt": 1790000000000,
            "descriptionPlain": "Kelp.",
            "description": "<p>Kelp.</p>",
        }
        for key in keys
    ]


def answers(folder: Path, pages: dict[str, Any]) -> Path:
    """A recording in which each address has its answer: JSON, HTML, or the status of an empty one."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for number, (url, page) in enumerate(pages.items()):
        kind = "text/html" if isinstance(page, str) else "application/json"
        text = "" if isinstance(page, int) else page if isinstance(page, str) else json.dumps(page)
        (folder / f"{number}.body").write_text(text)
        status = page if isinstance(page, int) else 200
        told = {"status": status, "headers": {"content-type": kind}, "body": f"{number}.body"}
        lines.append(json.dumps({"request": {"method": "GET", "url": url}, "response": told}))
    (folder / "index.jsonl").write_text("\n".join(lines) + "\n")
    return folder


GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/acme/jobs"
LEVER = "https://api.lever.co/v0/postings/kelpline"


@dataclass
class Told:
    """How a command ended: its code (negative: the signal), its steps on the disk, its CPU seconds, what it said."""

    code: int
    steps: list[str]
    cpu_s: float
    out: str
    err: str


@dataclass
class Victim:
    """A process that forks for each command."""

    process: subprocess.Popen[str]

    def run(self, *command: object, cwd: Path, root: Path, **order: Any) -> Told:
        told = {"run": [str(word) for word in command], "cwd": str(cwd), "root": str(root), **order}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        return Told(**json.loads(self.process.stdout.readline()))


@pytest.fixture(scope="session")
def victim(offline_env: dict[str, str]) -> Iterator[Victim]:
    process = subprocess.Popen(
        [sys.executable, str(HERE / "victim.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**offline_env, "SOURCE_DATE_EPOCH": "1795305600", "PYTHONWARNINGS": "ignore"},
    )
    with process:
        yield Victim(process)
        process.stdin.close()


def all_files(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, the run's lock apart; the name of a program ends in `*`."""

    def named(path: Path) -> str:
        return path.relative_to(folder).as_posix() + "*" * bool(path.stat().st_mode & 0o100)

    found = {named(path): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items()) if name != LOCK}


def kept_files(files: dict[str, bytes]) -> dict[str, bytes]:
    """What of a tree people keep or see: all but the caches, and the files beside others that a dead run leaves."""
    hidden = re.compile(r"(^|/)\.[^/]+\.new$")
    return {name: data for name, data in files.items() if not name.startswith(".cache/") and not hidden.search(name)}


@dataclass
class Scene:
    """A command over a board: how the board stands before, and what shall be there after."""

    name: str
    folder: Path  # holds `board/` and whatever else the command reads
    command: tuple[str, ...]
    victim: Victim
    first: tuple[int, ...] = (0,)  # exit codes of a run that nothing disturbs
    again: tuple[int, ...] = (0,)  # and of one after it
    cpu_s: float = 0.0
    old: dict[str, bytes] = field(default_factory=dict)
    new: dict[str, bytes] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)

    @property
    def board(self) -> Path:
        return self.folder / "board"

    def go(self, *more: str, **order: Any) -> Told:
        """Run the command, disturbed as `order` says."""
        cwd = self.folder if self.name == "init" else self.board
        return self.victim.run(*self.command, *more, cwd=cwd, root=self.board, **order)

    def tree(self) -> dict[str, bytes]:
        """Every file of the board as it stands."""
        return all_files(self.board)

    published = staticmethod(kept_files)

    def is_old_or_new(self, what: str) -> None:
        """Each file that people keep or see has the bytes of before or those of after; a renamed one has its old ones."""
        between = self.published(self.tree())
        between = {name if name in self.old or name in self.new else f"{name}*": data for name, data in between.items()}
        renamed = [data for name, data in self.old.items() if name not in self.new and name.startswith("jobs/")]
        for name, data in between.items():
            assert data in (self.old.get(name), self.new.get(name), *renamed), f"{what}: {name} is neither old nor new"
        kept = self.published(self.old).keys() & self.published(self.new).keys()
        assert not kept - between.keys(), f"{what}: lost {sorted(kept - between.keys())}"

    def is_whole_after_the_next_run(self, what: str) -> None:
        """The same command again: it works, every file has the new bytes, and nothing else lies about."""
        again = self.go()
        assert "Traceback" not in again.err, (what, again.err)
        assert again.code in self.again, (what, again.code, again.err)
        after = self.tree()
        assert self.published(after) == self.published(self.new), what
        # A cache may lack what could not be kept, and hold what could not be removed until there is something to do;
        # else nothing may hold more than after an undisturbed run.
        stale = {name for name in self.old if name.startswith(".cache/")}
        litter = {unnumbered(name) for name in after} - {unnumbered(name) for name in (*self.new, *stale)}
        assert not litter, f"{what}: litter: {sorted(litter)}"

    def fresh(self) -> None:
        """The board as it was before the command."""
        board = self.board
        if board.exists():
            shutil.rmtree(board)
        saved = self.folder / "saved"
        if saved.exists():
            shutil.copytree(saved, board)


def base(folder: Path) -> Path:
    board = folder / "board"
    (board / "jobs" / "tidewater").mkdir(parents=True)
    (board / "config.yaml").write_text(CONFIG)
    (board / "README.md").write_text(README)
    for n in (1, 2):
        (board / "jobs" / "tidewater" / f"pilot-{n}.yaml").write_text(PERSONS.format(n=n))
    answers(folder / "first", {GREENHOUSE: greenhouse(1, 2, 3), LEVER: lever(1, 2)})
    return board


def unnumbered(name: str) -> str:
    """A segment of texts is numbered by the runs that kept a part of them; what it is called says nothing."""
    return re.sub(r"(?<=/texts/)\d+$", "N", name)


Make = Callable[[Path], tuple[str, ...]]


def fetching(folder: Path) -> tuple[str, ...]:
    base(folder)
    answers(folder / "then", {GREENHOUSE: greenhouse(1, 3, 4, word="Chef"), LEVER: lever(1, 2, 3)})
    return ("fetch", "--replay", "../then", "--now", NEXT)


def building(folder: Path) -> tuple[str, ...]:
    base(folder)
    return ("build", "--now", NEXT, "--workers", "1")


def importing(folder: Path) -> tuple[str, ...]:
    base(folder)
    (folder / "list.md").write_text(LIST)
    return ("import", "../list.md", "--now", DAY)


def linking(folder: Path) -> tuple[str, ...]:
    base(folder)
    answers(folder / "pages", {"https://tidewater.example/jobs/1": 410, "https://tidewater.example/jobs/2": 404})
    return ("links", "--write", "--replay", "../pages", "--now", NEXT)


def from_issue(folder: Path) -> tuple[str, ...]:
    from rolecall.github.forms import FORMS

    base(folder)
    form = next(form for form in FORMS if form.name == "new-job")
    said = {
        "title": "Baker",
        "company": "Crumb",
        "apply_url": "https://crumb.example/1",
        "places": "Oslo, Norway",
        "description": "Bread.",
    }
    body = "\n\n".join(f"### {one.label}\n\n{said.get(one.id, '_No response_')}" for one in form.questions)
    issue = {"number": 7, "title": "x", "body": body, "user": {"login": "ada", "id": 1}, "labels": []}
    event = {
        "action": "opened",
        "issue": {**issue, "created_at": f"{DAY}T09:00:00Z"},
        "sender": {"login": "a", "id": 2},
    }
    (folder / "event.json").write_text(json.dumps(event))
    return ("from-issue", "../event.json", "--write", "--now", DAY)


def mending(folder: Path) -> tuple[str, ...]:
    board = base(folder)
    for name in ("dive-1.yml", "dive-2.yaml", "dive-3.yaml"):
        (board / "jobs" / "tidewater" / name).write_text(
            TO_MEND.replace("dive", name[:6]).replace("Diver", f"Diver {name[5]}")
        )
    return ("check", "--fix", "--now", DAY)


def beginning(folder: Path) -> tuple[str, ...]:
    return ("init", "board", "--now", DAY, "--repository", "o/r")


def writing(folder: Path) -> tuple[str, ...]:
    base(folder)
    (folder / "text.md").write_text("Soup.\n")
    words = ("--title", "Baker", "--company", "Crumb", "--url", "https://crumb.example/1", "--place", "Oslo, Norway")
    return ("new", *words, "--website", "https://crumb.example", "--no-input", "--now", DAY)


SCENES: dict[str, Make] = {
    "fetch": fetching,
    "build": building,
    "import": importing,
    "links": linking,
    "from-issue": from_issue,
    "check": mending,
    "init": beginning,
    "new": writing,
}


@pytest.fixture(params=[pytest.param(False, id="some"), pytest.param(True, id="all", marks=pytest.mark.thorough)])
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether each step is disturbed, or a few of them."""
    return bool(request.param)


@pytest.fixture(scope="session", params=SCENES)
def scene(request: pytest.FixtureRequest, victim: Victim, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Each command with a board to change, run once undisturbed."""
    name = request.param
    folder = tmp_path_factory.mktemp(f"scene-{name}")
    made = Scene(name, folder, SCENES[name](folder), victim)
    board = made.board
    if name in ("fetch", "build", "links"):
        told = victim.run("fetch", "--replay", "../first", "--now", DAY, cwd=board, root=board)
        assert told.code == 0, told
    if name == "build":
        assert victim.run("build", "--now", DAY, "--workers", "1", cwd=board, root=board).code == 0
        (board / "jobs" / "tidewater" / "pilot-2.yaml").unlink()
        (board / "jobs" / "tidewater" / "pilot-3.yaml").write_text(PERSONS.format(n=3))
    if board.exists():
        shutil.copytree(board, folder / "saved")
        made.old = all_files(board)
    told = made.go()
    assert told.code in (0, 1), told
    assert "Traceback" not in told.err, told.err
    made.new, made.steps, made.first, made.cpu_s = all_files(board), told.steps, (told.code,), told.cpu_s
    assert kept_files(made.new) != kept_files(made.old), "it changes nothing, so a kill would prove nothing"
    made.again = (made.go().code, told.code)
    assert kept_files(all_files(board)) == kept_files(made.new), "the second run changes something again"
    made.new = all_files(board)
    return made
