"""A small board around one job file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from rolecall.checks import Finding, Ground, examined, parse
from rolecall.config import Config
from rolecall.model import Company, Job, Status

TODAY = date(2026, 11, 22)
FILE = "jobs/acme/cook.yaml"
TEXT = "A kitchen for two hundred guests a day, by the harbour. You start at ten and are home by eight.\n"
GOOD = {
    "title": "Cook",
    "company": "Acme",
    "apply_url": "https://jobs.acme.example/cook",
    "posted": "2026-11-19",
    "description": f"|\n  {TEXT}".rstrip("\n"),
}


@pytest.fixture(scope="session")
def ground() -> Ground:
    """Acme with its domain, a job of theirs, and an employer of whom nothing is known."""
    acme = Company(name="Acme", website="https://www.acme.example/", domains=("acme-group.example",))
    baker = Job(
        title="Head Baker",
        company="Acme",
        apply_url="https://jobs.acme.example/baker?id=7",
        posted=date(2026, 11, 1),
        places=({"city": "Bergen", "country": "NO"},),
    )
    closed = baker.model_copy(
        update={"title": "Waiter", "apply_url": "https://acme.example/waiter", "status": Status.CLOSED, "places": ()}
    )
    jobs = {"jobs/acme/head-baker.yaml": baker, "jobs/acme/waiter.yaml": closed}
    return Ground.of(Config(title="Jobs"), {"acme": acme}, jobs, TODAY)


@pytest.fixture(scope="session")
def text_of() -> Callable[..., str]:
    """`text_of(title="Baker")`: a good job file with other fields; None leaves one out."""

    def make(**fields: str | None) -> str:
        wanted = {**GOOD, **fields}
        return "".join(f"{name}: {value}\n" for name, value in wanted.items() if value is not None)

    return make


@pytest.fixture
def find(ground: Ground, text_of: Callable[..., str]) -> Callable[..., list[Finding]]:
    """`find(title="COOK")`: what is said of a good file with other fields, when it is new."""

    def call(file: str = FILE, *, new: bool = True, **fields: str | None) -> list[Finding]:
        return list(examined(parse(text_of(**fields).encode(), file), ground, new=new))

    return call
