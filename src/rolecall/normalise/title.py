"""The job's name alone: a title without employer, place, pay, codes and shouting. What is taken away stands elsewhere.

A place goes only when the job's own places say it: `Sales Manager, France` in Dublin keeps France, which is a market.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rolecall.model import Place, RemoteFrom, Workplace
from rolecall.normalise.identity import company_slug
from rolecall.normalise.lookup import fold, listed, table
from rolecall.normalise.spot import spots
from rolecall.normalise.spot_builder import Spot

_LEAST = 3
_MAX_STEPS = 6
_ENDS = " \t-–—|•·,;:~*_/\\"
_BETWEEN = re.compile(r"\s+[-–—|•·]+\s*|\s*[|•·]\s*|\s*[-–—]\s+")
_LAST = re.compile(r"(?P<rest>.*\S)\s*(?P<part>\([^()]*\)|\[[^\[\]]*\])$", re.DOTALL)
_AFTER_COMMA = re.compile(r"(?P<rest>.*\S),\s+(?P<part>[^,()]+(?:, [A-Z]{2})?)$")
_IN = re.compile(
    r"(?<!reside)(?<!live)(?<!based)(?<!located)(?<!work)\s(?:in|at|@)\s(?P<part>[^,()]+(?:, [^,()]+)?)$", re.IGNORECASE
)
_CODE = re.compile(
    r"(?:(?:job|req|requisition|ref|position|vacancy|stellen)[ -]?(?:id|nr|no|number)?[.:# -]*)?"
    # A320, D365, M365, ISO 9001 are names of things.
    r"(?:(?!iso|iec|din|en|api|form)[a-z]{1,4}[- ]?\d{4,}|\d{3,})(?:[-_/]\d+)*|#\s?\w*\d{2,}\w*",
    re.IGNORECASE,
)
_NO_CODE = re.compile(r"(?:19|20)\d\d|1099|1040|36[05]|7[0-8]7")  # years, tax forms, round the clock, aeroplanes
_MONEY = r"(?:[$€£₹]|\b(?:USD|EUR|GBP|CAD|AUD|PLN|CHF|SEK)\b)"
_PAY = re.compile(
    # Millions are what somebody sells or invests.
    rf"{_MONEY}\s?\d(?![\d.,]*\s?(?:m|mm|mn|bn|million|billion)\b)[\d.,]*\s?k?|\d[\d.,]*\s?k?\s?{_MONEY}|\b\d{{2,3}}k?\s?[-–]\s?\d{{2,3}}k\b",
    re.IGNORECASE,
)
_MODE = re.compile(
    r"(?:(?:100 ?%|fully|full|permanent|work)[ -]?)?"
    r"(?:remote|hybrid|on-?site|home ?office|home[- ]based|in[- ]office|wfh|teletrabajo|remoto)"
    r"(?:[ -](?:first|work|working|position|role|job|only|ok|option|possible|friendly|based))*",
    re.IGNORECASE,
)
_JOINTS = re.compile(
    r"^(?:in|at|from|within|based in|based|and|or|only|[-–—,/:|+&]|\s)+|(?:\bonly\b|\bbased\b|[-–—,/:|+&]|\s)+$",
    re.IGNORECASE,
)
_TURKISH = frozenset("İĞŞ")
_WORD = re.compile(r"[^\W_]+(?:['’&.][^\W_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Known:
    """What the job says elsewhere, so that its title need not."""

    company: str
    places: tuple[Place, ...] = ()
    remote_from: RemoteFrom | None = None
    workplace: Workplace | None = None


def read_title(line: str, known: Known) -> str:
    """The name of the job in `line`, a clean line; `line` itself when nothing would be left of it."""
    title = _without_decoration(line)
    for _ in range(_MAX_STEPS):
        shorter = _without_decoration(_without_end(_without_start(title, known), known))
        if shorter == title or len(shorter) < _LEAST:
            break
        title = shorter
    return _in_calm_letters(title) if len(title) >= _LEAST else line


def _without_decoration(title: str) -> str:
    """Without lines, commas and pictures at the ends."""
    start, end = 0, len(title)
    while start < end and _is_decoration(title[start]):
        start += 1
    while end > start and _is_decoration(title[end - 1]):
        end -= 1
    return title[start:end] or title


def _is_decoration(char: str) -> bool:
    return char in _ENDS or (ord(char) > 0x2000 and unicodedata.category(char) in ("So", "Sk", "Mn", "Cf"))


def _without_start(title: str, known: Known) -> str:
    """Without the employer's name, a code, a mode or a place in front: `Acme: Cook`, `[Remote] Cook`, `1234 - Cook`."""
    head, colon, rest = title.partition(": ")
    if colon and rest and company_slug(head) == company_slug(known.company):
        return rest
    if (found := re.match(r"(\([^()]*\)|\[[^\[\]]*\])\s*(?=\w)", title)) and _is_idle(found[1][1:-1], known):
        return title[found.end() :]
    parts = _BETWEEN.split(title, maxsplit=1)
    return parts[1] if len(parts) == 2 and len(parts[1]) > _LEAST and _is_idle(parts[0], known) else title


