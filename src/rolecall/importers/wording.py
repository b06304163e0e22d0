"""What lists say with signs and short words: closed, no sponsorship, an age, a day without a year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

from rolecall.model import Sponsorship
from rolecall.normalise.dates import is_vague, read_date
from rolecall.normalise.text import clean_line

_SHORTCODES = {":lock:": "🔒", ":us:": "🇺🇸", ":passport_control:": "🛂", ":x:": "❌", ":no_entry:": "⛔"}
_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,40}:")
_CLOSED_SIGNS = "🔒⛔❌🚫🔐"
_NO_SPONSORSHIP = "🛂"
_CITIZENS = "🇺🇸"
_CLOSED_WORDS = frozenset(
    "closed close filled expired inactive false no done solved archived over ended taken n unavailable hired "
    "cancelled canceled withdrawn".split()
)
_CLOSED_TEXT = re.compile(
    r"\b(?:closed|no longer (?:accepting|available|open)|position filled|expired)\b", re.IGNORECASE
)
_YES = re.compile(
    r"^(?:yes|true|y|1|✅|✔️?)$|(?<!not )(?<!no )\b(?:offers|available|provides|provided|sponsors)\b", re.IGNORECASE
)
_NO = re.compile(
    r"^(?:no|false|n|0|❌)$|\b(?:does|will|do|can)(?:\s?not|n't|n’t) (?:offer|sponsor|provide)|\bno (?:visa )?sponsor"
    r"|\bwithout sponsor|\bcitizen(?:s|ship)?\b[^.]{0,20}\b(?:required|only)|\brequires? u\.?s\.? citizen"
    r"|\bnot (?:offered|available|provided)",
    re.IGNORECASE,
)
_AGE = re.compile(r"(\d{1,4})\+?\s?([a-z]{1,7})\.?(?: ago)?", re.IGNORECASE)
_NO_YEAR = re.compile(r"(?:([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})\.? ([A-Za-z]{3,9})\.?)")
_SHORT_DAY = re.compile(r"(\d{1,2})/(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")
_SOON = timedelta(days=2)


def with_signs(text: str) -> str:
    """GitHub's short codes as the signs that they show; those that we do not know fall away."""
    if ":" not in text:
        return text
    return _SHORTCODE.sub(lambda found: _SHORTCODES.get(found[0], " "), text)


def bare_title(text: str) -> tuple[str, str]:
    """A title or name without signs at its ends, and the signs that were cut off."""
    line = clean_line(with_signs(text))
    core = line
    while core and (_is_sign(core[0]) or core[0] in " |·•*-–—↳"):
        core = core[1:]
    while core and (_is_sign(core[-1]) or core[-1] in " |·•*-–—"):
        core = core[:-1]
    signs = "".join(char for char in line.replace(core, "", 1) if _is_sign(char)) if core != line else ""
    known = "".join(sign for sign in _CLOSED_SIGNS + _NO_SPONSORSHIP if sign in core)
    for sign in known:
        core = core.replace(sign, "")
    return " ".join(core.split()), signs + known


def _is_sign(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk") or char in "\ufe0f\u200d"


def says_closed(text: str) -> bool:
    """Whether a cell with a way to apply, or with notes, says that there is none any more."""
    return any(sign in text for sign in _CLOSED_SIGNS) or bool(_CLOSED_TEXT.search(text[:500]))


def is_closed(status: str) -> bool:
    """Whether the value of a field for the status says closed: `Closed`, `solved`, `false`, `Filled (May)`."""
    words = re.findall(r"[a-z]+", status.lower()[:200])
    return bool(words and words[0] in _CLOSED_WORDS) or says_closed(status)


def sponsorship_of(text: str) -> Sponsorship | None:
    """What a list says of work permits; "U.S. citizenship is required" is no."""
    line = clean_line(text)[:300]
    if _NO.search(line) or _NO_SPONSORSHIP in line or _CITIZENS in line:
        return Sponsorship.NO
    return Sponsorship.YES if _YES.search(line) else None


def denied_in(notes: str) -> Sponsorship | None:
    """NO when a free text says that nobody is sponsored; it is not believed when it seems to say yes."""
    speaks = re.search(r"sponsor|citizen", notes[:300], re.IGNORECASE)
    return Sponsorship.NO if speaks and sponsorship_of(notes) is Sponsorship.NO else None


def sponsorship_of_signs(signs: str) -> Sponsorship | None:
    return Sponsorship.NO if _NO_SPONSORSHIP in signs or _CITIZENS in signs else None


def day_of(text: str, today: date, *, month_first: bool = False) -> tuple[str | None, bool]:
    """A list's day as `YYYY-MM-DD` and whether it is only estimated: an age, or a day without a year.

    Text that says no day is given back as it is, for the normaliser to report; None when there is none.
    """
    line = clean_line(text)[:80]
    if not line:
        return None, False
    found = _AGE.fullmatch(line)
    if found and not line.isdigit() and (day := _age(found, today)):
        return day.isoformat(), True
    if (without := _NO_YEAR.fullmatch(line)) or (short := _SHORT_DAY.fullmatch(line)):
        if without:
            words = f"{without[2] or without[3]} {without[1] or without[4]}"
            days = [read_date(f"{words} {year}", today) for year in (today.year, today.year - 1)]
        else:
            assert short is not None
            days = [_slashed(short[1], short[2], str(year)) for year in (today.year, today.year - 1)]
        past = [day for day in days if day is not None and day <= today + _SOON]
        return (past[0].isoformat(), True) if past else (line, False)
    if month_first and (slashed := _SLASHED.match(line)):
        day = _slashed(*slashed.groups())
        return (day.isoformat(), False) if day else (line, False)
    day = read_date(line, today)
    vague = is_vague(line) or bool(re.search(r"ago|yesterday|today|just now", line, re.IGNORECASE))
    return (day.isoformat(), vague) if day else (line, False)


def _age(found: re.Match[str], today: date) -> date | None:
    """The day that an age means. `30d+` is at least that old: the day is as near as can be said."""
    count, unit = int(found[1]), found[2]
    one = read_date(f"1 {unit}", today)
    return today - (today - one) * count if one is not None and count <= 2_000 else None


def _slashed(month: str, day: str, year: str) -> date | None:
    full = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


def has_month_first(texts: Sequence[str]) -> bool:
    """Whether a column of `10/24/2026` has the month first: a second figure over 12 says so, a first one denies it."""
    found = [match for text in texts if (match := _SLASHED.match(text.strip()))]
    return any(int(match[2]) > 12 for match in found) and all(int(match[1]) <= 12 for match in found)
