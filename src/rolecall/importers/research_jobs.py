"""`_data/jobs.yml` of US-RSE: jobs for research software engineers.

Shape: a list of mappings: name (the job), location, url, posted, expires. Quirks: the employer has no key of its own;
`location` begins with it: `Data Institute, University of Somewhere, Springfield, IL (Hybrid)`. What can be read as a
place at the end is the place; of the rest the university (else the first) is the employer, and what is left its
department.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rolecall.errors import RolecallError
from rolecall.importers.base import Draft, Imported, Importer, LeftOut, Losses, head_of, without_tracking
from rolecall.importers.parsing import as_text, yaml_items
from rolecall.importers.wording import bare_title
from rolecall.model import PlaceText, Posting
from rolecall.normalise.place import read_places
from rolecall.normalise.text import clean_line

_CARRIED = frozenset({"name", "location", "url", "posted", "expires"})
_UNIVERSITY = re.compile(r"\buniversit|\bcollege\b|\bpolytechnic\b|\bU(?:C|NC|T)\b", re.IGNORECASE)
_MODE = re.compile(r"\b(?:remote|hybrid|on-?site|telework|anywhere)\b", re.IGNORECASE)
_OFFICES = re.compile(r"\boffices? (?:available )?in\s+(.*)", re.IGNORECASE)
_PARTS = re.compile(r",\s*(?:and\s+)?|\s+-\s+")


def _knows(name: str, data: bytes) -> bool:
    if not name.lower().endswith((".yml", ".yaml")):
        return False
    head = head_of(data)
    keys = set(re.findall(r"(?m)^(?:- |  )([a-z_]+):", head))
    return {"name", "location", "url"} <= keys and not keys & {"company", "organization", "employer"}


def _read(name: str, data: bytes, _today: date) -> Imported:
    losses = Losses()
    entries: list[Draft | LeftOut] = []
    for line, item in yaml_items(name, data):
        if not isinstance(item, Mapping):
            raise RolecallError(f"{name}:{line}", "is no mapping of keys to values.", "Write - name: ... and so on.")
        entries.append(_entry(item, line, losses))
    return Imported.of(entries, losses)


def _entry(item: Mapping[str, Any], line: int, losses: Losses) -> Draft | LeftOut:
    title = bare_title(as_text(item.get("name")))[0]
    said = clean_line(as_text(item.get("location")))
    url = as_text(item.get("url")).strip()
    shown = ": ".join(part for part in (said, title) if part) or "an entry without words"
    for name, value, word in (("title", title, "name"), ("company", said, "location"), ("address", url, "url")):
        if not value:
            return LeftOut(line, shown, f"no-{name}", f"It has no {word}.")
    company, department, places = employer_and_places(said)
    for key, value in item.items():
        if key not in _CARRIED and as_text(value):
            losses.add(key, "no field for it", as_text(value))
    posting = Posting(
        key=str(line),
        title=title,
        company=company,
        apply_url=without_tracking(url, losses),
        posted=as_text(item.get("posted")) or None,
        closes=as_text(item.get("expires")) or None,
        places=tuple(PlaceText(text=place) for place in places),
        department=department,
    )
    return Draft(posting, line)


def employer_and_places(said: str) -> tuple[str, str | None, tuple[str, ...]]:
    """(employer, department, places) of a line that holds all three."""
    tokens = [token.strip() for token in said.split(",") if token.strip()]
    at = next((at for at in range(1, len(tokens)) if _is_place(", ".join(tokens[at:]))), None)
    mode = next((number for number, token in enumerate(tokens) if number and _MODE.search(token)), None)
    if at is None or (mode is not None and mode < at):
        at = mode or max(1, len(tokens) - 1)
    employer, department = _employer(", ".join(tokens[:at]))
    return employer, department, _places(", ".join(tokens[at:]))


def _is_place(text: str) -> bool:
    """Whether all of `text` can be read as places (in a country)."""
    if _OFFICES.search(text):
        return False
    places = read_places((PlaceText(text=text),))
    return bool(places) and all(place.country and not place.text for place in places)


def _employer(text: str) -> tuple[str, str | None]:
    parts = [part.strip(" ()") if part.count("(") != part.count(")") else part for part in _PARTS.split(text)]
    parts = [part for part in parts if part]
    if not parts:
        return text, None
    name = next((part for part in parts if _UNIVERSITY.search(part)), parts[0])
    return name, ", ".join(part for part in parts if part != name) or None


def _places(text: str) -> tuple[str, ...]:
    """One text, or several where offices are listed: `Remote, offices in Oslo, Rome, and Lima`."""
    found = _OFFICES.search(text)
    if not found:
        return (text,) if text else ()
    cities = [city.strip(" ()") for city in re.split(r",\s*(?:and\s+)?|\s+and\s+", found[1])]
    before = _MODE.search(text[: found.start()])
    return (*((before[0].title(),) if before else ()), *(city for city in cities if city))


IMPORTER = Importer("us-rse", "_data/jobs.yml of US-RSE", _knows, _read)
