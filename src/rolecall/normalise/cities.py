"""Large cities whose name alone says the country, and short names such as NYC."""

from __future__ import annotations

from functools import cache

from rolecall.normalise.lookup import fold, listed, table


def is_city(name: str) -> bool:
    """Whether `name` is a large city's name, alone enough to know its country."""
    return fold(name) in _cities()


def home_of(name: str) -> tuple[str, str | None]:
    """The country of a large city, and the code of its state where addresses name one. Raises KeyError for others."""
    return _cities()[fold(name)]


def full_name(city: str) -> str:
    """`New York` for `NYC`; any other name as it is."""
    return _short_names().get(city, city)


@cache
def _cities() -> dict[str, tuple[str, str | None]]:
    """Folded name of a large city -> (country, code of its state)."""
    found: dict[str, tuple[str, str | None]] = {}
    for where, cell in table("cities").items():
        if where != "also":
            country, _, state = where.partition("-")
            found.update((fold(name), (country, state or None)) for name in listed(cell))
    found.update((fold(short), found[fold(name)]) for short, name in _short_names().items() if fold(name) in found)
    return found


@cache
def _short_names() -> dict[str, str]:
    return {short: name for name, cell in table("cities")["also"].items() for short in listed(cell)}
