"""The values of schema.org in every shape that pages give them: an object, a list of them, a text, a number.

Documentation: https://schema.org/Place, https://schema.org/PostalAddress and https://schema.org/MonetaryAmount
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rolecall.model import PayText, PlaceText


def as_list(value: Any) -> list[Any]:
    """A list as it is, nothing as an empty one, anything else as a list of itself."""
    return value if isinstance(value, list) else [] if value is None else [value]


def first_of(value: Any) -> Any:
    """The first of a list, or the value itself; None when there is nothing."""
    return next((item for item in as_list(value) if item), None)


def get(value: Any, name: str) -> Any:
    """A property of an object; None of anything else."""
    return value.get(name) if isinstance(value, dict) else None


def text(value: Any, *names: str) -> str | None:
    """A text or number, as text: of an object its first property among `names` (name, @value), of a list the first."""
    for item in as_list(value):
        if isinstance(item, dict):
            item = next((found for name in names or ("name", "@value") if (found := text(item.get(name)))), None)
        if isinstance(item, int | float) and not isinstance(item, bool):
            item = str(item)
        if isinstance(item, str) and item.strip():
            return item
    return None


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list, or of one value, that are not blank."""
    return tuple(found for item in as_list(value) if (found := text(item)))


def joined(value: Any) -> str | None:
    """A text, or a list of texts as one with a line each."""
    return "\n".join(item for item in as_list(value) if isinstance(item, str) and item.strip()) or None


def place_names(value: Any) -> Iterator[str]:
    """The names of places in a text, an object, or a list of them; an object's name may itself be a list."""
    for item in as_list(value):
        if isinstance(item, dict):
            yield from place_names(item.get("name") or item.get("address") or [item.get("addressCountry")])
        elif isinstance(item, str) and item.strip():
            yield item


def places(value: Any) -> Iterator[PlaceText]:
    """jobLocation: texts, Places with a text or PostalAddress, several of either, or an address without its Place."""
    for item in as_list(value):
        if isinstance(item, str):
            yield PlaceText(text=item)
        elif isinstance(item, dict):
            found = [_place(address) for address in as_list(item.get("address")) or [item]]
            stated = [place for place in found if place != PlaceText()]
            yield from stated or map(PlaceText, texts(item.get("name")))


def _place(address: Any) -> PlaceText:
    if not isinstance(address, dict):
        return PlaceText(text=text(address))
    city, region = text(address.get("addressLocality")), text(address.get("addressRegion"))
    country = next(place_names(address.get("addressCountry")), None)
    if city and city == region == country:
        return PlaceText(text=city)  # "Anywhere", three times
    if not (city or region or country):
        return PlaceText(text=text(address.get("streetAddress")))
    return PlaceText(city=city, region=region, country=country)


def pay(value: Any, currency: str | None) -> Iterator[PayText]:
    """baseSalary: a MonetaryAmount around a QuantitativeValue, either of them alone, a number or a text."""
    for item in as_list(value):
        if not isinstance(item, dict):
            yield from _amount(item, currency, None)
            continue
        own = text(item.get("currency")) or currency
        for amount in as_list(item.get("value")) or [item]:
            yield from _amount(amount, own, text(item.get("unitText")))


def _amount(value: Any, currency: str | None, per: str | None) -> Iterator[PayText]:
    if isinstance(value, str) and not value.replace(".", "", 1).strip().isdecimal():
        yield PayText(text=value, currency=currency, per=per)
        return
    if not isinstance(value, dict):
        value = {"value": value}
    low, high, one = (text(value.get(name)) for name in ("minValue", "maxValue", "value"))
    if low or high or one:
        # A single value is both ends; beside a range it says nothing more.
        low, high = (low, high) if low or high else (one, one)
        per = text(value.get("unitText")) or text(value.get("unitCode")) or per
        yield PayText(min=low, max=high, currency=currency, per=per)
