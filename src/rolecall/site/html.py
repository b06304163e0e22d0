"""Text that is HTML already, so that a template holds it as it is. The only way past the escaping but `|safe`."""

from __future__ import annotations


class Html(str):
    """What a template or the sanitiser made. jinja2 asks for `__html__` before it escapes."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)
