"""The things rolecall speaks of: Board, Posting, Job, Company, Place, Salary and their enums. All frozen.

`Posting` holds a source's own words, `Job` holds values. `Job` and `Company` are also the schema of the files
below jobs/: the validator, the editor's JSON Schema, the reference page and the issue form are made from them.
None always means "unknown", never a default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from rolecall.address import web_address
from rolecall.issues import Issue


# --- What a source says -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Board:
    """One company's list at one vendor, or one job board, feed or page: a line of `boards` in config.yaml.

    `board` is the vendor's name of the list (token, slug) or, for sources that are given an address, a short stable
    name made of it. `source` + `board` + a posting's key identify a job for ever.
    """

    source: str
    board: str
    url: str | None = None
    company: str | None = None
    options: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """`greenhouse/canonical`: how reports and `--accept-drop` name the board."""
        return f"{self.source}/{self.board}"


@dataclass(frozen=True, slots=True)
class PlaceText:
    """A place in the source's words: a free `text`, or parts, or both."""

    text: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class PayText:
    """Pay in the source's words: numbers as the source's text or figures, or one free `text`."""

    text: str | None = None
    min: str | None = None
    max: str | None = None
    currency: str | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A job ad in the source's own words: nothing trimmed, guessed or parsed. `to_job()` turns it into a `Job`.

    `posted` and `closes` are dates as text in any documented form, or epochs as digits. `workplace` is the source's
    enum word and wins over the boolean `remote`. `description` is HTML unless `description_is_text`.
    `partial`: the job's own page could not be read, so a missing field means "not read", not "not stated".
    """

    key: str
    title: str
    url: str | None = None
    apply_url: str | None = None
    company: str | None = None
    company_url: str | None = None
    logo: str | None = None
    description: str | None = None
    description_is_text: bool = False
    places: tuple[PlaceText, ...] = ()
    workplace: str | None = None
    remote: bool | None = None
    remote_from: tuple[str, ...] = ()
    timezones: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    salary: tuple[PayText, ...] = ()
    posted: str | None = None
    closes: str | None = None
    department: str | None = None
    requisition_id: str | None = None
    tags: tuple[str, ...] = ()
    level: str | None = None
    language: str | None = None
    partial: bool = False

    def but(self, **changes: Any) -> Posting:
        """The same posting with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What one board answered. Only a `complete` read, without `error`, may say that a job is missing.

    `error` is the text of what made the read fail (nothing was read) or `partial` why it is not complete (what was
    read counts, what was not read says nothing).
    """

    board: Board
    postings: tuple[Posting, ...] = ()
    complete: bool = False
    error: Issue | None = None
    partial: str | None = None
    issues: tuple[Issue, ...] = ()
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0


# --- Values -------------------------------------------------------------------------------------------------------


class Workplace(StrEnum):
    """Where the work is done."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ON_SITE = "on_site"


class Employment(StrEnum):
    """The form of the contract; the words of schema.org's employmentType in lower case."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACTOR = "contractor"
    TEMPORARY = "temporary"
    INTERN = "intern"
    VOLUNTEER = "volunteer"
    PER_DIEM = "per_diem"
    OTHER = "other"


class Unit(StrEnum):
    """The time that a salary's figures stand for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Seniority(StrEnum):
    """How senior the role is, as the title or the employer says."""

    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"
    MANAGER = "manager"
    DIRECTOR = "director"
    EXECUTIVE = "executive"


class Sponsorship(StrEnum):
    """Whether the employer says it sponsors a work permit."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Whether people can still apply."""

    OPEN = "open"
    CLOSED = "closed"


class Region(StrEnum):
    """Groups of countries in which a remote worker may live."""

    AMERICAS = "AMERICAS"
    NORTH_AMERICA = "NORTH_AMERICA"
    LATAM = "LATAM"
    EMEA = "EMEA"
    EU = "EU"
    EUROPE = "EUROPE"
    AFRICA = "AFRICA"
    MIDDLE_EAST = "MIDDLE_EAST"
    APAC = "APAC"
    ASIA = "ASIA"
    OCEANIA = "OCEANIA"


# ISO 3166-1 alpha-2, and XK, which the European Commission uses for Kosovo.
COUNTRY_CODES = frozenset(
    (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
        "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
        "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT "
        "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
        "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI "
        "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
        "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
        "UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "
    ).split()
)
TAG = re.compile(r"^[^\s<>][^<>\n]{0,39}$")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]")


def _plain(value: str) -> str:
    if CONTROL.search(value):
        raise ValueError("holds an invisible control character. Remove it")
    return value


def _web_address(value: str) -> str:
    address = web_address(value)
    if address is None:
        raise ValueError(f"{value[:80]!r} is not an address that starts with https:// or http://. Write the full address")
    return address


def _apply_address(value: str) -> str:
    if value.lower().startswith("mailto:") and re.fullmatch(r"mailto:[^\s@<>\"?]+@[^\s@<>\"?]+\.[^\s@<>\"?]+", value, re.IGNORECASE):
        return value
    return _web_address(value)


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1), AfterValidator(_plain)]
WebAddress = Annotated[str, Field(max_length=2000), AfterValidator(_web_address)]
ApplyAddress = Annotated[str, Field(max_length=2000), AfterValidator(_apply_address)]
Tag = Annotated[str, Field(min_length=1, max_length=40, pattern=TAG.pattern), AfterValidator(_plain)]


