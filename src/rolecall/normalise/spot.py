"""A source's text about places, cut into spots: `Remote - US; London, UK` is one remote spot and one city.

Spots are separated by `;`, `|`, `/` or "or"; what one spot says is the question of `spot_builder`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from rolecall.model import PlaceText, Workplace
from rolecall.normalise.cities import full_name, is_city
from rolecall.normalise.country import (
    country_code,
    flags_to_names,
    group_of,
    is_nowhere,
    is_worldwide,
    region_of,
    state_codes,
    state_names,
)
from rolecall.normalise.lookup import fold, listed, table
from rolecall.normalise.spot_builder import Builder, Spot
from rolecall.normalise.text import clean_line

_MAX_SPOTS = 250
_PARTS = re.compile(r"\s*[;|•·\n]\s*|\s+/\s*|\s*/\s+|(?<=[^\W\d])/(?=[^\W\d])|\s+(?:or|oder)\s+")
_TOKENS = re.compile(r"\s*[,()\[\]:]\s*|\s+[-–—]+\s+|^[-–—]\s*|\s*[-–—]$")
_CODES_FIRST = re.compile(r"([A-Z]{2,3}) (?:([A-Z]{2}) )?(\S.*)")
_CAPITAL = re.compile(r"\bWashington,? D\.?C\b\.?")
_BOGOTA = re.compile(r"\b(Bogot[aá]),? D\.? ?C\b\.?", re.IGNORECASE)
_COUNT = re.compile(r"\d+\+? (?:more |other )?(?:locations?|standorte|places)", re.IGNORECASE)
_EDGE = re.compile(
    r"^(?:within|from|in|based in|anywhere in|the|and|und)\s+"
    r"|^(?:various|multiple|select|several|any|all)\s+(?=.* states?$)"
    r"|\s+(?:only|based|residents?|area|region)$|(?:(?<=\bUS)|(?<=\bU\.S\.)) states?$",
    re.IGNORECASE,
)
# EST is also the code of Estonia; among places it is the time zone.
_ZONE = re.compile(r"(?i:\btime ?zones?\b)|\b(?:UTC|GMT)\b|^[A-Z]{1,3}[SD]T$|^[A-Z]{2,4} ?(?:±|\+ ?/? ?[-−–]) ?\d")


def spots_of(place: PlaceText) -> tuple[Spot, ...]:
    """The spots of one place in the source's words; its parts count for more than its text."""
    said = tuple(spots(place.text)) if place.text else ()
    country = country_code(clean_line(place.country)) if place.country else None
    if not (place.city or place.region or place.country):
        return said
    parts = _of_parts(place, country)
    if any(spot.city for spot in parts):
        modes = [spot.mode for spot in said if spot.mode]
        return tuple(replace(spot, mode=spot.mode or next(iter(modes), None)) for spot in parts)
    told = tuple(spot for spot in said if spot.mode or spot.city or spot.areas or spot.worldwide)
    if told:
        return tuple(replace(spot, country=spot.country or _unless_wide(spot, country)) for spot in told)
    return parts or said


def _unless_wide(spot: Spot, country: str | None) -> str | None:
    return None if spot.areas or spot.worldwide or spot.group else country


def _of_parts(place: PlaceText, country: str | None) -> tuple[Spot, ...]:
    city, region, named = (clean_line(part or "") for part in (place.city, place.region, place.country))
    parts = [part for part in dict.fromkeys((city, region, country or named)) if part and not is_nowhere(part)]
    is_city_of_state = region in state_codes().get(country or "", ()) and not any(spot.mode for spot in spots(city))
    if city and country and not re.search(r"[,;|/()]| or ", city) and (is_city_of_state or not _told(city)):
        short = _state_code(region, country)
        return (Spot(city=full_name(city), region=short, country=country),)
    if country and not city and not (region and _told(region)):
        # Said to be a country: two letters alone would be read as a state (CA, IL, CO).
        return (Spot(region=_state_code(region, country), country=country),)
    found = spots(", ".join(parts))
    unknown = city and found and not any(spot.city or spot.mode or spot.areas or spot.worldwide for spot in found)
    return (Spot(city=city, region=region or None, country=country),) if unknown and not _told(city) else found


