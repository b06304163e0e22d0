"""What a source says, in its own words: nothing is trimmed, guessed or parsed here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from rolecall.issues import Issue


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
    cached: int = 0
    seconds: float = 0.0