def _figure(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{1,10}(\.\d{1,2})?", value.strip()):
        raise ValueError(f"{value[:40]!r} is not a plain figure. Write 90000 or 25.50, without sign, comma or currency")
    return value


Money = Annotated[Decimal, BeforeValidator(_figure), Field(ge=0, le=1_000_000_000, decimal_places=2)]


def _block(value: str) -> str:
    """Text of several lines ends with one line end, so that it stands in a file as a block."""
    return f"{value.strip(chr(10))}\n"


class Frozen(BaseModel):
    """A value that never changes; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _country(value: str) -> str:
    code = value.upper()
    if code not in COUNTRY_CODES:
        raise ValueError(f"{value[:40]!r} is not an ISO 3166-1 code of two letters. Write DE for Germany, US for the United States")
    return code


Country = Annotated[str, Field(min_length=2, max_length=60), AfterValidator(_country)]


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
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    per: Unit | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("has neither min nor max. Write one, or leave salary out")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is over max {self.max}. Swap them")
        return self


class SourceRef(Frozen):
    """Where a fetched job came from; `digest` is the hash of the fetched fields as last written."""

    name: Text
    board: Text
    key: Text
    url: WebAddress | None = None
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")] | None = None


class Alternate(Frozen):
    """Another address of the same opening, and why it is held to be the same."""

    url: WebAddress
    source: Text | None = None
    reason: Text | None = None


def _day(value: date) -> date:
    if not date(2000, 1, 1) <= value <= date(2100, 1, 1):
        raise ValueError(f"{value} is not between 2000 and 2100. Check the year")
    return value


def _iso_day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise ValueError(f"{value[:40]!r} is not a date. Write it as 2026-11-22")
    return value


Day = Annotated[date, BeforeValidator(_iso_day), AfterValidator(_day)]


class Job(Frozen):
    """One opening: a file `jobs/<company>/<title>.yaml`. Required: title, company, apply_url, posted."""

    title: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)] = Field(
        description="The job's name alone, without company, place, pay or codes."
    )
    company: Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain)] = Field(
        description="Who hires. jobs/<company>/company.yaml adds website, logo and domains."
    )
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
    employment: Annotated[tuple[Employment, ...], BeforeValidator(_one_or_many)] = Field(
        default=(), max_length=8, description="The form of the contract; one or more."
    )
    salary: Salary | None = Field(default=None, description="Pay as stated by the employer; never converted, never guessed.")
    tags: tuple[Tag, ...] = Field(default=(), max_length=40, description="Skills, from the vocabulary or its aliases.")
    level: Seniority | None = Field(default=None, description="How senior the role is.")
    department: Text | None = Field(default=None, description="The employer's own word for the team.")
    requisition_id: Text | None = Field(default=None, description="The employer's number of the opening.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = Field(
        default=None, description="The language of the text, BCP 47: en, de, pt-BR."
    )
    sponsorship: Sponsorship | None = Field(default=None, description="Whether a work permit is sponsored.")
    closes: Day | None = Field(default=None, description="The last day to apply, YYYY-MM-DD.")
    featured: bool | None = Field(default=None, description="true: shown first, and marked as featured.")
    status: Status | None = Field(default=None, description="Left out: open.")
    missing_since: Day | None = Field(default=None, description="Written by fetch: first complete read without this job.")
    closed_at: Day | None = Field(default=None, description="Written by fetch: the day on which the job closed.")
    closed_reason: Text | None = Field(default=None, description="Why the job is closed.")
    description: Annotated[str, Field(max_length=50_000), AfterValidator(_block)] | None = Field(default=None, description="The text, in Markdown.")
    description_html: Annotated[str, Field(max_length=60_000), AfterValidator(_block)] | None = Field(
        default=None, description="The text, in HTML, written by fetch. Never beside `description`."
    )
    source: SourceRef | None = Field(default=None, description="Written by fetch; absent in files that people wrote.")
    alternates: tuple[Alternate, ...] = Field(default=(), description="Other addresses of the same opening.")
    keep: tuple[Text, ...] = Field(default=(), description="Fields that a person decided; fetch leaves them alone.")
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")] | None = Field(
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
        """The day on which the job closed, or None while it is open on `today`."""
        if self.is_open(today):
            return None
        if self.closed_at is not None:
            return self.closed_at
        return self.closes if self.closes is not None and self.closes < today else self.posted


class Company(Frozen):
    """Who hires: `jobs/<company>/company.yaml`."""

    name: Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain)]
    website: WebAddress | None = Field(default=None, description="The employer's own site.")
    domains: tuple[Text, ...] = Field(default=(), description="Domains whose addresses are trusted for this company.")
    github: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,38}$")] | None = Field(
        default=None, description="Organisation on GitHub; its avatar is the logo of last resort."
    )
    logo: Text | None = Field(default=None, description="A file in logos/, or an address from which fetch takes a copy.")


class Attribution(Frozen):
    """What a source's terms demand of whoever shows its jobs."""

    name: Text
    url: WebAddress
    emit_jsonld: bool = True
    apply_via_source: bool = False


