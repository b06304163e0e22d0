"""Files of Markdown (or HTML) with front matter, one for each job: opensourcedesign, pythonjobs, and sites like them.

Shape: keys between two lines of `---`, then the text. pythonjobs (hyde): title, company, url, location, contract,
contact: {name, email}, created, tags. opensourcedesign: title, role, organization, org_url, github, contact,
how_to_apply, compensation, tags, status, date_posted. Quirks: `created: !!timestamp '2026-10-02'`; keys twice; a `#`
or `:` in a value that YAML reads otherwise (then each line is read by itself); url is the job's page or only the
employer's front page (then people apply by the mailbox of contact); `compensation: gratis` is volunteers' work; in
opensourcedesign `title` may name the project and `role` the job, so both stand in the title. What tells of persons
(names, telephones) is not carried over.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rolecall import markup
from rolecall.importers.base import (
    Draft,
    Facts,
    Imported,
    Importer,
    LeftOut,
    Losses,
    github_of,
    head_of,
    text_in,
    website_of,
    without_tracking,
)
from rolecall.importers.header import CARRIED, body_of, header_of, split
from rolecall.importers.header_facts import apply_address, is_front_page, job_title, pay_of, words_of
from rolecall.importers.wording import bare_title, day_of, is_closed, sponsorship_of
from rolecall.model import PlaceText, Posting

_ENDINGS = (".md", ".markdown", ".html", ".htm", ".mdx", ".txt")


def _knows(name: str, data: bytes) -> bool:
    if not name.lower().endswith(_ENDINGS):
        return False
    parts = split(head_of(data, 60_000))
    if parts is None:
        return False
    keys = header_of(parts[0], name)[0].keys()
    return bool(keys & CARRIED["title"]) and bool(keys & (CARRIED["company"] | CARRIED["link"]))


def _read(name: str, data: bytes, today: date) -> Imported:
    losses = Losses()
    parts = split(text_in(name, data))
    if parts is None:
        return Imported(left_out=(LeftOut(1, name, "not-an-entry", "It has no front matter."),))
    said, odd = header_of(parts[0], name)
    for key, why, value in odd:
        losses.add(key, why, value)
    made = _entry(said, parts[1], today, losses)
    if isinstance(made, LeftOut):
        return Imported(left_out=(made,))
    return Imported((made,), (), losses.all())


def _first(said: Mapping[str, str], field: str) -> str:
    """The value of the first key for `field` that says anything, in the order of the table."""
    return next((said[key].strip() for key in CARRIED[field] if said.get(key, "").strip()), "")


def _entry(said: Mapping[str, str], body: str, today: date, losses: Losses) -> Draft | LeftOut:
    title = job_title(_first(said, "title"), said.get("role", ""), said.get("title", ""))
    company = bare_title(_first(said, "company"))[0]
    address, used = apply_address(said)
    shown = ": ".join(part for part in (company, title) if part) or "a file without words"
    for name, value in (("title", title), ("company", company), ("address", address)):
        if not value:
            return LeftOut(1, shown, f"no-{name}", f"It has no {name}.")
    description, is_html = _description(said, body, losses)
    posted, estimated = day_of(_first(said, "posted"), today)
    closes, _ = day_of(_first(said, "closes"), today)
    pay, forms = pay_of(_first(said, "pay"), losses)
    posting = Posting(
        key=title,
        title=title,
        company=company,
        apply_url=without_tracking(address, losses),
        posted=posted,
        closes=closes,
        places=tuple(PlaceText(text=place) for place in _first(said, "place").split("\n") if place.strip()),
        remote=True if _first(said, "remote").lower() in ("true", "yes") else None,
        employment=tuple(words_of(_first(said, "employment"), keep_brackets=False)) + forms,
        salary=pay,
        tags=tuple(words_of("\n".join(said.get(key, "") for key in CARRIED["tags"]))),
        level=_first(said, "level") or None,
        department=_first(said, "department") or None,
        language=_first(said, "language") or None,
        description=description if is_html else None,
    )
    _note(said, used, losses)
    return Draft(
        posting,
        1,
        None if is_html else description,
        closed=is_closed(_first(said, "status")) if _first(said, "status") else False,
        estimated=estimated,
        sponsorship=sponsorship_of(_first(said, "sponsorship")),
        facts=_facts(said),
    )


def _description(said: Mapping[str, str], body: str, losses: Losses) -> tuple[str | None, bool]:
    """The text and whether it is HTML; a `description` key stands for a body that is empty."""
    text = body_of(body, losses)
    summary = _first(said, "notes")
    if summary and text.strip():
        losses.add("description", "the text of the file stands instead", summary)
    text = text if text.strip() else summary
    is_html = text.lstrip().startswith("<") and markup.looks_like_html(text)
    return text or None, is_html


def _facts(said: Mapping[str, str]) -> Facts:
    website = _first(said, "website").split(",")[0].split("\n")[0].strip() or None
    link = _first(said, "link")
    if website is None and is_front_page(link):
        website = link
    github = said.get("github", "").strip()
    logo = _first(said, "logo")
    return Facts(website_of(website), github_of(github) if github else None, website_of(logo))


def _note(said: Mapping[str, str], used: str, losses: Losses) -> None:
    known = {key for keys in CARRIED.values() for key in keys}
    for key, value in said.items():
        if not value.strip() or key == used:
            continue
        if key == "contact" or key.startswith("contact."):
            losses.add(key, "how to reach persons is not carried over", "")
        elif key in CARRIED["link"] and not is_front_page(value):
            losses.add(key, "another way to apply was taken", value)
        elif key not in known:
            losses.add(key, "no field for it", value)


IMPORTER = Importer("front-matter", "Markdown or HTML files with front matter, one a job", _knows, _read)
