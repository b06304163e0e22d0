"""`rolecall check`: every problem of config.yaml and of the files in jobs/."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rolecall.checks import Ground
from rolecall.commands import CONFIG, JOBS, LOGOS
from rolecall.config import Config, load_config
from rolecall.errors import ConfigError
from rolecall.issues import Issues
from rolecall.store import JobStore, not_yet


def ground_of(folder: Path, config: Config, today: date) -> Ground:
    """The board in `folder` as the rules know it; what is broken there is left out."""
    store = JobStore.load(folder / JOBS)
    jobs = {f"{JOBS}/{stored.file}": stored.job for stored in store.jobs.values()}
    return Ground.of(config, store.companies, jobs, today)


def check(folder: Path, today: date) -> Issues:
    """Every problem of config.yaml and of the files in jobs/."""
    issues = Issues()
    try:
        load_config(folder / CONFIG)
    except ConfigError as error:
        issues.extend(error.problems)
    store = JobStore.load(folder / JOBS)
    issues.extend(store.issues)
    for stored in store.jobs.values():
        if found := not_yet(f"{JOBS}/{stored.file}", stored.job.posted, today):
            issues.add(found)
    for name, company in sorted(store.companies.items()):
        if company.logo and "://" not in company.logo and not (folder / LOGOS / company.logo).is_file():
            what = f"{company.logo!r} is not in {LOGOS}/."
            issues.warn(
                "no-logo", f"{JOBS}/{name}/company.yaml: logo", what, "Put the picture there, or write an address."
            )
    return issues
