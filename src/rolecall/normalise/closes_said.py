"""The last day to apply, where only the text of an ad names it: `Applications close on 30 June 2026`."""

from __future__ import annotations

import re
from datetime import date

from rolecall.normalise.body import Body
from rolecall.normalise.dates import read_date
from rolecall.normalise.lookup import fold, listed, table
from rolecall.normalise.said import around

_NEAR = 45
_YEAR = re.compile(r"20[2-9]\d")  # without a year there is no day: most ads end here
# Between the words and the day: a day of something else, or of the past.
_OF_ELSE = re.compile(r"[;.!?]\s|\b(?:starts?|starting|begins?|beginning|was|were|grants?|funding|fund|tax|phone)\b")
_DATE = re.compile(
    r"20\d\d-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th|\.)? (?:of |de )?[a-zà-ÿ]{3,10}\.?,? (?:de )?20\d\d"
    r"|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? 20\d\d|\d{1,2}\.\d{1,2}\.20\d\d"
    # Of 03/04/2027 nobody knows which is the month.
    r"|(?:1[3-9]|2\d|3[01])/\d{1,2}/20\d\d|\d{1,2}/(?:1[3-9]|2\d|3[01])/20\d\d"
)


def closes_said(body: Body, today: date) -> date | None:
    """The day that the text calls the last one, or None: there is none, there are several, or it is over.

    What a source still lists is open, whatever an old text says. A day without a year is none.
    """
    found: set[date] = set()
    for words in listed(table("dates")["deadline"]) if _YEAR.search(body.lower) else ():
        if words not in body.lower:
            continue
        for near, start, mention in around(body, words):
            at = mention - start + len(words)
            stated = _DATE.search(near, at, at + _NEAR + 20)
            day = read_date(fold(stated[0]), today) if stated and _is_of_it(near, at, stated.start()) else None
            found.update([day] if day else [])
    day = found.pop() if len(found) == 1 else None
    return day if day is not None and day >= today else None


def _is_of_it(near: str, start: int, end: int) -> bool:
    return end - start <= _NEAR and _OF_ELSE.search(near, start, end) is None
