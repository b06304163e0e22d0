"""The board in jobs/: every file is valid, and together they show all that a board can hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import pytest

from rolecall import yaml_io
from rolecall.model import Company, Employment, Job, Status, Workplace
from rolecall.normalise.tags import Vocabulary
from rolecall.schema import validate

TODAY = date(2026, 11, 22)
RESERVED = ("example", "example.com", "example.org")


def load(path, model):
    value, problems = validate(model, yaml_io.load(path.read_bytes(), path.name))
    assert [str(problem) for problem in problems] == []
    return value


@pytest.fixture(scope="module")
def jobs(repo) -> dict[str, Job]:
    files = [path for path in sorted((repo / "jobs").glob("*/*.yaml")) if path.name != "company.yaml"]
    return {path.relative_to(repo / "jobs").as_posix(): load(path, Job) for path in files}


@pytest.fixture(scope="module")
def companies(repo) -> dict[str, Company]:
    return {path.parent.name: load(path, Company) for path in sorted((repo / "jobs").glob("*/company.yaml"))}


SHOWN: dict[str, Callable[[Job], object]] = {
    "no tags": lambda job: not job.tags,
    "thirteen tags": lambda job: len(job.tags) == 13,
    "a title of 150 characters": lambda job: len(job.title) == 150,
    "Arabic": lambda job: job.language == "ar",
    "Chinese": lambda job: job.language == "zh",
    "hourly pay": lambda job: job.salary and job.salary.per and job.salary.per.value == "hour",
    "no pay": lambda job: job.salary is None,
    "only the least pay": lambda job: job.salary and job.salary.max is None,
    "only the most pay": lambda job: job.salary and job.salary.min is None,
    "remote worldwide": lambda job: job.remote_from and job.remote_from.worldwide,
    "remote in three countries": lambda job: job.remote_from and len(job.remote_from.countries) == 3,
    "remote in a region": lambda job: job.remote_from and job.remote_from.regions,
    "remote with time zones": lambda job: job.remote_from and job.remote_from.timezones,
    "remote, not said from where": lambda job: job.workplace is Workplace.REMOTE and job.remote_from is None,
    "hybrid": lambda job: job.workplace is Workplace.HYBRID,
    "on site": lambda job: job.workplace is Workplace.ON_SITE,
    "several places": lambda job: len(job.places) > 1,
    "closed": lambda job: job.status is Status.CLOSED,
    "closing soon": lambda job: job.closes == date(2026, 11, 27),
    "Markdown": lambda job: job.description and "**" in job.description,
    "HTML": lambda job: job.description_html,
    "part time": lambda job: job.employment == (Employment.PART_TIME,),
    "intern": lambda job: Employment.INTERN in job.employment,
    "contractor": lambda job: Employment.CONTRACTOR in job.employment,
    "an address for mail": lambda job: job.apply_url.startswith("mailto:"),
    "featured": lambda job: job.featured,
    "sponsored": lambda job: job.sponsorship and job.sponsorship.value == "yes",
}


@pytest.mark.parametrize("what", SHOWN)
def test_the_board_shows(jobs, what):
    assert any(SHOWN[what](job) for job in jobs.values())


def test_there_are_enough_jobs_of_many_ages(jobs):
    assert len(jobs) >= 16
    posted = [job.posted for job in jobs.values()]
    assert max(posted) == TODAY
    assert min(posted) < date(2026, 8, 1)
    assert len(set(posted)) >= 15


def test_each_folder_is_one_company_that_its_jobs_name(jobs, companies):
    assert {file.split("/")[0] for file in jobs} == set(companies)
    assert all(companies[file.split("/")[0]].name == job.company for file, job in jobs.items())


def test_all_but_one_company_are_invented_and_on_reserved_domains(jobs, companies):
    addresses = [job.apply_url for file, job in jobs.items() if not file.startswith("nethermind/")]
    addresses += [company.website or "" for folder, company in companies.items() if folder != "nethermind"]
    hosts = [address.partition("@")[2] or urlsplit(address).hostname or "" for address in addresses]
    assert [host for host in hosts if not f".{host}".endswith(tuple(f".{name}" for name in RESERVED))] == []


def test_the_job_of_the_classic_board_is_there(jobs, companies):
    job = jobs["nethermind/senior-backend-engineer.yaml"]
    assert (job.company, job.title) == ("Nethermind", "Senior Backend Engineer")
    assert job.apply_url.endswith("/jobs/senior-backend-engineer-remote-worldwide-nethermind-6645")
    assert job.tags == ("mysql", "redis", "aws", "azure")
    assert companies["nethermind"].logo == "https://avatars.githubusercontent.com/u/43478154?s=200&v=4"


def test_no_description_is_copied_from_the_classic_board(jobs, shared):
    seed = (shared / "seed" / "backend-jobs.md").read_text()
    words = (jobs["nethermind/senior-backend-engineer.yaml"].description or "").split()
    assert [" ".join(words[at : at + 6]) for at in range(len(words)) if " ".join(words[at : at + 6]) in seed] == []


def test_logos_are_small_pictures_and_some_companies_have_none(repo, companies):
    named = {company.logo for company in companies.values() if company.logo and "://" not in company.logo}
    files = {path.name: path.read_bytes() for path in (repo / "logos").glob("*.png")}
    assert named == set(files)
    assert sum(company.logo is None for company in companies.values()) == 2
    assert all(data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) < 5_000 for data in files.values())


def test_all_tags_are_those_of_the_vocabulary(jobs):
    vocabulary = Vocabulary.default()
    assert [tag for job in jobs.values() for tag in job.tags if vocabulary.canonical(tag) != tag] == []