def _told(text: str) -> bool:
    """Whether `text`, given as a city, names something else: `Remote`, `Anywhere`, `Germany`, `EMEA`."""
    alone = spots(text)
    return not alone or any(spot.mode or spot.worldwide or spot.areas or not (spot.city or spot.text) for spot in alone)


def _state_code(region: str, country: str) -> str | None:
    state = state_names().get(fold(region))
    return state[1] if state and state[0] == country else region or None


@lru_cache(maxsize=4096)
def spots(text: str) -> tuple[Spot, ...]:
    """The spots of a free text, each once, at most 250; empty when it names no place (`3 Locations`, `N/A`)."""
    line = _BOGOTA.sub(
        r"\1", _CAPITAL.sub("Washington DC", flags_to_names(clean_line(text.replace("\n", "; "))).strip(" ,"))
    )
    found: list[Spot] = []
    for part in [line] if group_of(line) or is_nowhere(line) else _PARTS.split(line):
        if part and not _COUNT.fullmatch(part) and not is_nowhere(part):
            found.extend(_part(part))
    return tuple(dict.fromkeys(found))[:_MAX_SPOTS]


def _part(part: str) -> Iterable[Spot]:
    modes: list[Workplace | None] = []
    tokens: list[str] = []
    for token in _TOKENS.split(part):
        rest, mode = _without_mode(token)
        modes.append(mode)
        known = is_worldwide(rest) or is_city(rest)
        rest = rest.strip() if known else _EDGE.sub("", _EDGE.sub("", rest.strip())).strip()
        if rest and not _ZONE.search(rest) and not is_nowhere(rest):
            tokens.extend(_pieces(rest))
    mode = next((one for one in (Workplace.HYBRID, Workplace.REMOTE, Workplace.ON_SITE) if one in modes), None)
    if not tokens:
        return [Spot(mode=mode)] if mode else []
    return [replace(spot, mode=mode) for spot in Builder(tokens, part).build()]


def _pieces(token: str) -> list[str]:
    """`USA DC Washington` is three tokens, `Berlin and Munich` two; `Trinidad and Tobago` is one."""
    found = _CODES_FIRST.fullmatch(token)
    country = country_code(found[1]) if found else None
    if found and country and (found[2] in state_codes().get(country, ()) or (len(found[1]) == 3 and not found[2])):
        return [found[1], *([found[2]] if found[2] else []), found[3]]
    both = re.split(r" (?:and|und|&) ", token)
    return both if len(both) > 1 and not _known(token) and all(map(_known, both)) else [token]


def _known(token: str) -> bool:
    key = fold(token)
    return bool(country_code(token) or region_of(key) or group_of(key)) or key in state_names() or is_city(token)


def _without_mode(token: str) -> tuple[str, Workplace | None]:
    mode: Workplace | None = None
    for name, pattern in _mode_patterns():
        rest = pattern.sub("", token)
        if rest != token:
            token, mode = rest, mode or (Workplace(name) if name in set(Workplace) else None)
    return token, mode


@cache
def _mode_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each mode's phrases at the beginning or end of a token; the table is ours, so no pattern comes from input."""
    made = []
    for name in ("maybe_remote", "hybrid", "remote", "on_site", "office"):
        phrases = sorted(listed(table("regions")[name]), key=len, reverse=True)
        either = "|".join(re.escape(phrase).replace(r"\ ", r"[\s-]+") for phrase in phrases)
        made.append((name, re.compile(rf"^(?:{either})(?:\b|$)[\s-]*|[\s-]+(?:{either})$", re.IGNORECASE)))
    return tuple(made)
