"""Dates as sources write them. The day is the source's own: an offset is not applied, an epoch is read in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from rolecall.normalise.lookup import fold, listed, table

_MAX_CHARS = 80
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})(?:t\d{2,6}z?)?")
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?[ -]+(?:de |of )?([a-z]{3,10})\.?,?[ -]+(?:de )?(\d{4})(?!\d)")
_NAME_FIRST = re.compile(r"([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_AGO = re.compile(r"(?:vor )?(\d{1,3}|an?|one|einem|einer)(\+)? ?([a-z]{1,8})(?: ago)?")


def read_date(text: str | None, today: date) -> date | None:
    """The day that `text` names, or None when there is none, it is vague ("30+ Days Ago") or not of 2000 to 2100.

    `today` is what "Yesterday" is counted from. Of `11/12/2026` the day stands first, unless only the other is a date.
    """
    if text is None:
        return None
    given = fold(text[:_MAX_CHARS])
    day = _numeric(given) or _named(given) or _relative(given, today)
    return day if day is not None and _FIRST <= day <= _LAST else None


def is_vague(text: str) -> bool:
    """Whether `text` is a date form that says no day: `Posted 30+ Days Ago`."""
    return "+ " in text or "30+" in text


def _numeric(text: str) -> date | None:
    if found := _COMPACT.fullmatch(text):
        return _day(*found.groups())
    if found := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC).date()
    if found := _ISO.match(text):
        return _day(*found.groups())
    if found := _DAY_FIRST.match(text):
        first, second, year = found.groups()
        return _day(year, second, first) or _day(year, first, second)
    return None


def _named(text: str) -> date | None:
    if found := _NAMED.search(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _NAME_FIRST.search(text):
        return _day(found[3], _month(found[1]), found[2])
    return None


def _month(name: str) -> int:
    for number, names in enumerate(table("dates")["months"].values(), start=1):
        if name in listed(names):
            return number
    return 0


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _relative(text: str, today: date) -> date | None:
    text = re.sub(r"^(posted|published|updated|veroffentlicht)( on|:)? ", "", text)
    for days, names in table("dates")["days_ago"].items():
        if text in listed(names):
            return today - timedelta(days=int(days))
    found = _AGO.fullmatch(text)
    if found is None or found[2]:
        return None
    for days, names in table("dates")["units_in_days"].items():
        if found[3] in listed(names):
            count = int(found[1]) if found[1].isdigit() else 1
            return today - timedelta(days=count * int(days))
    return None
