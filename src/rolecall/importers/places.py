"""American lists write places for Americans: `Wilmington, DE`, `Boston MA`, `Reno, NV USA`, two cities in one cell.

What can mean one thing alone is spelled out for every list. A code that is a state and a country, too, is the state
only in a list most of whose places are in the United States.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from rolecall.importers.base import Draft
from rolecall.model import PlaceText
from rolecall.normalise.cities import home_of, is_city
from rolecall.normalise.country import state_codes, state_names
from rolecall.normalise.lookup import fold
from rolecall.normalise.place import read_places

_COUNTRY = re.compile(r"(?<=[\w.)]) (USA?|U\.S\.A?\.?|United States(?: of America)?|UK|United Kingdom|Canada)$")
_GLUED = re.compile(r"(?<=, ([A-Z]{2})) (?=[A-Z][a-z]|SF\b|NYC\b|LA\b)")
_ASIDE = re.compile(r"\s*\((?:preferred|hq|headquarters|main|primary)\)|\s+(?:headquarters|hq)$", re.IGNORECASE)
_CODES = re.compile(r"US-([A-Z]{2})-([\w .'-]{2,60})")
_CITY_STATE = re.compile(r"([A-Z][\w.' -]{1,60}?),? ([A-Z][A-Za-z])\.?")
_WHOLE = re.compile(r"([^,;|/()\n]{2,60}), ([A-Z]{2}), (USA?|United States|Canada)")
_MODE = re.compile(r"\b(?:remote|hybrid|on-?site|anywhere|multiple|all)\b", re.IGNORECASE)
_MANY = 3


def settled(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """The drafts of one list with their places spelled out."""
    spelled = [_spelled(draft) for draft in drafts]
    american = _is_american(spelled)
    return tuple(_of_states(draft) if american else draft for draft in spelled)


def _spelled(draft: Draft) -> Draft:
    places = tuple(
        _in_parts(replace(place, text=text)) for place in draft.posting.places for text in _texts(place.text)
    )
    return draft if places == draft.posting.places else replace(draft, posting=draft.posting.but(places=places))


def _texts(text: str | None) -> list[str | None]:
    if not text:
        return [text]
    text = _ASIDE.sub("", text.replace("D C", "DC").rstrip(" .,;")) or text
    return [spelled(part) for part in _unglued(text)]


def _unglued(text: str) -> list[str]:
    """`Austin, TX Chicago, IL` is two cities."""
    if not any(found[1] in state_codes()["US"] for found in _GLUED.finditer(text)):
        return [text]
    return re.sub(_GLUED, "\n", text).split("\n")


def spelled(text: str) -> str:
    """One place with the commas that its parts lack: `Reno, NV USA` is `Reno, NV, USA`."""
    if codes := _CODES.fullmatch(text):
        return f"{codes[2]}, {codes[1]}, USA"
    country = _COUNTRY.search(text)
    if country and _MODE.search(text[: country.start()]):
        return text  # `Remote in USA`
    if country:
        text = f"{text[: country.start()]}, {country[1]}"
    head, _, tail = text.partition(", ")
    return f"{_with_state(head)}, {tail}" if tail in ("USA", "US", "United States") else text


def _with_state(text: str) -> str:
    """`Auburn Hills Michigan` with a comma before the state."""
    words = text.split(" ")
    for count in (2, 1):
        state = " ".join(words[-count:])
        if len(words) > count and state_names().get(fold(state), ("",))[0] == "US" and not is_city(text):
            return f"{' '.join(words[:-count])}, {state}"
    return text


def _is_american(drafts: Iterable[Draft]) -> bool:
    counts: Counter[str | None] = Counter()
    for draft in drafts:
        counts.update({place.country for place in read_places(draft.posting.places)})
    total = sum(count for country, count in counts.items() if country)
    return total >= _MANY and counts["US"] * 2 > total


def _of_states(draft: Draft) -> Draft:
    places = tuple(_with_country(place) for place in draft.posting.places)
    return draft if places == draft.posting.places else replace(draft, posting=draft.posting.but(places=places))


def _with_country(place: PlaceText) -> PlaceText:
    found = _CITY_STATE.fullmatch(place.text or "")
    if not found or place.country or place.city:
        return place
    city, code = found[1].strip(), found[2].upper()
    if code not in state_codes()["US"] or (is_city(city) and home_of(city)[0] == code):
        return place
    if is_city(city) and home_of(city)[0] != "US":
        return place
    return PlaceText(city=city, region=code, country="US")


def _in_parts(place: PlaceText) -> PlaceText:
    """`Victoria, BC, Canada` as city, state and country: the city is also a state elsewhere."""
    found = _WHOLE.fullmatch(place.text or "")
    if not found or place.country or place.city:
        return place
    country = "CA" if found[3] == "Canada" else "US"
    if found[2] not in state_codes()[country]:
        return place
    return PlaceText(city=found[1], region=found[2], country=country)
