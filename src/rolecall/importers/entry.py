"""One entry of a list, given as a cell for each field, becomes a draft: the same for tables, CSV and JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rolecall import markup
from rolecall.importers.base import Draft, Facts, LeftOut, Losses, github_of, is_of_a_list, website_of, without_tracking
from rolecall.importers.cells import Cell, Link
from rolecall.importers.places import spelled
from rolecall.importers.wording import (
    bare_title,
    day_of,
    denied_in,
    is_closed,
    says_closed,
    sponsorship_of,
    sponsorship_of_signs,
)
from rolecall.model import PayText, PlaceText, Posting, Sponsorship
from rolecall.normalise.place import read_places
from rolecall.normalise.text import clean_line

EMPTY = Cell()
_TAG_BREAK = re.compile(r"[,;|\n]")
_SAYS_NOTHING = re.compile(r"(?:n/?a|none|null|nan|tbd|tba|unknown|unspecified|not specified|[-–—?.]*)", re.IGNORECASE)
_APPLY = re.compile(r"appl|bewerb|postul|job|link", re.IGNORECASE)
_MORE = re.compile(r"\+\s?\d+\b.*$|\band \d+ more\b.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """What holds for all entries of one table. `country` and `internships` are what its headings say."""

    today: date
    has_links: bool = True
    month_first: bool = False
    country: str | None = None
    internships: bool = False
    losses: Losses = field(default_factory=Losses)


def draft_of(cells: Mapping[str, Cell], line: int, ground: Ground, above: str = "") -> Draft | LeftOut:
    """The draft that the cells of one entry make. `above` is the company of the entry before, for `↳` and blanks."""
    title, signs = bare_title(_said(cells, "title"))
    company = company_of(cells, above)
    address = _address(cells, ground)
    shown = ": ".join(part for part in (company, title) if part) or "an entry without words"
    if missing := [name for name, value in (("title", title), ("company", company)) if not value]:
        return LeftOut(line, shown, f"no-{missing[0]}", f"It has no {missing[0]}.")
    closed = _is_closed(cells)
    if address is None:
        if closed:
            return LeftOut(line, shown, "closed", "It is closed, and has no address any more.")
        return LeftOut(line, shown, *_why_no_address(cells))
    _note_signs(signs, title, ground)
    posted, closes, estimated = _days(cells, ground)
    text = _notes(cells)
    is_html = text is not None and markup.looks_like_html(text)
    posting = Posting(
        key=str(line),
        title=title,
        company=company,
        apply_url=address,
        posted=posted,
        closes=closes,
        places=places_of(cells, ground.country),
        description=text if is_html else None,
        **_more(cells, ground),
    )
    markdown = None if is_html else text
    return Draft(posting, line, markdown, closed, estimated, _sponsorship(cells, signs, ground), _facts(cells, ground))


def _days(cells: Mapping[str, Cell], ground: Ground) -> tuple[str | None, str | None, bool]:
    """(first day, last day, whether the first is only estimated)."""
    said = _said(cells, "posted")
    posted, estimated = day_of(said, ground.today, month_first=ground.month_first)
    closes, _ = day_of(_said(cells, "closes"), ground.today, month_first=ground.month_first)
    if estimated:
        ground.losses.add("posted", "an age, or a day without a year: the day is estimated", said)
    return posted, closes, estimated


def _note_signs(signs: str, title: str, ground: Ground) -> None:
    for sign in dict.fromkeys(signs):
        if not sponsorship_of_signs(signs) and sign.isprintable() and sign not in "\ufe0f🔒":
            ground.losses.add("title", "signs beside it", f"{sign} {title}")


def _sponsorship(cells: Mapping[str, Cell], signs: str, ground: Ground) -> Sponsorship | None:
    """What the column for it says, else signs in the other cells."""
    said = _said(cells, "sponsorship")
    marks = signs + "".join(_said(cells, name) for name in ("company", "link", "notes"))
    found = sponsorship_of(said) or sponsorship_of_signs(marks) or denied_in(_said(cells, "notes"))
    if said and (found is None or "citizen" in said.lower()):
        why = "says neither yes nor no" if found is None else "carried as: no sponsorship"
        ground.losses.add("sponsorship", why, said)
    return found


def _facts(cells: Mapping[str, Cell], ground: Ground) -> Facts:
    logo = _picture(cells.get("logo", EMPTY))
    return Facts(website=website_of(_website(cells, ground)), github=_github(cells), logo=logo)


def company_of(cells: Mapping[str, Cell], above: str) -> str:
    """The employer; `↳` or nothing means the one above."""
    said = clean_line(_said(cells, "company"))
    return above if said[:1] in "↳⤷└" else bare_title(said)[0]


def places_of(cells: Mapping[str, Cell], country: str | None) -> tuple[PlaceText, ...]:
    """The places, one for each line. A table's country is added where a text alone does not tell one."""
    parts = {name: _said(cells, name) or None for name in ("city", "region", "country")}
    if any(parts.values()):
        return (PlaceText(text=_said(cells, "place") or None, **parts),)
    found = []
    for given in cells.get("place", EMPTY).lines:
        text = spelled(_MORE.sub("", given).strip(" ,;"))
        if not text or _SAYS_NOTHING.fullmatch(text):
            continue
        read = read_places((PlaceText(text=text),))
        told = any(place.country for place in read) or not read
        found.append(PlaceText(text=text if told or not country else f"{text}, {country}"))
    return tuple(found)


