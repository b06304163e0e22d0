"""Where the work is done: the source's own word first, then its boolean, then what title and places say."""

from __future__ import annotations

import re

from rolecall.model import Posting, Workplace
from rolecall.normalise.lookup import phrases, words
from rolecall.normalise.spot import spots_of
from rolecall.normalise.text import clean_line

_MAX_PLACES = 60
_HYBRID = re.compile(r"\bhybrid\b(?!\s+(?:cloud|sales|app|vehicle|electric))", re.IGNORECASE)
_REMOTE = re.compile(r"(?:^|[\s(\[|,/–-])(?:remote|homeoffice|home[ -]based|wfh)(?=$|[\s)\]|,/–!:-])", re.IGNORECASE)
_ON_SITE = re.compile(r"\b(?:on-?site|in-office|office[ -]based)\b", re.IGNORECASE)
_NOT_A_PLACE = re.compile(r"\bremote (?:sensing|control|access|support|desktop|systems?|monitoring)\b", re.IGNORECASE)


def read_workplace(posting: Posting) -> Workplace | None:
    """Remote, hybrid or on site, or None when `posting` does not say.

    `remote: false` alone is not on site: it is also said of hybrid jobs.
    """
    if posting.workplace:
        value = phrases("workplace").get(words(clean_line(posting.workplace)))
        if value is not None and value != "unspecified":
            return Workplace(value)
    told = _told(posting)
    if posting.remote:
        return Workplace.HYBRID if told is Workplace.HYBRID else Workplace.REMOTE
    return told


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
