"""The first line of an opening: "Company | Role | Place | Remote | Pay", in any order after the company.

Only what a part shows plainly is read; there is no list of all places here, so a place is what looks like one.
"""

from __future__ import annotations

import re

from rolecall.markup import text_of
from rolecall.model import PayText, PlaceText, Posting

_MOST_CHARS = 1_000
_LINK = re.compile(r"<a\s[^>]*href=\"([^\"]+)\"[^>]*>.*?</a>", re.DOTALL)
_BARE_LINK = re.compile(r"(?:https?://|www\.)\S+")
_ROLE = re.compile(
    r"\b(?:engineers?|engineering|developers?|devs?|designers?|managers?|scientists?|analysts?|architects?|leads?|head"
    r"|sre|devops|researchers?|specialists?|programmers?|administrators?|directors?|cto|vp|recruiters?|writers?"
    r"|consultants?|technicians?|interns?|advocates?|executives?|representatives?|founding|co-?founder"
    r"|marketer|editors?|teachers?|operators?|assistants?|officers?|roles|positions|full[- ]?stack)\b",
    re.IGNORECASE,
)
_WORKPLACE = {
    "hybrid": re.compile(r"\bhybrid\b", re.IGNORECASE),
    "remote": re.compile(r"(?<!no )(?<!not )(?<!non-)(?<!no-)\bremote\b", re.IGNORECASE),
    "onsite": re.compile(r"\b(?:on-?\s?site|in[- ](?:office|person))\b", re.IGNORECASE),
}
_NOT_REMOTE = re.compile(r"\b(?:no|not|non)[- ]remote\b", re.IGNORECASE)
_EMPLOYMENT = re.compile(
    r"\b(?:(?:full|part)[\s-]?time|contract(?:or)?|freelance|permanent|internship|temporary)\b", re.IGNORECASE
)
_PAY = re.compile(
    r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|CAD|AUD|SGD)\b)\s?\d|\d\s?k?\+?\s?(?:[$€£]|(?:USD|EUR|GBP|CHF|CAD|AUD|SGD)\b)",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\b(?:UTC|GMT|CET|EET|EST|PST|[CEMP]T)\s?[+±\-−–]|\btime ?zones?\b", re.IGNORECASE)
# "Berlin, Germany" and "NYC": what looks like a place without a list of all places at hand.
_PLACE = re.compile(
    r"[A-Z][\w.'’ -]{1,30},\s?[A-Z][\w.'’ -]+(?:[,;/(].*)?|(?:NYC|SF|LA|US|USA|UK|EU|EMEA|Europe|London|Berlin|Paris"
    r"|Amsterdam|New York(?: City)?|San Francisco|SF Bay Area|Bay Area|Worldwide|Anywhere)(?:\s?[/&,;].*)?"
)
_NOT_A_PLACE = re.compile(r"\b(?:visa|equity|series|funded|stack|benefits|salary|yc)\b", re.IGNORECASE)


def read_headline(line: str) -> Posting | None:
    """What a line of HTML shows, as a posting without key and address; None when it is no such line."""
    head, *rest = line[:_MOST_CHARS].split("|")
    company, address = _linked(head)
    linked = [_linked(part) for part in rest]
    parts = [words for words, _ in linked if words]
    if not company or not parts:
        return None
    found = _of_parts(parts)
    return found.but(
        company=company, company_url=address or next((url for words, url in linked if url and not words), None)
    )


def _linked(part: str) -> tuple[str, str | None]:
    """(the words of a part of the line without its links, the address of the first link)."""
    link = _LINK.search(part)
    words = text_of(_LINK.sub(" ", part))
    bare = _BARE_LINK.search(words)
    words = re.sub(r"[(\[]\s*[)\]]", "", _BARE_LINK.sub(" ", words)) if link or bare else words
    address = text_of(link[1]) if link else bare[0].rstrip(").,") if bare and bare[0].startswith("http") else None
    return " ".join(words.split()).strip(" -–—:,"), address


def _of_parts(parts: list[str]) -> Posting:
    """What the parts of the first line behind the company show plainly."""
    roles = [part for part in parts if _ROLE.search(_EMPLOYMENT.sub("", part)) and not _PAY.search(part)]
    others = [part for part in parts if part not in roles]
    said = [name for name, pattern in _WORKPLACE.items() if any(map(pattern.search, parts))]
    refused = any(map(_NOT_REMOTE.search, parts))
    places = [part for part in others if _is_place(part)]
    return Posting(
        key="",
        title=", ".join(roles) or " | ".join(parts),
        places=tuple(PlaceText(text=part) for part in places),
        workplace=next(iter(said), "onsite" if refused else None),
        timezones=tuple(part for part in others if _ZONE.search(part)),
        employment=tuple(dict.fromkeys(word for part in others for word in _EMPLOYMENT.findall(part))),
        salary=tuple(PayText(text=part) for part in others if _PAY.search(part)),
    )


def _is_place(part: str) -> bool:
    """Whether a part names a place: "Berlin, Germany", "Remote (EMEA)"; not "Remote" or "Full-time" alone."""
    if _PAY.search(part) or _NOT_A_PLACE.search(part) or len(part) > 120:
        return False
    rest = _NOT_REMOTE.sub("", _EMPLOYMENT.sub("", part))
    for pattern in _WORKPLACE.values():
        rest = pattern.sub("", rest)
    rest = rest.strip(" ,;/()[]-–—+&")
    is_said = any(pattern.search(part) for pattern in _WORKPLACE.values())
    return bool(rest) and (is_said or bool(_PLACE.fullmatch(rest)))
