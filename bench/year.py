# ruff: noqa: T201 -- a script that prints
"""A year of a board's life on local repositories: scheduled updates, people, faults, and what git must hold for it.

    python bench/year.py [--jobs 500] [--boards 10] [--short]

The real fetch, build, link check and .github/scripts/push-changes; the hosts' answers are recordings that are made day
by day. Whatever is lost, empty, dirty, looping or broken ends it with an error; else it prints what the year cost.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from year_board import Board, holds  # noqa: E402 -- beside this file
from year_world import World  # noqa: E402

from rolecall.commands.from_issue import FormReport, from_issue  # noqa: E402

BEGIN = date(2026, 1, 1)
CHURN = 0.03
QUIET = range(201, 276)
# The last job to close before the quiet does so three days after it begins, and its file goes a month later.
SILENT = range(QUIET.start + 39, QUIET.stop)
# The days of a short year, three apart: those on which something happens, and the ones after that it needs.
SHORT = (
    *(
        0,
        3,
        15,
        18,
        30,
        33,
        45,
        48,
        60,
        63,
        66,
        69,
        75,
        78,
        84,
        87,
        90,
        93,
        105,
        108,
        111,
        120,
        123,
        126,
        135,
        138,
        141,
    ),
    *(147, 150, 153, 168, 177, 180, 183, 186, 201, 204, 207, 237, 240, 243, 246, 276, 300, 303, 306),
)
BAD = "jobs/visitors/bad.yaml"
OWN = """\
# Ada adds this one.
title: Lighthouse Keeper
company: Lighthouse Trust
apply_url: {url}
posted: 2026-01-10
"""
CLOSE_FIVE = """\
### Jobs to close

{jobs}

### What you saw

The link leads nowhere

### Details

