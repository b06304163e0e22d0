"""Breezy: `GET https://{board}.breezy.hr/json?verbose=true`, all positions; one page more for each without description.

Documentation: none public for this address; https://developer.breezy.hr is for the API with a key.

Quirks: an unknown name answers 200 with an empty list. `is_remote` is true for hybrid jobs as well, and
`remote_details` says which. `locations` may be empty beside a `location`. `salary` is a phrase, with or without a time,
or "". What the list said of a job counts for more than its page, except for pay, whose time only the page may name. Not
confirmed: that `verbose` always brings the description; where it does not, the posting's page has it in JSON-LD.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources import _jobposting
from rolecall.sources._tenants import site_of
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each


class Breezy(Source):
    example = "- {source: breezy, board: 10-4-truck-recruiting}"
    options = frozenset({"url"})
    steps = ("list", "job")
    addresses = (r"(?P<board>(?!app\.|api\.|developer\.|help\.|marketing\.|assets-cdn\.)[\w-]+)\.breezy\.hr",)

    def first(self, board: Board) -> Request:
        return Request(url=f"{site_of(board, 'breezy.hr')}/json?verbose=true")

    def read(self, response: Response, board: Board) -> Batch:
        if response.request.step == "job":
            return Batch(postings=(_with_page(response, response.request.carry),))
        found, skipped = read_each(response.json().each(), _listed)
        whole = tuple(posting for posting in found if posting.description or not posting.url)
        more = tuple(
            Request(url=posting.url, expect="html", step="job", carry=posting)
            for posting in found
            if posting.url and not posting.description
        )
        return Batch(postings=whole, more=more, skipped=skipped)


def _listed(item: Record) -> Posting:
    places = item.each_or_none("locations") or [item.at("location")]
    where = item.at("location") if item.at("location").value else places[0]
    pay = item.may("salary")
    return Posting(
        key=item.need("id"),
        title=item.need("name"),
        url=item.need("url"),
        company=item.may("company.name"),
        logo=item.may("company.logo_url"),
        description=item.may("description"),
        places=tuple(dict.fromkeys(place for one in places if (place := _place(one)) != PlaceText())),
        workplace=where.may("remote_details.value"),
        remote=where.flag("is_remote"),
        employment=item.words("type.name") or item.words("type.id"),
        salary=(PayText(text=pay),) if pay else (),
        posted=item.may("published_date"),
        department=item.may("department"),
    )


def _place(place: Record) -> PlaceText:
    country = place.may("country.id") or place.may("country.name")
    return PlaceText(text=place.may("name"), city=place.may("city"), region=place.may("state.name"), country=country)


def _with_page(response: Response, listed: Posting | None) -> Posting:
    """The posting of a job's page, below what the list said."""
    page = _jobposting.merged(response, listed)
    if listed is None:
        # https://acme.breezy.hr/p/e63605aeb81c-harbour-pilot
        name = urlsplit(page.url or response.url).path.rstrip("/").rpartition("/")[2]
        return page.but(key=name.partition("-")[0] or page.key)
    said = {name: value for name in Posting.__slots__ if (value := getattr(listed, name))}
    if listed.workplace is not None or listed.remote is not None:
        said |= {"workplace": listed.workplace, "remote": listed.remote}
    return page.but(**(said | {"salary": page.salary or listed.salary}))


SOURCE = Breezy()
