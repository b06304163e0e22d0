"""`Job` and `Company`: values, and the schema of the files below jobs/."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from rolecall.model.fields import (
    ApplyAddress,
    Country,
    Currency,
    Day,
    Frozen,
    Html,
    JobId,
    Language,
    Markdown,
    Money,
    Name,
    OneOrMany,
    Tag,
    Text,
    Title,
    WebAddress,
)
from rolecall.model.words import Employment, Region, Seniority, Sponsorship, Status, Unit, Workplace

MAX_ALTERNATES = 20
MAX_ALTERNATES_CHARS = 6_000


class Place(Frozen):
    """Where one may work. `text` keeps what the source said when city and country do not say it all."""

    city: Text | None = None
    region: Text | None = None
    country: Country | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.city or self.region or self.country or self.text):
            raise ValueError("is empty. Name at least one of city, region, country, text")
        return self


class Timezones(Frozen):
    """Offsets from UTC in hours between which a remote worker must live."""

    min: Annotated[Decimal, Field(ge=-12, le=14)]
    max: Annotated[Decimal, Field(ge=-12, le=14)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min > self.max:
            raise ValueError(f"min {self.min} is over max {self.max}. Swap them")
        return self


class RemoteFrom(Frozen):
    """Where a remote worker may live. Unknown is no `RemoteFrom` at all; `worldwide` only when it is said."""

    worldwide: bool | None = None
    countries: tuple[Country, ...] = ()
    regions: tuple[Region, ...] = ()
    timezones: Timezones | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.worldwide or self.countries or self.regions or self.timezones):
            raise ValueError("is empty. Write worldwide: true, or name countries, regions or timezones")
        return self


class Salary(Frozen):
    """Pay as the employer stated it. `min` and `max` are in `currency` per `per`; one of them may be unknown."""

    min: Money | None = None
    max: Money | None = None
    currency: Currency | None = None
    per: Unit | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("has neither min nor max. Write one, or leave salary out")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is over max {self.max}. Swap them")
        return self


class SourceRef(Frozen):
    """Where a fetched job came from; `digest` is the hash of the fetched fields as last written.

    `title` is the title as the source writes it, when ours leaves out place, pay, codes or the like.
    """

    name: Text
    board: Text
    key: Text
    url: WebAddress | None = None
    title: Title | None = None
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")] | None = None


class Alternate(Frozen):
    """Another address of the same opening, and why it is held to be the same."""

    url: WebAddress
    source: Text | None = None
    reason: Text | None = None


def more_alternates(known: Sequence[Alternate], others: Iterable[Alternate]) -> tuple[Alternate, ...]:
    """`known`, and of `others` those with another address for which the file of a job has room.

    A list that names an opening anew each day, or a hundred times, must not make the file too large to be read.
    """
    kept = list(known)
    for other in others:
        size = sum(len(one.url) + len(one.reason or "") for one in (*kept, other))
        if other.url not in {one.url for one in kept} and len(kept) < MAX_ALTERNATES and size <= MAX_ALTERNATES_CHARS:
            kept.append(other)
    return tuple(kept)


class Job(Frozen):
    """One opening: a file `jobs/<company>/<title>.yaml`. Required: title, company, apply_url, posted."""

    title: Title = Field(description="The job's name alone, without company, place, pay or codes.")
    company: Name = Field(description="Who hires. jobs/<company>/company.yaml adds website, logo and domains.")
    apply_url: ApplyAddress = Field(description="Where to apply: https://, http:// or mailto:.")
    posted: Day = Field(description="The day on which the job was first published, YYYY-MM-DD.")
    posted_estimated: bool | None = Field(
        default=None, description="true: the day is unknown, and `posted` is the day on which the job was first seen."
    )
    places: tuple[Place, ...] = Field(default=(), max_length=100, description="Where one may work.")
    workplace: Workplace | None = Field(default=None, description="remote, hybrid or on_site.")
    remote_from: RemoteFrom | None = Field(
        default=None, description="Where a remote worker may live. Left out: unknown, which is not worldwide."
    )
    employment: Annotated[tuple[Employment, ...], OneOrMany] = Field(
        default=(), max_length=8, description="The form of the contract; one or more."
    )
    salary: Salary | None = Field(
        default=None, description="Pay as stated by the employer; never converted, never guessed."
    )
    tags: tuple[Tag, ...] = Field(default=(), max_length=40, description="Skills, from the vocabulary or its aliases.")
    level: Seniority | None = Field(default=None, description="How senior the role is.")
    department: Text | None = Field(default=None, description="The employer's own word for the team.")
    requisition_id: Text | None = Field(default=None, description="The employer's number of the opening.")
    language: Language | None = Field(default=None, description="The language of the text, BCP 47: en, de, pt-BR.")
    sponsorship: Sponsorship | None = Field(default=None, description="Whether a work permit is sponsored.")
    closes: Day | None = Field(default=None, description="The last day to apply, YYYY-MM-DD.")
    featured: bool | None = Field(default=None, description="true: shown first, and marked as featured.")
    status: Status | None = Field(default=None, description="Left out: open.")
    missing_since: Day | None = Field(
        default=None, description="Written by fetch: first complete read without this job."
    )
    closed_at: Day | None = Field(default=None, description="Written by fetch: the day on which the job closed.")
    closed_reason: Text | None = Field(default=None, description="Why the job is closed.")
    description: Markdown | None = Field(default=None, description="The text, in Markdown.")
    description_html: Html | None = Field(
        default=None, description="The text, in HTML, written by fetch. Never beside `description`."
    )
    source: SourceRef | None = Field(default=None, description="Written by fetch; absent in files that people wrote.")
    alternates: tuple[Alternate, ...] = Field(default=(), description="Other addresses of the same opening.")
    keep: tuple[Text, ...] = Field(default=(), description="Fields that a person decided; fetch leaves them alone.")
    id: JobId | None = Field(
        default=None, description="Left out: a hash of source, board and key, or of the file's path."
    )

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.description is not None and self.description_html is not None:
            raise ValueError("description and description_html are both there. Keep one")
        unknown = [name for name in self.keep if name not in type(self).model_fields]
        if unknown:
            raise ValueError(f"keep names {unknown[0]!r}, which is not a field. Name fields of this file")
        if self.closes is not None and self.closes < self.posted:
            raise ValueError(f"closes {self.closes} is before posted {self.posted}. Check both dates")
        return self

    def is_open(self, today: date) -> bool:
        """Whether people can still apply on `today`; the day of `closes` is the last one that counts."""
        return self.status is not Status.CLOSED and (self.closes is None or today <= self.closes)

    def closed_on(self, today: date) -> date | None:
        """The day on which the job closed; None while it is open on `today`, or when nobody wrote that day down."""
        if self.is_open(today):
            return None
        if self.closed_at is not None:
            return self.closed_at
        return self.closes if self.closes is not None and self.closes < today else None


class Company(Frozen):
    """Who hires: `jobs/<company>/company.yaml`."""

    name: Name
    website: WebAddress | None = Field(default=None, description="The employer's own site.")
    domains: tuple[Text, ...] = Field(default=(), description="Domains whose addresses are trusted for this company.")
    github: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,38}$")] | None = Field(
        default=None, description="Organisation on GitHub; its avatar is the logo of last resort."
    )
    logo: Text | None = Field(
        default=None, description="A file in logos/, or an address from which fetch takes a copy."
    )


class Attribution(Frozen):
    """What a source's terms demand of whoever shows its jobs."""

    name: Text
    url: WebAddress
    emit_jsonld: bool = True
    apply_via_source: bool = False
