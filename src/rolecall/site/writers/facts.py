"""What a company's openings say of it together; each fact only when it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from rolecall.site.edition import Edition
from rolecall.site.site import Employer
from rolecall.site.words import pay_words

_LATELY_DAYS = 30


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """`pay` has a line for each currency and period in which pay is stated, and in how many jobs it is.

    `newest` is the day of the newest opening, `lately` how many came in the last 30 days; days that we only estimated
    count for neither. `worldwide` is how many jobs may be done from any country.
    """

    pay: tuple[tuple[str, int], ...]
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
    return CompanyFacts(
        pay=_pay(edition, employer),
        newest=max(days, default=""),
        lately=sum(day > since for day in days),
        lately_days=_LATELY_DAYS,
        worldwide=sum(view.worldwide for view in employer.jobs),
    )


def _pay(edition: Edition, employer: Employer) -> tuple[tuple[str, int], ...]:
    """The lowest and the highest pay that is stated in one currency for one period; nothing is converted."""
    stated: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for view in employer.jobs:
        low, high, currency, per = view.salary or ("", "", "", "")
        if currency and per:
            stated.setdefault((currency, per), []).append((low, high))
    lines = []
    for (currency, per), ranges in sorted(stated.items(), key=lambda item: (-len(item[1]), item[0])):
        amounts = sorted((amount for pair in ranges for amount in pair if amount), key=Decimal)
        low = amounts[0] if any(low for low, _ in ranges) else ""
        high = amounts[-1] if any(high for _, high in ranges) else ""
        lines.append((pay_words((low, high, currency, per), edition.site.language), len(ranges)))
    return tuple(lines)
