"""Pay as the employer stated it: base pay only, nothing converted. Zeros and placeholders count as not stated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice

from rolecall.model import PayText, Salary, Unit
from rolecall.normalise.amount import read_currency, read_plain, read_unit
from rolecall.normalise.ranges import as_salary, field_amount, ranges, unit_in
from rolecall.normalise.text import clean_line

_MAX_PAY = 50
_MAX_CHARS = 2_000
_MAX_AMOUNTS = 40  # of one text
_AROUND = 40
_NOT_BASE = re.compile(
    r"\b(?:OTE|on[- ]target|commissions?|bonus(?:es)?|equity|stock|stipend|sign[- ]on|401k|budget|relocation)\b",
    re.IGNORECASE,
)
_BASE = re.compile(r"\b(?:base|salary|fixed|gehalt)\b", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:up to|bis(?: zu)?|max\.?|maximum|jusqu'à)\s*$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|ab|min\.?|minimum|at least|starting at|from about)\s*$", re.IGNORECASE)
_PLAIN = re.compile(r"\d{1,20}(?:\.(?:\d{1,2}|\d{4,30}))?", re.ASCII)
_CENTS = re.compile(r"\bcents?\b", re.IGNORECASE)


def read_salary(pay: Sequence[PayText], *, dollar: str | None = None) -> Salary | None:
    """The base pay that `pay` states, or None. Several ranges in one currency and unit are read as their span.

    Figures count for more than text. `dollar`: the currency that a bare `$` means here, if that is known.
    """
    told = [found for found in (_structured(one, dollar) for one in pay[:_MAX_PAY]) if found]
    if told:
        alike = [one for one in told if (one.currency, one.per) == (told[0].currency, told[0].per)]
        return _span(alike)
    for one in pay[:_MAX_PAY]:
        if one.text and (found := _from_text(one.text, dollar, read_currency(one.currency), read_unit(one.per))):
            return found
    return None


def read_salary_text(text: str) -> Salary | None:
    """The pay stated in `text`, or None when no currency is named. Of `$120k` alone: whose dollar?"""
    found = _from_text(text, None, None, None)
    return found if found and found.currency else None


def _span(told: list[Salary]) -> Salary:
    lows = [one.min for one in told if one.min is not None]
    highs = [one.max for one in told if one.max is not None]
    complete = len(lows) == len(highs) == len(told)
    if not complete:
        return told[0]
    return told[0].model_copy(update={"min": min(lows), "max": max(highs)})


def _structured(one: PayText, dollar: str | None) -> Salary | None:
    if one.text and _is_not_base(one.text):
        return None
    low, low_sign = _field(one.min)
    high, high_sign = _field(one.max)
    if _CENTS.search(one.currency or ""):
        low, high = _hundredth(low), _hundredth(high)
    sign = _CENTS.sub("", one.currency or "").strip() or low_sign or high_sign
    currency = read_currency(sign) or (dollar if sign == "$" else None)
    return as_salary(low, high, currency, read_unit(one.per), sign=sign)


def _field(text: str | None) -> tuple[Decimal | None, str | None]:
    """A source's figure and the currency written beside it: "5253", "3000.00", "$100,000"; 0 is absent."""
    if text and _PLAIN.fullmatch(text.strip()):
        return read_plain(text.strip()), None
    if not text or re.search(r"\de|-\s?\d", text, re.IGNORECASE):
        return None, None
    return field_amount(clean_line(text)[:60])


def _hundredth(value: Decimal | None) -> Decimal | None:
    return read_plain(str(value / 100)) if value is not None else None


def _from_text(text: str, dollar: str | None, currency: str | None, per: Unit | None) -> Salary | None:
    line = clean_line(text)[:_MAX_CHARS]
    for found in islice(ranges(line), _MAX_AMOUNTS):
        before, after = line[max(0, found.start - _AROUND) : found.start], line[found.end : found.end + _AROUND]
        if _is_not_base(f"{before[-25:]}|{after[:25]}"):
            continue
        code = read_currency(found.sign) or currency or (dollar if found.sign == "$" else None)
        unit = unit_in(after) or per or unit_in(before)
        low, high = found.low, found.high
        if _UP_TO.search(before) and high == low:
            low = None
        elif high == low and (_FROM.search(before) or after.startswith("+")):
            high = None
        if found.sign and (made := as_salary(low, high, code, unit, sign=found.sign)):
            return made
    return None


def _is_not_base(text: str) -> bool:
    return bool(_NOT_BASE.search(text)) and not _BASE.search(text)
