"""Whether a recorded request answers a request that is made now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from rolecall.sources.base import Request

_PORTS = {"http": 80, "https": 443}
Place = tuple[str, str, int | None, str]  # scheme, host, port, path
Key = tuple[str, Place]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A recorded request. It fits when method, scheme, host and path are equal, each of its query parameters is in the
    request, and its JSON is part of the one sent."""

    method: str
    place: Place
    query: Counter[tuple[str, str]]
    json: Mapping[str, Any] | None

    @classmethod
    def of(cls, method: str, url: str, json: Mapping[str, Any] | None) -> Self:
        place, query = _split(url)
        return cls(method, place, query, json)

    @property
    def key(self) -> Key:
        """What a request that fits has, too: `key_of` it."""
        return self.method, self.place

    def fits(self, request: Request) -> bool:
        place, query = _split(request.url)
        if (self.method, self.place) != (request.method, place) or not self.query <= query:
            return False
        return self.json is None or is_part(self.json, request.json)

    @property
    def specificity(self) -> int:
        """How much the recorded request says: its query parameters and the keys of its JSON at every depth."""
        return self.query.total() + _keys(self.json)


def key_of(request: Request) -> Key:
    """By which the few patterns that may fit are found among many."""
    return request.method, _split(request.url)[0]


def _split(url: str) -> tuple[Place, Counter[tuple[str, str]]]:
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    # `%7E` and `~` are one path; `%2F` and `/` are two.
    path = "/".join(quote(unquote(step), safe="") for step in (parts.path or "/").split("/"))
    place = (scheme, parts.hostname or "", parts.port or _PORTS.get(scheme), path)
    return place, Counter(parse_qsl(parts.query, keep_blank_values=True))


def is_part(recorded: Any, sent: Any) -> bool:
    """Whether `sent` holds all that `recorded` says: objects by key, lists item by item, other values by equality."""
    if isinstance(recorded, Mapping):
        return isinstance(sent, Mapping) and all(
            key in sent and is_part(item, sent[key]) for key, item in recorded.items()
        )
    if isinstance(recorded, list | tuple):
        same_length = isinstance(sent, list | tuple) and len(recorded) == len(sent)
        return same_length and all(is_part(*pair) for pair in zip(recorded, sent, strict=True))
    # True equals 1 in Python, not in JSON.
    return isinstance(recorded, bool) == isinstance(sent, bool) and bool(recorded == sent)


def _keys(value: Any) -> int:
    if isinstance(value, Mapping):
        return len(value) + sum(_keys(item) for item in value.values())
    return sum(map(_keys, value)) if isinstance(value, list | tuple) else 0
