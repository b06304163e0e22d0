"""The sources, one module each; the module's name is the name in config.yaml. None is imported until it is used."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.sources.base import Source


def names() -> tuple[str, ...]:
    """Every source's name, sorted; found by looking at the folder, without importing any of them."""
    return tuple(sorted(name for _, name, _ in iter_modules(__path__) if name != "base" and not name.startswith("_")))


def find(name: str) -> Source:
    """The source called `name`. Raises KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    source: Source = import_module(f"{__name__}.{name}").SOURCE
    return source
