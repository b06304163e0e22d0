# ruff: noqa: T201 -- a script prints
"""How large the README and its lists are, and how long they take, for boards of 15 to 50,000 jobs.

    python bench/readme_sizes.py [FOLDER] [--jobs 15 500 5000 50000]

The boards are made by `bench/corpus.py` and kept in FOLDER, where the files can be looked at. The second time is
that of a build in which nothing changed.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
from pathlib import Path
from time import perf_counter

from readme_boards import TODAY, made_board, views_of

from rolecall.commands.readme import prepare_readme
from rolecall.issues import Issues
from rolecall.site.render import Renderer
from rolecall.site.site import Site

ROW = re.compile(r'^<tr valign="top">', re.MULTILINE)


def measure(folder: Path) -> str:
    """One line of the table: the README of a board, made and written twice."""
    config, views = views_of(folder)
    site = Site.of(views, {}, config, TODAY)
    (folder / ".cache" / "build" / "readme").unlink(missing_ok=True)
    seconds = []
    for _ in range(2):
        start = perf_counter()
        made = prepare_readme(folder, site, Renderer(language=config.language), Issues())
        assert made is not None
        made.write()
        seconds.append(perf_counter() - start)
    lists = sorted((folder / "lists").glob("*.md"))
    sizes = [path.stat().st_size for path in lists] or [0]
    rows = sum(len(ROW.findall(path.read_text(encoding="utf-8"))) for path in lists)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{made.facts.total:>7,} {made.facts.shown:>7,} {made.facts.bytes:>9,}  {made.facts.step:<21}"
        f"{len(lists):>6} {max(sizes):>9,} {sum(sizes):>11,} {rows:>8,}"
        f" {seconds[0]:>8.2f} {seconds[1]:>8.2f} {memory:>6}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--jobs", type=int, nargs="+", default=[15, 500, 5_000, 50_000])
    parser.add_argument("--corpus", type=Path, default=Path(__file__).with_name("corpus.py"))
    arguments = parser.parse_args()
    print(
        "   jobs   shown    README  step                  lists   largest       bytes     rows  seconds    again     MB"
    )
    with tempfile.TemporaryDirectory() as temporary:
        boards = arguments.folder or Path(temporary)
        boards.mkdir(parents=True, exist_ok=True)
        for jobs in sorted(arguments.jobs):
            print(measure(made_board(boards / f"board-{jobs}", jobs, arguments.corpus)), flush=True)


if __name__ == "__main__":
    main()
