"""How senior the role is: from the title, else from the source's own field. Years of experience make no level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rolecall.model import Seniority
from rolecall.normalise.lookup import fold, listed, phrases_in, table, words
from rolecall.normalise.text import clean_line

_MAX_TITLE = 300
# A number after the job's name is a grade: "Engineer II", "Analyst III (Remote)".
_GRADE = re.compile(r"(?<=[a-zäöü])(?<!Tier)(?<!Level) (I{1,3}|IV)(?=$|[\s,(/|:-])")
_EITHER = re.compile(r"/ ?staff\b", re.IGNORECASE)  # Senior / Staff: the first counts, as in Senior/Lead
_GRADES = {"I": Seniority.JUNIOR, "II": Seniority.MID, "III": Seniority.SENIOR, "IV": Seniority.SENIOR}
# Of several words the role's rank decides; Senior, Lead and Junior go by which comes first.
_RANK = (Seniority.INTERN, Seniority.EXECUTIVE, Seniority.DIRECTOR, Seniority.MANAGER)


def read_level(title: str, words: Sequence[str] = ()) -> Seniority | None:
    """The level that `title` names, else the one that the source's `words` agree on, else None."""
    named = _in_title(clean_line(title)[:_MAX_TITLE])
    if named is not None:
        return named
    said = {level for word in words for level in _levels("field", clean_line(word)[:_MAX_TITLE])}
    return said.pop() if len(said) == 1 else None


def _in_title(title: str) -> Seniority | None:
    found = _levels("title", title)
    if not any(level in _RANK for level in found) and _staff().search(fold(title)):
        found = found if found and _EITHER.search(title) else [Seniority.LEAD]
    ranked = next((level for level in _RANK if level in found), None)
    if ranked or found:
        return ranked or found[0]
    grade = _GRADE.search(title)
    return _GRADES[grade[1]] if grade else None


def _levels(section: str, text: str) -> list[Seniority]:
    values = [value for value in phrases_in(words(text), _known(section)) if value is not None]
    return [Seniority(value) for value in values if value != "none"]


@cache
def _staff() -> re.Pattern[str]:
    """`Staff Software Engineer`, `Staff, UX Designer`, `Engineer (Staff)`."""
    roles = "|".join(map(re.escape, listed(table("levels")["staff_of"])))
    return re.compile(rf"\bstaff\+?,? (?:[\w/&.+-]+,? ){{0,4}}?(?:{roles})\b|\b(?:{roles})\b.{{0,30}}[,(/-] ?staff\b")


@cache
def _known(section: str) -> dict[tuple[str, ...], str]:
    rows = table("levels")[section].items()
    return {words(phrase): value for value, cell in rows for phrase in listed(cell)}
