"""What the measurements of the README share: a board of made-up jobs, read once."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from rolecall.commands import CACHE, CONFIG
from rolecall.commands.catalogue import load_catalogue
from rolecall.config import Config, load_config
from rolecall.site.language import Language
from rolecall.site.view import JobView

TODAY = date(2026, 11, 22)


def made_board(folder: Path, jobs: int, corpus: Path) -> Path:
    """A board of so many jobs in `folder`, made by the script `corpus` when it is not there yet."""
    if not (folder / CONFIG).exists():
        command = [sys.executable, str(corpus), str(jobs), str(folder), "--today", TODAY.isoformat()]
        subprocess.run(command, check=True)  # noqa: S603 -- our own script
    return folder


def views_of(folder: Path) -> tuple[Config, list[JobView]]:
    """The board's configuration and all of its jobs."""
    config = load_config(folder / CONFIG)
    (folder / CACHE).mkdir(exist_ok=True)
    catalogue = load_catalogue(folder, config, TODAY, None, Language(config.language))
    return config, list(catalogue.views)
