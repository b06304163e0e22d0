"""Where one may sit. A text that is not understood is kept whole in `Place.text`; no country is guessed."""

from __future__ import annotations

from collections.abc import Sequence

from rolecall.model import Place, PlaceText, Workplace
from rolecall.normalise.country import country_code, country_name, region_name
from rolecall.normalise.lookup import fold
from rolecall.normalise.remote_from import read_remote_from
from rolecall.normalise.spot import spots_of
from rolecall.normalise.spot_builder import Spot
from rolecall.normalise.text import clean_line, cut

__all__ = [
    "MAX_PLACES",
    "count_places",
    "country_code",
    "country_name",
    "read_places",
    "read_remote_from",
    "region_name",
]

MAX_PLACES = 50
_MAX_TEXTS = 2 * MAX_PLACES
_MAX_CHARS = 120


def read_places(places: Sequence[PlaceText], workplace: Workplace | None = None) -> tuple[Place, ...]:
    """The places that `places` name, each once, in their order, at most 50.

    "Remote - US" is no place. In a job whose `workplace` is remote, nor is a country or region alone: these say from
    where one may work (`read_remote_from`).
    """
    return tuple(_named(places, workplace).values())[:MAX_PLACES]


def count_places(places: Sequence[PlaceText], workplace: Workplace | None = None) -> int:
    """How many places `places` name, whether `read_places` keeps them or not; of an endless list, at least so many."""
    return len(_named(places, workplace)) + len([*dict.fromkeys(places)][_MAX_TEXTS:])


def _named(places: Sequence[PlaceText], workplace: Workplace | None) -> dict[tuple[str, str | None], Place]:
    found: dict[tuple[str, str | None], Place] = {}
    for given in [*dict.fromkeys(places)][:_MAX_TEXTS]:
        for spot in spots_of(given):
            place = _place(spot, given, workplace)
            if place is not None:
                found.setdefault(_identity(place), place)
    return found


def _identity(place: Place) -> tuple[str, str | None]:
    return (fold(place.city or place.text or place.region or ""), place.country)


def _place(spot: Spot, given: PlaceText, workplace: Workplace | None) -> Place | None:
    remote = Workplace.REMOTE in (spot.mode, workplace)
    if spot.city or spot.text:
        return _made(spot.city, spot.region, spot.country, spot.text)
    if spot.worldwide or remote:
        return None
    if spot.areas or spot.group:
        return _made(text=clean_line(given.text or given.country or given.region or ""))
    return _made(region=spot.region, country=spot.country)


def _made(
    city: str | None = None, region: str | None = None, country: str | None = None, text: str | None = None
) -> Place | None:
    named = {"city": city, "region": region, "text": text}
    kept = {name: cut(value, _MAX_CHARS) for name, value in named.items() if value}
    return Place(country=country, **kept) if kept or country else None
