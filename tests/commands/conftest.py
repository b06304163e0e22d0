"""A small board in a git repository of its own, for tests of what changed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=")


class GitBoard:
    """A board below `folder`; `commit` keeps its state, whatever git's own settings here are."""

    def __init__(self, folder: Path, inside: str = "") -> None:
        self.root, self.folder = folder, folder / inside
        self.folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        self.write("config.yaml", "title: Harbour jobs\nbase_url: https://harbour.example/jobs/\n")
        self.write("README.md", "<!-- rolecall:start -->\n<!-- rolecall:end -->\n")

    def git(self, *arguments: str) -> str:
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", "-C", str(self.root), *IDENTITY, *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.strip()

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "state")
        return self.git("rev-parse", "HEAD")

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def job(self, file: str, **fields: str) -> Path:
        """A job file in which `fields` stand instead of the usual."""
        usual = {
            "title": "Cook",
            "company": "Larkspur",
            "apply_url": f"https://larkspur.example/{file}",
            "posted": "2026-11-19",
        }
        lines = [f"{name}: {value}\n" for name, value in (usual | fields).items() if value]
        return self.write(f"jobs/{file}", "".join(lines))


@pytest.fixture
def git_board(tmp_path: Path) -> GitBoard:
    return GitBoard(tmp_path / "repository")


@pytest.fixture
def board_in_a_folder(tmp_path: Path) -> GitBoard:
    return GitBoard(tmp_path / "repository", "boards/one")
