# ruff: noqa: S311, S603, T201 -- made-up jobs need no secret dice; a script that runs git and prints
"""How much of the README, and of its lists, changes from day to day: 60 simulated days, one git commit for each.

    python bench/readme_churn.py [--jobs 500] [--days 60] [--churn 3] [--set age=both lists=always]

Each day so many per cent of the jobs go, taken by chance, and as many new ones come. Printed are the lines that git
counts as added and removed, and the size of the packed repository. The boards are made by `bench/corpus.py`.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import mean, median

from readme_boards import TODAY, made_board, views_of

from rolecall.commands.readme import prepare_readme
from rolecall.config import Config
from rolecall.issues import Issues
from rolecall.site.render import Renderer
from rolecall.site.site import Site
from rolecall.site.view import JobView
from rolecall.site.views import stamped

README = "# Board\n\n<!-- rolecall:start -->\n<!-- rolecall:end -->\n"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=b", "-c", "user.email=b@b.example", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def simulate(folder: Path, config: Config, views: list[JobView], jobs: int, days: int, churn: float) -> None:
    """Build and commit day after day, and print what changed."""
    dice = Random(1)
    (folder / "README.md").write_text(README, encoding="utf-8")
    git(folder, "init", "--quiet")
    (folder / ".gitignore").write_text(".cache\n", encoding="utf-8")
    open_jobs, waiting = views[:jobs], views[jobs:]
    renderer, changes = Renderer(language=config.language), []
    for day in range(days + 1):
        today = TODAY + timedelta(days=day)
        if day:
            moving = round(jobs * churn / 100)
            gone = set(dice.sample(range(len(open_jobs)), moving))
            came = [_posted(view, today.isoformat()) for view in waiting[:moving]]
            open_jobs, waiting = (
                [*(view for at, view in enumerate(open_jobs) if at not in gone), *came],
                waiting[moving:],
            )
        made = prepare_readme(folder, Site.of(open_jobs, {}, config, today), renderer, Issues())
        assert made is not None
        made.write()
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", today.isoformat())
        if day:
            changes.append(_changed(git(folder, "show", "--numstat", "--no-renames", "--format=")))
    git(folder, "gc", "--quiet", "--aggressive")
    packed = sum(path.stat().st_size for path in (folder / ".git" / "objects" / "pack").glob("*.pack"))
    for name, at in (("README", 0), ("lists", 1)):
        lines = [change[at] for change in changes]
        print(
            f"{name:<7} changed lines a day: median {median(lines):,.0f}, mean {mean(lines):,.1f}, most {max(lines):,}"
        )
    print(
        f"README at the end: {made.facts.shown} of {made.facts.total} jobs, "
        f"{made.facts.bytes:,} bytes, {made.facts.step}"
    )
    print(f"packed: {packed:,} bytes for {days} days")


def _posted(view: JobView, day: str) -> JobView:
    moved = view._replace(posted=day, closes="", featured=False)
    return stamped(moved)


def _changed(numstat: str) -> tuple[int, int]:
    """Lines added and removed in the README, and in all lists together."""
    readme = lists = 0
    for line in numstat.splitlines():
        added, removed, name = line.split("\t")
        count = int(added) + int(removed)
        readme, lists = (readme + count, lists) if name == "README.md" else (readme, lists + count)
    return readme, lists


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--churn", type=float, default=3.0, help="per cent of the jobs that change each day")
    parser.add_argument("--board", type=Path, help="where the made-up board is kept")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).with_name("corpus.py"))
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="options below readme: age=both")
    arguments = parser.parse_args()
    wanted = round(arguments.jobs * (1 + arguments.days * arguments.churn / 100) * 1.1)
    options = dict(pair.split("=", 1) for pair in arguments.set)
    with tempfile.TemporaryDirectory() as temporary:
        board = made_board(arguments.board or Path(temporary, "board"), wanted, arguments.corpus)
        config, views = views_of(board)
        config = Config.model_validate({**config.model_dump(exclude_unset=True), "readme": options})
        day = TODAY.isoformat()
        open_views = [view for view in views if not view.status_closed and (not view.closes or view.closes >= day)]
        repository = Path(temporary, "repository")
        repository.mkdir()
        simulate(repository, config, open_views, arguments.jobs, arguments.days, arguments.churn)


if __name__ == "__main__":
    main()
