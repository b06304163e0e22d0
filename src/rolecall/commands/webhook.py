"""Sends an announcement. The address is a secret: whoever has it can write there, so that no message quotes it."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from rolecall.errors import FetchError, ForbiddenAddress, RolecallError
from rolecall.fetch.answers import Exchange
from rolecall.fetch.exchange import open_exchange
from rolecall.fetch.settings import FetchSettings
from rolecall.sources.base import Request

WEBHOOK, TOKEN = "ROLECALL_WEBHOOK", "ROLECALL_TOKEN"
_SCHEME = "https://"


def send(
    payload: Mapping[str, Any], form: str, environment: Mapping[str, str], exchange: Exchange | None = None
) -> None:
    """POST `payload` to the address in ROLECALL_WEBHOOK. Raises `RolecallError`, in words that hold no part of it.

    `exchange` is what asks, for whoever wants another than the network.
    """
    request = _request(payload, form, environment)
    status = asyncio.run(_ask(request, exchange))
    if not 200 <= status < 300:
        hint = "Is the webhook still there, and made for this form?" if 400 <= status < 500 else "Try again later."
        raise RolecallError(WEBHOOK, f"the host answered {status}; nothing was announced.", hint)


def _request(payload: Mapping[str, Any], form: str, environment: Mapping[str, str]) -> Request:
    url = environment.get(WEBHOOK, "").strip()
    if not url:
        raise RolecallError(WEBHOOK, "is not set, and says where to send to.", "Set it; in a workflow from a secret.")
    if not url.lower().startswith(_SCHEME):
        raise RolecallError(WEBHOOK, "is not an https:// address.", "Copy the whole address of the webhook.")
    headers = {}
    if form == "mastodon":
        token = environment.get(TOKEN, "").strip()
        if not token or not token.isascii() or not token.isprintable():
            raise RolecallError(TOKEN, "is not set, or no token.", "Make one that may write statuses (write:statuses).")
        same = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": same}  # the same status is taken once
    return Request(url=url, method="POST", json=payload, headers=headers)


async def _ask(request: Request, exchange: Exchange | None) -> int:
    try:
        if exchange is not None:
            return (await exchange(request)).status
        async with open_exchange(FetchSettings(), cache=None, record=None, replay=None) as network:
            return (await network(request)).status
    except ForbiddenAddress:
        hint = "Copy the whole address of the webhook."
        raise RolecallError(WEBHOOK, "does not lead to a host on the public internet.", hint) from None
    except (FetchError, ValueError) as error:  # its words may hold the address, and so may its traceback
        kind = error.code if isinstance(error, FetchError) else "no-address"
        raise RolecallError(WEBHOOK, f"could not be reached ({kind}); nothing was announced.", "Try again.") from None
