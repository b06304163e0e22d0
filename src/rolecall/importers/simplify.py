"""`listings.json` as SimplifyJobs keeps it in `.github/scripts/`, and the lists that grew out of it (vanshb03).

Shape: a list of mappings: company_name, title, locations, url, date_posted (epoch), active, is_visible, sponsorship;
in lists of internships also terms or season. Quirks: `active: false` is closed; `is_visible: false` was taken out of
sight by the list's keepers, and stays out; sponsorship `Other` says nothing; company_url leads to simplify.jobs, not
to the employer. No field here for: id, source (who sent it in), date_updated, terms, season, category, degrees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rolecall.importers.base import (
    Draft,
    Facts,
    Imported,
    Importer,
    LeftOut,
    Losses,
    head_of,
    website_of,
    without_tracking,
)
from rolecall.importers.parsing import as_text, json_items
from rolecall.importers.wording import bare_title, sponsorship_of, sponsorship_of_signs
from rolecall.model import PlaceText, Posting, Sponsorship
from rolecall.normalise.text import clean_line

_CARRIED = frozenset(
    {"company_name", "title", "locations", "url", "date_posted", "active", "is_visible", "sponsorship", "company_url"}
)
_SPONSORSHIP = {
    "offers sponsorship": Sponsorship.YES,
    "does not offer sponsorship": Sponsorship.NO,
    "u.s. citizenship is required": Sponsorship.NO,
}
_SHAPE = re.compile(r'"company_name"\s*:')


def _knows(name: str, data: bytes) -> bool:
    if not name.lower().endswith(".json"):
        return False
    head = head_of(data)
    return bool(_SHAPE.search(head)) and any(f'"{key}"' in head for key in ("is_visible", "date_posted", "active"))


def _read(name: str, data: bytes, _today: date) -> Imported:
    losses = Losses()
    return Imported.of((_entry(item, line, losses) for line, item in json_items(name, data)), losses)


def _entry(item: Any, line: int, losses: Losses) -> Draft | LeftOut:
    if not isinstance(item, Mapping):
        return LeftOut(line, as_text(item)[:80], "not-an-entry", "It is no mapping of keys to values.")
    title, signs = bare_title(as_text(item.get("title")))
    company = clean_line(as_text(item.get("company_name")))
    url = as_text(item.get("url")).strip()
    if missing := _missing(item, line, title, company, url):
        return missing
    _note(item, losses)
    said = as_text(item.get("sponsorship"))
    places = item.get("locations")
    places = places if isinstance(places, list) else [places]
    is_for_interns = bool(item.get("terms") or item.get("season"))
    posting = Posting(
        key=as_text(item.get("id")) or str(line),
        title=title,
        company=company,
        apply_url=without_tracking(url, losses),
        posted=as_text(item.get("date_posted")) or None,
        places=tuple(PlaceText(text=text) for place in places if (text := as_text(place).strip())),
        employment=("internship",) if is_for_interns else (),
    )
    sponsorship = _SPONSORSHIP.get(said.lower()) or sponsorship_of(said) or sponsorship_of_signs(signs)
    facts = Facts(website=website_of(as_text(item.get("company_url")) or None))
    return Draft(posting, line, closed=item.get("active") is False, sponsorship=sponsorship, facts=facts)


def _missing(item: Mapping[str, Any], line: int, title: str, company: str, url: str) -> LeftOut | None:
    shown = ": ".join(part for part in (company, title) if part) or as_text(item)[:80]
    if item.get("is_visible") is False:
        return LeftOut(line, shown, "hidden", "The list itself does not show it (is_visible is false).")
    for name, value in (("title", title), ("company", company)):
        if not value:
            return LeftOut(line, shown, f"no-{name}", f"It has no {name}.")
    if url:
        return None
    if item.get("active") is False:
        return LeftOut(line, shown, "closed", "It is closed, and has no address any more.")
    return LeftOut(line, shown, "no-address", "It has no address.")


def _note(item: Mapping[str, Any], losses: Losses) -> None:
    for key, value in item.items():
        if key not in _CARRIED and as_text(value):
            losses.add(key, "no field for it", as_text(value))
    said = as_text(item.get("sponsorship"))
    if "citizen" in said.lower():
        losses.add("sponsorship", "carried as: no sponsorship", said)
    elif said and _SPONSORSHIP.get(said.lower()) is None and sponsorship_of(said) is None:
        losses.add("sponsorship", "says neither yes nor no", said)
    if (address := as_text(item.get("company_url"))) and website_of(address) is None:
        losses.add("company_url", "leads to another list, not to the employer", address)


IMPORTER = Importer("simplify", "listings.json of SimplifyJobs and lists like it", _knows, _read)
