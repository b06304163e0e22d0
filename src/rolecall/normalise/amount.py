"""Figures and currencies as people write them: `55.000`, `31,2k`, `1'200.50`, `CA$`, `US dollars`."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import cache

from rolecall.model import Unit
from rolecall.normalise.lookup import fold, listed, table, words

FIGURE = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{2,3}){1,3}(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,3})?(?!\d)"
_TIMES = {"k": 1_000, "m": 1_000_000, "lakh": 100_000, "lakhs": 100_000, "lpa": 100_000}
_MAX = Decimal(1_000_000_000)
_CENT = Decimal("0.01")


def read_figure(text: str, times: str | None = None) -> Decimal | None:
    """The number that `text` (as `FIGURE` matches it) stands for, or None above 10^9. `times`: k, m, lakh.

    A separator before exactly three last digits parts thousands; any other last one is the decimal sign.
    """
    digits = re.sub(r"[ '’\u00a0\u202f]", "", text)
    found = re.fullmatch(r"(\d[\d.,]*?)(?:[.,](\d{1,2}))?", digits)
    if found is None:
        return None
    whole, part = found[1], found[2] or ""
    if times and len(pieces := re.split(r"[.,]", digits)) == 2 and len(pieces[0]) <= 3 and "," not in digits[:1]:
        whole, part = pieces  # 31,2k and 1.40k: no thousands before a k
    if digits.startswith("0.") and not times:
        whole, part = "0", digits[2:]  # no thousands behind a nought
    value = Decimal(re.sub(r"[.,]", "", whole) + (f".{part}" if part else "")) * _TIMES.get((times or "").lower(), 1)
    return _to_cents(value)


def read_plain(digits: str) -> Decimal | None:
    """A JSON figure (`5253`, `22.0`) with at most two decimal places; None when it is 0 or above 10^9."""
    return _to_cents(Decimal(digits)) or None


def _to_cents(value: Decimal) -> Decimal | None:
    if value > _MAX:
        return None
    value = value.quantize(_CENT)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


@cache
def currency_pattern() -> str:
    """A regular expression for every sign, word and code of `tables/currencies.yaml`; longest first."""
    signs = [sign for cell in table("currencies")["signs"].values() for sign in listed(cell)]
    signs += listed(table("currencies")["shared"])
    codes = "|".join(listed(table("currencies")["codes"]))
    named = "|".join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))
    return rf"(?:(?<![A-Za-z])(?:{codes})(?![A-Za-z])|(?:(?<![A-Za-z])|(?<=[\d\s]k))(?:{named}))"


def read_currency(text: str | None) -> str | None:
    """The ISO 4217 code that `text` names; None when it names none, or one sign of several currencies such as `$`."""
    if not text:
        return None
    given = text.strip()
    if given.upper() in currency_codes():
        return given.upper()
    return _signs().get(fold(given))


@cache
def currency_codes() -> frozenset[str]:
    """The ISO 4217 codes that are read."""
    return frozenset(listed(table("currencies")["codes"]))


@cache
def _signs() -> dict[str, str]:
    return {fold(sign): code for code, cell in table("currencies")["signs"].items() for sign in listed(cell)}


def home_currencies(countries: Collection[str]) -> frozenset[str]:
    """The currencies of `countries` (ISO codes)."""
    rows = table("currencies")["home"].items()
    return frozenset(code for code, cell in rows if not set(cell.split()).isdisjoint(countries))


def dollar_in(countries: Collection[str]) -> str | None:
    """What a bare `$` means in `countries`: the US dollar when none of them has, or may write, a dollar of its own."""
    elsewhere = table("currencies")["dollar_elsewhere"].split()
    return "USD" if countries and set(elsewhere).isdisjoint(countries) else None


def is_large_unit(currency: str | None) -> bool:
    """Whether 15,000 of this currency is a year's pay rather than a month's; also of a bare `$`."""
    return currency is None or currency in listed(table("currencies")["large_units"])


@cache
def _units() -> dict[str, Unit]:
    rows = [(unit, name) for unit, cell in table("units").items() for name in listed(cell)]
    return {" ".join(words(name)): Unit(unit) for unit, name in rows}


def read_unit(text: str | None) -> Unit | None:
    """The time that a source's word stands for (`1 YEAR`, `per-year-salary`, `PA`, `hourly`), or None.

    What is a multiple or a part of one of our units (`2 WEEK`, `bi-week`, `semi-month`) is none of them.
    """
    if not text:
        return None
    parts = words(text[:60])
    if any(part in ("bi", "semi", "half", "quarter") or (part.isdigit() and part != "1") for part in parts):
        return None
    known = _units()
    if " ".join(parts) in known:
        return known[" ".join(parts)]
    found = {known[part] for part in parts if part in known}
    return found.pop() if len(found) == 1 else None


@cache
def unit_pattern() -> str:
    """A regular expression for a time that follows an amount: `/hr`, `per year`, `brutto/Jahr`, `an hour`, `p.a.`"""
    names = "|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True))
    alone = "|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True) if len(name) > 3)
    per = r"(?:/|\bper\b|\bpro\b|\ban?\b|\bpar\b|\bpor\b|\bal\b|\bao\b)"
    return rf"(?:{per}\s*(?P<after>{names})\b|\b(?P<alone>{alone}|p\. ?a|pa|pcm|pm)\b)"


def _names() -> list[str]:
    return [name for cell in table("units").values() for name in listed(cell)]
