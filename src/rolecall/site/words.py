"""Values in words: pay, places, dates, ages and the fixed words of the model, as readers see them.

Plain values in, plain text out; escaping is the template's business. An unknown value is an empty text. The words
are those of the theme's catalogues (`Language`), which hold every text that stands in `_(...)` here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rolecall.site.language import Language
from rolecall.site.language import mark as _

_ENGLISH = Language()
PER = {
    "hour": _("{amount} an hour"), "day": _("{amount} a day"), "week": _("{amount} a week"),
    "month": _("{amount} a month"), "year": _("{amount} a year"),
}  # fmt: skip
_FIXED = {
    "remote": _("Remote"), "hybrid": _("Hybrid"), "on_site": _("On site"),
    "full_time": _("Full time"), "part_time": _("Part time"), "contractor": _("Contractor"),
    "temporary": _("Temporary"), "intern": _("Internship"), "volunteer": _("Volunteer"), "per_diem": _("Per diem"),
    "other": _("Other"),
    "junior": _("Junior"), "mid": _("Mid-level"), "senior": _("Senior"), "lead": _("Lead"), "manager": _("Manager"),
    "director": _("Director"), "executive": _("Executive"),
    "yes": _("Offered"), "no": _("Not offered"),
}  # fmt: skip
# Regions that Unicode has no name for; `Language.region` asks for them.
_REGIONS = (_("EMEA"), _("the Middle East"), _("Asia-Pacific"))
# In the order in which readers expect them.
LEVELS = ("intern", "junior", "mid", "senior", "lead", "manager", "director", "executive")
_NAMED = 3  # places, countries or regions that a line names before it counts the rest


def fixed_words(value: str, language: Language = _ENGLISH) -> str:
    """An enum's value in words: `full_time` is "Full time"."""
    return language.text(_FIXED[value]) if value in _FIXED else value


def pay_words(salary: tuple[str, str, str, str] | None, language: Language = _ENGLISH) -> str:
    """Pay (min, max, currency, per; "" is unknown) as stated: "€90,000–120,000 a year", "from $25 an hour"."""
    if salary is None:
        return ""
    low, high, currency, per = salary
    amount = language.money(low, high, currency)
    if not high:
        amount = language.text(_("from {amount}"), amount=amount)
    elif not low:
        amount = language.text(_("up to {amount}"), amount=amount)
    return language.text(PER[per], amount=amount) if per else amount


def where_words(
    workplace: str,
    places: Sequence[str],
    *,
    worldwide: bool = False,
    remote_from: Sequence[str] = (),
    timezones: tuple[str, str] | None = None,
    language: Language = _ENGLISH,
) -> str:
    """Where the work is, or where a remote worker may live, on one line.

    `places` and `remote_from` are names: "Berlin, Germany", "Latin America". "Remote" alone: not said from where.
    """
    if workplace == "remote":
        return _remote_words(places, worldwide, remote_from, timezones, language)
    parts = (fixed_words(workplace, language), counted(places, language))
    return language.text(_(", ")).join(part for part in parts if part)


def _remote_words(
    places: Sequence[str],
    worldwide: bool,
    remote_from: Sequence[str],
    timezones: tuple[str, str] | None,
    language: Language,
) -> str:
    hours = f" ({timezone_words(timezones, language)})" if timezones else ""
    if worldwide:
        return language.text(_("Remote, worldwide")) + hours
    if remote_from:
        return language.text(_("Remote: {places}"), places=counted(remote_from, language)) + hours
    if places and not hours:
        return language.text(_("Remote, {places}"), places=counted(places, language))
    return fixed_words("remote", language) + hours


def timezone_words(timezones: tuple[str, str] | None, language: Language = _ENGLISH) -> str:
    """("-3", "3") is "UTC−3 to +3"."""
    if not timezones:
        return ""
    return language.text(_("UTC{first} to {last}"), first=_offset(timezones[0]), last=_offset(timezones[1]))


def _offset(hours: str) -> str:
    return f"−{hours[1:]}" if hours.startswith("-") else f"+{hours}"


def counted(names: Sequence[str], language: Language = _ENGLISH) -> str:
    """The first names, and how many more there are: "Berlin, Germany; Lyon, France and 2 more"."""
    mark = language.text(_("; ")) if any("," in name or "،" in name for name in names) else language.text(_(", "))
    shown, more = mark.join(names[:_NAMED]), len(names) - _NAMED
    if more < 1:
        return shown
    return language.count("{names} and {n} more", "{names} and {n} more", more, names=shown)


def age_words(posted: str, today: date, language: Language = _ENGLISH) -> str:
    """How long ago a day was, coarsely, so that a page changes rarely: "today", "3d", "2w", "5mo", "1y"."""
    days = (today - date.fromisoformat(posted)).days
    if days < 1:
        return language.text(_("today"))
    if days < 14:
        return language.text(_("{n}d"), n=days)
    if days < 61:
        return language.text(_("{n}w"), n=days // 7)
    return language.text(_("{n}mo"), n=days * 12 // 365) if days < 365 else language.text(_("{n}y"), n=days // 365)


@lru_cache(maxsize=4096)
def monogram(name: str) -> str:
    """The letter that stands where a company has no logo."""
    return next((letter.upper()[:1] for letter in name if letter.isalnum()), "·")
