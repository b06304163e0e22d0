"""Values in words: pay, places, dates, ages and the fixed words of the model, as readers see them.

Plain values in, plain text out; escaping is the template's business. An unknown value is an empty text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.model import Salary

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PER = {"hour": "an hour", "day": "a day", "week": "a week", "month": "a month", "year": "a year"}
# Signs that only one currency has, or that are read as this one; every other dollar, yen or crown needs its letters.
_SIGNS = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "VND": "₫", "ILS": "₪", "UAH": "₴",
    "TRY": "₺", "PHP": "₱", "NGN": "₦", "CAD": "C$", "AUD": "A$", "NZD": "NZ$", "SGD": "S$", "HKD": "HK$",
    "MXN": "MX$", "BRL": "R$", "CNY": "CN¥", "TWD": "NT$",
}  # fmt: skip
_FIXED = {
    "remote": "Remote", "hybrid": "Hybrid", "on_site": "On site",
    "full_time": "Full time", "part_time": "Part time", "contractor": "Contractor", "temporary": "Temporary",
    "intern": "Internship", "volunteer": "Volunteer", "per_diem": "Per diem", "other": "Other",
    "junior": "Junior", "mid": "Mid-level", "senior": "Senior", "lead": "Lead", "manager": "Manager",
    "director": "Director", "executive": "Executive",
    "yes": "Offered", "no": "Not offered",
}  # fmt: skip
_NAMED = 3  # places, countries or regions that a line names before it counts the rest


def fixed_words(value: str) -> str:
    """An enum's value in words: `full_time` is "Full time"."""
    return _FIXED.get(value, value)


def pay_words(salary: Salary | None) -> str:
    """Pay as stated: "€90,000–120,000 a year", "from $25 an hour", "CHF 130,000 a year"."""
    if salary is None:
        return ""
    low, high = (_figure(amount) if amount is not None else "" for amount in (salary.min, salary.max))
    code = salary.currency or ""
    sign = _SIGNS.get(code, f"{code}\u00a0" if code else "")
    if low and high:
        amount = f"{sign}{low}" if low == high else f"{sign}{low}–{high}"
    else:
        amount = f"from {sign}{low}" if low else f"up to {sign}{high}"
    return f"{amount} {_PER[salary.per.value]}" if salary.per else amount


def _figure(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return f"{int(amount):,}" if whole else f"{amount:,.2f}"


def where_words(
    workplace: str,
    places: Sequence[str],
    *,
    worldwide: bool = False,
    remote_from: Sequence[str] = (),
    timezones: tuple[str, str] | None = None,
) -> str:
    """Where the work is, or where a remote worker may live, on one line.

    `places` and `remote_from` are names: "Berlin, Germany", "Latin America". "Remote" alone: not said from where.
    """
    if workplace == "remote":
        return _remote_words(places, worldwide, remote_from, timezones)
    return ", ".join(part for part in (fixed_words(workplace), counted(places)) if part)


def _remote_words(
    places: Sequence[str], worldwide: bool, remote_from: Sequence[str], timezones: tuple[str, str] | None
) -> str:
    hours = f" ({timezone_words(timezones)})" if timezones else ""
    if worldwide:
        return f"Remote, worldwide{hours}"
    if remote_from:
        return f"Remote: {counted(remote_from)}{hours}"
    return f"Remote{hours}" + (f", {counted(places)}" if places and not hours else "")


def timezone_words(timezones: tuple[str, str] | None) -> str:
    """("-3", "3") is "UTC−3 to +3"."""
    return f"UTC{_offset(timezones[0])} to {_offset(timezones[1])}" if timezones else ""


def _offset(hours: str) -> str:
    return f"−{hours[1:]}" if hours.startswith("-") else f"+{hours}"


def counted(names: Sequence[str]) -> str:
    """The first names, and how many more there are: "Berlin, Germany; Lyon, France and 2 more"."""
    mark = "; " if any("," in name for name in names) else ", "
    more = len(names) - _NAMED
    return mark.join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def date_words(day: str) -> str:
    """ "2026-11-22" is "22 Nov 2026"; an empty text stays empty."""
    return f"{int(day[8:])} {_MONTHS[int(day[5:7]) - 1]} {day[:4]}" if day else ""


def age_words(posted: str, today: date) -> str:
    """How long ago a day was, coarsely, so that a page changes rarely: "today", "3d", "2w", "5mo", "1y"."""
    days = (today - date.fromisoformat(posted)).days
    if days < 1:
        return "today"
    if days < 14:
        return f"{days}d"
    if days < 61:
        return f"{days // 7}w"
    return f"{days * 12 // 365}mo" if days < 365 else f"{days // 365}y"


def count_words(number: int, one: str, many: str) -> str:
    """`1 open job`, `1,204 open jobs`."""
    return f"{number:,} {one if number == 1 else many}"


def monogram(name: str) -> str:
    """The letter that stands where a company has no logo."""
    return next((letter.upper()[:1] for letter in name if letter.isalnum()), "·")
