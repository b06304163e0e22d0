"""`rolecall doctor`: what will go wrong with a board that nobody looks at, and what to do. Never asks the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rolecall.commands import CONFIG, JOBS
from rolecall.commands.canary import canary
from rolecall.commands.doctor_budgets import facts_of_size, job_sizes, readme, site_size
from rolecall.commands.doctor_git import clock, facts_of_git, repository, schedules_stop, uncommitted
from rolecall.commands.doctor_github import forms, pages, programs, rolecall_pin, workflows
from rolecall.commands.doctor_jobs import boards, facts_of_jobs, logos, over
from rolecall.commands.doctor_machine import libraries, pins
from rolecall.commands.doctor_patient import Patient
from rolecall.config import load_config
from rolecall.errors import ConfigError
from rolecall.issues import Issue, Issues, Level
from rolecall.scaffold.git import top_of
from rolecall.store import JobStore

# In the order in which they are asked; the report puts errors first.
EXAMINATIONS: tuple[Callable[[Patient], Iterator[Issue]], ...] = (
    readme,
    workflows,
    forms,
    programs,
    rolecall_pin,
    pins,
    pages,
    repository,
    uncommitted,
    clock,
    schedules_stop,
    site_size,
    job_sizes,
    boards,
    over,
    logos,
    libraries,
)
_ORDER = (Level.ERROR, Level.WARNING, Level.INFO)


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """The findings, errors first, and what was measured."""

    findings: Issues
    facts: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {"findings": [issue.as_dict() for issue in self.findings], "facts": self.facts}


def doctor(folder: Path, now: datetime) -> DoctorReport:
    """Look at everything that can be seen from the board's folder. Nothing is changed."""
    found: list[Issue] = list(canary())
    config = None
    try:
        config = load_config(folder / CONFIG)
    except ConfigError as error:
        found += error.problems
    store = JobStore.load(folder / JOBS)
    found += store.issues
    patient = Patient(folder, now, config, store, in_git=top_of(folder) is not None)
    for examine in EXAMINATIONS:
        found += examine(patient)
    findings = Issues()
    for level in _ORDER:
        findings.extend(issue for issue in found if issue.level is level)
    return DoctorReport(findings, facts_of_jobs(patient) | facts_of_size(patient) | facts_of_git(patient))
