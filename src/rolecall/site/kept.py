"""What is found by looking at all jobs together, kept between builds: an edited text changes none of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rolecall.site import cache_file
from rolecall.site.artifact import fingerprint

if TYPE_CHECKING:
    from rolecall.site.site import Site

Value = TypeVar("Value")


class Kept:
    """Values by name, each of what `marshal` can write. They hold as long as `key` is what it was."""

    def __init__(self, path: Path | None, key: Callable[[], str]) -> None:
        """`path` is None where nothing is kept; `key` is asked for when the first value is."""
        self._path = path
        self._make_key = key
        self._changed = False

    def get(self, name: str, make: Callable[[], Value]) -> Value:
        """The value of that name, made when nobody has it."""
        if name not in self._values:
            self._values[name] = make()
            self._changed = True
        value: Value = self._values[name]
        return value

    def save(self) -> None:
        """Keep what was made."""
        if self._changed and self._path is not None:
            cache_file.save(self._path, self.key, self._values)
            self._changed = False

    @cached_property
    def key(self) -> str:
        """All that the values depend on."""
        return f"{cache_file.tool_key()} {self._make_key()}"

    @cached_property
    def _values(self) -> dict[str, Any]:
        return (cache_file.load(self._path, self.key) if self._path is not None else None) or {}


def facts_key(site: Site, *more: str) -> str:
    """A fingerprint of all that a site holds but the texts of its jobs; and of `more`."""
    # The values of a company and not its `repr`, which takes ten times as long.
    said = [vars(employer.company) if employer.company else None for employer in site.employers]
    names = [f"{employer.slug} {employer.name}" for employer in site.employers]
    logos = [f"{slug} {logo!r}" for slug, logo in sorted(site.logos.items())]
    parts = (site.today.isoformat(), repr(site.config), site.language.digest, *more)
    jobs = [view.facts for view in (*site.jobs, *site.closed)]
    return fingerprint(*parts, *names, repr(said), *logos, str(len(site.jobs)), *jobs)
