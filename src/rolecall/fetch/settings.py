"""How politely and how long the network is asked. No other module of this package decides on a limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rolecall import __version__


def user_agent(contact_url: str | None = None) -> str:
    """How we name ourselves to hosts: `rolecall/1.2 (+https://...)`, so that they can find whom to write to."""
    return f"rolecall/{__version__} (+{contact_url})" if contact_url else f"rolecall/{__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """The limits of a run. Names ending in `_s` are seconds, `_bytes` are bytes after decoding.

    `now` is the time of the run; without it nothing is asked conditionally, as the age of a held answer is unknown.
    `allow_private` opens private addresses and all ports; it is meant for tests against this machine.
    """

    now: datetime | None = None
    timeout_s: float = 20
    connect_s: float = 10
    total_s: float = 60
    board_s: float = 300
    run_s: float = 900
    max_bytes: int = 20_000_000
    max_pages: int = 500
    max_postings: int = 10_000
    in_flight: int = 16
    per_host: int = 2
    pause_s: float = 0.5
    # Pages made for people cost their host more than an answer of an API.
    html_pause_s: float = 1.0
    retries: int = 3
    user_agent: str = user_agent()
    allow_private: bool = False
