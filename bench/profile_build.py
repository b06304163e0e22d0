# ruff: noqa: T201 -- a script that prints
"""Where the time of a build goes: stages, then functions, in one process.

    python bench/profile_build.py [--jobs 1000] [--again] [--lines 30]

`--again` looks at a build after one job changed, instead of one from nothing.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import shutil
import tempfile
from pathlib import Path

from readme_boards import TODAY, made_board

from rolecall.commands.build import build

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description="Name the functions in which a build spends its time.")
    parser.add_argument("--jobs", type=int, default=1_000)
    parser.add_argument("--again", action="store_true", help="After one job changed.")
    parser.add_argument("--lines", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        board = made_board(Path(folder) / "board", given.jobs, ROOT / "bench" / "corpus.py")
        with (board / "config.yaml").open("a", encoding="utf-8") as config:
            config.write("site: {cards: 0}\n")
        if given.again:
            build(board, TODAY, workers=1, say=print)
            job = next(path for path in sorted(board.glob("jobs/*/*.yaml")) if path.name != "company.yaml")
            job.write_text(job.read_text(encoding="utf-8").replace("<p>", "<p>Edited. ", 1), encoding="utf-8")
        profile = cProfile.Profile()
        profile.enable()
        report = build(board, TODAY, workers=1, say=lambda _: None)
        profile.disable()
        shutil.rmtree(board)
    print("Seconds under the profiler:", ", ".join(f"{name} {taken:.2f}" for name, taken in report.seconds.items()))
    stats = pstats.Stats(profile).strip_dirs()
    print("By the time in the function itself:")
    stats.sort_stats("tottime").print_stats(given.lines)
    print("By the time in it and all that it calls:")
    stats.sort_stats("cumtime").print_stats(given.lines)


if __name__ == "__main__":
    main()
