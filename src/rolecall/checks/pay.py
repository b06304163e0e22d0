"""Pay that lacks a part, or that nobody is paid."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rolecall.checks.ground import Finding, Ground, JobFile
from rolecall.model import Unit
from rolecall.normalise.amount import is_large_unit

MAX_SPREAD = 5
# Per time, the least and the most that is believed, in currencies of about the size of a dollar or a euro.
_BELIEVED: dict[Unit, tuple[int, int]] = {
    Unit.HOUR: (2, 700),
    Unit.DAY: (15, 5_000),
    Unit.WEEK: (60, 25_000),
    Unit.MONTH: (150, 90_000),
    Unit.YEAR: (1_500, 2_000_000),
}


def pay(file: JobFile, _: Ground, *, new: bool) -> Iterator[Finding]:
    """A figure without currency or time says nothing; a strange one is mostly a slip of the pen."""
    salary = file.job.salary
    if salary is None:
        return
    if salary.currency is None:
        what = "does not say in which currency."
        yield file.says("no-currency", ("salary",), what, "Add the ISO 4217 code: currency: EUR.", new=new)
    if salary.per is None:
        what = "does not say for how long."
        yield file.says("no-unit", ("salary",), what, "Add per: year, or hour, day, week, month.", new=new)
    if salary.min and salary.max and salary.max > salary.min * MAX_SPREAD:
        what = f"from {salary.min} to {salary.max} is more than {MAX_SPREAD} times."
        yield file.says("pay-spread", ("salary", "max"), what, "Check both figures.", new=new)
    if salary.per is None or salary.currency is None or not is_large_unit(salary.currency):
        return
    low, high = _BELIEVED[salary.per]
    figures: tuple[tuple[str, Decimal | None], ...] = (("min", salary.min), ("max", salary.max))
    for name, figure in figures:
        if figure is not None and not low <= figure <= high:
            what = f"{figure} {salary.currency} a {salary.per.value} is hardly meant."
            yield file.says("pay-figure", ("salary", name), what, "Check the figure and `per`.", new=new)
