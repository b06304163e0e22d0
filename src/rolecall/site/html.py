"""Text that is HTML already, so that a template holds it as it is. The only way past the escaping but `|safe`."""

from __future__ import annotations

from collections.abc import Iterable


class Html(str):
    """What a template or the sanitiser made. jinja2 asks for `__html__` before it escapes."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class Encoded:
    """HTML in UTF-8, as a page is written. A template that asks for its text gets it, and has it written anew."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __str__(self) -> str:
        return self._data.decode()

    def __html__(self) -> str:
        return str(self)

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        """As of a `str`; there is one encoding, and no error in it."""
        return self._data


def joined(pieces: Iterable[str | Encoded]) -> str:
    """One text of them all."""
    return "".join(map(str, pieces))