_No response_
"""
HOSTILE = (
    "[skip ci] $(touch pwned) `touch pwned` ${{ github.token }}",
    CLOSE_FIVE.format(jobs="jobs/../../README.md\n/etc/passwd\njobs/*"),
    CLOSE_FIVE.format(
        jobs="jobs/lighthouse-trust/keeper.yaml\n\n### Jobs to close\n\njobs/lighthouse-trust/keeper.yaml"
    ),
    CLOSE_FIVE.format(jobs="::stop-commands::x\n$(rm -rf .)"),
)


@dataclass
class Year:
    """The story: what happens on which day of the year. The world lives `step` days between two updates."""

    root: Path
    jobs: int = 500
    boards: int = 10
    step: int = 1
    days: Sequence[int] = range(365)
    sizes: list[tuple[int, int, int]] = field(default_factory=list)
    seconds: float = 0

    def __post_init__(self) -> None:
        self.world = World(self.boards, self.jobs // self.boards, BEGIN)
        self.board = Board(self.root, list(self.world.listed))
        self.kept: dict[str, str] = {}
        self.away: dict[int, date] = {}

    def live(self) -> None:
        """All days, each with its events; then what must be true of the whole."""
        started = time.perf_counter()
        for day in self.days:
            today = BEGIN + timedelta(days=day)
            before = self.board.head()
            event = getattr(self, f"on_{day}", None)
            if event is not None:
                event(today)
            else:
                self.board.update(today, self.answers())
            if day % 7 < self.step:
                self.again(day, today)
            if day in SILENT:
                holds(self.board.head() == before, f"{today}: a commit in a month in which nothing changed.")
            self.measure(day)
            self.world.live(self.step, 0 if day in QUIET else CHURN)
        self.judge()
        self.seconds = time.perf_counter() - started

    def answers(self) -> Path:
        return self.world.record(self.root / "answers")

    def again(self, day: int, today: date) -> None:
        """The day's second update, and once a week the link check: with nothing new, neither pushes anything."""
        if day % 21 < self.step:
            holds(not self.board.update(today, self.answers()), f"{today}: a second update found something to commit.")
        before = self.board.head()
        self.board.ask(today, self.answers())
        moved = self.board.head() != before
        holds(moved == (today in self.link_days), f"{today}: the link check pushed: {moved}.")

    link_days: set[date] = field(default_factory=set)

    def path_of(self, number: int) -> str:
        """The file of an opening."""
        return next(
            path for path, text in self.board.files().items() if f'key: "{number}"' in text or f"'{number}'" in text
        )

    def pinned(self, board: str) -> list[int]:
        return [number for number in self.world.listed[board] if number in self.world.pinned]

    # Two updates at once: the second pushes on top of the first.
    def on_15(self, today: date) -> None:
        self.board.read("runner", today, self.answers())
        self.world.add("b0", today)
        self.board.read("other", today, self.answers())
        holds(self.board.push("other", today), "the first of two racing updates pushed nothing.")
        self.board.push("runner", today)
        holds(not self.board.update(today, self.answers()), "after a race the next update found a difference.")

    # A pull request is merged between fetch and push.
    def on_30(self, today: date) -> None:
        self.world.pages["https://lighthouse.example/jobs/1"] = "<h1>Lighthouse Keeper</h1>"
        self.board.read("runner", today, self.answers())
        self.write("jobs/lighthouse-trust/keeper.yaml", OWN.format(url="https://lighthouse.example/jobs/1"), today)
        self.board.push("runner", today)
        holds(
            "Lighthouse Keeper" in (self.root / "runner" / "README.md").read_text(), "the README misses the merged job."
        )

    # A person edits a fetched job while an update changes the same file.
    def on_45(self, today: date) -> None:
        number = self.pinned("b0")[0]
        path = self.path_of(number)
        self.world.revised[number] = "We have thought about it, and want a little more."
        self.board.read("runner", today, self.answers())
        self.edit_line(path, "title: ", "title: The Title That Ada Wants", today)
        self.board.push("runner", today)
        holds("The Title That Ada Wants" in self.board.files()[path], "an edit was lost in a race.")
        self.kept[path] = "title: The Title That Ada Wants\n"

    # An outage: three days of errors, then an empty list.
    def on_60(self, today: date) -> None:
        self.world.fault["b1"] = "down"
        self.board.update(today, self.answers())

    def on_63(self, today: date) -> None:
        self.world.fault["b1"] = "empty"
        self.board.update(today, self.answers())

    def on_66(self, today: date) -> None:
        del self.world.fault["b1"]
        self.board.update(today, self.answers())
        self.all_open("b1", today)

    # A contributor's bad file is merged by mistake, and mended nine days later.
    def on_75(self, today: date) -> None:
        self.board.broken.add(BAD)
        self.write(BAD, "title: [no end\ncompany: 12\n", today)
        self.board.update(today, self.answers())

    def on_84(self, today: date) -> None:
        self.board.broken.clear()
        self.write(BAD, OWN.format(url="https://visitors.example/jobs/2"), today)
        self.world.pages["https://visitors.example/jobs/2"] = "<h1>Lighthouse Keeper</h1>"
        self.board.update(today, self.answers())

    # A company gets another name.
    def on_90(self, today: date) -> None:
        self.world.names["b2"] += " International"
        self.board.update(today, self.answers())
        self.all_open("b2", today)

    # Four tenths of a list cannot be read.
    def on_105(self, today: date) -> None:
        self.world.fault["b3"] = "broken"
        self.board.update(today, self.answers())
        self.all_open("b3", today)

    def on_108(self, today: date) -> None:
        del self.world.fault["b3"]
        self.board.update(today, self.answers())

    # A flood: a list holds five times its jobs, and three days later they are gone.
    def on_120(self, today: date) -> None:
        self.flood = [self.world.add("b3", today) for _ in range(4 * self.world.jobs_per_board)]
        self.board.update(today, self.answers())
        self.all_open("b3", today)

    def on_123(self, today: date) -> None:
        for number in self.flood:
            self.world.listed["b3"].pop(number, None)
        self.board.update(today, self.answers())

    # Some jobs leave a list, close, and come back after twelve days.
    def on_135(self, today: date) -> None:
        self.away = self.world.remove("b2", 3, posted_before=today - timedelta(days=7))
        self.board.update(today, self.answers())

    def on_147(self, today: date) -> None:
        self.world.listed["b2"] |= self.away
        files = self.board.files()
        closed = [path for path in map(self.path_of, self.away) if "\nstatus: closed\n" in files[path]]
        holds(len(closed) == len(self.away), "jobs that left a list did not close.")
        self.board.update(today, self.answers())
        self.all_open("b2", today)

    # Issues: hostile ones write nothing; one that closes five jobs does, and their list goes on naming them.
    def on_150(self, today: date) -> None:
        for body in HOSTILE:
            report = self.issue(body, today)
            holds(report.state in ("refused", "no form"), f"a hostile issue was {report.state}: {body[:60]!r}")
            dirt = self.board.git(self.board.person, "status", "--porcelain")
            holds(not dirt, f"a hostile issue wrote: {dirt}")
        paths = [self.path_of(number) for board in ("b0", "b1", "b2") for number in self.pinned(board)[1:3]][:5]
        report = self.issue(CLOSE_FIVE.format(jobs="\n".join(paths)), today)
        holds(report.state == "written", f"the issue that closes jobs was {report.state}: {report.lines()}")
        self.board.commit(report.title, today)
        self.kept |= dict.fromkeys(paths, "\nstatus: closed\n")
        self.board.update(today, self.answers())

    def issue(self, body: str, today: date) -> FormReport:
        """What becomes of an issue in a person's fresh clone."""
        event = self.root / "event.json"
        user = {"login": "mallory", "id": 7}
        made = {"number": 7, "title": HOSTILE[0], "body": body, "user": user, "created_at": f"{today}T06:00:00Z"}
        event.write_text(json.dumps({"action": "labeled", "issue": made}), encoding="utf-8")
        return from_issue(self.board.fresh("person"), event, datetime.combine(today, clock(6), UTC), write=True)

    # The page of a person's job is gone: noted by one link check, closed by the next.
    def on_168(self, today: date) -> None:
        self.world.pages["https://lighthouse.example/jobs/1"] = ""
        weeks = [day for day in self.days if day >= 168 and day % 7 < self.step]
        self.link_days |= {BEGIN + timedelta(days=day) for day in weeks[:2]}
        self.board.update(today, self.answers())
        self.kept["jobs/lighthouse-trust/keeper.yaml"] = "closed_reason: page gone (404)\n"

    # No board answers.
    def on_180(self, today: date) -> None:
        self.world.fault = dict.fromkeys(self.world.listed, "down")
        report = self.board.read("runner", today, self.answers())
        holds(report.exit_code(strict=False) == 1, "all boards failed, and the exit code does not say so.")
        holds(report.files == 0 or report.pruned, "a fetch that read nothing wrote something.")
        self.board.push("runner", today)

    def on_183(self, today: date) -> None:
        self.world.fault = {}
        self.board.update(today, self.answers())

    # A person gives the file of a fetched job another name.
    def on_300(self, today: date) -> None:
        path = self.path_of(self.pinned("b3")[0])
        new = "jobs/kept-by-ada/first.yaml"

        def move(folder: Path) -> None:
            (folder / new).parent.mkdir(parents=True)
            (folder / path).rename(folder / new)

        self.board.edit(move, "File it elsewhere", today)
        self.board.update(today, self.answers())
        holds(path not in self.board.files(), "a file that a person moved came back.")
        self.kept[new] = "title: "

    def write(self, path: str, text: str, today: date) -> None:
        def change(folder: Path) -> None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")

        self.board.edit(change, f"Merge a pull request: {Path(path).name}", today)

    def edit_line(self, path: str, start: str, line: str, today: date) -> None:
        def change(folder: Path) -> None:
            lines = (folder / path).read_text(encoding="utf-8").split("\n")
            (folder / path).write_text("\n".join(line if old.startswith(start) else old for old in lines))

        self.board.edit(change, "Mend a line", today)

    def all_open(self, board: str, today: date) -> None:
        """Whatever is listed stands open, but for what a person closed."""
        files = self.board.files()
        known = {key: path for path, text in files.items() for key in self.world.listed[board] if f"'{key}'" in text}
        shut = [path for path in known.values() if "\nstatus: closed\n" in files[path] and path not in self.kept]
        holds(len(known) == len(self.world.listed[board]), f"{today}: {board} lists more than the board holds.")
        holds(not shut, f"{today}: closed though listed: {shut}.")

    def measure(self, day: int) -> None:
        if day // 30 > len(self.sizes) - 1:
            count = int(self.board.git(self.board.remote, "rev-list", "--count", "main"))
            self.sizes.append((day, self.board.packed_kb(), count))
            if sys.stderr.isatty() or self.jobs >= 500:
                print(f"day {day}: {count} commits, {self.sizes[-1][1]:,} kB", file=sys.stderr)

    def judge(self) -> None:
        """Nothing is lost, empty or looping."""
        commits = self.board.commits()
        bots = [commit for commit in commits if commit[0] not in self.board.people]
        lost = self.board.people.keys() - {commit[0] for commit in commits}
        holds(not lost, f"commits of people are lost: {sorted(lost)}.")
        holds(not [commit for commit in commits if commit[1] == commit[2]], "there is an empty commit.")
        holds(len(bots) <= self.board.runs, f"{len(bots)} commits by {self.board.runs} runs: a loop.")
        said = all(commit[3].startswith(("Update jobs: ", "Check links: ")) for commit in bots)
        holds(said, "a bot's commit has another message.")
        files = self.board.files()
        for path, line in self.kept.items():
            holds(line in files.get(path, ""), f"{path} lost what a person wrote: {line!r}.")

    def figures(self) -> str:
        """What the year cost, as a table."""
        commits = [commit for commit in self.board.commits() if commit[0] not in self.board.people]
        lines = sorted(commit[5] for commit in commits[1:])
        rows = ["| day | pack after gc, MB | commits |", "|---|---|---|"]
        rows += [f"| {day} | {kb / 1000:.2f} | {count} |" for day, kb, count in self.sizes]
        growth = (self.sizes[-1][1] - self.sizes[0][1]) / max(1, len(self.sizes) - 1) / 1000
        rows.append(f"growth a month: {growth:.2f} MB; {self.board.runs} runs, {len(commits)} commits of theirs")
        middle, most = lines[len(lines) // 2], lines[len(lines) * 9 // 10]
        rows.append(f"lines changed a commit: median {middle:,}, nine tenths up to {most:,}")
        files = self.board.files()
        rows.append(f"{len(files)} job files at the end; {self.seconds:.0f} s")
        return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--boards", type=int, default=10)
    parser.add_argument("--short", action="store_true", help="only the days on which something happens")
    said = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="year-"))
    try:
        days, step = (SHORT, 3) if said.short else (range(365), 1)
        year = Year(root / "board", said.jobs, said.boards, step, days)
        year.live()
        print(year.figures())
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
