"""What a rule may know: one job file, and the board around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from rolecall.address import canonical
from rolecall.checks.codes import CODES
from rolecall.config import Config
from rolecall.issues import Issue
from rolecall.model import Company, Job
from rolecall.normalise.identity import company_slug
from rolecall.normalise.lookup import words
from rolecall.normalise.tags import Vocabulary
from rolecall.yaml_events import Path
from rolecall.yaml_io import Document

Opening = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Mend:
    """A repair that is safe: `value` (text, or a list) is what shall stand at `path`."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue, and its safe repair where there is one."""

    issue: Issue
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class JobFile:
    """One job file, parsed. `file` is how people call it: `jobs/acme/cook.yaml`."""

    file: str
    document: Document
    job: Job
    text: str

    def says(
        self, code: str, path: Path, what: str, hint: str = "", *, new: bool = False, mend: Mend | None = None
    ) -> Finding:
        """A finding about the field at `path`; without `hint` the code's own mend."""
        rule = CODES[code]
        return Finding(Issue.at(code, self.document.spot(path), what, hint or rule.mend, rule.level_of(new=new)), mend)


@dataclass(frozen=True, slots=True)
class Ground:
    """The board: what it decided, whom it knows, and every readable job by its file."""

    config: Config
    companies: Mapping[str, Company]
    jobs: Mapping[str, Job]
    today: date
    vocabulary: Vocabulary
    by_address: Mapping[str, tuple[str, ...]]
    by_opening: Mapping[Opening, tuple[str, ...]]
    folders: Mapping[str, str]

    @classmethod
    def of(
        cls,
        config: Config,
        companies: Mapping[str, Company],
        jobs: Mapping[str, Job],
        today: date,
        folders: Mapping[str, str] | None = None,
    ) -> Self:
        """`companies` by `company_slug` of their names, `jobs` by file as shown (`jobs/acme/cook.yaml`).

        `folders`: by a company's slug the folder below jobs/ that holds its company.yaml, where that is another.
        """
        by_address: dict[str, list[str]] = {}
        by_opening: dict[Opening, list[str]] = {}
        for file, job in jobs.items():
            by_address.setdefault(address_key(job), []).append(file)
            by_opening.setdefault(opening_of(job), []).append(file)
        return cls(
            config,
            companies,
            jobs,
            today,
            config.vocabulary(),
            {key: tuple(files) for key, files in by_address.items() if key},
            {key: tuple(files) for key, files in by_opening.items()},
            folders or {},
        )

    def employer(self, job: Job) -> Company | None:
        """What company.yaml says of the job's employer."""
        return self.companies.get(company_slug(job.company))

    def folder(self, job: Job) -> str:
        """The folder below jobs/ where the employer's files stand."""
        slug = company_slug(job.company)
        return self.folders.get(slug, slug)


def address_key(job: Job) -> str:
    """The address for comparing; empty for a mailbox, which takes the applications for many openings."""
    return "" if job.apply_url.lower().startswith("mailto:") else canonical(job.apply_url)


def opening_of(job: Job) -> Opening:
    """Employer and title for comparing."""
    return company_slug(job.company), tuple(sorted(words(job.title)))
