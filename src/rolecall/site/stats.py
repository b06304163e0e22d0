"""What the stats page says, in figures: counts, shares and ranges of the jobs of a `Site`. No words, no templates.

All of it follows from the job files and the day of the build. How many jobs were open on a day of the past does not:
that would be read from git, which a build does not need and may not have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median, median_low, quantiles
from typing import TYPE_CHECKING

from rolecall.site.site import SOON_DAYS, WORKPLACES
from rolecall.site.words import LEVELS

if TYPE_CHECKING:
    from rolecall.site.site import Group, Site
    from rolecall.site.view import JobView

WEEKS = 26
TOP = 15
MIN_STATED = 3  # jobs of a tag below which a range says more of one employer than of the tag
EMPLOYMENT = ("full_time", "part_time", "contractor", "temporary", "intern", "volunteer", "per_diem", "other")
UNSAID = ""  # the name of those that do not say
# Days below which a job belongs to a row; the last row has no end.
AGES = (7, 14, 28, 60, 90, 180)
CLOSING = (SOON_DAYS + 1, 15, 31)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many open jobs have something. `slug` is that of its page, or the model's own word."""

    slug: str
    name: str
    jobs: int


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days: how many jobs were posted in them, and how many of those are still open."""

    first: str
    last: str
    posted: int
    open: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The stated pay of the jobs with a tag: lowest and highest figure; of the middles of each job, the quartiles."""

    slug: str
    name: str
    jobs: int
    low: Decimal
    lower: Decimal
    middle: Decimal
    upper: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay in one currency for one unit of time, of the tags for which enough jobs state it."""

    currency: str
    per: str
    jobs: int
    spreads: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of one day. `paid` are jobs with stated pay, by currency and unit: `("EUR", "year", 12)`."""

    jobs: int
    companies: int
    weeks: tuple[Week, ...]
    tags: tuple[Tally, ...]
    countries: tuple[Tally, ...]
    cities: tuple[Tally, ...]
    workplaces: tuple[Tally, ...]
    living: tuple[Tally, ...]
    employment: tuple[Tally, ...]
    levels: tuple[Tally, ...]
    paid: tuple[tuple[str, str, int], ...]
    pay: Pay | None
    ages: tuple[int, ...]
    middle_age_days: int
    closing: tuple[int, ...]

    @property
    def fresh(self) -> int:
        """Posted in the last seven days, and closed since or not."""
        return self.weeks[-1].posted

    @property
    def remote(self) -> int:
        return next((tally.jobs for tally in self.workplaces if tally.slug == "remote"), 0)

    @property
    def stated(self) -> int:
        return sum(jobs for _, _, jobs in self.paid)


def stats_of(site: Site) -> Stats:
    """The figures of `site` on its day."""
    jobs, today = site.jobs, site.today
    ages = [max(0, (today - date.fromisoformat(view.posted)).days) for view in jobs]
    left = [(date.fromisoformat(view.closes) - today).days for view in jobs if view.closes]
    paid = Counter(view.salary[2:] for view in jobs if view.salary)
    ranked = sorted(paid.items(), key=lambda item: (-item[1], item[0]))
    best = next((group for group, _ in ranked if all(group)), None)
    return Stats(
        jobs=len(jobs),
        companies=sum(1 for employer in site.employers if employer.jobs),
        weeks=_weeks(site),
        tags=_top(site.tags),
        countries=_top(group for group in site.places if not group.country),
        cities=_top(group for group in site.places if group.country),
        workplaces=_known((view.workplace or UNSAID for view in jobs), WORKPLACES),
        living=_known(map(_lives, (view for view in jobs if view.workplace == "remote")), ("worldwide", "named")),
        employment=_known((form for view in jobs for form in view.employment or (UNSAID,)), EMPLOYMENT),
        levels=_known((view.level or UNSAID for view in jobs), LEVELS),
        paid=tuple((*group, number) for group, number in ranked),
        pay=_pay(site, best) if best else None,
        ages=_parted(ages, AGES),
        middle_age_days=median_low(ages) if ages else 0,
        closing=(*_parted(left, CLOSING), len(jobs) - len(left)) if left else (),
    )


def _weeks(site: Site) -> tuple[Week, ...]:
    """The last weeks, each of seven days, the last one ending today. Closed jobs count while they keep their page."""
    posted = Counter(_weeks_ago(view, site.today) for view in (*site.jobs, *site.closed))
    still = Counter(_weeks_ago(view, site.today) for view in site.jobs)
    found = []
    for ago in reversed(range(WEEKS)):
        last = site.today - timedelta(days=7 * ago)
        found.append(Week((last - timedelta(days=6)).isoformat(), last.isoformat(), posted[ago], still[ago]))
    return tuple(found)


def _weeks_ago(view: JobView, today: date) -> int:
    return max(0, (today - date.fromisoformat(view.posted)).days) // 7


def _top(groups: Iterable[Group]) -> tuple[Tally, ...]:
    """The groups with the most jobs; where it is equal, in the order of their names."""
    tallies = [Tally(group.slug, group.name, len(group.jobs)) for group in groups]
    return tuple(sorted(tallies, key=lambda tally: -tally.jobs)[:TOP])


def _known(said: Iterable[str], order: Sequence[str]) -> tuple[Tally, ...]:
    """How many say each of the words, in their order, then how many say none; empty when nobody says anything."""
    found = Counter(said)
    if not any(found[word] for word in order):
        return ()
    return tuple(Tally(word, word, found[word]) for word in (*order, UNSAID) if found[word])


def _lives(view: JobView) -> str:
    if view.worldwide:
        return "worldwide"
    return "named" if view.remote_countries or view.remote_regions else UNSAID


def _parted(days: Iterable[int], ends: Sequence[int]) -> tuple[int, ...]:
    found = Counter(sum(1 for end in ends if number >= end) for number in days)
    return tuple(found[part] for part in range(len(ends) + 1))


def _pay(site: Site, group: tuple[str, str]) -> Pay:
    stated = {view.id: _amounts(view) for view in site.jobs if view.salary and view.salary[2:] == group}
    spreads = []
    for tag in site.tags:
        amounts = [stated[view.id] for view in tag.jobs if view.id in stated]
        if len(amounts) >= MIN_STATED:
            spreads.append(_spread(tag, amounts))
    most = sorted(spreads, key=lambda spread: -spread.jobs)[:TOP]
    most.sort(key=lambda spread: -spread.middle)
    return Pay(*group, len(stated), tuple(most))


def _amounts(view: JobView) -> tuple[Decimal, Decimal]:
    """Least and most of a job's pay; where one is not stated, the other stands for both."""
    low, high = (view.salary or ("", "", "", ""))[:2]
    return Decimal(low or high), Decimal(high or low)


def _spread(tag: Group, amounts: Sequence[tuple[Decimal, Decimal]]) -> Spread:
    middles = sorted((low + high) / 2 for low, high in amounts)
    lower, _, upper = quantiles(middles, n=4, method="inclusive")
    return Spread(
        slug=tag.slug,
        name=tag.name,
        jobs=len(amounts),
        low=min(low for low, _ in amounts),
        lower=lower,
        middle=median(middles),
        upper=upper,
        high=max(high for _, high in amounts),
    )
