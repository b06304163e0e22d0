"""Which field a column, key or header word means. The words are those of real lists; case and signs do not count."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = {
    "company": (
        "company, companies, employer, organization, organisation, org, company name, hiring organization, "
        "firma, unternehmen, arbeitgeber, entreprise, empresa, agency, startup"
    ),
    "title": (
        "title, role, roles, position, positions, job, job title, role title, position title, opening, "
        "vacancy, job name, role name, stelle, poste, puesto, job role, program, programme"
    ),
    "place": (
        "location, locations, place, places, where, office, offices, ort, standort, lieu, ubicacion, job "
        "location, city state, based in, work location, geo"
    ),
    "city": "city, town, stadt",
    "region": "region, state, province",
    "country": "country, countries, land, pays",
    "link": (
        "link, links, apply, application, application link, apply link, url, job url, posting, job posting, "
        "apply here, apply url, link to apply, job link, application url, how to apply, job posting link, "
        "href, posting link, application form, careers page, careers, job description link, apply at, "
        "bewerbung, link to job"
    ),
    "posted": (
        "date, date posted, posted, posted on, posted at, posted date, date added, added, added on, age, "
        "published, published at, publication date, created, created at, open date, opened, date opened, "
        "datum"
    ),
    "closes": (
        "deadline, closes, closing date, expires, expires at, expiry, expiration, expiration date, apply by, "
        "due, due date, closing, application deadline, valid through, end date, frist, closes on, close date, "
        "date closed"
    ),
    "pay": (
        "salary, pay, compensation, salary range, wage, wages, pay range, remuneration, gehalt, salaire, stipend, comp"
    ),
    "pay_min": "salary min, min salary, salary from, pay min, minimum salary",
    "pay_max": "salary max, max salary, salary to, pay max, maximum salary",
    "pay_currency": "currency, salary currency, pay currency",
    "pay_per": "salary period, pay period, per, salary unit, pay unit",
    "notes": (
        "notes, note, comments, comment, description, details, summary, about, info, additional info, job "
        "description, requirements, beschreibung"
    ),
    "sponsorship": "sponsorship, visa, visa sponsorship, sponsor, sponsors, sponsors visa, h1b, offers sponsorship",
    "employment": (
        "type, employment type, job type, contract, contract type, employment, commitment, contract time, hours"
    ),
    "workplace": (
        "remote, workplace, work model, work mode, work type, workplace type, remote ok, on site, onsite, "
        "remote hybrid, location type, arrangement, wfh"
    ),
    "tags": "tags, skills, technologies, tech stack, stack, tech, keywords, languages, technology, skill",
    "level": "level, seniority, experience, experience level, seniority level",
    "department": "department, team, abteilung",
    "status": "status, active, open, state of application, availability, is open",
    "website": "website, company url, company website, homepage, site, company site, web",
    "logo": "logo, company logo",
    "requisition": "requisition, requisition id, req id, req, job id, reference",
}
_FIELDS = {word.strip(): field for field, words in _WORDS.items() for word in words.split(",")}


def plain_word(header: str) -> str:
    """`Date Posted:` and `date_posted` are `date posted`; emoji and signs fall away."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header[:80])
    return " ".join(re.sub(r"[^a-z0-9]+", " ", spaced.lower()).split())


def field_of(header: str) -> str | None:
    """The field that one header means, or None."""
    word = plain_word(header)
    found = _FIELDS.get(word)
    if found is None and "/" in header:  # `Application/Link`
        found = next(filter(None, (_FIELDS.get(plain_word(part)) for part in header.split("/"))), None)
    return found


def fields_of(headers: Sequence[str]) -> list[str | None]:
    """The field of each header, in order; the first of two columns for one field has it. `Name` is what is missing."""
    found: list[str | None] = []
    for header in headers:
        field = field_of(header)
        found.append(field if field not in found else None)
    if any(plain_word(header) == "name" for header in headers):
        at = next(number for number, header in enumerate(headers) if plain_word(header) == "name")
        missing = "company" if "company" not in found else "title" if "title" not in found else None
        found[at] = found[at] or missing
    return found


def holds_jobs(fields: Sequence[str | None]) -> bool:
    """Whether a table with these columns is one of jobs: an employer, and a job or a way to apply to it."""
    known = set(fields)
    return ("company" in known and bool(known & {"title", "link"})) or {"title", "link"} <= known
