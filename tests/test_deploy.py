"""The files in docs/deploy.md are what the hosts read, and what they run makes a site."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

REPO = Path(__file__).resolve().parent.parent
PAGE = (REPO / "docs" / "deploy.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
INSTALL = "pip install rolecall"


def test_the_page_has_a_file_for_each_host() -> None:
    assert set(FILES) == {".gitlab-ci.yml", "netlify.toml", "wrangler.toml", "_headers", "nginx.conf", "Caddyfile"}


def test_gitlab_takes_its_file(tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="needs check-jsonschema of the group dev")
    (tmp_path / ".gitlab-ci.yml").write_text(FILES[".gitlab-ci.yml"])
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", ".gitlab-ci.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / ".gitlab-ci.yml").write_text(FILES[".gitlab-ci.yml"].replace("script:", "skript:"))
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def built(commands: list[str], board: Path, env: Mapping[str, str]) -> None:
    """Run what a host runs, but the installation, in a copy of the board."""
    assert INSTALL in commands[0]
    for command in commands:
        rest = command.removeprefix(INSTALL).removeprefix(" && ")
        done = subprocess.run(["sh", "-c", rest], cwd=board, env=dict(env), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_what_gitlab_runs_makes_the_folder_that_it_publishes(bare_board: Path, offline_env: Mapping[str, str]) -> None:
    job = yaml.safe_load(FILES[".gitlab-ci.yml"])["pages"]
    built(job["script"], bare_board, offline_env)
    assert [(bare_board / path / "index.html").is_file() for path in job["artifacts"]["paths"]] == [True]


def test_what_netlify_runs_makes_the_folder_that_it_publishes(bare_board: Path, offline_env: Mapping[str, str]) -> None:
    config = tomllib.loads(FILES["netlify.toml"])
    built([config["build"]["command"]], bare_board, offline_env)
    assert (bare_board / config["build"]["publish"] / "index.html").is_file()
    assert [(part["for"], list(part["values"])) for part in config["headers"]] == [
        ("/*", ["X-Content-Type-Options", "Referrer-Policy"])
    ]


def test_what_cloudflare_runs_makes_the_folder_that_it_publishes(
    bare_board: Path, offline_env: Mapping[str, str]
) -> None:
    config = tomllib.loads(FILES["wrangler.toml"])
    found = re.search(r"^<!-- cloudflare: build command -->\n```sh\n(.*)\n```$", PAGE, re.MULTILINE)
    assert found is not None
    (bare_board / "_headers").write_text(FILES["_headers"])
    built([found[1]], bare_board, offline_env)
    output = bare_board / config["pages_build_output_dir"]
    assert (output / "index.html").is_file()
    assert (output / "_headers").read_text() == FILES["_headers"]


def test_rules_for_headers_have_the_form_that_hosts_read() -> None:
    for line in FILES["_headers"].splitlines():
        assert re.fullmatch(r"/\S*|  [A-Z][A-Za-z-]+: \S.*", line)


def test_the_python_that_is_named_is_one_that_rolecall_runs_on() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = set(re.findall(r"python:(\d\.\d+)|PYTHON_VERSION = \"(\d\.\d+)\"", PAGE))
    versions = {one or other for one, other in named}
    known = {line.rpartition(" ")[2] for line in project["classifiers"] if "Python :: 3." in line}
    assert versions
    assert versions <= known


def test_braces_of_servers_files_are_closed() -> None:
    for name in ("nginx.conf", "Caddyfile"):
        assert FILES[name].count("{") == FILES[name].count("}") > 1
