"""The language of the pages: its catalogue of the theme's strings, and its dates, numbers and money. The only babel.

A catalogue is a gettext file, `templates/locales/<tag>.po`; the board's own comes before the packaged one, so that a
language is added, or a word changed, with one file. What a catalogue lacks stays in English. English needs none.
Everything but that is Unicode's (CLDR, https://cldr.unicode.org): names of countries and months, forms of numbers.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rolecall.errors import TemplateError

if TYPE_CHECKING:
    from babel import Locale

FOLDER = "locales"
_NO_BREAK_SPACE = "\u00a0"
# English dates are unambiguous and short: 22 Nov 2026, whatever side of the Atlantic reads them.
_ENGLISH = {"yMMMd": "d MMM y", "MMMd": "d MMM"}
# What CLDR says of the commonest, for boards in `en`: to load babel takes 15 ms, more than most of a small change.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SIGNS = {
    "AUD": "A$", "BRL": "R$", "CAD": "CA$", "CHF": "CHF", "CZK": "CZK", "DKK": "DKK", "EUR": "€", "GBP": "£",
    "INR": "₹", "JPY": "¥", "MXN": "MX$", "NOK": "NOK", "NZD": "NZ$", "PLN": "PLN", "SEK": "SEK", "SGD": "SGD",
    "USD": "$", "ZAR": "ZAR",
}  # fmt: skip
# Regions that CLDR has a name for; the others are in the catalogue.
_CLDR_REGIONS = {
    "AMERICAS": "019", "NORTH_AMERICA": "003", "LATAM": "419", "EU": "EU", "EUROPE": "150", "AFRICA": "002",
    "ASIA": "142", "OCEANIA": "009",
}  # fmt: skip


def mark(message: str) -> str:
    """Marks a text for the catalogues; imported as `_`, by which `rolecall.pot` is collected."""
    return message


class Language:
    """One language of pages, by its tag (BCP 47). `files` are its catalogues, the most particular first."""

    def __init__(self, tag: str = "en", files: Sequence[Path] = ()) -> None:
        self.tag = tag
        self._files = tuple(files)

    @classmethod
    def of(cls, tag: str, templates: Sequence[Path]) -> Language:
        """The language `tag` with the catalogues that lie in `templates`: of `pt-BR`, then of `pt`."""
        names = dict.fromkeys((tag, tag.partition("-")[0]))
        files = [folder / FOLDER / f"{name}.po" for name in names for folder in templates]
        return cls(tag, [file for file in files if file.is_file()])

    @cached_property
    def digest(self) -> str:
        """A hash of all that the words depend on, for the fingerprints of what shows them."""
        state = sha256(self.tag.encode())
        for file in self._files:
            state.update(sha256(file.read_bytes()).digest())
        return state.hexdigest()[:16]

    @cached_property
    def direction(self) -> str:
        """`ltr` or `rtl`, for the attribute `dir`."""
        return self._locale.text_direction if self.tag.partition("-")[0] != "en" else "ltr"

    def text(self, message: str, /, **values: object) -> str:
        """`message` in this language, `{name}` in it replaced by `values`."""
        return _filled(self._gettext.gettext(message) if self._files else message, values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The form of the message that goes with `number`, which stands in it as `{n}`."""
        return _filled(self.count_form(one, many, number), {"n": self.number(number)} | values)

    def count_form(self, one: str, many: str, number: int) -> str:
        """What `count` fills in: the message with its names in braces."""
        return self._gettext.ngettext(one, many, number) if self._files else (one if number == 1 else many)

    def number(self, number: int | Decimal) -> str:
        """`1204` as `1,204`."""
        return _number(self.tag, number)

    def date(self, day: str) -> str:
        """`2026-11-22` as `22 Nov 2026`; an empty text stays empty."""
        return _date(self.tag, day, "yMMMd") if day else ""

    def short_date(self, day: str) -> str:
        """`2026-11-22` as `22 Nov`; an empty text stays empty."""
        return _date(self.tag, day, "MMMd") if day else ""

    def month(self, day: str) -> str:
        """`2026-11-22` as `November 2026`."""
        return _date(self.tag, day, "yMMMM")

    def money(self, low: str, high: str, currency: str) -> str:
        """`90000`, `120000`, `EUR` as `€90,000–120,000`; one of the two may be empty, the currency too."""
        figures = [self.number(Decimal(amount)) for amount in (low, high) if amount]
        amount = "–".join(dict.fromkeys(figures))
        if not currency:
            return amount
        sign, gap, before = _sign(self.tag, currency)
        return f"{sign}{gap}{amount}" if before else f"{amount}{gap}{sign}"

    def country(self, code: str, name: str) -> str:
        """A country by its ISO 3166-1 code; `name` is its English one, and stands where there is no other."""
        return name if self.tag.partition("-")[0] == "en" else self._locale.territories.get(code, name)

    def region(self, region: str, name: str) -> str:
        """A group of countries, such as `LATAM`; `name` is its English one."""
        known = None if self.tag.partition("-")[0] == "en" else _CLDR_REGIONS.get(region)
        return self._locale.territories.get(known, name) if known else self.text(name)

    @property
    def _locale(self) -> Locale:
        return _locale(self.tag)

    @cached_property
    def _gettext(self) -> gettext.NullTranslations:
        found: gettext.NullTranslations = gettext.NullTranslations()
        for file in reversed(self._files):
            made = _catalogue(file)
            made.add_fallback(found)
            found = made
        return found


