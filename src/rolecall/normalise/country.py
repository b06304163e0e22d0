"""Countries, states and regions by their names and codes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rolecall.model import COUNTRY_CODES, Region
from rolecall.normalise.lookup import fold, listed, table

_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_CODE = re.compile(r"[A-Z]{2,3}")


def country_code(text: str | None) -> str | None:
    """The ISO 3166-1 alpha-2 code of the country that `text` names: a code, a name, a flag; else None."""
    if not text:
        return None
    given = text.strip()
    if given.upper() in COUNTRY_CODES:
        return given.upper()
    if found := _FLAG.match(given):
        return flag_code(found) or country_code(given[found.end() :])
    return _names().get(_key(given))


def named_country(text: str) -> str | None:
    """Like `country_code`, for words of a sentence: a code counts only in capitals (`or`, `in`, `me` are words)."""
    if len(text) <= 3 and text.isalpha() and text.isascii() and not _CODE.fullmatch(text):
        return None
    return country_code(text)


@lru_cache(maxsize=1_024)
def country_name(code: str) -> str:
    """The English name of a country by its alpha-2 code; the code itself when it is not one."""
    cell = table("countries").get(code)
    return listed(cell)[1] if cell else code


@cache
def countries_of(region: Region) -> tuple[str, ...]:
    """The ISO codes of a region's countries, as employers mean it: `EU` is the European Economic Area."""
    return tuple(table("regions")["members"][region.value].split())


def flags_to_names(text: str) -> str:
    """`text` with each flag and the name after it set apart by `;`: `🇦🇲 Armenia, 🇩🇪 Germany` -> `;AM;DE`."""
    if not _FLAG.search(text):
        return text
    pieces = _FLAG.split(text)
    codes = [_from_letters(first, second) for first, second in zip(pieces[1::3], pieces[2::3], strict=True)]
    tails = [re.sub(r"^(.*?)(?:,? and)?\s*$", r"\1", tail, flags=re.DOTALL).strip(" ,") for tail in pieces[3::3]]
    pairs = zip(codes, tails, strict=True)
    said = [code if not tail or country_code(tail) == code else f"{code};{tail}" for code, tail in pairs]
    return ";".join([pieces[0].strip(" ,"), *said]).strip(";")


def flag_code(found: re.Match[str]) -> str | None:
    """The country of a flag emoji, or None when the two letters are no country's."""
    code = _from_letters(found[1], found[2])
    return code if code in COUNTRY_CODES else None


def _from_letters(first: str, second: str) -> str:
    return "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in (first, second))


@cache
def _names() -> dict[str, str]:
    return {_key(name): code for code, cell in table("countries").items() for name in listed(cell)}


def _key(name: str) -> str:
    return fold(name).replace(".", "").replace("’", "'")


@cache
def state_codes() -> dict[str, dict[str, str]]:
    """Country -> code of a state or province -> its name, for the countries whose addresses name states."""
    return {country: states for country, states in table("states").items() if isinstance(states, dict)}


@cache
def state_names() -> dict[str, tuple[str, str]]:
    """Folded name of a state -> (country, code). `Georgia` is not in it: it is a country, too."""
    named = {fold(name): (country, code) for country, states in state_codes().items() for code, name in states.items()}
    return {name: state for name, state in named.items() if name not in _names()}


@cache
def region_name(region: Region) -> str:
    """What people call the region: `Latin America`."""
    return listed(table("regions")["regions"][region.value])[0]


def region_of(text: str) -> Region | None:
    """The region that `text` names, or None."""
    return _regions().get(fold(text))


def group_of(text: str) -> tuple[str, ...]:
    """The codes of the countries that a word such as `DACH` or `Nordics` stands for; empty when it is none."""
    return _groups().get(fold(text), ())


@cache
def _regions() -> dict[str, Region]:
    rows = table("regions")["regions"].items()
    return {fold(name): Region(region) for region, cell in rows for name in listed(cell)}


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    return {fold(name): tuple(codes.split()) for name, codes in table("regions")["groups"].items()}


def is_worldwide(text: str) -> bool:
    """Whether `text` says that any place will do: `Anywhere in the World`."""
    return fold(text) in _entries("worldwide")


def is_nowhere(text: str) -> bool:
    """Whether `text` stands where a place should, and names none: `N/A`, `Multiple locations`, `-`."""
    return fold(text) in _entries("nowhere") or not any(char.isalnum() for char in text)


@cache
def _entries(section: str) -> frozenset[str]:
    return frozenset(map(fold, listed(table("regions")[section])))
