"""The files that a board takes as they are: workflows, scripts, issue forms. This repository uses the same ones."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

GITHUB = ".github"
# These develop rolecall, and no board.
_OURS = frozenset({f"{GITHUB}/workflows/ci.yml"})


def shipped_root() -> Path:
    """The folder that holds `.github`: inside the installed package, or the top of a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "board"
    return inside if inside.is_dir() else package.parent.parent.parent


def shipped_files() -> dict[str, bytes]:
    """By its path in a board, each file that `rolecall init` writes as it stands."""
    root = shipped_root()
    paths = sorted(path for path in (root / GITHUB).rglob("*") if path.is_file() and not path.name.startswith("."))
    found = {path.relative_to(root).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in found.items() if name not in _OURS}


def is_program(file: str) -> bool:
    """Whether a workflow starts this file of a board, which must then be executable."""
    return file.startswith(f"{GITHUB}/scripts/")


def part(name: str, **words: str) -> bytes:
    """A text of `parts/` with each `@name@` in it replaced."""
    text = resources.files("rolecall.scaffold").joinpath("parts", name).read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text.encode()
