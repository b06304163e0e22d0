# ruff: noqa: T201 -- a script prints
"""Whether twice as much takes twice as long: CPU seconds of whole commands over boards made up to be too large.

    PYTHONPATH=src python bench/load.py [--sizes 500 1000 2000]

For each case: the seconds at each size, and how many times longer the last took than the first, beside how many times
larger it was. Well above that, something looks at every pair.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

TEXT = "Two hundred people a day eat what you cook, in a kitchen that has windows on three sides. "
Boards = Mapping[str, list[dict[str, Any]]]


def opening(key: int, title: str, text: str = TEXT) -> dict[str, Any]:
    return {
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{key}",
        "id": key,
        "title": title,
        "location": {"name": "Hamburg, Germany"},
        "first_published": "2026-10-01T09:30:00-04:00",
        "updated_at": "2026-11-02T10:00:00-05:00",
        "content": f"&lt;p&gt;{text}{key}&lt;/p&gt;",
        "metadata": [],
    }


def one_company(size: int) -> Boards:
    """One board with many openings, each with another title."""
    return {"acme": [opening(key, f"Cook {key}") for key in range(1, size + 1)]}


def one_title(size: int) -> Boards:
    """One board with many openings of one title, whose texts are long enough to show that two are one."""
    return {"acme": [opening(key, "Cook", TEXT * 4) for key in range(1, size + 1)]}


def many_boards(size: int) -> Boards:
    """Many boards with an opening each."""
    return {f"acme{key}": [opening(key, f"Cook {key}")] for key in range(1, size + 1)}


CASES: dict[str, tuple[Callable[[int], Boards], tuple[str, ...]]] = {
    "openings of one company": (one_company, ("fetch", "check", "build")),
    "openings of one title": (one_title, ("fetch", "build")),
    "boards in config.yaml": (many_boards, ("check", "fetch")),
}


def write(folder: Path, boards: Boards) -> None:
    (folder / "board" / "jobs").mkdir(parents=True)
    lines = [f"  - {{source: greenhouse, board: {name}, company: Acme}}\n" for name in boards]
    config = f"title: Jobs\nbase_url: https://o.github.io/r/\nboards:\n{''.join(lines)}"
    (folder / "board" / "config.yaml").write_text(config)
    (folder / "board" / "README.md").write_text("# Jobs\n\n<!-- rolecall:start -->\n<!-- rolecall:end -->\n")
    (folder / "answers").mkdir()
    with (folder / "answers" / "index.jsonl").open("w") as index:
        for name, jobs in boards.items():
            (folder / "answers" / f"{name}.json").write_text(json.dumps({"jobs": jobs}))
            url = f"https://boards-api.greenhouse.io/v1/boards/{name}/jobs"
            told = {"status": 200, "headers": {"content-type": "application/json"}, "body": f"{name}.json"}
            index.write(json.dumps({"request": {"method": "GET", "url": url}, "response": told}) + "\n")


def cpu_s(folder: Path, command: str) -> float:
    more = {"fetch": ["--replay", "../answers"], "build": ["--workers", "1"]}.get(command, [])
    before = os.times()
    words = [sys.executable, "-m", "rolecall", command, "--now", "2026-11-22", "--quiet", *more]
    subprocess.run(words, cwd=folder / "board", check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own words
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def measure(sizes: Iterable[int]) -> None:
    sizes = sorted(sizes)
    print(f"{'':<34}" + "".join(f"{size:>9,}" for size in sizes) + f"   x (x{sizes[-1] / sizes[0]:.0f} as many)")
    for name, (make, commands) in CASES.items():
        took: dict[str, list[float]] = {command: [] for command in commands}
        for size in sizes:
            with tempfile.TemporaryDirectory() as place:
                write(Path(place), make(size))
                for command in commands:
                    took[command].append(cpu_s(Path(place), command))
        for command, seconds in took.items():
            figures = "".join(f"{second:9.2f}" for second in seconds)
            print(f"{name}: {command:<{32 - len(name)}}{figures}   x{seconds[-1] / seconds[0]:.1f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 2000])
    measure(parser.parse_args().sizes)


if __name__ == "__main__":
    main()
