"""What a company's openings say of it together; each fact only when it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from rolecall.site.edition import Edition
from rolecall.site.site import Employer

_LATELY_DAYS = 30
_PAY_LINES = 5
Pay = tuple[str, str, str, str]  # min, max, currency, per


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """`pay` has, for each currency and period in which pay is stated, the lowest and highest, and in how many jobs.

    `newest` is the day of the newest opening, `lately` how many came in the last 30 days; days that we only estimated
    count for neither. `more_pay` is how many further currencies and periods there are, `worldwide` how many jobs may be
    done from any country.
    """

    pay: tuple[tuple[Pay, int], ...]
    more_pay: int
    newest: str
    lately: int
    lately_days: int
    worldwide: int

    def __bool__(self) -> bool:
        return bool(self.pay or self.newest or self.worldwide)


def of_company(edition: Edition, employer: Employer) -> CompanyFacts:
    """The facts of a company's open jobs."""
    since = (edition.site.today - timedelta(days=_LATELY_DAYS)).isoformat()
    days = [view.posted for view in employer.jobs if not view.posted_estimated]
    pay = _pay(employer)
    return CompanyFacts(
        pay=pay[:_PAY_LINES],
        more_pay=len(pay[_PAY_LINES:]),
        newest=max(days, default=""),
        lately=sum(day > since for day in days),
        lately_days=_LATELY_DAYS,
        worldwide=sum(view.worldwide for view in employer.jobs),
    )


def _pay(employer: Employer) -> tuple[tuple[Pay, int], ...]:
    """The lowest and the highest pay that is stated in one currency for one period; nothing is converted."""
    stated: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for view in employer.jobs:
        low, high, currency, per = view.salary or ("", "", "", "")
        if currency and per:
            stated.setdefault((currency, per), []).append((low, high))
    lines: list[tuple[Pay, int]] = []
    for (currency, per), ranges in sorted(stated.items(), key=lambda item: (-len(item[1]), item[0])):
        amounts = sorted((amount for pair in ranges for amount in pair if amount), key=Decimal)
        low = amounts[0] if any(low for low, _ in ranges) else ""
        high = amounts[-1] if any(high for _, high in ranges) else ""
        lines.append(((low, high, currency, per), len(ranges)))
    return tuple(lines)
