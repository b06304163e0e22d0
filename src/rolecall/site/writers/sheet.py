"""jobs.csv: all open jobs for spreadsheets, by RFC 4180, in UTF-8. Columns are only ever added, at the end.

A cell that a spreadsheet would run as a formula begins with an apostrophe, which makes it text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from operator import attrgetter

from rolecall.site import urls
from rolecall.site.artifact import Artifact
from rolecall.site.edition import Edition
from rolecall.site.view import JobView
from rolecall.site.writers.sheaf import Sheaf

_COLUMNS = (
    "id", "title", "company", "url", "apply_url", "posted", "posted_estimated", "closes", "workplace", "where",
    "places", "worldwide", "remote_countries", "remote_regions", "utc_from", "utc_to", "employment", "salary_min",
    "salary_max", "salary_currency", "salary_per", "tags", "level", "department", "sponsorship", "language", "featured",
    "source", "source_url",
)  # fmt: skip
# What makes a formula: https://owasp.org/www-community/attacks/CSV_Injection, with the wide forms of the same signs.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_AND = " | "


def sheet(edition: Edition) -> Iterator[Artifact]:
    """jobs.csv. Addresses are absolute when the site knows its own, else relative to the file."""
    yield Sheaf(
        path=urls.SHEET,
        scope=edition.base,
        jobs=edition.site.jobs,
        digest=attrgetter("facts"),
        piece=lambda view: _line(_row(view, edition.base)),
        head=_line(_COLUMNS),
    ).artifact(edition)


class _Echo:
    """Where the writer's lines go: back to who asked for them."""

    def write(self, text: str) -> str:
        return text


_WRITER = csv.writer(_Echo(), lineterminator="\r\n")


def _line(cells: Sequence[str]) -> str:
    return str(_WRITER.writerow([_cell(cell) if cell[:1] in _FORMULA else cell for cell in cells]))


def _row(view: JobView, base: str) -> tuple[str, ...]:
    """The values of a job in the order of the columns; what is unknown is empty."""
    low, high, currency, per = view.salary or ("", "", "", "")
    first, last = view.timezones or ("", "")
    return (
        view.id, view.title, view.company, urls.absolute(base, urls.job(view)), view.apply_url, view.posted,
        _yes(view.posted_estimated), view.closes, view.workplace, view.where, _AND.join(view.places),
        _yes(view.worldwide), _AND.join(view.remote_countries), _AND.join(view.remote_regions), first, last,
        _AND.join(view.employment), low, high, currency, per, _AND.join(view.tags), view.level, view.department,
        view.sponsorship, view.language, _yes(view.featured), view.attribution,
        view.source_url if view.attribution else "",
    )  # fmt: skip


def _yes(value: bool) -> str:
    return "yes" if value else ""


def _cell(text: str) -> str:
    """What begins as a formula does: a number, or a text."""
    return text if _NUMBER.fullmatch(text) else f"'{text}"
