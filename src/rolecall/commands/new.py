"""`rolecall new`: one job file from words. A file that is there already is never written over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from rolecall.address import host_of, web_address
from rolecall.checks import Ground, examine
from rolecall.commands import CACHE, CONFIG, JOBS
from rolecall.config import Config, load_config
from rolecall.errors import RolecallError
from rolecall.files import inside, only_one, write_atomic
from rolecall.issues import Issue, Level
from rolecall.model import Company, Employment, Job, PayText, PlaceText, Posting, Seniority
from rolecall.normalise.draft import draft, draft_file, draft_text
from rolecall.normalise.identity import company_slug
from rolecall.schema import did_you_mean, validate
from rolecall.store import JobStore
from rolecall.yaml_io import dump, load

ORIGIN = "rolecall new"
_MAILBOX = re.compile(r"(?:mailto:)?([^\s@<>\"?:/]+@[^\s@<>\"?]+\.[^\s@<>\"?]+)", re.IGNORECASE)
_STAND_IN = "https://company.invalid/"  # so that all else is looked at in the same run


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job in a person's words, as typed; what is empty is unknown. `website` is of a company that is new."""

    title: str
    company: str
    url: str
    places: tuple[str, ...] = ()
    workplace: str = ""
    remote_from: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    pay: str = ""
    tags: tuple[str, ...] = ()
    level: str = ""
    posted: str = ""
    closes: str = ""
    description: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A job file that is not written yet, and every problem of it; `text` is empty when it cannot become one.

    `company_text` is that of the company.yaml beside it; None: there is one, or nothing to say.
    """

    file: str
    text: str
    issues: tuple[Issue, ...]
    company_file: str = ""
    company_text: str | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it can be written: no finding is an error."""
        return bool(self.text) and all(issue.level is not Level.ERROR for issue in self.issues)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "file": self.file,
            "text": self.text,
            "company_file": self.company_file if self.company_text is not None else None,
            "written": self.is_sound,
            "issues": [issue.as_dict() for issue in self.issues],
        }


def prepare(folder: Path, new: NewJob, today: date) -> NewFile:
    """The file of `new` and every problem of it; nothing is written. Raises `RolecallError` when the job is there."""
    config = load_config(folder / CONFIG)
    store = JobStore.load(folder / JOBS)
    address = _address(new.url)
    new = replace(new, company=_known_name(store, new.company), url=address or new.url)
    posting = _posting(replace(new, url=address or _STAND_IN))
    made, noticed = draft(posting, ORIGIN, today, config.vocabulary(), markdown=new.description or None)
    issues = [replace(issue, where="rolecall new") for issue in noticed]
    if made is None:
        return NewFile("", "", tuple(replace(issue, level=Level.ERROR) for issue in issues))
    unread = [*_without_doubt(new, made, config)]
    if address is None:
        hint = "Write it as in a browser, https://acme.example/jobs/7, or as jobs@acme.example."
        what = f"{new.url!r} is neither a web address nor a mailbox."
        unread = [Issue("unread", "--url", what, hint, Level.ERROR), *unread]
        # Shown with what was typed, for whoever wants to save and mend it.
        return NewFile("", draft_text(made.model_copy(update={"apply_url": new.url})), (*issues, *unread))
    slug = company_slug(made.company)
    company = _company(new, made.company) if new.website and slug not in store.companies else None
    found = NewFile(
        f"{JOBS}/{draft_file(made)}",
        draft_text(made),
        (*issues, *unread),
        f"{JOBS}/{slug}/company.yaml",
        company,
    )
    return _judged(folder, found, store, config, today)


def prepare_edited(folder: Path, found: NewFile, text: str, today: date) -> NewFile:
    """`found` after a person has changed its text in an editor."""
    config, store = load_config(folder / CONFIG), JobStore.load(folder / JOBS)
    return _judged(folder, replace(found, text=text, issues=()), store, config, today)


def write(folder: Path, found: NewFile) -> None:
    """The sound files onto the disk. Raises `RolecallError` when another run has made the job meanwhile."""
    with only_one(folder / CACHE / "lock"):
        _refuse_existing(folder, found.file)
        # The job last: a run that is killed before it can be repeated, and one after it has nothing left to do.
        if found.company_text is not None:
            write_atomic(inside(folder, found.company_file), found.company_text.encode())
        write_atomic(inside(folder, found.file), found.text.encode())


def known_companies(folder: Path) -> dict[str, str]:
    """By its folder in jobs/, the name of each company; for whoever is asked for one."""
    store = JobStore.load(folder / JOBS)
    named = {company_slug(stored.job.company): stored.job.company for stored in store.jobs.values()}
    return named | {slug: company.name for slug, company in store.companies.items()}


