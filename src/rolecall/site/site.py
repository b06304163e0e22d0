"""The board as it is shown: which jobs are open, in which order, by which companies and tags. Sorted once, here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from rolecall.site.language import Language
from rolecall.site.sections import parted
from rolecall.site.words import fixed_words

if TYPE_CHECKING:
    from rolecall.config import Config
    from rolecall.model import Company
    from rolecall.site.logos import Logo
    from rolecall.site.view import JobView

SOON_DAYS = 7
MIN_CITY_JOBS = 2  # a page with one job says no more than the job's own
WORKPLACES = ("remote", "hybrid", "on_site")


@dataclass(frozen=True, slots=True)
class Employer:
    """A company with its open jobs. `company` is what its company.yaml says, None without one."""

    slug: str
    name: str
    company: Company | None
    jobs: tuple[JobView, ...]

    @property
    def website(self) -> str:
        return (self.company.website or "") if self.company else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Open jobs that have something in common: a tag, a place, a workplace, a section of the board.

    Names that lead to one page are one group, under the name that comes first. `country` is the slug of the country
    in which a city is.
    """

    slug: str
    name: str
    jobs: tuple[JobView, ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """What the README, the pages and the feeds are made of.

    `jobs` are the open ones: featured first, then the newest. `closed` are those that keep a page for a while.
    `employers` (those of closed jobs too), `tags` and `places` (countries, and cities that have at least two open jobs)
    are in the order of their names; `workplaces` are remote, hybrid, on-site, and `sections` are in the order of
    config.yaml.
    """

    config: Config
    today: date
    jobs: tuple[JobView, ...]
    closed: tuple[JobView, ...]
    companies: Mapping[str, Company]
    employers: tuple[Employer, ...]
    tags: tuple[Group, ...]
    places: tuple[Group, ...]
    workplaces: tuple[Group, ...]
    sections: tuple[Group, ...]
    language: Language
    logos: Mapping[str, Logo] = field(default_factory=dict)
    read_days: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        views: Iterable[JobView],
        companies: Mapping[str, Company],
        config: Config,
        today: date,
        logos: Mapping[str, Logo] | None = None,
        language: Language | None = None,
        read_days: Mapping[str, str] | None = None,
    ) -> Site:
        """The board on `today`. `companies` and `logos` are by slug; the order of `views` does not count.

        `language` is that of the pages, and of the words in `views`; None: the config's, without a catalogue.
        `read_days` says of a board (`greenhouse/acme`) on which day it was last read to its end.
        """
        day = today.isoformat()
        jobs: list[JobView] = []
        closed: list[JobView] = []
        oldest = (today - timedelta(days=config.keep_closed_days)).isoformat()
        for view in sorted(views, key=attrgetter("id")):
            if is_open(view, day):
                jobs.append(view)
            elif (closed_on(view, day) or day) >= oldest:
                closed.append(view)
        jobs.sort(key=attrgetter("posted"), reverse=True)
        jobs.sort(key=attrgetter("featured"), reverse=True)
        closed.sort(key=lambda view: closed_on(view, day), reverse=True)
        employers = _employers(jobs, closed, companies)
        shown = logos if logos is not None and config.logos != "none" else {}
        tongue = language or Language(config.language)
        return cls(
            config=config,
            today=today,
            jobs=tuple(jobs),
            closed=tuple(closed),
            companies=companies,
            employers=employers,
            tags=_grouped(jobs, lambda view: zip(view.tag_slugs, view.tag_names, strict=True)),
            places=_places(_grouped(jobs, attrgetter("place_pages"))),
            workplaces=_workplaces(jobs, tongue),
            sections=_sections(jobs, config, tongue),
            language=tongue,
            logos=shown,
            read_days=read_days or {},
        )

    def logo_of(self, company_slug: str) -> str:
        """The company's logo for the README: a file below the board's folder, else an address, else "".

        GitHub fetches the pictures of a README itself, so an address there gives no reader away; pages only have files.
        """
        logo, company = self.logos.get(company_slug), self.companies.get(company_slug)
        if logo and self.config.logos != "remote":
            return logo.file
        if company is not None and self.config.logos != "none":
            if company.logo and "://" in company.logo:
                return company.logo
            if company.github:
                return f"https://github.com/{company.github}.png?size=128"
        return logo.file if logo else ""

    def closes_soon(self, view: JobView) -> bool:
        """Whether an open job's last day is today or in the next seven days."""
        return bool(view.closes) and view.closes <= (self.today + timedelta(days=SOON_DAYS)).isoformat()

    def closed_on(self, view: JobView) -> str:
        """The day on which a job closed; "" while it is open, or when nobody wrote that day down."""
        return closed_on(view, self.today.isoformat())

    def is_open(self, view: JobView) -> bool:
        """Whether people can still apply."""
        return is_open(view, self.today.isoformat())


