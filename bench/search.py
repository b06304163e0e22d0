# ruff: noqa: S603, T201 -- a script that starts rolecall and prints
"""What the search of a large board costs a phone: bytes before the first result, and the time of a keystroke.

    python bench/search.py [--jobs 10000] [--board FOLDER] [--throttle 4]

A board of made-up jobs is built (or the one in FOLDER, which is then built there), served on this machine as GitHub
Pages does, compressed and not, and opened in Chromium at 400x800 with a processor that is `--throttle` times slower.
Then ten queries are typed letter by letter, some with errors. A keystroke is timed from the input event until the rows
stand in the layout; once while the words of descriptions are still fetched, once with them at hand.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pages_server
from corpus import write_board

TODAY = "2026-11-22"
QUERIES = (
    "kubernetes", "pyhton", "senior data", "golang developer", "zurich", "recruter", "machine learning", "react remote",
    "c++ engineer", "acountant berlin",
)  # fmt: skip

TYPE = """async (queries) => {
  const box = document.querySelector(".find-box");
  const list = document.querySelector("#found ol.jobs");
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const took = [];
  const longest = [0];
  new PerformanceObserver((seen) => seen.getEntries().forEach((task) => longest.push(task.duration)))
    .observe({ type: "longtask" });
  for (const query of queries) {
    for (let end = 1; end <= query.length; end++) {
      box.value = query.slice(0, end);
      const start = performance.now();
      box.dispatchEvent(new Event("input", { bubbles: true }));
      list.getBoundingClientRect();
      took.push(performance.now() - start);
      await frame();
      await new Promise((done) => setTimeout(done, 60));
    }
  }
  return { took, longest: Math.max(...longest) };
}"""


def main() -> None:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(description="What the search costs a phone.")
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--board", type=Path)
    parser.add_argument("--throttle", type=float, default=4)
    asked = parser.parse_args()
    with _board(asked.board, asked.jobs) as board:
        files = list((board / "output" / "search").glob("words-*.json"))
        head = (board / "output" / "search" / "head.json").stat().st_size
        print(f"head.json {head:,} bytes; {len(files)} files of words, {sum(f.stat().st_size for f in files):,} bytes")
        with pages_server.serving(board / "output") as root:
            for name, kinds in (("compressed", pages_server.COMPRESSED), ("as it is", ())):
                pages_server.COMPRESSED = kinds
                _print(name, _measured(root, asked.throttle))


@contextmanager
def _board(folder: Path | None, jobs: int) -> Iterator[Path]:
    made = folder or Path(tempfile.mkdtemp())
    try:
        if folder is None:
            write_board(jobs, made, date.fromisoformat(TODAY), languages=False)
        command = [sys.executable, "-m", "rolecall", "build", "--now", TODAY]
        subprocess.run(command, cwd=made, check=True)
        yield made
    finally:
        if folder is None:
            shutil.rmtree(made)


def _measured(root: str, throttle: float) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--disable-gpu"])
        context = browser.new_context(viewport={"width": 400, "height": 800}, has_touch=True, device_scale_factor=2)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        session.send("Network.enable")
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(root, wait_until="networkidle")
        loaded, requests = sum(sizes), len(sizes)
        ready = page.evaluate(
            """async () => {
              const box = document.querySelector(".find-box"), start = performance.now();
              box.value = "engineer";
              box.focus();
              box.dispatchEvent(new Event("input", { bubbles: true }));
              while (!document.querySelector("#found li")) await new Promise((done) => setTimeout(done));
              return performance.now() - start;
            }"""
        )
        page.wait_for_timeout(300)
        first = next(at for at in range(requests, len(sizes)) if sizes[at] == max(sizes[requests:]))
        result = {
            "page": loaded,
            "requests": requests,
            "head": sizes[first],
            "words": sum(sizes) - loaded - sizes[first],
            "ready": ready,
            "passes": [page.evaluate(TYPE, list(QUERIES)) for _ in range(2)],
            "all": 0.0,
        }
        result["all"] = sum(sizes)
        browser.close()
    return result


def _print(name: str, found: dict[str, Any]) -> None:
    print(f"\nServed {name}")
    print(f"  page: {found['page']:,.0f} bytes in {found['requests']} requests; head: {found['head']:,.0f} bytes")
    print(f"  before the first result: {found['page'] + found['head']:,.0f} bytes; then words: {found['words']:,.0f}")
    print(f"  all ten queries typed: {found['all']:,.0f} bytes")
    print(f"  from the first letter to the first result: {found['ready']:.0f} ms")
    for title, measured in zip(
        ("keystroke, words on their way", "keystroke, words at hand"), found["passes"], strict=True
    ):
        took = sorted(measured["took"])
        numbers = {
            "median": statistics.median(took), "p95": took[int(len(took) * 0.95)], "max": took[-1],
            "longest task": measured["longest"],
        }  # fmt: skip
        print(f"  {title} ({len(took)}): {json.dumps({key: round(value) for key, value in numbers.items()})} ms")


if __name__ == "__main__":
    main()
