"""A job whose list and own page each know a part: what the page does not repeat stays as the list said it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from html import escape

from rolecall.model import Posting


def with_list(page: Posting, listed: Posting | None) -> Posting:
    """`page`, under the list's key, with the list's word wherever the page says nothing."""
    if listed is None:
        return page
    silent = (field.name for field in fields(page) if getattr(page, field.name) in (None, ()))
    return page.but(**{name: getattr(listed, name) for name in silent}, key=listed.key)


def joined(sections: Iterable[tuple[str | None, str | None]]) -> str | None:
    """The HTML of (heading, HTML) sections that are not blank, in one."""
    parts = []
    for heading, html in sections:
        if html:
            parts.append(f"<h3>{escape(heading, quote=False)}</h3>\n{html}" if heading else html)
    return "\n".join(parts) or None
