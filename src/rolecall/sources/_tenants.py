"""The site of a customer whose vendor gives each one a host of its own: `acme` is `https://acme.vendor.example`."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from rolecall.address import web_address
from rolecall.errors import SourceError
from rolecall.model import Board

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")


def site_of(board: Board, domain: str) -> str:
    """`https://{board}.{domain}`, or scheme and host of the board's own `url` (a custom domain).

    Raises `SourceError` for a name that cannot stand in a host.
    """
    if board.url:
        parts = urlsplit(web_address(board.url) or "")
        if parts.hostname:
            return f"{parts.scheme}://{parts.netloc}"
    elif _NAME.fullmatch(board.board):
        return f"https://{board.board}.{domain}"
    hint = f"Write board: acme for https://acme.{domain}, or url: with the address of the careers page."
    raise SourceError(board.name, "does not name a site.", hint)