def _without_end(title: str, known: Known) -> str:
    for gender in _genders():
        if (cut := gender.sub("", title)) != title and cut.strip():
            return cut
    if (found := _LAST.fullmatch(title)) and _is_idle(found["part"][1:-1], known):
        return found["rest"]
    cuts = list(_BETWEEN.finditer(title))
    is_whole = cuts and title.count("(", 0, cuts[-1].start()) == title.count(")", 0, cuts[-1].start())
    if is_whole and _is_idle(title[cuts[-1].end() :], known):
        return title[: cuts[-1].start()]
    if (found := _AFTER_COMMA.fullmatch(title)) and _is_idle(found["part"], known):
        return found["rest"]
    found = _IN.search(title)
    return title[: found.start()] if found and _is_idle(found["part"], known) else title


def _is_idle(part: str, known: Known) -> bool:
    """Whether a part of a title says nothing of the job's name that the job does not say elsewhere."""
    part = part.strip(" .,")
    if not part:
        return True
    if (_CODE.fullmatch(part) and not _NO_CODE.fullmatch(part)) or company_slug(part) == company_slug(known.company):
        return True
    pay = _PAY.search(part)
    if pay is not None and len(_WORD.findall(_PAY.sub(" ", part))) <= 4:
        return True
    rest = _JOINTS.sub("", _MODE.sub(" ", part)) if known.workplace else part
    rest = rest.strip(" ()[]")
    return not rest or _is_said(spots(rest), known)


def _is_said(named: Iterable[Spot], known: Known) -> bool:
    """Whether all these places are places of the job, or where its workers may live."""
    found = list(named)
    return bool(found) and all(not spot.text and _has(spot, known) for spot in found)


def _has(spot: Spot, known: Known) -> bool:
    far = known.remote_from
    countries = {place.country for place in known.places} | set(far.countries if far else ())
    if spot.city:
        return any(place.city is not None and fold(place.city) == fold(spot.city) for place in known.places)
    if spot.worldwide:
        return far is not None and bool(far.worldwide)
    if spot.areas:
        return far is not None and set(spot.areas) <= set(far.regions)
    if spot.group:
        return set(spot.group) <= countries
    regions = {fold(place.region) for place in known.places if place.region}
    return spot.country in countries and (spot.region is None or fold(spot.region) in regions)


@cache
def _genders() -> tuple[re.Pattern[str], ...]:
    marks = sorted(listed(table("titles")["gender"]), key=len, reverse=True)
    either = "|".join(re.escape(mark).replace("/", r"\s?[/|,*]\s?") for mark in marks)
    return (
        re.compile(rf"\s*[(\[]\s?(?:{either})\s?[)\]]", re.IGNORECASE),
        re.compile(rf"[\s,–-]+(?:{either})\*?$", re.IGNORECASE),
    )


def _in_calm_letters(title: str) -> str:
    """A title that shouts (`SENIOR COOK - NIGHT SHIFT`) with capitals only where words begin; abbreviations stay."""
    letters = [char for char in title if char.isalpha()]
    words = _WORD.findall(title)
    if not _TURKISH.isdisjoint(title):
        return title  # which of its two small letters an I becomes depends on the language
    if len(letters) < 8 or len(words) < 2 or sum(map(str.isupper, letters)) < 0.85 * len(letters):
        return title
    capitals, small = frozenset(listed(table("titles")["capitals"])), frozenset(listed(table("titles")["small"]))

    def calm(found: re.Match[str]) -> str:
        low = found[0].lower()
        if low.strip(".") in capitals or any(map(str.isdigit, low)) or title[: found.start()].endswith("."):
            return found[0]
        if low in small and found.start() > 0:
            return low
        return found[0][:1] + low[1:]

    return _WORD.sub(calm, title)
