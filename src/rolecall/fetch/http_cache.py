"""Answers held with their validators below .cache/http, so that a host may say "unchanged" instead of all again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rolecall.errors import RolecallError
from rolecall.fetch.answers import Answer
from rolecall.fetch.redact import is_secret, public_url
from rolecall.files import write_atomic
from rolecall.issues import Issue
from rolecall.sources.base import Request

# Some hosts answer 304 for ever; after this time they are asked for everything again.
MAX_AGE = timedelta(days=8)
_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_HELD = ("content-type", "link", *_VALIDATORS)


@dataclass(frozen=True, slots=True)
class Held:
    """A stored answer whose body is intact. `questions` are the headers that ask whether it is still the same."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def questions(self) -> dict[str, str]:
        return {ask: self.headers[name] for name, ask in _VALIDATORS.items() if name in self.headers}


def identity(request: Request) -> str:
    """What makes two requests the same question: method, address and JSON, as 32 hexadecimal digits."""
    asked = json.dumps(request.json, sort_keys=True) if request.json is not None else ""
    return hashlib.sha256(f"{request.method}\0{request.url}\0{asked}".encode()).hexdigest()[:32]


class HttpCache:
    """The folder of held answers; whatever is wrong with it costs time, never a result."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder, self._now = folder, now

    def held(self, request: Request) -> Held | None:
        """The answer that is held for `request`, or None: never asked, over eight days old, damaged."""
        about, stored = self._paths(request)
        try:
            entry = json.loads(about.read_bytes())
            age = self._now - datetime.fromisoformat(entry["saved"])
            headers = {name: str(entry["headers"][name]) for name in _HELD if name in entry["headers"]}
            body = stored.read_bytes()
            intact = hashlib.sha256(body).hexdigest() == entry["sha256"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if timedelta(0) <= age <= MAX_AGE and intact:
            return Held(headers, body)
        return None

    def keep(self, request: Request, answer: Answer) -> Issue | None:
        """Hold a complete answer that has a validator. Gives a finding when the disk does not let us."""
        # Headers are sent as ASCII; an ETag that is not cannot be sent back.
        headers = {name: answer.headers[name] for name in _HELD if answer.headers.get(name, "\xff").isascii()}
        forbidden = "no-store" in answer.headers.get("cache-control", "").lower()
        if answer.status != 200 or forbidden or not headers.keys() & _VALIDATORS.keys():
            return None
        if any(is_secret(name) for name in request.headers):  # the answer may be for this key's owner only
            return None
        about, stored = self._paths(request)
        entry = {
            "url": public_url(request.url),
            "saved": self._now.isoformat(),
            "sha256": hashlib.sha256(answer.body).hexdigest(),
            "headers": headers,
        }
        try:
            # The body first: what is left of a killed run is a body whose hash does not match, and is not used.
            write_atomic(stored, answer.body)
            write_atomic(about, json.dumps(entry, indent=1, sort_keys=True).encode())
        except RolecallError as error:
            return Issue(
                "cache",
                str(self._folder),
                f"cannot be written: {error.what}",
                "Delete the folder, or mend its permissions.",
            )
        return None

    def drop_old(self) -> None:
        """Remove what is too old to be used."""
        for about in sorted(self._folder.glob("*.json")):
            with suppress(OSError, ValueError, KeyError, TypeError):
                if self._now - datetime.fromisoformat(json.loads(about.read_bytes())["saved"]) > MAX_AGE:
                    about.unlink()
                    about.with_suffix(".body").unlink()

    def _paths(self, request: Request) -> tuple[Path, Path]:
        name = identity(request)
        return self._folder / f"{name}.json", self._folder / f"{name}.body"
