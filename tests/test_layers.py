"""Imports go down only. The order stands in docs/architecture.md; here it is held."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

# From the bottom to the top. Parts of one row do not see each other; inside a package everything does.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__init__", "issues", "address", "unseen", "yaml_events", "yaml_words"),
    ("errors", "model"),
    ("yaml_io", "markup", "files", "git"),
    ("schema",),
    ("sources", "normalise"),
    ("filters",),
    ("dedupe", "config"),
    ("checks",),
    ("fetch", "store", "site", "github", "scaffold", "importers", "serve"),
    ("commands",),
    ("report",),
    ("cli",),
    ("__main__",),
)
RANKS = {part: rank for rank, row in enumerate(LAYERS) for part in row}


def modules(package: Path) -> list[Path]:
    return sorted(package.rglob("*.py"))


def part_of(module: str) -> str:
    """`rolecall.site.render` -> `site`; `rolecall` itself -> `__init__`."""
    steps = module.split(".")
    return steps[1] if len(steps) > 1 else "__init__"


def name_of(path: Path, package: Path) -> str:
    steps = (package.name, *path.relative_to(package).with_suffix("").parts)
    return ".".join(steps if steps[-1] != "__init__" or len(steps) == 2 else steps[:-1])


def imports(path: Path, package: Path) -> Iterator[tuple[int, str]]:
    """(line, module) of every import of our own code: inside functions and `if TYPE_CHECKING` too, and relative ones."""
    folder = [package.name, *path.relative_to(package).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = folder[: len(folder) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from rolecall import store` imports a part, `from rolecall import __version__` a name.
            names = [f"{module}.{alias.name}" for alias in node.names] if module == package.name else [module]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == package.name)


def complaints(package: Path) -> list[str]:
    found = []
    for path in modules(package):
        module = name_of(path, package)
        here = "__init__" if module == package.name else part_of(module)
        if here not in RANKS:
            found.append(
                f"{path.name}: {here} has no layer. Give it one in tests/test_layers.py and docs/architecture.md."
            )
            continue
        for line, target in imports(path, package):
            there = part_of(target) if part_of(target) in RANKS or target.count(".") > 1 else "__init__"
            if there != here and RANKS.get(there, len(LAYERS)) >= RANKS[here]:
                found.append(f"{path.relative_to(package)}:{line}: {here} may not see {there}")
    return found


@pytest.fixture
def package(repo: Path) -> Path:
    return repo / "src" / "rolecall"


def test_imports_go_down_only(package: Path) -> None:
    assert complaints(package) == []


def test_sources_never_see_fetch_and_site_never_sees_store(package: Path) -> None:
    seen = {
        (part_of(name_of(path, package)), part_of(target))
        for path in modules(package)
        for _, target in imports(path, package)
    }
    assert not {("sources", "fetch"), ("site", "store"), ("normalise", "fetch"), ("site", "fetch")} & seen


def test_the_architecture_page_shows_these_layers(repo: Path) -> None:
    page = (repo / "docs" / "architecture.md").read_text(encoding="utf-8")
    block = page.split("<!-- layers -->")[1].split("```")[1]
    shown = [row.split() for row in block.strip().splitlines() if row.strip()]
    assert [set(row) for row in shown] == [
        set(row) - {"__init__", "__main__"} for row in reversed(LAYERS) if row != ("__main__",)
    ]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("sources/acme.py", "from rolecall.fetch.client import Client"),
        ("sources/acme.py", "from ..fetch import client"),
        ("sources/acme.py", "from .. import fetch"),
        ("sources/acme.py", "def read():\n    import rolecall.fetch"),
        (
            "sources/acme.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from rolecall.fetch import client",
        ),
        ("site/site.py", "from rolecall.store import JobStore"),
        ("site/writers/pages.py", "from ...store import JobStore"),
        ("errors.py", "from rolecall import model"),
        ("normalise/job.py", "from rolecall.sources.base import Terms"),
        ("novelty.py", "import os"),
    ],
)
def test_a_wrong_import_is_found(tmp_path: Path, path: str, line: str) -> None:
    module = tmp_path / "rolecall" / path
    module.parent.mkdir(parents=True)
    module.write_text(line + "\n")
    assert len(complaints(tmp_path / "rolecall")) == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("site/writers/pages.py", "from rolecall.site.site import Site\nfrom ..urls import job"),
        ("site/site.py", "from rolecall.config import Config\nfrom rolecall import __version__"),
        ("cli.py", "from rolecall import __version__, commands"),
        ("errors.py", "from rolecall.issues import Issue"),
        ("sources/acme.py", "from .base import Source"),
    ],
)
def test_a_right_import_is_not_found(tmp_path: Path, path: str, line: str) -> None:
    module = tmp_path / "rolecall" / path
    module.parent.mkdir(parents=True)
    module.write_text(line + "\n")
    assert complaints(tmp_path / "rolecall") == []
