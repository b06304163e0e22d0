"""The same opening from two boards becomes one job that names the other address.

Only what is certain is merged: one key or one text says that two jobs are one, and nothing says that they are two. A
false merge would hide an opening that the reader never learns of. What merely looks alike is grouped, with the reason,
and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rolecall.address import canonical
from rolecall.model import Alternate, Job, more_alternates
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
class Merged:
    """`jobs` without copies, in the order given; `copies` maps the id of each copy to the id that stands for it.

    `reasons` says, by the id of a copy, which key showed that the two are one.
    """

    jobs: tuple[Job, ...]
    copies: dict[str, str]
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Alike:
    """Jobs that look like one opening and are not proven to be: all are shown."""

    ids: tuple[str, ...]
    reason: str


def dedupe(jobs: Sequence[tuple[str, Job]]) -> Merged:
    """One job for each opening of `jobs` (id, job): the first one stands, so give employers' own boards first."""
    standing: dict[str, list[str]] = {}
    found: dict[str, Job] = {}
    members: dict[str, list[Job]] = {}
    copies: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for job_id, job in jobs:
        keys = dict(_keys(job))
        match = next(_matches(keys, standing, members, job), None)
        if match is None:
            found[job_id], members[job_id] = job, [job]
        else:
            members[match[0]].append(job)
            copies[job_id], reasons[job_id] = match
            found[match[0]] = _with_alternate(found[match[0]], job, match[1])
        for key in keys:
            # A copy's keys lead to the job that stands for it: a third board may only know the copy's address.
            standing.setdefault(key, []).append(copies.get(job_id, job_id))
    return Merged(tuple(found.values()), copies, reasons)


def _matches(
    keys: dict[str, str], standing: dict[str, list[str]], members: dict[str, list[Job]], job: Job
) -> Iterator[tuple[str, str]]:
    for key, reason in keys.items():
        for known in dict.fromkeys(standing.get(key, ())):
            first, *copies = members[known]
            if not _is_one(first, job, reason):
                continue
            # What stands for several must be one with each: the first may not say what tells two copies apart.
            if all(
                differs(copy, job) is None and (_board(copy) != _board(job) or _has_same_text(copy, job))
                for copy in copies
            ):
                yield known, reason


def _is_one(one: Job, other: Job, reason: str) -> bool:
    if differs(one, other) is not None:
        return False
    return _has_same_text(one, other) if reason == SAME_TEXT else _board(one) != _board(other)


def _has_same_text(one: Job, other: Job) -> bool:
    """Whether two jobs of one employer and title have one text: from two boards a copy, which may be cut.

    On one board it takes more, for it knows its own openings: equal facts, one known day, and all of the text.
    """
    texts = words_of(one.description_html), words_of(other.description_html)
    if _board(one) != _board(other):
        return is_copy(*texts)
    alike = _facts(one) == _facts(other) and _day(one) == _day(other) is not None
    return alike and _agree(one.salary, other.salary) and is_same_but_for_an_addition(*texts)


def _facts(job: Job) -> tuple[object, ...]:
    """What two entries of one board must have in common; the title as the board writes it, with its codes."""
    places = frozenset((place.city, place.country) for place in job.places)
    title = job.source.title if job.source and job.source.title else job.title
    return places, job.remote_from, job.workplace, job.employment, job.level, title


def _day(job: Job) -> date | None:
    return None if job.posted_estimated else job.posted


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _keys(job: Job) -> Iterator[tuple[str, str]]:
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
        yield f"text {company} {_words(job.title)}", SAME_TEXT
    if job.requisition_id and any(map(str.isdigit, job.requisition_id)):
        number = job.requisition_id.casefold()
        yield f"number {number} {company} {title}", "same employer, title and number of the opening"


def differs(one: Job, other: Job) -> str | None:
    """What proves that two jobs are two openings, or None: both must state it, and state it differently."""
    if one.requisition_id and other.requisition_id and one.requisition_id != other.requisition_id:
        return "they have different numbers"
    places, others = ({(place.city, place.country) for place in job.places} for job in (one, other))
    if places and others and places != others:
        return "they are in different places"
    if one.department and other.department and one.department.casefold() != other.department.casefold():
        return "they belong to different teams"
    if one.employment and other.employment and set(one.employment).isdisjoint(other.employment):
        return "they are different contracts"
    first, second = (_homes(job) for job in (one, other))
    if first and second and first.isdisjoint(second):
        return "their workers must live in different countries"
    return None


def _homes(job: Job) -> set[str]:
    """The countries in which the job's remote workers may live; empty: unknown, or all."""
    far = job.remote_from
    return {*far.countries, *(code for region in far.regions for code in countries_of(region))} if far else set()


def alike(jobs: Sequence[tuple[str, Job]]) -> tuple[Alike, ...]:
    """The groups of jobs that look like one opening: same employer and title, and nothing that proves them two."""
    groups: dict[tuple[str, str], list[tuple[str, Job]]] = {}
    for job_id, job in jobs:
        groups.setdefault((company_slug(job.company), _words(job.title)), []).append((job_id, job))
    found = []
    for group in groups.values():
        while group:
            (first_id, first), *rest = group
            near = [job_id for job_id, job in rest if differs(first, job) is None]
            if near:
                found.append(Alike((first_id, *near), "same employer and title, and nothing tells them apart"))
            group = [(job_id, job) for job_id, job in rest if job_id not in near]
    return tuple(found)


def _words(title: str) -> str:
    return " ".join(sorted(re.findall(r"\w+[+#]*", title.casefold())))


def _board(job: Job) -> tuple[str, str] | None:
    return (job.source.name, job.source.board) if job.source else None


def _with_alternate(job: Job, copy: Job, reason: str) -> Job:
    url = (copy.source.url if copy.source else None) or copy.apply_url
    alternate = Alternate(url=url, source=copy.source.name if copy.source else None, reason=reason)
    return job.model_copy(update={"alternates": more_alternates(job.alternates, (alternate,))})