def _said(cells: Mapping[str, Cell], name: str) -> str:
    text = cells.get(name, EMPTY).text.strip()
    return "" if _SAYS_NOTHING.fullmatch(text) else text


def _is_closed(cells: Mapping[str, Cell]) -> bool:
    texts = [_said(cells, name) for name in ("title", "link")]
    status = _said(cells, "status")
    struck = any(cells.get(name, EMPTY).struck for name in ("title", "company"))
    return struck or any(map(says_closed, texts)) or is_closed(status) or says_closed(_said(cells, "notes"))


def _address(cells: Mapping[str, Cell], ground: Ground) -> str | None:
    """Where to apply: in the column for it, else on the title, and only in a table without such a column elsewhere."""
    names = ("link", "title") if ground.has_links else ("title", "company", "notes")
    for name in names:
        links = cells.get(name, EMPTY).links
        own = [link for link in links if not is_of_a_list(link.address)]
        best = next((link for link in own if _APPLY.search(link.text)), None) or next(iter(own or links), None)
        if best is not None:
            _note_others(name, links, best, ground)
            return without_tracking(best.address, ground.losses)
    return None


def _note_others(name: str, links: tuple[Link, ...], best: Link, ground: Ground) -> None:
    for link in links:
        if link.address != best.address:
            why = "the list's own link" if is_of_a_list(link.address) else "a second link"
            ground.losses.add(name, why, link.address)


def _why_no_address(cells: Mapping[str, Cell]) -> tuple[str, str]:
    """(reason, sentence)."""
    stated = [cells.get(name, EMPTY) for name in ("link", "title")]
    refused = next((cell.refused for cell in stated if cell.refused), "") or clean_line(_said(cells, "link"))
    if refused:
        return "refused-address", f"{refused[:80]!r} is no address that can be linked."
    return "no-address", "It has no address."


def _website(cells: Mapping[str, Cell], ground: Ground) -> str | None:
    stated = cells.get("website", EMPTY)
    links = stated.links or (cells.get("company", EMPTY).links if ground.has_links else ())
    if links:
        return links[0].address
    bare = stated.text.strip()
    return f"https://{bare}" if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", bare) else None


def _github(cells: Mapping[str, Cell]) -> str | None:
    links = (*cells.get("website", EMPTY).links, *cells.get("company", EMPTY).links)
    return next((github_of(link.address) for link in links if "github.com" in link.address), None)


def _picture(cell: Cell) -> str | None:
    return cell.logo or next((link.address for link in cell.links if link.address.startswith("http")), None)


def _notes(cells: Mapping[str, Cell]) -> str | None:
    text = "\n".join(cells.get("notes", EMPTY).lines)
    return text if text.strip() and not _SAYS_NOTHING.fullmatch(text.strip()) else None


def _more(cells: Mapping[str, Cell], ground: Ground) -> dict[str, Any]:
    """The fields of a posting that are text or lists of text."""
    pay = PayText(
        text=_said(cells, "pay") or None,
        min=_said(cells, "pay_min") or None,
        max=_said(cells, "pay_max") or None,
        currency=_said(cells, "pay_currency") or None,
        per=_said(cells, "pay_per") or None,
    )
    workplace = _said(cells, "workplace")
    yes = workplace.lower() in ("yes", "true", "1", "y", "✅")
    if workplace.lower() in ("no", "false", "0", "n", "❌"):
        ground.losses.add("workplace", "not remote is neither on site nor hybrid: left open", workplace)
        workplace = ""
    employment = [part for part in _TAG_BREAK.split(_said(cells, "employment")) if part.strip()]
    tags = tuple(part.strip() for part in _TAG_BREAK.split("\n".join(cells.get("tags", EMPTY).lines)) if part.strip())
    return {
        "salary": (pay,) if pay != PayText() else (),
        "workplace": None if yes else workplace or None,
        "remote": True if yes else None,
        "employment": tuple(employment) or (("internship",) if ground.internships else ()),
        "tags": tags,
        "level": _said(cells, "level") or None,
        "department": _said(cells, "department") or None,
        "requisition_id": _said(cells, "requisition") or None,
    }
