"""Which jobs a board wants: `filters` of config.yaml, and the rule that leaves a job out.

What a job does not say fits no rule: `include` leaves it out, `exclude` does not. Only a stated day is too old.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import Field

from rolecall.model import Employment, Frozen, Job, Language, OneOrMany, Place, Seniority, Text, Workplace
from rolecall.normalise.country import country_code, group_of, is_worldwide, region_of
from rolecall.normalise.lookup import fold

Words = Annotated[tuple[Text, ...], OneOrMany]
Canonical = Callable[[str], str | None]


class Criteria(Frozen):
    """What a job is judged by. A criterion fits when one of its words does."""

    title: Words = Field(default=(), description="Whole words of the title, whatever their case.")
    tags: Words = Field(default=(), description="Tags, in any of their spellings.")
    places: Words = Field(
        default=(),
        description="Cities, countries by name or code, groups (DACH); EUROPE, worldwide for remote jobs that say so.",
    )
    workplace: Annotated[tuple[Workplace, ...], OneOrMany] = Field(default=(), description="Where the work is done.")
    employment: Annotated[tuple[Employment, ...], OneOrMany] = Field(default=(), description="The form of contract.")
    language: Annotated[tuple[Language, ...], OneOrMany] = Field(
        default=(), description="The language of the text, BCP 47; `en` fits en-GB too."
    )
    level: Annotated[tuple[Seniority, ...], OneOrMany] = Field(default=(), description="How senior the role is.")


class Filters(Frozen):
    """Which jobs fetch takes. What a filter leaves out is not added; `rolecall fetch --explain` says why."""

    include: Criteria = Field(default=Criteria(), description="A job is taken only when all that stands here fits.")
    exclude: Criteria = Field(default=Criteria(), description="A job is left out when one of these fits.")
    max_age_days: Annotated[int, Field(ge=1, le=3_650)] | None = Field(
        default=None, description="Jobs that were published longer ago are left out."
    )
    salary_stated: bool = Field(default=False, description="true: jobs without a stated pay are left out.")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The rule that left a job out, by its key in config.yaml, and what it found."""

    rule: str
    why: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.why}"


@dataclass(frozen=True)
class Sieve:
    """`filters` made ready for many jobs. `where` is their key in config.yaml; `canonical` gives a tag's own name."""

    filters: Filters
    canonical: Canonical
    where: str = "filters"

    def left_out(self, job: Job, today: date) -> LeftOut | None:
        """Why `job` is left out on `today`, or None when it is wanted."""
        for name, test in self._tests:
            why = test(job, today)
            if why is not None:
                return LeftOut(f"{self.where}.{name}", why)
        return None

    @cached_property
    def _tests(self) -> list[tuple[str, Callable[[Job, date], str | None]]]:
        tests: list[tuple[str, Callable[[Job, date], str | None]]] = []
        for name, criterion in self._criteria(self.filters.exclude):
            tests.append((f"exclude.{name}", _refuse(criterion)))
        for name, criterion in self._criteria(self.filters.include):
            tests.append((f"include.{name}", _demand(criterion)))
        if self.filters.max_age_days is not None:
            tests.append(("max_age_days", _too_old(self.filters.max_age_days)))
        if self.filters.salary_stated:
            tests.append(("salary_stated", lambda job, _: None if job.salary else "no pay is stated"))
        return tests

    def _criteria(self, criteria: Criteria) -> Iterable[tuple[str, _Criterion]]:
        """The criteria that stand in the file, in the order of the schema."""
        if criteria.title:
            yield "title", _title(criteria.title)
        if criteria.tags:
            tags = tuple(dict.fromkeys((self.canonical(tag) or tag).casefold() for tag in criteria.tags))
            yield "tags", _Criterion(lambda job: [tag.casefold() for tag in job.tags], tags)
        if criteria.places:
            yield "places", _places(criteria.places)
        if criteria.workplace:
            yield "workplace", _Criterion(lambda job: [job.workplace] if job.workplace else [], criteria.workplace)
        if criteria.employment:
            yield "employment", _Criterion(lambda job: job.employment, criteria.employment)
        if criteria.language:
            yield "language", _Criterion(_languages, criteria.language)
        if criteria.level:
            yield "level", _Criterion(lambda job: [job.level] if job.level else [], criteria.level)


