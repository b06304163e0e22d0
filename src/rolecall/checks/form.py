"""Values in another spelling than the file's: what to write instead, where that is certain.

The schema says that a value is wrong; here the word lists of the normaliser say what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from rolecall.address import web_address
from rolecall.checks.ground import Finding, Mend
from rolecall.issues import Issue
from rolecall.model import Employment, Sponsorship, Status, Workplace
from rolecall.normalise.amount import FIGURE, read_currency, read_figure, read_unit
from rolecall.normalise.country import country_code, region_of
from rolecall.normalise.dates import read_date
from rolecall.normalise.level import read_level
from rolecall.normalise.lookup import fold, listed, phrases, table, words
from rolecall.yaml_events import Path
from rolecall.yaml_io import Document

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_AMOUNT = re.compile(rf"({FIGURE})\s*([kK])?")
_DAY_OR_MONTH = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_ONE_DAY = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|20\d{6}|"
    r"\d{1,2}(?:st|nd|rd|th|\.)?[ -][^\W\d]{3,10}\.?,?[ -]\d{4}|[^\W\d]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}",
    re.IGNORECASE,
)
_MAILBOX = re.compile(r"[^\s@<>\"?:/]+@[^\s@<>\"?:/]+\.[^\s@<>\"?:/]+")
_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_QUOTES = "“”„‟‘’‚'\"<> "
_DAYS = ("posted", "closes", "missing_since", "closed_at")
_NO_DAY = date(2000, 1, 1)  # what "yesterday" would be counted from; such words are not read here
_MOST = 80  # characters; what is longer is no word


def form(issue: Issue, document: Document) -> Finding:
    """A problem of the schema, with what to write instead where the given word leaves no doubt."""
    if issue.spot is None or issue.code != "schema":
        return Finding(issue)
    path, value = _given(document.value, steps_of(issue.spot.field))
    if not isinstance(value, str) or not path or len(value) > _MOST:
        return Finding(issue)
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    read = _READERS.get(name)
    meant = read(value) if read else None
    if meant is not None and meant != value:
        return Finding(Issue.at(issue.code, issue.spot, issue.what, f"Write {meant}.", issue.level), Mend(path, meant))
    hint = _doubt(name, value)
    return Finding(Issue.at(issue.code, issue.spot, issue.what, hint, issue.level) if hint else issue)


def steps_of(field: str) -> Path:
    """`places[0].country` as a path."""
    return tuple(int(found[2]) if found[2] else found[1] for found in _STEP.finditer(field))


def _given(value: Any, steps: Path) -> tuple[Path, Any]:
    """The path and the value at `steps`; one word alone stands for a list of one."""
    walked: list[str | int] = []
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        elif isinstance(value, str) and step == 0:
            break
        else:
            return (), None
        walked.append(step)
    return tuple(walked), value


def _doubt(name: str, value: str) -> str:
    """What to do about a word that may stand for several things; empty when nothing better is known."""
    if name == "currency" and fold(value) in map(fold, listed(table("currencies")["shared"])):
        return "Several currencies share that sign. Write the code: USD, CAD, AUD, SEK, JPY, ..."
    if name == "apply_url" and (bare := value.strip(_QUOTES)) != value and web_address(bare) == bare:
        return f"Write {bare} without quotes or brackets."
    if name == "apply_url" and _WITHOUT_SCHEME.fullmatch(value):
        return f"Write https://{value}"
    if name in _DAYS and (found := _DAY_OR_MONTH.fullmatch(value.strip())):
        if _is_day(found[3], found[1], found[2]) or _is_day(found[3], found[2], found[1]):
            return "Day or month first? Write it as 2026-11-22."
        return "There is no such day. Write it as 2026-11-22."
    return ""


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _day(text: str) -> str | None:
    """The day, unless it could be another: 3/4/2026 is one of two."""
    given = text.strip()
    found = _DAY_OR_MONTH.fullmatch(given)
    if not _ONE_DAY.fullmatch(given) or (found and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12):
        return None
    day = read_date(given, _NO_DAY)
    return day.isoformat() if day else None


def _figure(text: str) -> str | None:
    found = _AMOUNT.fullmatch(text.strip())
    figure = read_figure(found[1], found[2]) if found else None
    return None if figure is None else f"{figure:f}"


def _phrase(name: str, allowed: type[Employment] | type[Workplace]) -> Callable[[str], str | None]:
    """A reader for the words of the table `name`; a phrase counts only whole."""

    def read(text: str) -> str | None:
        found = phrases(name).get(words(_CAMEL.sub(" ", text)))
        return found if found in list(allowed) else None

    return read


def _level(text: str) -> str | None:
    level = read_level(text, (text,))
    return level.value if level else None


def _one_of(allowed: type[Sponsorship] | type[Status]) -> Callable[[str], str | None]:
    return lambda text: text.strip().lower() if text.strip().lower() in list(allowed) else None


def _region(text: str) -> str | None:
    region = region_of(text)
    return region.value if region else None


def _unit(text: str) -> str | None:
    unit = read_unit(text)
    return unit.value if unit else None


def _language(text: str) -> str | None:
    first, *rest = text.strip().replace("_", "-").split("-")
    meant = "-".join((first.lower(), *rest))
    return meant if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", meant) else None


def _address(text: str) -> str | None:
    return f"mailto:{text.strip()}" if _MAILBOX.fullmatch(text.strip()) else None


_READERS: dict[str, Callable[[str], str | None]] = {
    "country": country_code,
    "countries": country_code,
    "regions": _region,
    "currency": read_currency,
    "per": _unit,
    "min": _figure,
    "max": _figure,
    "employment": _phrase("employment", Employment),
    "workplace": _phrase("workplace", Workplace),
    "level": _level,
    "sponsorship": _one_of(Sponsorship),
    "status": _one_of(Status),
    "language": _language,
    "apply_url": _address,
    **dict.fromkeys(_DAYS, _day),
}
