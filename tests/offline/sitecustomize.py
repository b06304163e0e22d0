"""The network is off: only loopback and Unix sockets may be used, in the tests and in every program they start.

Python imports a module of this name at its start when it stands on PYTHONPATH; conftest.py runs it for pytest itself.
An audit hook sees every connection, whichever library makes it.
"""

import ipaddress
import sys


class NetworkIsOff(BaseException):
    """Not an `Exception`, so that no boundary in the code under test can take it for a board that failed."""


def is_here(host: object) -> bool:
    """Whether `host` is this machine, or a name lookup that asks nobody."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def is_address(host: object) -> bool:
    try:
        ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host))
    except ValueError:
        return False
    return True


def keep_off(event: str, arguments: tuple) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and not is_here(address[0]):
            raise NetworkIsOff(f"tests may only reach this machine, not {address[0]}:{address[1]}. Use a recording.")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        if not is_here(host) and not is_address(host):
            raise NetworkIsOff(f"tests may not look up {host!r}. Use a recording, or a resolver of your own.")


sys.addaudithook(keep_off)
