"""What the keys of a front matter mean together: the job's title, where to apply, pay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from rolecall.address import web_address
from rolecall.importers.base import Losses
from rolecall.importers.cells import links_in
from rolecall.importers.header import CARRIED
from rolecall.importers.wording import bare_title
from rolecall.model import PayText
from rolecall.normalise.employment import read_employment

_BY_MAIL = re.compile(r"\be-?mail\b", re.IGNORECASE)
_ON_GITHUB = re.compile(r"@?([A-Za-z0-9][A-Za-z0-9-]{0,38}) on github\b", re.IGNORECASE)
_FREE = re.compile(r"\b(?:gratis|unpaid|volunteer(?:ing|s)?|pro bono|voluntary)\b", re.IGNORECASE)
_FIGURE = re.compile(r"[$€£¥]\s?\d|\d[\d,.]*\s?(?:k\b|usd|eur|gbp|chf|[$€£])", re.IGNORECASE)
_NOT_A_WAGE = re.compile(r"\btotal\b|\bprize\b|\bbounty\b|\bfixed price\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;|\n]")


def job_title(first: str, role: str, title: str) -> str:
    """The title; where `role` names the job and `title` the project, both: `Designer: A logo for the observatory`."""
    line = bare_title(first.replace("`", ""))[0]
    role = bare_title(role.replace("`", ""))[0]
    if not title.strip() or not role:
        return line or role
    told = set(map(str.casefold, _WORD.findall(line)))
    if all(word.casefold() in told for word in _WORD.findall(role)):
        return line
    return f"{role}: {line}"


def apply_address(said: Mapping[str, str]) -> tuple[str, str]:
    """(address, the key that it stands in): the job's own page before a mailbox, that before a front page."""
    how = said.get("how_to_apply", "")
    links = links_in(how)
    pages = [link.address for link in links if not link.address.startswith("mailto:") and web_address(link.address)]
    if _BY_MAIL.search(how) and (mailbox := _mailbox(how)):
        return mailbox, "how_to_apply"
    if pages:
        return pages[0], "how_to_apply"
    stated = [(key, said.get(key, "").strip()) for key in CARRIED["link"]]
    named = [(key, address) for key, value in stated if (address := _page(value))]
    for key, address in named:
        if not is_front_page(address):
            return address, key
    for key in ("how_to_apply", "apply", "apply_url", "contact.email", "email", "contact"):
        if mailbox := _mailbox(said.get(key, "")):
            return mailbox, key
    for key in ("contact", "contact.web", "contributing_md"):
        if address := _page(said.get(key, "")):
            return address, key
    if named:
        return named[0][1], named[0][0]
    if found := _ON_GITHUB.search(said.get("contact", "")):
        return f"https://github.com/{found[1]}", "contact"
    for key in (*CARRIED["website"], "github"):
        if address := _page(said.get(key, "")):
            return address, key
    return "", ""


def is_front_page(address: str) -> bool:
    """Whether an address leads to a site, not to a page of it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return bool(parts.netloc) and parts.path in ("", "/") and not parts.query and not parts.fragment


def pay_of(text: str, losses: Losses) -> tuple[tuple[PayText, ...], tuple[str, ...]]:
    """Pay, where figures state it, and words of the contract that stand there: `gratis`, `part-time`."""
    if not text:
        return (), ()
    known = () if _FREE.search(text) else read_employment([text])[0]
    forms = ("volunteer",) if _FREE.search(text) else tuple(form.value for form in known)
    if _FIGURE.search(text) and not _NOT_A_WAGE.search(text):
        return (PayText(text=text),), forms
    if not forms:
        losses.add("pay", "names no figure for a time", text)
    return (), forms


def words_of(text: str, *, keep_brackets: bool = True) -> list[str]:
    """The words of a list with commas or lines; what stands in brackets is a side remark."""
    text = text if keep_brackets else _BRACKETS.sub("", text)
    return [word.strip() for word in _BREAK.split(text) if word.strip()]


def _mailbox(text: str) -> str:
    without_pages = re.sub(r"https?://\S+", " ", text)
    return next((link.address for link in links_in(without_pages) if link.address.startswith("mailto:")), "")


def _page(text: str) -> str:
    found = next((link.address for link in links_in(text) if not link.address.startswith("mailto:")), "")
    if not found and re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?", text.strip()):
        found = f"https://{text.strip()}"
    return web_address(found) or ""
