"""The classic README of job bots (Real Work From Anywhere and its kin): two rows of an HTML table for each job.

Shape: the first row has a picture, the employer in <h5>, the job in <h3>, tags in <code>, an age and the link to
apply; the second one the text, as HTML in <details>. Quirks: there is no header; where the job is done hangs on its
title (`Cook - Remote, Worldwide`); an age counts from the day of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rolecall.errors import RolecallError
from rolecall.importers.base import (
    MAX_ENTRIES,
    Draft,
    Facts,
    Imported,
    Importer,
    LeftOut,
    Losses,
    text_in,
    without_tracking,
)
from rolecall.importers.grid import html_tables, lines_of_rows, without_comments
from rolecall.importers.wording import bare_title, day_of
from rolecall.markup.page import Piece, root_of
from rolecall.model import PlaceText, Posting

_WHERE = re.compile(r"\s*[-–—|]\s+((?:fully )?(?:remote|hybrid|anywhere|worldwide|on-?site)\b.*)$", re.IGNORECASE)
_AGE = re.compile(
    r"\b\d{1,4} ?(?:h|hours?|d|days?|w|weeks?|mo|months?|y|years?)(?: ago)?\b|\b(?:today|yesterday)\b", re.IGNORECASE
)


def _knows(name: str, data: bytes) -> bool:
    if not name.lower().endswith((".md", ".markdown", ".html", ".htm")):
        return False
    text = data.decode("utf-8", "replace").lower()
    return "<h5" in text and "<h3" in text and "<table" in text and "</details>" in text


def _read(name: str, data: bytes, today: date) -> Imported:
    losses = Losses()
    entries: list[Draft | LeftOut] = []
    for first, html, _ in html_tables(without_comments(text_in(name, data))):
        table = root_of(html, "")
        rows = table.select("tr") if table is not None else []
        lines = lines_of_rows(html, first)
        if len(rows) > 2 * MAX_ENTRIES:
            raise RolecallError(name, f"holds a table of {len(rows):,} rows, too many to read.", "Split it.")
        for at, row in enumerate(rows):
            if not row.select("h3"):
                continue
            text = next((one for one in rows[at + 1 : at + 2] if not one.select("h3")), None)
            line = lines[min(at, len(lines) - 1)] if lines else first
            entries.append(_entry(row, text, line, today, losses))
    return Imported.of(entries, losses)


def _entry(row: Piece, below: Piece | None, line: int, today: date, losses: Losses) -> Draft | LeftOut:
    title = bare_title(_text(row.select("h3")))[0]
    company = bare_title(_text(row.select("h5")))[0]
    links = [address for link in row.select("a[href]") if (address := link.address("href"))]
    shown = ": ".join(part for part in (company, title) if part) or "an entry without words"
    for name, value in (("title", title), ("company", company), ("address", links)):
        if not value:
            return LeftOut(line, shown, f"no-{name}", f"It has no {name} that can be used.")
    where = _WHERE.search(title)
    age = _AGE.search(" ".join(piece.text for piece in row.select("text, td")))
    posted, estimated = day_of(age[0] if age else "", today)
    if estimated:
        losses.add("posted", "an age: the day is estimated", age[0] if age else "")
    posting = Posting(
        key=str(line),
        title=title[: where.start()] if where and where.start() else title,
        company=company,
        apply_url=without_tracking(links[-1], losses),
        posted=posted,
        places=(PlaceText(text=where[1]),) if where and where.start() else (),
        tags=tuple(tag.text for tag in row.select("code")),
        description=_details(below),
    )
    logos = [address for picture in row.select("img[src]") if (address := picture.address("src"))]
    return Draft(posting, line, estimated=estimated, facts=Facts(logo=next(iter(logos), None)))


def _text(pieces: Sequence[Piece]) -> str:
    return pieces[0].text if pieces else ""


def _details(row: Piece | None) -> str | None:
    """The text below the job, without the word that opens it."""
    found = row.select("details") if row is not None else []
    return re.sub(r"<summary\b[^<>]*>[^<]*</summary>", "", found[0].html, count=1) if found else None


IMPORTER = Importer("classic", "the README of two-row HTML tables that job bots write", _knows, _read)
