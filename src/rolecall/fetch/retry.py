"""When a request is asked once more, and after how long a wait.

A loop of our own instead of stamina: the wait is the host's to say (Retry-After), and applies to the whole host.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from rolecall.fetch.answers import retry_after_words
from rolecall.sources.base import Request

MAX_WAIT_S = 60.0
FIRST_WAIT_S = 1.0


def is_passing(request: Request, status: int) -> bool:
    """Whether an answer of this status may be another one soon: 408, 429 and 5xx.

    Our POSTs are searches that change nothing, yet a 5xx or a broken connection leaves open whether the host has worked
    on one; it is asked again only where the host says that it has not (429, 503).
    """
    if request.method == "POST":
        return status in (429, 503)
    return status in (408, 429) or (status >= 500 and status not in (501, 505))


def back_off_s(url: str, tries: int) -> float:
    """The wait after `tries` failures: doubling from one second, less up to half of it by a hash of the address.

    The hash spreads requests that failed together, and a run over the same answers waits the same.
    """
    spread = hashlib.sha256(f"{url}\0{tries}".encode()).digest()[0] / 255
    return min(MAX_WAIT_S, FIRST_WAIT_S * 2.0 ** (tries - 1)) * (1 - spread / 2)


def asked_wait_s(headers: Mapping[str, str], now: datetime | None) -> float | None:
    """The wait that Retry-After asks for, 0 to 60 seconds; None when there is none, or one that cannot be read.

    A date is measured against the host's own Date header, so that its clock may be wrong, else against `now`.
    """
    seconds = retry_after_words(headers)
    if seconds is None:
        until = _http_date(headers.get("retry-after"))
        since = _http_date(headers.get("date")) or now
        if until is None or since is None:
            return None
        seconds = (until - since).total_seconds()
    return min(MAX_WAIT_S, max(0.0, seconds))


def _http_date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