def _filled(message: str, values: Mapping[str, object]) -> str:
    return message.format(**values) if values else message


def _catalogue(file: Path) -> gettext.NullTranslations:
    """A catalogue as gettext reads it. Raises `TemplateError` when the file is not one."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    where = f"{FOLDER}/{file.name}"
    made = io.BytesIO()
    try:
        catalogue = read_po(io.BytesIO(file.read_bytes()), abort_invalid=True)
        _check(where, [(message.id, message.string, message.lineno) for message in catalogue if message.id])
        write_mo(made, catalogue)
        return gettext.GNUTranslations(io.BytesIO(made.getvalue()))
    except (PoFileError, LookupError, ValueError) as error:
        raise TemplateError(
            where, f"is not a catalogue: {str(error)[:200]}.", "Mend the file, or remove it."
        ) from error


def _check(where: str, messages: Sequence[tuple[object, object, int | None]]) -> None:
    """Refuse a translation that names what its message does not: it would stop the build at some page."""
    for original, translated, line in messages:
        known = {name for text in _texts(original) for name in _NAME.findall(text)}
        for text in _texts(translated):
            if not known.issuperset(_NAME.findall(text)) or set("{}") & set(_NAME.sub("", text)):
                what = f"{text[:60]!r} names in braces what its message does not."
                hint = f"Use these: {', '.join(sorted(known)) or 'none'}."
                raise TemplateError(f"{where}:{line or 0}", what, hint)


_NAME = re.compile(r"\{([a-z_]+)\}")


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, tuple | list) else ()


@cache
def _locale(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    parts = tag.split("-")
    for length in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:length]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@cache
def _date(tag: str, day: str, skeleton: str) -> str:
    given = date.fromisoformat(day)
    if tag == "en":
        month = _MONTHS[given.month - 1]
        return {
            "yMMMd": f"{given.day} {month[:3]} {given.year}",
            "MMMd": f"{given.day} {month[:3]}",
            "yMMMM": f"{month} {given.year}",
        }[skeleton]
    from babel.dates import format_date, format_skeleton

    locale = _locale(tag)
    if locale.language == "en" and skeleton in _ENGLISH:
        return format_date(given, _ENGLISH[skeleton], locale=locale)
    return format_skeleton(skeleton, given, locale=locale)


@cache
def _number(tag: str, number: int | Decimal) -> str:
    whole = number == int(number)
    if whole and tag == "en":
        return f"{int(number):,}"
    from babel.numbers import format_decimal

    return format_decimal(number, format=None if whole else "#,##0.00", locale=_locale(tag))


@cache
def _sign(tag: str, currency: str) -> tuple[str, str, bool]:
    """A currency's sign, what stands between it and the figure, and whether the sign comes first."""
    if tag == "en" and currency in _SIGNS:
        sign = _SIGNS[currency]
        return sign, _NO_BREAK_SPACE if sign[-1].isalpha() else "", True
    from babel.numbers import get_currency_symbol

    locale = _locale(tag)
    pattern = locale.currency_formats["standard"].pattern.partition(";")[0].strip("\u200f\u200e")
    sign, before = get_currency_symbol(currency, locale=locale), pattern.startswith("¤")
    if locale.text_direction == "rtl" and any(char.isascii() and char.isalpha() for char in sign):
        sign = currency  # "US$" would be turned round
    # A sign of letters stands apart from its figure, whatever the pattern: CHF 130,000.
    is_apart = not before or sign[-1].isalpha() or pattern[1].isspace()
    return sign, _NO_BREAK_SPACE if is_apart else "", before
