"""Adzuna: `GET https://api.adzuna.com/v1/api/jobs/{country}/search/{page}` with a key, 50 a page.

Documentation: https://developer.adzuna.com/docs/search. The key is that of the environment: ADZUNA_APP_ID and
ADZUNA_APP_KEY.

Quirks: pay that Adzuna estimated itself (`salary_is_predicted`, a text) is no statement of the employer and is left
out; figures have no currency, which is the country's. The description is a snippet of some 500 characters that ends in
an ellipsis. Titles may hold <strong>. The company may be missing. Addresses may carry the asker's app id, which is
taken out. The quota is small: the option `pages` (20) sets how far to read. Not confirmed, no answer of the API being
at hand: all fields but these, and that `area` begins with the country. A missing `results` fails loudly (errors are
`exception`, `doc`, `display`).
"""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from rolecall.errors import SourceError
from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._boards import cut_after, page_limit
from rolecall.sources._descriptions import described
from rolecall.sources.base import Batch, Record, Request, Response, Source, Terms, read_each

_API = "https://api.adzuna.com/v1/api/jobs"
_LIMIT = 50
_PAGES = 20
_KEYS = ("ADZUNA_APP_ID", "ADZUNA_APP_KEY")
_FILTERS = ("what", "where", "category", "max_days_old")
_PAGE = re.compile(r"/jobs/([a-z]{2})/search/(\d+)")
_EMPHASIS = re.compile(r"</?(?:strong|b|em)>", re.IGNORECASE)
_CURRENCIES = {
    country: currency
    for currency, countries in {
        "EUR": "at be de es fr it nl",
        "AUD": "au",
        "BRL": "br",
        "CAD": "ca",
        "CHF": "ch",
        "GBP": "gb",
        "INR": "in",
        "MXN": "mx",
        "NZD": "nz",
        "PLN": "pl",
        "SGD": "sg",
        "USD": "us",
        "ZAR": "za",
    }.items()
    for country in countries.split()
}


class Adzuna(Source):
    kind = "board"
    example = "- {source: adzuna, board: gb, what: python, where: London}"
    options = frozenset((*_FILTERS, "pages"))
    terms = Terms(attribution="Adzuna")
    addresses = (r"api\.adzuna\.com/v1/api/jobs/(?P<board>[a-z]{2})(?:/|$)",)
    env = _KEYS

    def first(self, board: Board) -> Request:
        if board.board not in _CURRENCIES:
            raise SourceError(
                board.name, "names no country of Adzuna's.", f"Write one of {', '.join(sorted(_CURRENCIES))}."
            )
        page_limit(board, _PAGES)
        return _page(board, 1)

    def employer_of(self, board: Board) -> str:
        return "Adzuna"

    def read(self, response: Response, board: Board) -> Batch:
        answer = response.json()
        at = _PAGE.search(response.request.url)
        jobs = answer.each("results")
        country, page = (at[1], int(at[2])) if at else (board.board, 0)
        postings, skipped = read_each(jobs, partial(_posting, country=country, own=_own(board)))
        stated = answer.may("count") or ""
        total = int(stated) if stated.isdecimal() and len(stated) < 10 else None
        more = page and (page * _LIMIT < total if total is not None else len(jobs) == _LIMIT)
        if not more or not jobs:
            return Batch(postings=postings, skipped=skipped, total=total)
        limit = page_limit(board, _PAGES)
        if page >= limit:
            return Batch(postings=postings, skipped=skipped, total=total, partial=cut_after(limit))
        return Batch(postings=postings, more=(_page(board, page + 1),), skipped=skipped, total=total)


def _own(board: Board) -> tuple[str, ...]:
    """The asker's id and key, so far as they are set."""
    given = board.options.get("env", {})
    return tuple(given[name] for name in _KEYS if given.get(name))


def _page(board: Board, number: int) -> Request:
    given = board.options.get("env", {})
    for name in _KEYS:
        if not given.get(name):
            raise SourceError(board.name, f"{name} is not set.", "Get a key at https://developer.adzuna.com.")
    filters = {name: board.options[name] for name in _FILTERS if board.options.get(name)}
    keys = {"app_id": given[_KEYS[0]], "app_key": given[_KEYS[1]]}
    query = urlencode({**keys, "results_per_page": _LIMIT, **filters})
    return Request(url=f"{_API}/{quote(board.board, safe='')}/search/{number}?{query}")


def _posting(job: Record, country: str, own: tuple[str, ...]) -> Posting:
    description, is_text = described(job.may("description"))
    area = job.words("location.area")
    place = PlaceText(text=job.may("location.display_name"), country=area[0] if area else None)
    low, high = job.may("salary_min"), job.may("salary_max")
    is_stated = (low or high) and job.may("salary_is_predicted") in (None, "0")
    return Posting(
        key=job.need("id"),
        title=_EMPHASIS.sub("", job.need("title")),
        url=_without(job.need("redirect_url"), own),
        company=job.may("company.display_name"),
        description=description,
        description_is_text=is_text,
        places=(place,) if place != PlaceText() else (),
        employment=(*job.words("contract_time"), *job.words("contract_type")),
        salary=(PayText(min=low, max=high, currency=_CURRENCIES.get(country)),) if is_stated else (),
        posted=job.may("created"),
        tags=job.words("category.label"),
    )


def _without(url: str, own: tuple[str, ...]) -> str:
    """`url` without the parameters that hold the asker's id or key."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if value not in own]
    return url if kept == pairs else urlunsplit(parts._replace(query=urlencode(kept)))


SOURCE = Adzuna()
