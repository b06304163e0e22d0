"""The canary of `rolecall doctor`: the checks can fail. Known-bad files must be refused, and a good one must not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rolecall.checks import Ground, examine
from rolecall.config import Config, parse_config
from rolecall.errors import ConfigError
from rolecall.issues import Issue, Level

_DAY = date(2026, 1, 31)
_SOUND = "title: Cook\ncompany: Acme\napply_url: https://acme.example/1\nposted: 2026-01-31\n"
_GOOD_JOB = _SOUND.encode()
# What is wrong, and a file in which it is.
_BAD_JOBS: tuple[tuple[str, bytes], ...] = (
    ("no company", b"title: Cook\napply_url: https://acme.example/1\nposted: 2026-01-31\n"),
    ("a field that does not exist", f"{_SOUND}wage: 12\n".encode()),
    ("an address that runs a script", _SOUND.replace("https://acme.example/1", "javascript:alert(1)").encode()),
    ("a day that does not exist", _SOUND.replace("01-31", "02-31").encode()),
    ("pay with min over max", f"{_SOUND}salary: {{min: 9, max: 1, currency: EUR}}\n".encode()),
    ("a key that stands twice", f"{_SOUND}title: Baker\n".encode()),
    ("a day that is far ahead", _SOUND.replace("2026-01-31", "2126-01-31").encode()),
    ("an alias of YAML", f"{_SOUND}tags: [&a go, *a]\n".encode()),
)
_GOOD_CONFIG = b"title: Jobs\n"
_BAD_CONFIGS: tuple[tuple[str, bytes], ...] = (
    ("no title", b"language: en\n"),
    ("an option that does not exist", b"title: Jobs\ncolour: red\n"),
    ("a source that does not exist", b"title: Jobs\nboards: [{source: greenhose, board: acme}]\n"),
)


def canary() -> Iterator[Issue]:
    """An error for each known-bad file that passes, and for each good one that does not; nothing touches the disk."""
    for flaw, data in _BAD_JOBS:
        if not _job_is_refused(data):
            yield _dead("the check of job files", f"takes {flaw}")
    if _job_is_refused(_GOOD_JOB):
        yield _dead("the check of job files", "refuses a good job")
    for flaw, data in _BAD_CONFIGS:
        if not _config_is_refused(data):
            yield _dead("the check of config.yaml", f"takes {flaw}")
    if _config_is_refused(_GOOD_CONFIG):
        yield _dead("the check of config.yaml", "refuses a good file")


def _dead(where: str, what: str) -> Issue:
    hint = "Its silence means nothing: install rolecall anew, and report this."
    return Issue("canary", where, f"{what}.", hint, Level.ERROR)


def _job_is_refused(data: bytes) -> bool:
    ground = Ground.of(Config(title="Canary"), {}, {}, _DAY)
    _, problems = examine(data, "jobs/acme/cook.yaml", ground, new=True)
    return any(problem.level is Level.ERROR for problem in problems)


def _config_is_refused(data: bytes) -> bool:
    try:
        parse_config(data, "canary.yaml")
    except ConfigError:
        return True
    return False
