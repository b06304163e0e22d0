"""One library, one door: who may import what, and what the command line must not load before it is needed."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

DOORS: dict[str, frozenset[str]] = {
    "PIL": frozenset({"fetch/logos.py", "site/card.py"}),
    "babel": frozenset({"site/language.py"}),
    "click": frozenset({"cli/"}),
    "defusedxml": frozenset({"sources/_xml.py"}),
    "feedparser": frozenset({"sources/_feeds.py"}),
    "ftfy": frozenset({"normalise/text.py"}),
    "httpx": frozenset({"fetch/client.py"}),
    "jinja2": frozenset({"site/compile.py", "site/compiled.py", "site/render.py"}),
    "markdown_it": frozenset({"site/markdown.py"}),
    "markupsafe": frozenset({"site/"}),  # part of jinja2: a `Markup` is how text says that it is HTML already
    "nh3": frozenset({"markup/clean.py"}),
    "rich": frozenset({"fetch/progress.py", "report.py"}),
    "selectolax": frozenset({"markup/page.py"}),
    "watchfiles": frozenset({"serve/watching.py"}),
    "yaml": frozenset({"yaml_events.py", "yaml_io.py"}),
}
PROGRAMS = frozenset({"git.py"})  # who may start one
EVERYWHERE = frozenset({"pydantic"})  # the schema; models stand where they are used
NAMES = {"pillow": "PIL", "pyyaml": "yaml", "markdown-it-py": "markdown_it"}  # where package and module differ
HEAVY = (
    "PIL",
    "babel",
    "feedparser",
    "ftfy",
    "httpx",
    "jinja2",
    "markdown_it",
    "nh3",
    "pydantic",
    "rich",
    "selectolax",
    "watchfiles",
    "yaml",
)


def foreign_imports(package: Path) -> Iterator[tuple[str, str]]:
    """(path, library) of every import that is neither ours nor Python's own."""
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            else:
                continue
            for library in {name.split(".")[0] for name in names} - {package.name} - set(sys.stdlib_module_names):
                yield path.relative_to(package).as_posix(), library


@pytest.fixture
def package(repo: Path) -> Path:
    return repo / "src" / "rolecall"


@pytest.fixture
def dependencies(repo: Path) -> set[str]:
    """The modules that pyproject.toml's dependencies bring."""
    lines = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    packages = {line.split(">")[0].strip() for line in lines}
    return {NAMES.get(name, name) for name in packages}


def test_each_library_has_one_door(package: Path) -> None:
    wrong = [
        f"{path} imports {library}; only {', '.join(sorted(DOORS.get(library, {'nobody'})))} may"
        for path, library in foreign_imports(package)
        if library not in EVERYWHERE and not path.startswith(tuple(DOORS.get(library, ())))
    ]
    assert wrong == []


def test_every_dependency_is_used_and_every_library_is_a_dependency(package: Path, dependencies: set[str]) -> None:
    assert dependencies == {library for _, library in foreign_imports(package)}


def loaded(offline_env: Mapping[str, str], folder: Path, *arguments: str) -> set[str]:
    """The libraries in memory after `rolecall` ran with `arguments` in a process of its own."""
    program = (
        "import json, sys\n"
        "from rolecall.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print('\\n' + json.dumps(sorted({name.split('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        env=dict(offline_env),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("build", "--help"), ("fetch", "--help")])
def test_help_loads_no_heavy_library(
    arguments: tuple[str, ...], offline_env: Mapping[str, str], tmp_path: Path
) -> None:
    assert loaded(offline_env, tmp_path, *arguments) & set(HEAVY) == set()


def test_a_build_loads_nothing_that_only_fetch_needs(board: Path, offline_env: Mapping[str, str]) -> None:
    needed_by_fetch = {"httpx", "feedparser", "defusedxml", "ftfy"}
    assert loaded(offline_env, board, "build", "--now", "2026-11-22") & needed_by_fetch == set()


def test_a_build_loads_pillow_only_when_a_picture_is_missing(board: Path, offline_env: Mapping[str, str]) -> None:
    assert "PIL" in loaded(offline_env, board, "build", "--now", "2026-11-22")
    assert "PIL" not in loaded(offline_env, board, "build", "--now", "2026-11-22")


def test_one_module_starts_programs(repo: Path) -> None:
    package = repo / "src" / "rolecall"
    starting = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "subprocess" in path.read_text(encoding="utf-8")
    }
    assert starting == PROGRAMS
