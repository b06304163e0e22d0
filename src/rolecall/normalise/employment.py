"""The form of the contract, from a source's words. A word that no table knows is handed back: it becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolecall.model import Employment
from rolecall.normalise.lookup import phrases, phrases_in, words
from rolecall.normalise.text import clean_line

_MAX_WORDS = 40
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATOR = re.compile(r"[,;|/\n]| or | und | oder ")


def read_employment(words: Sequence[str]) -> tuple[tuple[Employment, ...], tuple[str, ...]]:
    """What `words` say of the contract, in the order of the enum, and the words that were not understood.

    `Permanent` and `Regular` mean full time only when nothing else is said.
    """
    found: set[str] = set()
    unknown: list[str] = []
    for given in words[:_MAX_WORDS]:
        for part in _SEPARATOR.split(clean_line(given)):
            values = _values(part)
            if not values and part.strip():
                unknown.append(part.strip())
            found.update(values)
    others = {"part_time", "contractor", "temporary", "per_diem", "volunteer", "intern"}
    if "full_time_if_alone" in found and not found & others:
        found.add("full_time")
    return tuple(form for form in Employment if form.value in found), tuple(dict.fromkeys(unknown))


# Who leads, teaches or books interns is none; a stage manager works at a theatre.
_OF_OTHERS = (
    r"(?![ -](?:program\w*|coordinator|recruit\w+|success|tax|manager|technician|hand|design\w*|tutor|supervisor|"
    r"officer)\b)"
)
# Words that a title has for the contract and for nothing else, and those that need brackets or a dash: the Contract
# Manager has no contract for a time.
_IN_TITLE = re.compile(
    r"\b(freelance|part[- ]time|full[- ]time|praktikum|pflichtpraktikum|praktikant(?:in)?|werkstudent(?:in)?|"
    r"working student|minijob|teilzeit|vollzeit|stagiaire|estagi[aá]ri[oa]|estágio|becari[oa]|ausbildung|"
    r"auszubildender?|trainee|fixed[- ]term|alternance|alternante?|ftc|contract[- ]to[- ]hire|elternzeitvertretung|"
    rf"saisonkraft|(?:freelancer|internship|intern|apprentice(?:ship)?|1099|stage)\b{_OF_OTHERS})\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\balternatives? to\b.*", re.IGNORECASE)
_SET_APART = re.compile(
    r"(?:^|[-–—(\[|,/]\s?)(?:\d{1,2}[- ]?months? |w2 |long[- ]term |short[- ]term )?"
    r"(contract(?:or)?|temporary|temp|seasonal|fixed[- ]term contract|maternity cover|per diem|prn|casual|befristet|"
    r"interim|cdd|cdi)\b(?=$|\s?[-–—)\]|,/])",
    re.IGNORECASE,
)


def words_of_title(title: str) -> tuple[str, ...]:
    """What a title says of the contract: `(Contract)`, `Marketing Intern`, `- Freelance`."""
    line = _INSTEAD.sub("", clean_line(title))
    return tuple(found[1] for pattern in (_IN_TITLE, _SET_APART) for found in pattern.finditer(line))


def _values(text: str) -> set[str]:
    parts = words(_CAMEL.sub(" ", text))[:_MAX_WORDS]
    return {value for value in phrases_in(parts, phrases("employment")) if value is not None}
