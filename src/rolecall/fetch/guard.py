"""Which addresses may be asked: http and https on their own ports, and only hosts on the public internet.

A name is looked up here and the connection goes to the very address that was judged, so that a second look-up cannot
lead elsewhere (SSRF by DNS rebinding).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from rolecall.address import web_address
from rolecall.errors import ForbiddenAddress, Unreachable
from rolecall.fetch.redact import public_url


class NotConnected(Unreachable):
    """The host has seen nothing of the request, so that even a POST may be sent again."""


LookUp = Callable[[str, int], Awaitable[list[str]]]
"""Host and port to IP addresses as text, best first. Raises OSError or UnicodeError when there are none."""

_WEB_PORTS = (80, 443)
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_V4_COMPATIBLE = IPv6Network("::/96")
# Site-local addresses, long deprecated; and the address at which Azure serves its machines, public in form only.
_ALSO_PRIVATE = (IPv6Network("fec0::/10"), IPv4Network("168.63.129.16/32"))
_HINT = "Use the public http(s) address of the board."


def safe_url(url: str, *, allow_private: bool = False) -> str:
    """`url` as it may be asked, without fragment. Raises `ForbiddenAddress` for other schemes, ports and user names."""
    address = web_address(url)
    if address is None:
        raise ForbiddenAddress(public_url_or_start(url), "is not an http(s) address without user name.", _HINT)
    parts = urlsplit(address)
    if parts.port not in (None, *_WEB_PORTS) and not allow_private:
        raise ForbiddenAddress(public_url(address), f"port {parts.port} is neither 80 nor 443.", _HINT)
    return parts._replace(fragment="").geturl()


def public_url_or_start(url: str) -> str:
    """`public_url(url)`, or the start of a text that cannot be parsed as an address."""
    try:
        return public_url(url)
    except ValueError:
        return url[:80]


def is_public(address: str) -> bool:
    """Whether an IP address leads to the public internet, also when it wraps an IPv4 address (mapped, 6to4, NAT64)."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(part) for part in (found, *_wrapped(found)))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    special = address.is_multicast or address.is_unspecified or address.is_loopback or address.is_link_local
    listed = any(address in network for network in _ALSO_PRIVATE if network.version == address.version)
    return address.is_global and not special and not listed


def _wrapped(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    if isinstance(address, IPv4Address):
        return ()
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _V4_COMPATIBLE or any(address in network for network in _NAT64):
        inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(found for found in inner if found is not None)


async def look_up(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver knows for `host`, each once, in its order."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def judged_addresses(host: str, port: int, look_up: LookUp, *, allow_private: bool) -> list[str]:
    """The addresses to connect to for `host`. Raises `ForbiddenAddress` as soon as one of them is not public."""
    try:
        found = await look_up(host, port)
    except (OSError, UnicodeError) as error:
        raise NotConnected(host, "the host's name is not known.", "Check the spelling of the address.") from error
    if not found:
        raise NotConnected(host, "the host has no address.", "Check the spelling of the address.")
    private = [] if allow_private else [address for address in found if not is_public(address)]
    if private:
        raise ForbiddenAddress(host, f"leads to {private[0]}, which is not on the public internet.", _HINT)
    return found
