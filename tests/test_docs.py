"""The documentation is true: its commands run, its links lead somewhere, its tables name what the code has."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from pydantic import BaseModel

REPO = Path(__file__).resolve().parent.parent
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    *(f"docs/{page.name}" for page in sorted((REPO / "docs").glob("*.md"))),
)
# Commands that a test cannot run, and why.
NOT_RUN = {
    "make build": "sets up .venv from the package index",
    "make test": "runs these tests",
    ". .venv/bin/activate": "there is no .venv; the test puts rolecall on PATH",
    "rolecall fetch": "asks the network",
    "rolecall fetch --board harbour/acme --record answers/": "asks the network",
}


@dataclass(frozen=True)
class Step:
    """A command of a page with the output shown below it, or a file that the page tells the reader to save."""

    line: int
    command: str = ""
    shown: tuple[str, ...] = ()
    file: str = ""
    text: str = ""


def fences(text: str) -> Iterator[tuple[int, str, str, str]]:
    """(line, language, body, the line above) of every fenced block."""
    lines = text.splitlines()
    start: int | None = None
    for index, line in enumerate(lines):
        if start is None and line.startswith("```"):
            start = index
        elif start is not None and line == "```":
            yield start + 1, lines[start][3:].strip(), "\n".join(lines[start + 1 : index]), lines[start - 1]
            start = None


def steps(text: str) -> Iterator[Step]:
    """What a reader of the page does, in order."""
    for line, language, body, above in fences(text):
        named = re.fullmatch(r"<!-- file: (\S+) -->", above)
        if named:
            yield Step(line, file=named[1], text=body + "\n")
        elif language == "console":
            assert body.startswith("$ "), f"line {line}: a console block starts with `$ `"
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, *shown = part.rstrip("\n").split("\n")
                yield Step(line, command=command, shown=tuple(shown))


PAGES_WITH_STEPS = [page for page in PAGES if any(steps((REPO / page).read_text(encoding="utf-8")))]


@pytest.mark.parametrize("page", PAGES_WITH_STEPS)
def test_the_commands_of_a_page_do_what_it_shows(page: str, tmp_path: Path, offline_env: Mapping[str, str]) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(REPO, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".cache", "__pycache__", "output"))
    env = offline_env | {"PYTHONPATH": f"{copy / 'tests' / 'offline'}:{copy / 'src'}"}
    for step in steps((REPO / page).read_text(encoding="utf-8")):
        if step.file:
            (copy / step.file).parent.mkdir(parents=True, exist_ok=True)
            (copy / step.file).write_text(step.text, encoding="utf-8")
        elif step.command not in NOT_RUN:
            done = subprocess.run(
                ["sh", "-c", step.command], cwd=copy, env=env, capture_output=True, text=True, check=False
            )
            printed = done.stdout + done.stderr
            assert done.returncode == 0, f"{page}:{step.line}: $ {step.command}\n{printed}"
            missing = [line for line in step.shown if line != "..." and line not in printed.splitlines()]
            assert missing == [], f"{page}:{step.line}: $ {step.command}\n{printed}"


def test_what_is_not_run_is_still_in_a_page() -> None:
    commands = {step.command for page in PAGES for step in steps((REPO / page).read_text(encoding="utf-8"))}
    used = {command for command in NOT_RUN if command in commands}
    assert used == set(NOT_RUN)


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a page, and those written as HTML."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#{1,6} +(.+?) *$", prose, flags=re.MULTILINE)
    plain = (re.sub(r"[`*]|\[([^]]*)]\([^)]*\)", r"\1", heading) for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain} | set(
        re.findall(r'(?:id|name)="([^"]+)"', text)
    )


def links(text: str) -> list[str]:
    """Every link and image of a page that leads to a file of the repository."""
    outside = re.sub(
        r"<!-- rolecall:start -->.*?<!-- rolecall:end -->", "", text, flags=re.DOTALL
    )  # made by `rolecall build`
    outside = re.sub(r"^```.*?^```$|`[^`\n]*`", "", outside, flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)", outside) + re.findall(r'(?:href|src|srcset)="([^"\s]+)"', outside)
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_a_file_and_a_heading(page: str) -> None:
    text = (REPO / page).read_text(encoding="utf-8")
    broken = []
    for link in links(text):
        path, _, anchor = unquote(link).partition("#")
        target = (REPO / page).parent / path if path else REPO / page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    assert broken == []


def test_every_page_is_in_the_index() -> None:
    listed = set(links((REPO / "docs" / "index.md").read_text(encoding="utf-8")))
    assert {page.name for page in (REPO / "docs").glob("*.md")} - {"index.md"} <= listed


@pytest.mark.parametrize(
    ("page", "of"), [("job-file.md", "job"), ("company-file.md", "company"), ("config-reference.md", "config")]
)
def test_reference_pages_are_what_the_models_say(
    page: str, of: str, run: Callable[..., object], golden: Callable[[Path, str], None]
) -> None:
    golden(REPO / "docs" / page, run("schema", "--of", of, "--markdown").stdout)


def test_the_editors_schema_is_what_the_model_says(
    run: Callable[..., object], golden: Callable[[Path, str], None]
) -> None:
    golden(REPO / "schema" / "job.schema.json", run("schema").stdout)


def options(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Every option of config.yaml by its dotted name; the keys of a list's entries follow the list's name."""
    for name, field in model.model_fields.items():
        inner = [part for part in parts(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)]
        yield prefix + name
        for part in inner:
            yield from options(part, f"{prefix}{name}.")


def parts(annotation: object) -> Iterator[object]:
    yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from parts(part)


def test_every_option_of_the_config_is_documented_where_it_stands_and_in_the_reference() -> None:
    from rolecall.config import Config

    reference = (REPO / "docs" / "config-reference.md").read_text(encoding="utf-8")
    sample = (REPO / "config.yaml").read_text(encoding="utf-8")
    assert [name for name in options(Config) if f"`{name.rpartition('.')[2]}`" not in reference] == []
    assert [name for name in options(Config) if not re.search(rf"\b{name.rpartition('.')[2]}:", sample)] == []


def test_every_field_of_a_job_is_documented() -> None:
    from rolecall.model import Job

    page = (REPO / "docs" / "job-file.md").read_text(encoding="utf-8")
    assert [name for name in Job.model_fields if f"`{name}`" not in page] == []


def test_the_wheel_brings_theme_and_schema() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    brought = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert brought == {
        "templates": "rolecall/templates",
        "schema": "rolecall/schema",
        ".github": "rolecall/scaffold/board/.github",
    }
    assert [folder for folder in brought if not any((REPO / folder).rglob("*.*"))] == []


def test_the_workflows_pin_every_library_by_hash() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (REPO / ".github" / "requirements.txt").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9-]+)==\S+.*\\\n +--hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
    assert {line.split(">")[0] for line in project["dependencies"]} <= set(pinned)
    assert "://" not in lock  # the same lock, whichever index it was made with


def test_the_page_of_sources_is_what_the_modules_say(
    run: Callable[..., object], golden: Callable[[Path, str], None]
) -> None:
    golden(REPO / "docs" / "sources.md", run("sources", "--markdown").stdout)