def is_open(view: JobView, day: str) -> bool:
    """Whether people can still apply on `day` (`YYYY-MM-DD`); the day of `closes` is the last one that counts."""
    return not view.status_closed and (not view.closes or day <= view.closes)


def closed_on(view: JobView, day: str) -> str:
    """The day on which the job closed; "" while it is open on `day`, or when nobody wrote that day down."""
    if is_open(view, day):
        return ""
    return view.closed_at or (view.closes if view.closes < day else "")


def _employers(jobs: list[JobView], closed: list[JobView], companies: Mapping[str, Company]) -> tuple[Employer, ...]:
    by_slug: dict[str, list[JobView]] = {}
    names: dict[str, str] = {}
    for view in jobs:
        by_slug.setdefault(view.company_slug, []).append(view)
        names.setdefault(view.company_slug, view.company)
    for view in closed:
        by_slug.setdefault(view.company_slug, [])
        names.setdefault(view.company_slug, view.company)
    found = []
    for slug, theirs in by_slug.items():
        company = companies.get(slug)
        found.append(Employer(slug, company.name if company else names[slug], company, tuple(theirs)))
    return tuple(sorted(found, key=lambda employer: (employer.name.casefold(), employer.slug)))


def _grouped(jobs: list[JobView], names_of: Callable[[JobView], Iterable[tuple[str, str]]]) -> tuple[Group, ...]:
    by_slug: dict[str, list[JobView]] = {}
    names: dict[str, str] = {}
    for view in jobs:
        for slug, name in names_of(view):
            theirs = by_slug.get(slug)
            if theirs is None:
                by_slug[slug], names[slug] = [view], name
                continue
            if theirs[-1] is not view:
                theirs.append(view)
            if name is not names[slug]:
                names[slug] = min(names[slug], name)  # capitals come first
    found = (Group(slug, names[slug], tuple(theirs)) for slug, theirs in by_slug.items())
    return tuple(sorted(found, key=lambda group: (group.name.casefold(), group.slug)))


def _places(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The countries, and the cities that have enough jobs for a page of their own, each with its country."""
    countries = {group.name: group.slug for group in groups}
    known = (replace(group, country=_country(group.name, countries)) for group in groups)
    return tuple(group for group in known if not group.country or len(group.jobs) >= MIN_CITY_JOBS)


def _country(name: str, slugs: Mapping[str, str]) -> str:
    """The slug of a city's country: "Austin, Texas, United States" ends with its name; "" of a country."""
    parts = name.split(", ")
    endings = (", ".join(parts[first:]) for first in range(len(parts) - 1, 0, -1))
    return next((slugs[ending] for ending in endings if ending in slugs), "")


def _workplaces(jobs: list[JobView], language: Language) -> tuple[Group, ...]:
    return tuple(
        Group(workplace.replace("_", "-"), fixed_words(workplace, language), theirs)
        for workplace in WORKPLACES
        if (theirs := tuple(view for view in jobs if view.workplace == workplace))
    )


def _sections(jobs: list[JobView], config: Config, language: Language) -> tuple[Group, ...]:
    """The sections of config.yaml that have open jobs; none for a board that is not parted."""
    if not config.sections:
        return ()
    return tuple(Group(slug, title, part) for slug, title, part in parted(jobs, config.sections, language))
