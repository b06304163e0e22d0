"""One spot, or several, from the comma-separated words of an address.

The grammar: `city, state, country`, or the other way round (`US, CA, Santa Clara`), or a list of cities or countries.
A two-letter code is a state or a country by what stands beside it: CA is California after a city of the United States.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rolecall.model import Region, Workplace
from rolecall.normalise.cities import full_name, home_of, is_city
from rolecall.normalise.country import (
    country_code,
    group_of,
    is_worldwide,
    named_country,
    region_of,
    state_codes,
    state_names,
)
from rolecall.normalise.lookup import fold, listed, table


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a text. `mode`: what the text says of the workplace there. `text`: what was not understood."""

    mode: Workplace | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    areas: tuple[Region, ...] = ()
    group: tuple[str, ...] = ()
    worldwide: bool = False
    text: str | None = None


def _as_state(spot: Spot) -> Spot:
    """`Georgia, US` is the state, which is no city and not the country."""
    is_state = spot.country == "US" and fold(spot.city or "") == "georgia"
    return replace(spot, city=None, region="GA") if is_state else spot


class Builder:
    """Builds spots from the tokens of one part, left to right."""

    def __init__(self, tokens: list[str], part: str) -> None:
        self.tokens, self.part = tokens, part
        self.found: list[Spot] = []
        self.sure: list[bool] = []  # whether the spot's country was said, not only known by its city
        self.head: str | None = None  # a country that stood first: `Germany, Berlin`
        self.head_state: str | None = None
        self.odd = False

    def build(self) -> list[Spot]:
        for position, token in enumerate(self.tokens):
            self.take(token, first=position == 0)
        if self.head and not self.found:
            self.add(Spot(country=self.head, region=self.head_state))
        self.found = [_as_state(spot) for spot in self.found]
        finished = [spot for spot in self.found if not (spot.city and not spot.country)]
        if len(finished) < len(self.found) or not finished:
            return [*(spot for spot in finished if spot.country), Spot(text=self.part)]
        if self.odd:
            return [replace(spot, region=spot.region if sure else None, text=self.part) for spot, sure in self.both()]
        return finished

    def both(self) -> Iterable[tuple[Spot, bool]]:
        return zip(self.found, self.sure, strict=True)

    def take(self, token: str, first: bool) -> None:
        if is_worldwide(token):
            self.add(Spot(worldwide=True))
        elif group := group_of(token):
            self.add(Spot(group=group))
        elif is_city(token) and country_code(token) and not self.head:
            self.take_city(token, sure=True)  # Singapore is city and country
        elif state := self.state(token):
            self.take_state(*state)
        elif country := self.country(token):
            self.take_country(country, first)
        elif area := region_of(token):
            self.add(Spot(areas=(area,)))
        elif is_city(token):
            self.take_city(token, sure=bool(self.head))
        else:
            self.take_word(token)

    def add(self, spot: Spot, sure: bool = True) -> None:
        self.found.append(spot)
        self.sure.append(sure)

    def open(self) -> bool:
        return bool(self.found) and self.found[-1].city is not None and not self.sure[-1]

    def state(self, token: str) -> tuple[str, str] | None:
        """The state that `token` names here, as (country, code)."""
        if fold(token) in state_names() and not self.head_state:
            same_as_city = is_city(token) and not self.open() and not self.head
            return None if same_as_city else state_names()[fold(token)]
        if self.head:
            return (self.head, token) if not self.head_state and token in state_codes().get(self.head, ()) else None
        if fold(token) == "georgia" and self.open() and self.found[-1].country in (None, "US"):
            return ("US", "GA")
        if not self.open() or not token.isupper():
            return None
        home = self.found[-1].country
        if home and (token in state_codes().get(home, ()) or token == home):
            return (home, token) if token != home else None
        if home is None and token in listed(table("states")["country_first"]):
            return None
        return next(((country, token) for country, states in state_codes().items() if token in states), None)

    def country(self, token: str) -> str | None:
        alone = len(self.tokens) == 1 and len(token) == 2
        if not self.found and not self.head and ((alone and self.is_state(token)) or fold(token) == "georgia"):
            return None  # `CA` on its own: California or Canada?
        return named_country(token)

    def is_state(self, token: str) -> bool:
        return token in state_codes()["US"] and token not in listed(table("states")["country_first"])

    def take_city(self, token: str, sure: bool) -> None:
        country, state = home_of(token)
        city = Spot(city=full_name(token), region=self.head_state or state, country=self.head or country)
        if city not in self.found:
            self.add(city, sure)

    def take_state(self, country: str, code: str) -> None:
        if self.head == country and not self.open():
            self.head_state = code
        elif self.open():
            self.found[-1] = replace(self.found[-1], country=country, region=code)
            self.sure[-1] = True
        else:
            self.add(Spot(country=country, region=code))

    def take_country(self, country: str, first: bool) -> None:
        waiting = [at for at, spot in enumerate(self.found) if spot.city and not self.sure[at]]
        last = self.found[-1] if self.found else None
        if first and self.leads(country):
            self.head = country
        elif waiting:
            for at in waiting:
                known = self.found[at].country
                if known in (None, country) or at == waiting[-1]:
                    state = self.found[at].region if known in (None, country) else None
                    self.found[at] = replace(self.found[at], country=country, region=state)
                    self.sure[at] = True
            self.odd = False
        elif last is None or last.country != country:
            self.add(Spot(country=country))

    def leads(self, country: str) -> bool:
        """Whether the country that stands first is that of the rest, not the first of several countries."""
        rest = self.tokens[1] if len(self.tokens) > 1 else ""
        if rest in state_codes().get(country, ()):
            return True
        return bool(rest) and not (named_country(rest) or region_of(rest) or group_of(rest) or is_worldwide(rest))

    def take_word(self, token: str) -> None:
        if self.head:
            if any(spot.city for spot in self.found):
                self.odd = True  # `DEU Wiesbaden - Army Airfield`: more than a city
            else:
                self.add(Spot(city=token, region=self.head_state, country=self.head))
        elif self.open() and self.found[-1].country:
            self.odd = True  # a district or a region, if the country follows
            self.found[-1] = replace(self.found[-1], region=self.found[-1].region or token)
        elif self.open() and self.found[-1].region is None:
            self.found[-1] = replace(self.found[-1], region=token)
        else:
            self.add(Spot(city=token), sure=False)
