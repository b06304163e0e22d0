"""What every test may ask for. The network is off before the first test is collected."""

from __future__ import annotations

import contextlib
import os
import runpy
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

REPO = Path(__file__).resolve().parent.parent
OFFLINE = REPO / "tests" / "offline"
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(REPO / ".cache" / "hypothesis"))
# What a user's programs keep between runs: the tests' own, whoever runs them.
os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = str(REPO / ".cache" / "own")

from hypothesis import HealthCheck, settings  # noqa: E402 -- it reads its storage folder on import

if TYPE_CHECKING:
    from click.testing import Result

runpy.run_path(str(OFFLINE / "sitecustomize.py"))

# No deadline: a busy machine is not a fault of the code.
settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, database=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the code makes now into the golden files; review the diff",
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What suites of attacks and faults say by `record_property("kill", 12)`, summed up: how much was tried."""
    tried: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        tried.update({name: value for name, value in report.user_properties if report.when == "call"})
    if tried:
        terminalreporter.section("tried")
        for name, count in sorted(tried.items()):
            terminalreporter.write_line(f"{count:>10,} {name}")


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of this repository."""
    return REPO


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; without it the test is skipped."""
    folder = REPO.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the reference material in ../shared, which is not there")
    return folder


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files shall be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def golden(update_golden: bool) -> Callable[[Path, str], None]:
    """`golden(path, text)`: the file at `path` holds exactly `text`; with --update-golden it is written."""

    def check(path: Path, text: str) -> None:
        if update_golden:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path.name} is not there yet. Run pytest --update-golden and read the file."
        assert text == path.read_bytes().decode(), f"{path.name} differs. If that is meant, run pytest --update-golden."

    return check


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`run("build", "--now", "2026-11-22", folder=board)`: the command line in this process; bugs are raised."""
    from click.testing import CliRunner

    from rolecall.cli import main

    for name in ("CI", "GITHUB_ACTIONS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: object, folder: Path | None = None, env: Mapping[str, str | None] | None = None) -> Result:
        with contextlib.chdir(folder or Path.cwd()):
            return CliRunner().invoke(main, [str(argument) for argument in arguments], env=env, catch_exceptions=False)

    return call


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A copy of this repository's own board (config, jobs, theme, README, documentation): break it as you like."""
    folder = tmp_path / "board"
    made = shutil.ignore_patterns(".*", "__pycache__", "output", "src", "tests", "shared", "dist")
    shutil.copytree(REPO, folder, ignore=made)
    return folder


@pytest.fixture
def bare_board(tmp_path: Path) -> Path:
    """The same board as a host has cloned it: files of its own alone, nothing of rolecall, nothing built."""
    folder = tmp_path / "bare"
    folder.mkdir()
    for name in ("jobs", "logos"):
        shutil.copytree(REPO / name, folder / name)
    for name in ("config.yaml", "README.md"):
        shutil.copy(REPO / name, folder)
    return folder


@pytest.fixture(scope="session")
def offline_env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment for programs that a test starts: `rolecall` and `python` are ours, the network is off."""
    bin_folder = tmp_path_factory.mktemp("bin")
    for name, call in (("rolecall", f'"{sys.executable}" -m rolecall'), ("python", f'"{sys.executable}"')):
        (bin_folder / name).write_text(f'#!/bin/sh\nexec {call} "$@"\n')
        (bin_folder / name).chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTHON"))}
    return {
        **kept,
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{OFFLINE}{os.pathsep}{REPO / 'src'}",
        "COLUMNS": "120",
    }
