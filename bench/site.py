# ruff: noqa: S603, T201 -- a script that starts programs and prints
"""How fast and how sound the site is: Lighthouse on it, and what the front page weighs when the board is large.

    python bench/site.py [--runs 3]

Lighthouse opens pages as a phone of the middle class on a slow network (its mobile profile), in the Chromium of this
machine, from a server on it that compresses as GitHub Pages does. Of `--runs` the one with the median performance
counts. Printed are the four scores and each audit that is not perfect; then, for the front page of boards of 15, 1,000
and 10,000 jobs, requests and bytes as transferred.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from corpus import write_board
from pages_server import serving

REPO = Path(__file__).resolve().parents[1]
NODE = REPO / ".cache" / "bench-node"
TODAY = date(2026, 11, 22)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "index": "",
    "job": "jobs/saltmarsh-mutual/data-engineer.html",
    "company": "companies/saltmarsh-mutual.html",
}
SIZES = (15, 1_000, 10_000)
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    set_up()
    with tempfile.TemporaryDirectory() as scratch:
        sample = Path(scratch) / "sample"
        sample.mkdir()
        for name in ("jobs", "logos"):
            shutil.copytree(REPO / name, sample / name)
        for name in ("config.yaml", "README.md"):
            shutil.copy(REPO / name, sample)
        with served(sample) as root:
            for kind, path in PAGES.items():
                print_scores(kind, lighthouse(root + path, runs))
        print(f"{'index of':<16}{'requests':>9}{'kB sent':>9}{'performance':>13}{'LCP s':>7}")
        for size in SIZES:
            board = Path(scratch) / str(size)
            write_board(size, board, TODAY, languages=False)
            with served(board) as root:
                print_weight(f"{size:,} jobs", lighthouse(root, runs))


def set_up() -> None:
    """Lighthouse of the version in package.json stands in .cache/, and there is a Chromium."""
    if shutil.which("npm") is None or chromium() is None:
        sys.exit("bench/site.py: Chromium, node or npm is missing. On Debian: apt install chromium nodejs npm")
    wanted = (REPO / "bench" / "package.json").read_bytes()
    held = NODE / "package.json"
    if held.is_file() and held.read_bytes() == wanted and (NODE / "node_modules" / "lighthouse").is_dir():
        return
    NODE.mkdir(parents=True, exist_ok=True)
    shutil.copy(REPO / "bench" / "package.json", NODE)
    # Not `npm ci`: one of Lighthouse's own dependencies asks for whatever is the latest, which no lock file can hold.
    command = ["npm", "install", "--prefix", str(NODE), "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, check=True)


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def served(board: Path) -> Iterator[str]:
    """The board, built for the address at which it is then served."""
    output = board / "output"
    output.mkdir()
    with serving(output) as root:
        config = board / "config.yaml"
        lines = config.read_text(encoding="utf-8").splitlines()
        lines = [f"base_url: {root}" if line.startswith("base_url:") else line for line in lines]
        config.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "rolecall", "build", "--quiet", "--now", TODAY.isoformat()]
        subprocess.run(command, cwd=board, check=True)
        yield root


def lighthouse(address: str, runs: int) -> dict[str, Any]:
    """The report on `address` whose performance is the median of `runs`."""
    reports = sorted((_report(address) for _ in range(runs)), key=lambda report: _score(report, "performance"))
    return reports[len(reports) // 2]


def _report(address: str) -> dict[str, Any]:
    program = str(NODE / "node_modules" / "lighthouse" / "cli" / "index.js")
    options = [
        *("--output=json", "--quiet", "--no-enable-error-reporting", f"--chrome-flags={CHROMIUM}"),
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    env = {**os.environ, "CHROME_PATH": chromium() or ""}
    done = subprocess.run(["node", program, address, *options], capture_output=True, text=True, env=env, check=False)  # noqa: S607
    if done.returncode:
        sys.exit(f"Lighthouse failed on {address}:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _score(report: dict[str, Any], category: str) -> int:
    return round(100 * (report["categories"][category]["score"] or 0))


def print_scores(kind: str, report: dict[str, Any]) -> None:
    print(f"{kind}: " + ", ".join(f"{category} {_score(report, category)}" for category in CATEGORIES))
    for category in CATEGORIES:
        for part in report["categories"][category]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if audit["score"] is not None and audit["score"] < 1:
                said = audit.get("explanation") or audit.get("displayValue", "")
                print(
                    f"  {audit['score']:.2f} (weight {part['weight']}) {audit['id']}: {audit['title']} {said}".rstrip()
                )
                for item in audit.get("details", {}).get("items", [])[:5]:
                    print(f"       {_short(item)}")
    print(flush=True)


def _short(item: dict[str, Any]) -> str:
    place = item.get("node", {}).get("snippet") if isinstance(item.get("node"), dict) else None
    return (place or json.dumps(item, ensure_ascii=False))[:180]


def print_weight(name: str, report: dict[str, Any]) -> None:
    sent = report["audits"]["network-requests"]["details"]["items"]
    size = sum(item["transferSize"] for item in sent) / 1000
    paint = report["audits"]["largest-contentful-paint"]["numericValue"] / 1000
    print(f"{name:<16}{len(sent):>9}{size:>9.1f}{_score(report, 'performance'):>13}{paint:>7.1f}", flush=True)


if __name__ == "__main__":
    main()
