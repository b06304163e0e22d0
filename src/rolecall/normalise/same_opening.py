"""What shows that two jobs are one opening, and what proves that they are two.

Only what is certain counts: one key or one text says that two jobs are one, and nothing says that they are two. A false
merge would hide an opening that the reader never learns of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from rolecall.address import canonical
from rolecall.model import Job, Salary
from rolecall.normalise.country import countries_of
from rolecall.normalise.identity import company_slug
from rolecall.normalise.same_text import is_copy, is_same_but_for_an_addition, words_of

SAME_TEXT = "same employer, title and text"

# A job's page at a vendor, by its canonical address: the same page behind an aggregator's link is the same opening.
_VENDOR_JOBS = tuple(
    (vendor, re.compile(pattern, re.IGNORECASE))
    for vendor, pattern in (
        (
            "greenhouse",
            r"//(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?:embed/job_app\?.*token=|[\w-]+/jobs/)(\d+)",
        ),
        ("greenhouse", r"[?&]gh_jid=(\d+)"),
        ("lever", r"//jobs(?:\.eu)?\.lever\.co/[\w.-]+/([0-9a-f-]{36})"),
        ("ashby", r"//jobs\.ashbyhq\.com/[^/]+/([0-9a-f-]{36})"),
        ("workable", r"//apply\.workable\.com/(?:[\w-]+/)?j/(\w{8,12})"),
        ("smartrecruiters", r"//jobs\.smartrecruiters\.com/[\w-]+/(\d{10,})"),
        ("workday", r"//([\w-]+\.wd\d+\.myworkdayjobs\.com/.*_[\w-]+?)(?:/apply.*)?$"),
        ("recruitee", r"//([\w-]+\.recruitee\.com/o/[\w-]+)"),
        ("personio", r"//([\w-]+\.jobs\.personio\.(?:de|com)/job/\d+)"),
        ("teamtailor", r"//([\w.-]+\.teamtailor\.com/jobs/\d+)"),
        ("breezy", r"//([\w-]+\.breezy\.hr/p/\w+)"),
        ("bamboohr", r"//([\w-]+\.bamboohr\.com/(?:careers|jobs)/(?:view\.php\?id=)?\d+)"),
    )
)


@dataclass(frozen=True, slots=True)
class Traits:
    """All that a job says by which openings are told apart; unknown is None or empty.

    `facts` is what two entries of one board must have in common, with the title as the board writes it, with its codes.
    """

    board: tuple[str, str] | None
    places: frozenset[tuple[str | None, str | None]]
    number: str | None
    team: str | None
    contracts: frozenset[str]
    homes: frozenset[str]
    facts: tuple[object, ...]
    day: date | None
    salary: Salary | None
    html: str | None

    @classmethod
    def of(cls, job: Job) -> Self:
        places = frozenset((place.city, place.country) for place in job.places)
        title = job.source.title if job.source and job.source.title else job.title
        return cls(
            board=(job.source.name, job.source.board) if job.source else None,
            places=places,
            number=job.requisition_id or None,
            team=job.department.casefold() if job.department else None,
            contracts=frozenset(job.employment),
            homes=_homes(job),
            facts=(places, job.remote_from, job.workplace, job.employment, job.level, title),
            day=None if job.posted_estimated else job.posted,
            salary=job.salary,
            html=job.description_html,
        )

    def differs(self, other: Traits) -> str | None:
        """What proves that two jobs are two openings, or None: both must state it, and state it differently."""
        if self.number and other.number and self.number != other.number:
            return "they have different numbers"
        if self.places and other.places and self.places != other.places:
            return "they are in different places"
        if self.team and other.team and self.team != other.team:
            return "they belong to different teams"
        if self.contracts and other.contracts and self.contracts.isdisjoint(other.contracts):
            return "they are different contracts"
        if self.homes and other.homes and self.homes.isdisjoint(other.homes):
            return "their workers must live in different countries"
        return None

    def has_same_text(self, other: Traits) -> bool:
        """Whether two jobs of one employer and title have one text: from two boards a copy, which may be cut.

        On one board it takes more, for it knows its own openings: equal facts, one known day, and all of the text.
        """
        if self.board != other.board:
            return is_copy(words_of(self.html), words_of(other.html))
        if self.day is None or self.day != other.day or self.facts != other.facts:
            return False
        if self.salary is not None and other.salary is not None and self.salary != other.salary:
            return False
        return is_same_but_for_an_addition(words_of(self.html), words_of(other.html))

    def is_one(self, other: Traits, reason: str) -> bool:
        """Whether two jobs that share the key of `reason` are one opening."""
        if self.differs(other) is not None:
            return False
        return self.has_same_text(other) if reason == SAME_TEXT else self.board != other.board

    def is_one_more(self, other: Traits) -> bool:
        """Whether two jobs that were found to be one with a third may be one with each other."""
        return self.differs(other) is None and (self.board != other.board or self.has_same_text(other))


def differs(one: Job, other: Job) -> str | None:
    """What proves that two jobs are two openings, or None: both must state it, and state it differently."""
    return Traits.of(one).differs(Traits.of(other))


def keys_of(job: Job) -> Iterator[tuple[str, str]]:
    """What only one opening has, each with the words for it."""
    company, title = company_slug(job.company), job.title.casefold()
    for address in dict.fromkeys((job.apply_url, job.source.url if job.source else None)):
        if not address or address.lower().startswith("mailto:"):
            continue  # one mailbox takes the applications for many openings
        for vendor, pattern in _VENDOR_JOBS:
            if page := pattern.search(address):
                yield f"{vendor} {page[1].casefold()}", f"both lead to the same page at {vendor}"
        # One address may take applications for several openings: it counts together with employer and title.
        yield f"at {canonical(address)} {company} {title}", "same employer, title and address"
    if job.description_html:
        yield f"text {company} {words_of_title(job.title)}", SAME_TEXT
    if job.requisition_id and any(map(str.isdigit, job.requisition_id)):
        number = job.requisition_id.casefold()
        yield f"number {number} {company} {title}", "same employer, title and number of the opening"


def _homes(job: Job) -> frozenset[str]:
    """The countries in which the job's remote workers may live; empty: unknown, or all."""
    far = job.remote_from
    if far is None:
        return frozenset()
    return frozenset((*far.countries, *(code for region in far.regions for code in countries_of(region))))


def words_of_title(title: str) -> str:
    """The words of a title in alphabetical order, in small letters."""
    return " ".join(sorted(re.findall(r"\w+[+#]*", title.casefold())))
