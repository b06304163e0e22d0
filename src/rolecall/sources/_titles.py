"""Titles of feeds, in which the company may stand beside the role."""

from __future__ import annotations

import re

_FORM = re.compile(r"(company|role)(\W+|\W+at\W+)(role|company)", re.IGNORECASE)


def split(title: str, form: str, company: str | None) -> tuple[str, str | None, str | None]:
    """(role, company or None, pay or None) of a title.

    `form` is "company: role", "role at company" or another of that kind, "role", or "auto": the company that is known
    already is cut off, else "role at company" and "company: role" are tried. Pay is what stands in brackets at the end.
    """
    title = " ".join(title.split())
    title, pay = _without_pay(title)
    role, found = _parts(title, form.strip().casefold(), company)
    return role, company or found, pay


def _parts(title: str, form: str, company: str | None) -> tuple[str, str | None]:
    if form == "role":
        return title, None
    if company:
        return _without(title, company), company
    if form == "company: role":
        # Some titles of such feeds lack the colon.
        return _company_first(title, ": ") or _role_first(title, " at ") or (title, None)
    pattern = _FORM.fullmatch(form)
    if pattern and pattern[1] != pattern[3]:
        halves = _company_first(title, pattern[2]) if pattern[1] == "company" else _role_first(title, pattern[2])
        return halves or (title, None)
    return _role_first(title, " at ") or _role_first(title, " @ ") or _company_first(title, ": ") or (title, None)


def name_of_author(text: str) -> str | None:
    """The name in an author: RSS has `jobs@acme.example (Acme)`; a bare address is no name."""
    address, _, name = text.strip().partition(" ")
    if "@" in address:
        return name.strip(" ()") or None
    return text.strip() or None


def _without_pay(title: str) -> tuple[str, str | None]:
    rest, bracket, words = title.rpartition("[")
    if bracket and rest.strip() and words.endswith("]") and any(map(str.isdigit, words)):
        return rest.rstrip(), words[:-1]
    return title, None


def _company_first(title: str, separator: str) -> tuple[str, str] | None:
    company, found, role = title.partition(separator)
    return (role.strip(), company.strip()) if found and role.strip() and company.strip() else None


def _role_first(title: str, separator: str) -> tuple[str, str] | None:
    role, found, company = title.rpartition(separator)
    return (role.strip(), company.strip()) if found and role.strip() and company.strip() else None


def _without(title: str, company: str) -> str:
    for separator in (" at ", " @ ", " - ", " – ", " — ", ", "):
        if title.casefold().endswith(f"{separator}{company}".casefold()):
            return title[: -len(separator) - len(company)].rstrip() or title
    start = f"{company}: "
    return title[len(start) :].lstrip() or title if title.casefold().startswith(start.casefold()) else title
