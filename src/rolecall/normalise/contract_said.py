"""The form of the contract and whether a work permit is sponsored, as the sentences of an ad say it."""

from __future__ import annotations

import re

from rolecall.model import Employment, Sponsorship
from rolecall.normalise.body import Body, Kind
from rolecall.normalise.employment import read_employment
from rolecall.normalise.said import around, found, is_said

# Benefits speak of all who work there: `for all full-time employees`.
_OF_THE_JOB: frozenset[Kind] = frozenset({"plain", "needs", "tasks", "nice"})
_LABELS = (
    "employment type",
    "job type",
    "position type",
    "contract type",
    "engagement type",
    "anstellungsart",
    "vertragsart",
)
_LABELLED = re.compile(
    r"(?:employment|job|position|contract|engagement) type\W{1,3}([^\n.;|•]{3,40})"
    r"|(?:anstellungs|vertrags)art\W{1,3}([^\n.;|•]{3,40})"
)
_NOT_NOW = re.compile(
    r"(?:convert|conversion|interested in|lead to|leading to|transition|extend|path|become|grow)\b[^.]{0,40}$"
)
_FORMS = (Employment.FULL_TIME, Employment.PART_TIME, Employment.CONTRACTOR, Employment.TEMPORARY)


def employment_said(body: Body) -> tuple[Employment, ...]:
    """The forms of contract that the text states of this job."""
    stated: set[Employment] = set()
    for label in _LABELS:
        for words, _, _ in around(body, label) if label in body.lower else ():
            if match := _LABELLED.search(words):
                stated.update(read_employment((match[1] or match[2],))[0])
    for form in _FORMS:
        if any(not _NOT_NOW.search(match.string, 0, match.start()) for match in found(body, form.value, _OF_THE_JOB)):
            stated.add(form)
    return tuple(form for form in Employment if form in stated)


def sponsorship_said(body: Body) -> Sponsorship | None:
    """Whether the text says that a work permit is sponsored; None when it does not say, or says both."""
    if "sponsor" not in body.lower and "visa" not in body.lower:
        return None
    no, yes = is_said(body, "not_sponsored"), is_said(body, "sponsored")
    return None if yes == no else Sponsorship.NO if no else Sponsorship.YES
