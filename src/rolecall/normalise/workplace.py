"""Where the work is done: the source's own word first, then its boolean, then title and places, then the text.

One thing goes before the boolean: a text that denies remote work. Boards for remote work list such jobs, too.
"""

from __future__ import annotations

import re

from rolecall.model import Posting, Workplace
from rolecall.normalise.body import NO_TEXT, Body
from rolecall.normalise.lookup import phrases, words
from rolecall.normalise.spot import spots_of
from rolecall.normalise.text import clean_line
from rolecall.normalise.workplace_said import denies_remote, workplace_said

_MAX_PLACES = 60
_HYBRID = re.compile(r"\bhybrid\b(?!\s+(?:cloud|sales|app|vehicle|electric))", re.IGNORECASE)
_REMOTE = re.compile(r"(?:^|[\s(\[|,/–-])(?:remote|homeoffice|home[ -]based|wfh)(?=$|[\s)\]|,/–!:-])", re.IGNORECASE)
_ON_SITE = re.compile(r"\b(?:on-?site|in-office|office[ -]based)\b", re.IGNORECASE)
_NOT_A_PLACE = re.compile(r"\bremote (?:sensing|control|access|support|desktop|systems?|monitoring)\b", re.IGNORECASE)


def read_workplace(posting: Posting, body: Body = NO_TEXT) -> Workplace | None:
    """Remote, hybrid or on site, or None when neither `posting` nor the text says it.

    `remote: false` alone is not on site: it is also said of hybrid jobs.
    """
    if (stated := _stated(posting)) is not None:
        return stated
    if denies_remote(body):
        return Workplace.ON_SITE
    told = _told(posting)
    if posting.remote:
        return Workplace.HYBRID if told is Workplace.HYBRID else Workplace.REMOTE
    return told or workplace_said(body)


def workplace_conflict(posting: Posting, body: Body) -> str | None:
    """What the source says of remote work and its text denies, in words; None when they agree."""
    stated = _stated(posting)
    says = f"workplace is {posting.workplace!r}" if stated is Workplace.REMOTE else "remote is true"
    if stated is Workplace.REMOTE or (stated is None and posting.remote):
        return f"{says}, but the text says that the work is not done at home." if denies_remote(body) else None
    return None


def _stated(posting: Posting) -> Workplace | None:
    if not posting.workplace:
        return None
    value = phrases("workplace").get(words(clean_line(posting.workplace)))
    return Workplace(value) if value is not None and value != "unspecified" else None


def _told(posting: Posting) -> Workplace | None:
    """What the title and the places say. Hybrid beside remote is hybrid; an office beside remote is remote."""
    title = _NOT_A_PLACE.sub("", clean_line(posting.title))
    modes = {spot.mode for place in posting.places[:_MAX_PLACES] for spot in spots_of(place)}
    if Workplace.HYBRID in modes or _HYBRID.search(title):
        return Workplace.HYBRID
    if Workplace.REMOTE in modes or _REMOTE.search(title):
        return Workplace.REMOTE
    if Workplace.ON_SITE in modes or _ON_SITE.search(title):
        return Workplace.ON_SITE
    return None
