"""The wheel, as a new user meets it: installed into an empty environment, three commands make a board."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
MADE = ("__pycache__", ".pyc")


def need_backend() -> None:
    if importlib.util.find_spec("hatchling") is None:
        why = "needs hatchling, which the group `test` of pyproject.toml brings"
        pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)


def built(kind: str, folder: Path) -> Path:
    need_backend()
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return built("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory, offline_env: Mapping[str, str]) -> dict[str, str]:
    """The environment for programs that run the wheel: installed alone, beside the libraries of the tests."""
    home = tmp_path_factory.mktemp("home") / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    env = dict(offline_env) | {"PYTHONPATH": str(REPO / "tests" / "offline")}
    install = [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile", wheel]
    subprocess.run(install, env=env | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}, check=True, capture_output=True)
    # A folder named in a .pth is searched last, and the .pth files in it (our own checkout's) are not obeyed.
    (site,) = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return env | {"PATH": f"{home / 'bin'}{os.pathsep}{env['PATH']}"}


def start(folder: Path, env: Mapping[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=dict(env), capture_output=True, text=True, check=False)


def files_below(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not str(path).endswith(MADE))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_all_that_ships_is_in_the_wheel_byte_for_byte(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
    expected = {f"rolecall/{file}": data for file, data in files_below(REPO / "src" / "rolecall").items()}
    for folder, inside in (
        ("templates", "templates"),
        ("schema", "schema"),
        (".github", "scaffold/board/.github"),
    ):
        expected |= {f"rolecall/{inside}/{file}": data for file, data in files_below(REPO / folder).items()}
    assert sorted(held) == sorted(expected)
    assert [name for name, data in expected.items() if held[name] != data] == []


def test_the_source_archive_has_what_the_wheel_is_made_of(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("src/rolecall", "templates", "schema", ".github"):
        assert {f"{folder}/{file}" for file in files_below(REPO / folder)} <= held


def test_three_commands_make_a_board_in_an_empty_folder(installed: Mapping[str, str], tmp_path: Path) -> None:
    where = start(tmp_path, installed, "python", "-c", "import rolecall; print(rolecall.__file__)").stdout
    assert "site-packages" in where
    assert str(REPO / "src") not in where

    folder = tmp_path / "harbour-jobs"
    folder.mkdir()
    for command in ("init", "build", "check"):
        done = start(folder, installed, "rolecall", command)
        assert done.returncode == 0, f"rolecall {command}\n{done.stdout}{done.stderr}"
    assert "<b>Baker</b>" in (folder / "README.md").read_text(encoding="utf-8")
    assert "Harbour jobs" in (folder / "output" / "index.html").read_text(encoding="utf-8")
    assert list((folder / "output").rglob("*.css"))

    ours = files_below(REPO / ".github")
    del ours["workflows/ci.yml"]
    made = files_below(folder / ".github")
    assert made.pop("rolecall.txt").endswith(b"\nrolecall==0.1.0\n")
    assert made == ours
    assert all(path.stat().st_mode & 0o111 for path in (folder / ".github" / "scripts").iterdir())


def test_the_doctor_finds_nothing_broken_in_it(installed: Mapping[str, str], tmp_path: Path) -> None:
    start(tmp_path, installed, "rolecall", "init")
    done = start(tmp_path, installed, "rolecall", "doctor")
    assert done.returncode == 0, done.stderr
    assert "workflow" not in done.stderr
