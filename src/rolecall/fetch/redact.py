"""Secrets stay in memory: what is written or shown of a request has none of the values named like a key or token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from rolecall.sources.base import Request

_SECRET = frozenset(
    (
        *("apikey", "auth", "authorization", "cookie", "credential", "credentials", "key"),
        *("passwd", "password", "pwd", "secret", "sig", "signature", "token"),
    )
)
# `page_token` and `jobKey` say which page or job is meant; without them a recording could not tell pages apart.
_PLAIN = frozenset(("board", "continuation", "cursor", "job", "next", "page", "posting", "prev", "sort", "sync"))
# Half of a pair of keys; and a header that a source sets itself only where it must be its user's e-mail address.
_SECRET_NAMES = frozenset(("app_id", "user-agent"))
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_IN_TEXT = re.compile(r"(?P<before>[?&;])(?P<name>[^=&;?#<>\s]{1,60})=(?P<value>[^&;#<>\s\"']*)")
_LEAST_CHARS = 6


def is_secret(name: str) -> bool:
    """Whether a parameter, header or key of this name holds a secret: `api_key`, `X-Auth-Token`, `accessToken`."""
    if name.lower() in _SECRET_NAMES:
        return True
    words = {word.lower() for word in _WORDS.findall(name)}
    return bool(words & _SECRET) and not words & _PLAIN


def public_url(url: str) -> str:
    """`url` without secret parameters, user name and password: fit for messages, recordings and the cache."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair and not is_secret(pair.partition("=")[0])]
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "&".join(kept), ""))


def public_text(text: str) -> str:
    """`text` (a Link header, say) in which the secret parameters of addresses have lost their values."""
    return _IN_TEXT.sub(
        lambda found: f"{found['before']}{found['name']}=" if is_secret(found["name"]) else found[0], text
    )


def public_json(value: Any) -> Any:
    """A JSON value without the entries whose keys name a secret, at any depth."""
    if isinstance(value, Mapping):
        return {key: public_json(item) for key, item in value.items() if not is_secret(key)}
    if isinstance(value, list | tuple):
        return [public_json(item) for item in value]
    return value


def secrets_of(request: Request) -> tuple[str, ...]:
    """The secret values that `request` carries in its query, headers and body, longest first.

    Values under six characters are left out: they are found in any text by chance.
    """
    pairs = [pair.partition("=")[::2] for pair in urlsplit(request.url).query.split("&")]
    found = {value for name, value in (*pairs, *request.headers.items()) if is_secret(name)}
    found.update(_secret_texts(request.json))
    return tuple(
        sorted((value for value in found if len(value) >= _LEAST_CHARS), key=lambda value: (-len(value), value))
    )


def _secret_texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        own = [item for key, item in value.items() if is_secret(key) and isinstance(item, str)]
        return own + [text for item in value.values() for text in _secret_texts(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _secret_texts(item)]
    return []
