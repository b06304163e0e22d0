"""Amounts and ranges of amounts in a line, and whether they can be somebody's pay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rolecall.model import Salary, Unit
from rolecall.normalise.amount import (
    FIGURE,
    currency_pattern,
    is_large_unit,
    read_currency,
    read_figure,
    read_unit,
    unit_pattern,
)

_MAX_SPREAD = 20
_YEAR_FROM = 15_000
_YEAR_FROM_IN_RUPEES = 300_000
_RUPEES = frozenset({"lakh", "lakhs", "lpa"})  # only rupees are counted so
_LEAST = {Unit.YEAR: 1_000, Unit.MONTH: 50}  # less is a placeholder: $1 to $5 a year


@dataclass(frozen=True, slots=True)
class Range:
    """One amount (both ends the same) or a range, where it stands, and the currency's sign or code beside it."""

    low: Decimal | None
    high: Decimal | None
    sign: str | None
    start: int
    end: int


def ranges(line: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    """Every amount or range of amounts in `line`; a `k` on the upper figure counts for a small lower one, too.

    `start` and `end`: where to look, for the pattern is slow on words.
    """
    for match in _amount().finditer(line, start, len(line) if end is None else end):
        low_times, high_times = match["low_times"], match["high_times"]
        low = read_figure(match["low"], low_times)
        high = read_figure(match["high"], high_times) if match["high"] else low
        if match["high"] and high_times and not low_times and low is not None and low < 1_000:
            low = read_figure(match["low"], high_times)
        signs = [match[name] for name in ("before", "after_low", "before_high", "after_high") if match[name]]
        named = next((sign for sign in signs if read_currency(sign)), None)
        if not signs and _RUPEES.intersection({(low_times or "").lower(), (high_times or "").lower()}):
            named = "INR"
        yield Range(low, high, named or next(iter(signs), None), match.start(), match.end())


def field_amount(line: str) -> tuple[Decimal | None, str | None]:
    """The first amount of a source's own field, and the currency written beside it."""
    found = _amount().search(line)
    if found is None:
        return None, None
    return read_figure(found["low"], found["low_times"]) or None, found["before"] or found["after_low"]


def unit_in(text: str) -> Unit | None:
    """The first time that `text` names for an amount: `per hour`, `/yr`, `brutto/Jahr`."""
    found = _time().search(text)
    return read_unit(found["after"] or found["alone"]) if found else None


def unit_behind(text: str) -> tuple[Unit | None, int]:
    """The time with which `text` begins, and where what follows it starts."""
    found = _time().match(text)
    return (read_unit(found["after"] or found["alone"]), found.end()) if found else (None, 0)


def as_salary(
    low: Decimal | None, high: Decimal | None, currency: str | None, per: Unit | None, *, sign: str | None = None
) -> Salary | None:
    """The amounts as pay, or None when they are placeholders: 0, 1 to 1,000,000, a year's figure for an hour.

    `sign` is what stands beside the amounts: of 35,000 in some `kr` nobody knows whether a year or a month pays it.
    """
    is_large = is_large_unit(currency) and (currency is not None or sign is None or "$" in sign)
    figures = [figure for figure in (low, high) if figure]
    if not figures or max(figures) < 2 or max(figures) > _MAX_SPREAD * min(figures):
        return None
    if low and high and low > high:
        low, high = high, low
    if per is Unit.HOUR and min(figures) >= 5_000:
        return None  # a year's figure under an hour's name, or the other way round
    if per is not None and is_large and max(figures) < _LEAST.get(per, 0):
        return None
    year_from = _YEAR_FROM_IN_RUPEES if currency == "INR" else _YEAR_FROM if is_large else None
    if per is None and year_from is not None and min(figures) >= year_from:
        per = Unit.YEAR
    return Salary(min=low or None, max=high or None, currency=currency, per=per)


@cache
def _amount() -> re.Pattern[str]:
    sign, times = currency_pattern(), r"(?:\s?(?P<{0}_times>k|lakhs?|lpa|m(?![a-z]))(?![a-z]))?"
    low = rf"(?P<before>{sign})?\s?(?<![\d.,])(?P<low>{FIGURE}){times.format('low')}\s?(?P<after_low>{sign})?"
    high = rf"(?P<before_high>{sign})?\s?(?P<high>{FIGURE}){times.format('high')}\s?(?P<after_high>{sign})?"
    time = rf"(?:\s?{unit_pattern().replace('P<after>', 'P<t1>').replace('P<alone>', 'P<t2>')})?"
    return re.compile(
        rf"{low}(?:{time}\s?(?:-|–|—|−|~|to\b|bis\b|and\b|und\b|et\b|à|y\b|a\b)\s?{high})?", re.IGNORECASE
    )


@cache
def _time() -> re.Pattern[str]:
    return re.compile(unit_pattern(), re.IGNORECASE)
