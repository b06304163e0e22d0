"""From where a remote worker may work, as title and sentences say it: `must be based in the EU`, `Remote - US only`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall.normalise.body import Body, Kind
from rolecall.normalise.country import group_of, is_worldwide, named_country, region_of, state_names
from rolecall.normalise.lookup import fold
from rolecall.normalise.said import around, rules
from rolecall.normalise.spot import spots
from rolecall.normalise.spot_builder import Spot

_MAX_WORDS = 6
_MAX_NAMES = 90
_MAX_LIST = 700
# Benefits tell where one may be for some weeks, the employer's text where it has offices.
_OF_THE_JOB: frozenset[Kind] = frozenset({"plain", "needs", "tasks", "nice", "legal"})
_PREFIXED = re.compile(
    r"\b(US|U\.S\.|USA|UK|EU|EMEA|Europe|Canada|LATAM|APAC|India|Australia)[- ](?:based|only)[ ,]+(?:fully )?remote\b"
)
# A preference excludes nobody, and headquarters are not where the job is.
_WISHED = re.compile(
    r"\b(?:prefer\w*|headquarters|ideally)\b[^.]{0,40}$"
    # Nor is it where one may live what need not be, or what is said of customers and their data.
    r"|(?:\b(?:not|never)|n['’]t)(?: \w+)?[ ]$"
    r"|\b(?:clients?|customers?|users?|servers?|data|suppliers?|vendors?|partners?|properties|companies)[ ]$"
)
# So many weeks a year that one may work from elsewhere are a benefit.
_FOR_WEEKS = re.compile(r"\b\d{1,2} (?:days?|weeks?|months?)\b[^.]{0,60}$")
# Anywhere but for some countries, or for some weeks: not worldwide.
_NOT_ALL = re.compile(
    r"[^.\n]{0,60}?\b(?:except|excluding|other than|(?:days|weeks|months)\b[^.\n]{0,12}\b(?:year|annum))\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^(?:the |any of the |one of the |anywhere in (?!the world)(?:the )?|continental |mainland )+", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:,|;|/|&|\bor\b|\band\b|\bplus\b)\s*(?:or\b|and\b)?\s*", re.IGNORECASE)
_TITLE_PARTS = re.compile(r"\s[-–—|]+\s|[()\[\]|]")
_HOME = re.compile(r"\b(?:remote|home[- ]based|homeoffice|work from home)\b", re.IGNORECASE)


def remote_in_title(title: str) -> list[Spot]:
    """The countries and regions that a part of the title names beside "remote": `EMEA Remote`, `Remote - Germany`."""
    parts = [part.strip() for part in _TITLE_PARTS.split(title) if part.strip()]
    near = [at for at, part in enumerate(parts) if _HOME.search(part)]
    found: list[Spot] = []
    for at in near:
        rest = _HOME.sub(" ", parts[at]).strip(" ,:/-")
        for words in (rest, parts[at + 1] if at + 1 < len(parts) and not rest else ""):
            found.extend(spot for spot in spots(words) if _is_wide(spot))
    return found


def remote_in_text(body: Body) -> list[Spot]:
    """The countries and regions from which, the text says, the work can be done; anywhere when it names none."""
    found: list[Spot] = []
    for word, opening in rules("lives_in"):
        found.extend(_opened(body, word, opening) if word in body.lower else ())
        if any(not spot.worldwide for spot in found):
            return list(dict.fromkeys(spot for spot in found if not spot.worldwide))
    if found:
        return found[:1]
    prefixed = _PREFIXED.search(body.text)
    return list(_areas(prefixed[1])) if prefixed else []


def _opened(body: Body, word: str, opening: re.Pattern[str]) -> Iterator[Spot]:
    """What is named behind each `opening`, which holds `word`."""
    for words, start, _ in around(body, word, _OF_THE_JOB):
        for match in opening.finditer(words):
            if not _WISHED.search(words, 0, match.start()):
                at = start + match.end()
                line = body.text[at : at + _MAX_LIST].split("\n")[0]
                is_not_all = _NOT_ALL.match(line) or _FOR_WEEKS.search(words, 0, match.start())
                yield from (spot for spot in _areas(line) if not (spot.worldwide and is_not_all))


def _areas(text: str) -> Iterator[Spot]:
    """The countries, states and regions that `text` begins with, up to the first word that is none."""
    rest = text
    for _ in range(_MAX_NAMES):
        rest = _ARTICLE.sub("", rest.lstrip(" (:"))
        words = re.findall(r"[\w.'’&-]+", rest[:80])[:_MAX_WORDS]
        for size in range(len(words), 0, -1):
            end = _end_of(rest, words, size)
            spot = _area(rest[:end].strip(" .")) if end else None
            if spot is not None:
                break
        else:
            return
        yield spot
        gap = _BETWEEN.match(rest, end)
        if gap is None or not gap[0]:
            return
        rest = rest[gap.end() :]


def _end_of(text: str, words: list[str], size: int) -> int:
    at = 0
    for word in words[:size]:
        found = text.find(word, at)
        if found < 0 or text[at:found].strip():
            return 0
        at = found + len(word)
    return at


def _area(name: str) -> Spot | None:
    key = fold(name)
    if is_worldwide(name):
        return Spot(worldwide=True) if key not in ("global", "international") else None
    if group := group_of(name):
        return Spot(group=group)
    if code := named_country(name):
        return Spot(country=code)
    if area := region_of(name):
        return Spot(areas=(area,))
    if key in state_names():
        return Spot(country=state_names()[key][0])
    return None


def _is_wide(spot: Spot) -> bool:
    return not spot.city and not spot.text and bool(spot.country or spot.areas or spot.group or spot.worldwide)
