"""The files of a new board: those that it takes as they are, and those that are made of its facts."""

from __future__ import annotations

from datetime import date

from rolecall import __version__
from rolecall.scaffold.facts import README, Facts
from rolecall.scaffold.shipped import part, shipped_files
from rolecall.yaml_io import dump_key

EXAMPLE = "jobs/example-company/baker.yaml"
VERSION_FILE = ".github/rolecall.txt"
_AT = 40


def board_files(facts: Facts, today: date | None, schema: str) -> dict[str, bytes]:
    """By its path, each file of a new board but the README. `today` is for the example job; None: there is none."""
    found = {
        "config.yaml": _config(facts),
        "schema/job.schema.json": schema.encode(),
        "output/.gitignore": part("output.gitignore"),
        "logos/.gitkeep": b"",
        ".gitignore": part("gitignore"),
        ".gitattributes": part("gitattributes"),
        **shipped_files(),
        VERSION_FILE: part("rolecall.txt", version=__version__),
    }
    if today is not None:
        found[EXAMPLE] = part("job.yaml", today=today.isoformat())
    return found


def new_readme(facts: Facts) -> bytes:
    """A README with the two markers, and how to add a job."""
    return part("README.md", title=_escaped(facts.title))


def _config(facts: Facts) -> bytes:
    readme = f"readme: {{file: {facts.readme}}}\n" if facts.readme != README else ""
    return part(
        "config.yaml",
        title=_line("title", facts.title, "", "The board's name."),
        base_url=_line("base_url", facts.base_url, "https://you.github.io/jobs/", "Where the site stands."),
        repository=_line("repository", facts.repository, "you/jobs", "owner/name on GitHub, for `Edit this job`."),
        readme=readme,
    )


def _line(key: str, value: str | None, example: str, why: str) -> str:
    text = dump_key(key, value).rstrip("\n") if value else f"# {key}: {example}"
    return f"{text:<{_AT}} # {why}"


def _escaped(text: str) -> str:
    """A title as a heading of Markdown shows it."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#&|" else char for char in text)