@dataclass(frozen=True, slots=True)
class _Criterion:
    """What a job says (`said`), what is wanted, and how the two are compared.

    `each`: for `exclude` every word that the job says must fit, not one: an opening in Berlin or Austin is one in
    Berlin as well.
    """

    said: Callable[[Job], Iterable[str]]
    wanted: tuple[str, ...]
    fits: Callable[[str], bool] | None = None
    each: bool = False

    def fitting(self, job: Job) -> tuple[list[str], list[str]]:
        """The words of the job, and those of them that fit."""
        said = list(self.said(job))
        fits = self.fits or self.wanted.__contains__
        return said, [word for word in said if fits(word)]


def _demand(criterion: _Criterion) -> Callable[[Job, date], str | None]:
    def why(job: Job, _: date) -> str | None:
        said, fitting = criterion.fitting(job)
        if fitting:
            return None
        return f"{_shown(said)} is none of {_shown(criterion.wanted)}" if said else "the job does not say it"

    return why


def _refuse(criterion: _Criterion) -> Callable[[Job, date], str | None]:
    def why(job: Job, _: date) -> str | None:
        said, fitting = criterion.fitting(job)
        found = fitting and (not criterion.each or len(fitting) == len(said))
        return f"{_shown(fitting)} is one of {_shown(criterion.wanted)}" if found else None

    return why


def _too_old(max_age_days: int) -> Callable[[Job, date], str | None]:
    def why(job: Job, today: date) -> str | None:
        age_days = (today - job.posted).days
        # An estimated day is the day of a fetch: it says nothing about the job.
        if job.posted_estimated or age_days <= max_age_days:
            return None
        return f"published {job.posted}, {age_days:,} days ago, over {max_age_days:,}"

    return why


def _shown(words: Iterable[str]) -> str:
    plain = (", ".join(filter(None, word.split("|"))) for word in list(words)[:8])
    return ", ".join(f'"{word}"' for word in plain)


def _title(wanted: tuple[str, ...]) -> _Criterion:
    # Longest first, and no \b: `C++` ends with a character that is no letter.
    choices = "|".join(re.escape(fold(word)) for word in sorted(wanted, key=lambda word: (-len(word), word)))
    pattern = re.compile(rf"(?<!\w)(?:{choices})(?!\w)")
    return _Criterion(lambda job: [job.title], wanted, lambda title: pattern.search(fold(title)) is not None)


def _languages(job: Job) -> list[str]:
    """`pt-BR` is pt-BR, and pt."""
    if not job.language:
        return []
    parts = job.language.split("-")
    return ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _places(wanted: tuple[str, ...]) -> _Criterion:
    countries = {code for word in wanted if (code := country_code(word))}
    countries |= {code for word in wanted for code in group_of(word)}
    regions = {region for word in wanted if (region := region_of(word))}
    names = {fold(word) for word in wanted}
    anywhere = any(is_worldwide(word) for word in wanted)

    def fits(said: str) -> bool:
        """`said` is `CC`, `REGION`, `worldwide` or `city|region|CC|text`."""
        if "|" not in said:
            return said in countries or said in regions or (said == "worldwide" and anywhere)
        city, region, country, text = said.split("|")
        if country in countries or not names.isdisjoint({fold(city), fold(region)}):
            return True
        return not country and any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", fold(text)) for name in names)

    return _Criterion(_spots, wanted, fits, each=True)


def _spots(job: Job) -> list[str]:
    """Where the work is, and from where a remote worker may do it."""
    spots = ["|".join(part.replace("|", " ") for part in _parts(place)) for place in job.places]
    if job.remote_from is not None:
        spots += [*job.remote_from.countries, *job.remote_from.regions]
        spots += ["worldwide"] if job.remote_from.worldwide else []
    return spots


def _parts(place: Place) -> tuple[str, str, str, str]:
    return place.city or "", place.region or "", place.country or "", place.text or ""
