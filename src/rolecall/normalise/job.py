"""From a source's words to a `Job`: one question after the other, each answered by its own module.

Never raises on any posting. What cannot be read is left out and reported; a posting without a title or an address is
no job, and reported as an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from rolecall.address import web_address
from rolecall.issues import Issue, Level
from rolecall.model import Board, Employment, Job, Place, Posting, RemoteFrom, Salary, Workplace
from rolecall.normalise.amount import dollar_in, home_currencies
from rolecall.normalise.body import Body, read_body
from rolecall.normalise.closes_said import closes_said
from rolecall.normalise.contract_said import employment_said, sponsorship_said
from rolecall.normalise.dates import is_vague, read_date
from rolecall.normalise.description import for_readers, whole_description
from rolecall.normalise.employment import read_employment, words_of_title
from rolecall.normalise.identity import stored_key
from rolecall.normalise.language import read_language
from rolecall.normalise.level import read_level
from rolecall.normalise.pay_in_text import is_said_to_be_other, salary_in
from rolecall.normalise.place import MAX_PLACES, count_places, read_places
from rolecall.normalise.remote_from import read_remote_from, remote_from_conflict
from rolecall.normalise.salary import read_salary
from rolecall.normalise.tags import Vocabulary
from rolecall.normalise.text import clean_line, cut
from rolecall.normalise.title import Known, read_title
from rolecall.normalise.workplace import read_workplace, workplace_conflict

PEOPLE = "people"  # the source of jobs that people write
_MAX_TITLE, _MAX_COMPANY, _MAX_WORD = 200, 120, 120
_TEXT_ADDS: Mapping[tuple[Employment, ...], tuple[Employment, ...]] = {
    (Employment.CONTRACTOR,): (Employment.PART_TIME,),
    (Employment.PART_TIME,): (Employment.CONTRACTOR,),
}
_POSTED_AHEAD, _CLOSES_AHEAD = timedelta(days=2), timedelta(days=400)
_NUMBER = re.compile(r"^\d{3,}\s*[-–:]?\s+(?=\D)")
_MAILTO = re.compile(r"mailto:[^\s@<>\"?]+@[^\s@<>\"?]+\.[^\s@<>\"?]+", re.IGNORECASE)


@dataclass(slots=True)
class _Findings:
    where: str
    found: list[Issue] = field(default_factory=list)

    def add(self, code: str, what: str, hint: str, level: Level = Level.WARNING) -> None:
        self.found.append(Issue(code, self.where, what, hint, level))


def to_job(
    posting: Posting,
    board: Board,
    today: date,
    vocabulary: Vocabulary,
    *,
    apply_via_source: bool = False,
    employer: str = "",
) -> tuple[Job | None, list[Issue]]:
    """`posting` as a `Job`, and what was noticed on the way; None when it cannot become one.

    `apply_via_source`: the source's terms demand that people apply through the source's own page. `employer`: what the
    board's address tells of who hires, for want of a better name.
    """
    findings = _Findings(f"{board.name} {cut(clean_line(posting.key), 80) or '?'}")
    title = cut(clean_line(posting.title), _MAX_TITLE)
    key = stored_key(posting.key)
    address = _apply_url(posting, findings, apply_via_source)
    missing = "title" if not title else "key" if not key else None if address else "usable address"
    if missing:
        what = f"the posting {title[:60]!r} has no {missing}, so it is left out."
        findings.add("unusable-posting", what, "Compare the source with its documentation.")
        return None, findings.found
    company = _company(posting, board, employer)
    whole = whole_description(posting)
    body = read_body(whole, company)
    facts = _facts(posting, title, body, findings)
    name = _name(title, company, facts, board)
    source = {"name": board.source, "board": board.board, "key": key, "url": web_address(posting.url)}
    values = {
        "title": name,
        "company": company,
        "apply_url": address,
        "source": source if name == title else source | {"title": title},
        "description_html": for_readers(whole),
        # Of the name, not the title: the Phoenix of a place is no framework.
        "tags": vocabulary.read(name, body, posting.tags, employer=company),
        **_dates(posting, body, today, findings),
        **facts,
    }
    return _made(values, findings), findings.found


def _name(title: str, company: str, facts: Mapping[str, Any], board: Board) -> str:
    if board.source == PEOPLE:
        return title  # people wrote what they mean; a source writes what its form has no field for
    return read_title(title, Known(company, facts["places"], facts["remote_from"], facts["workplace"]))


def _facts(posting: Posting, title: str, body: Body, findings: _Findings) -> dict[str, Any]:
    """What the words of `posting` say of the job itself, but for tags; unknown is None or empty."""
    workplace = read_workplace(posting, body)
    places = _places(posting, workplace, findings)
    remote_from = read_remote_from(posting, workplace, body)
    for what in (workplace_conflict(posting, body), remote_from_conflict(posting, remote_from)):
        if what:
            findings.add("contradiction", what, "Ask the employer; the job says what seems true.", Level.INFO)
    return {
        "places": places,
        "workplace": workplace,
        "remote_from": remote_from,
        "employment": _employment(posting, body, findings),
        "salary": _salary(posting, places, remote_from, body),
        "level": read_level(title, (posting.level,) if posting.level else ()),
        "department": _department(posting.department),
        "requisition_id": _word(posting.requisition_id),
        "language": read_language(posting.language, body),
        "sponsorship": sponsorship_said(body),
    }


def _places(posting: Posting, workplace: Workplace | None, findings: _Findings) -> tuple[Place, ...]:
    places = read_places(posting.places, workplace)
    is_many = len(places) == MAX_PLACES or len(posting.places) > MAX_PLACES
    named = count_places(posting.places, workplace) if is_many else 0
    if places and named > len(places):
        what = f"names {named} places, and the job keeps the first {len(places)}: {named - len(places)} are left out."
        findings.add("many-places", what, "The posting's own page has them all.")
    return places


def _made(values: dict[str, Any], findings: _Findings) -> Job | None:
    try:
        return Job(**values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}, so the posting is left out."
        findings.add("unusable-posting", what, "Report it: the normaliser should have seen to this.")
        return None


def _apply_url(posting: Posting, findings: _Findings, via_source: bool) -> str | None:
    given = (posting.url, posting.apply_url) if via_source else (posting.apply_url, posting.url)
    for address in given:
        if not address:
            continue
        safe = web_address(address) or (address if len(address) <= 300 and _MAILTO.fullmatch(address) else None)
        if safe and clean_line(safe) == safe:
            return safe
        findings.add("unusable-address", f"{address[:80]!r} cannot be linked.", "Only http, https and mailto are.")
    return None


def _company(posting: Posting, board: Board, employer: str) -> str:
    slug = re.sub(r"[-_.+]+", " ", employer or board.board).title()
    names = (clean_line(name) for name in (posting.company, board.company, slug, board.source) if name)
    return cut(next((name for name in names if name), "?"), _MAX_COMPANY)


def _dates(posting: Posting, body: Body, today: date, findings: _Findings) -> dict[str, Any]:
    """First published, whether that is only the day we saw it, and the last day to apply."""
    posted = _date(posting.posted, "posted", today, findings)
    closes = _date(posting.closes, "closes", today, findings) or closes_said(body, today)
    if posted is not None and posted > today + _POSTED_AHEAD:
        findings.add("date-ahead", f"posted is {posted}, after today.", "It counts as unknown.")
        posted = None
    if closes is not None and closes > today + _CLOSES_AHEAD:
        what = f"closes is {closes}, more than 400 days ahead."
        findings.add("date-ahead", what, "It counts as unknown.", Level.INFO)
        closes = None
    if posted is None:
        return {"posted": min(today, closes or today), "posted_estimated": True, "closes": closes}
    if closes is not None and closes < posted:
        findings.add("dates-crossed", f"closes {closes} is before posted {posted}.", "The last day counts as unknown.")
        closes = None
    return {"posted": posted, "closes": closes}


def _date(text: str | None, name: str, today: date, findings: _Findings) -> date | None:
    day = read_date(text, today)
    if day is None and text and text.strip() and not is_vague(text):
        findings.add("unreadable-date", f"{name} is {text[:40]!r}.", "It counts as unknown.", Level.INFO)
    return day


def _employment(posting: Posting, body: Body, findings: _Findings) -> tuple[Employment, ...]:
    """The source's words and the title's together; the text where these say nothing, or leave the hours open."""
    known, unknown = read_employment((*posting.employment, *words_of_title(posting.title)))
    for word in unknown:
        findings.add(
            "unknown-employment-type",
            f"{word[:60]!r} is no form of contract that we know.",
            "Add it to tables/employment.yaml.",
        )
    # Hours alone leave the form open, a contractor the hours; anything else is an answer.
    adds = _TEXT_ADDS.get(known, ())
    said = employment_said(body) if not known or adds else ()
    return tuple(form for form in Employment if form in known or (form in said and (not known or form in adds)))


def _salary(posting: Posting, places: tuple[Place, ...], remote_from: RemoteFrom | None, body: Body) -> Salary | None:
    """What the source's fields say, else its text. A bare `$` is the US dollar only where nobody has another one."""
    countries = {place.country for place in places if place.country} | set(remote_from.countries if remote_from else ())
    is_wide = remote_from is not None and (remote_from.regions or remote_from.worldwide)
    dollar = None if is_wide else dollar_in(countries)
    stated = read_salary(posting.salary, dollar=dollar)
    if stated is not None and is_said_to_be_other(body.text, stated):
        return None
    if stated is not None and stated.currency is not None and stated.per is not None:
        return stated
    told = salary_in(body.text, dollar=dollar, home=home_currencies(countries))
    if stated is None or told is None:
        return stated or told
    is_same = (told.min, told.max or told.min) == (stated.min, stated.max) and stated.currency in (None, told.currency)
    return told if is_same else stated


def _department(text: str | None) -> str | None:
    """The employer's word for the team, without the number that its books have for it: `1643 Sales` is Sales."""
    word = _word(text)
    return _NUMBER.sub("", word) or word if word else None


def _word(text: str | None) -> str | None:
    return cut(clean_line(text), _MAX_WORD) or None if text else None