def company_key(name: str) -> str:
    """The folder of a company, by which `known_companies` knows it."""
    return company_slug(name)


def _known_name(store: JobStore, name: str) -> str:
    """The company's name as the board writes it already, or as it was given."""
    slug = company_slug(name)
    if slug in store.companies:
        return store.companies[slug].name
    return next(
        (stored.job.company for stored in store.jobs.values() if company_slug(stored.job.company) == slug), name
    )


def _posting(new: NewJob) -> Posting:
    return Posting(
        key=new.title,
        title=new.title,
        company=new.company,
        url=new.url,
        places=tuple(PlaceText(text=place) for place in new.places),
        workplace=new.workplace or None,
        remote_from=new.remote_from,
        employment=new.employment,
        salary=(PayText(text=new.pay),) if new.pay else (),
        tags=new.tags,
        level=new.level or None,
        posted=new.posted or None,
        closes=new.closes or None,
    )


def _address(text: str) -> str | None:
    """The address as a file holds it: a bare mailbox and a bare host get their scheme. None: it is neither."""
    given = text.strip()
    if mailbox := _MAILBOX.fullmatch(given):
        return f"mailto:{mailbox[1]}"
    address = web_address(given if "://" in given else f"https://{given}")
    return address if address and "." in host_of(address) else None


def _without_doubt(new: NewJob, made: Job, config: Config) -> list[Issue]:
    """What a person typed and the file would not say. A fetched job may lose a word; one that is typed may not."""
    found: list[Issue] = []
    if new.pay and made.salary is None:
        hint = "Write it like 60000-75000 EUR a year, or 25 USD an hour."
        found.append(Issue("unread", "--pay", f"{new.pay!r} is not understood as pay.", hint, Level.ERROR))
    for name, typed, read in (("posted", new.posted, made.posted), ("closes", new.closes, made.closes)):
        if typed and (read is None or (name == "posted" and made.posted_estimated)):
            what = f"{typed!r} is not understood as a day."
            found.append(Issue("unread", f"--{name}", what, "Write it as 2026-11-22.", Level.ERROR))
    for name, words, allowed in (("level", (new.level,), Seniority), ("employment", new.employment, Employment)):
        if any(words) and not getattr(made, name):
            what, choices = f"{', '.join(words)!r} is not understood.", ", ".join(allowed)
            found.append(Issue("unread", f"--{name}", what, f"Write one of: {choices}.", Level.ERROR))
    if new.remote_from and made.remote_from is None:
        what = f"{', '.join(new.remote_from)!r} names no country, region or time zone, or the job is not remote."
        hint = "Write Germany, EU, UTC-3 to UTC+3 or worldwide, and --workplace remote."
        found.append(Issue("unread", "--remote-from", what, hint, Level.ERROR))
    vocabulary = config.vocabulary()
    for tag in new.tags:
        known = vocabulary.canonical(tag)
        if known is None or known not in made.tags:
            hint = did_you_mean(tag, made.tags) or "Add it to `tags: {add: ...}` in config.yaml, or leave it out."
            found.append(Issue("unread", "--tag", f"{tag!r} is not in the vocabulary.", hint, Level.ERROR))
    return found


def _company(new: NewJob, name: str) -> str:
    website = new.website if ":" in new.website else f"https://{new.website.strip()}"
    host = host_of(website).removeprefix("www.")
    company = {"name": name, "website": website, "domains": [host] if "." in host else []}
    return dump({key: value for key, value in company.items() if value})


def _judged(folder: Path, found: NewFile, store: JobStore, config: Config, today: date) -> NewFile:
    """`found` with every problem that the checks see, under the name that its text gives it."""
    companies = dict(store.companies)
    problems: list[Issue] = []
    if found.company_text is not None:
        company, problems = validate(Company, load(found.company_text.encode(), found.company_file))
        companies |= {company_slug(company.name): company} if company else {}
    jobs = {f"{JOBS}/{stored.file}": stored.job for stored in store.jobs.values()}
    ground = Ground.of(config, companies, jobs, today)
    job, seen = examine(found.text.encode(), found.file, ground, new=True)
    if job is not None:
        found = replace(found, file=f"{JOBS}/{draft_file(job)}")
        _refuse_existing(folder, found.file)
    return replace(found, issues=(*found.issues, *seen, *problems))


def _refuse_existing(folder: Path, file: str) -> None:
    if (folder / file).exists():
        raise RolecallError(file, "is there already: the same company, title and address.", "Change that file.")
