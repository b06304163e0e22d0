"""Teamtailor: `GET https://{board}.teamtailor.com/jobs.rss`; past 100 jobs `jobs.json?page=2` and further.

Documentation: none public for the feeds; https://www.jsonfeed.org/version/1.1/ for the form of the second.

Quirks: custom domains serve both. The RSS has the first 100 jobs and ignores `page`; only it has workplace and
department. The JSON Feed pages, and holds a schema.org JobPosting, whose addressRegion is a label of the customer
("Europe" for Madrid). A job's `guid` and `id` are the same UUID. Remote is "fully". The channel's title may be "Open
roles", and names nobody then. Not confirmed: that 100 jobs make a page of the JSON Feed; should it be fewer, the second
page repeats jobs, and the read counts as partial. Nor that `/applications/new` opens the form: we link the job's page.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from rolecall.model import Board, PlaceText, Posting
from rolecall.sources._descriptions import described
from rolecall.sources._feeds import Item, read_feed, read_items
from rolecall.sources._jobposting import postings_from
from rolecall.sources._tenants import site_of
from rolecall.sources._xml import parse_xml
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_PAGE = 100
_NOBODY = re.compile(r"\b(?:open|current|available)\b|\b(?:jobs|careers|vacancies)\b", re.IGNORECASE)


class Teamtailor(Source):
    example = "- {source: teamtailor, board: upcloud}"
    options = frozenset({"url"})
    steps = ("list", "page")
    addresses = (r"(?P<board>(?!api\.|docs\.|support\.|app\.)[\w-]+)\.teamtailor\.com",)

    def first(self, board: Board) -> Request:
        site = site_of(board, "teamtailor.com")
        if board.url and urlsplit(board.url).path.endswith("/jobs.json"):
            return _page(site, 1)
        return Request(url=f"{site}/jobs.rss", expect="xml")

    def read(self, response: Response, board: Board) -> Batch:
        if response.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
            return _read_json(response)
        feed = read_feed(response)
        company = _channel(response)
        postings, skipped = read_items(feed.items, lambda item: _of_rss(item, company))
        site = "{0.scheme}://{0.netloc}".format(urlsplit(response.request.url))
        more = (_page(site, 2),) if len(feed.items) >= _PAGE else ()
        return Batch(postings=postings, skipped=skipped, more=more, partial=feed.partial)


def _page(site: str, number: int) -> Request:
    return Request(url=f"{site}/jobs.json?per_page={_PAGE}&page={number}", step="page")


def _channel(response: Response) -> str | None:
    root = parse_xml(response)
    title = root.findtext("channel/title") if root is not None else None
    return title if title and title.strip() and not _NOBODY.search(title) else None


def _of_rss(item: Item, company: str | None) -> Posting:
    found = Record({"guid": item.text("guid"), "title": item.text("title"), "link": item.link}, item.where)
    description, is_text = described(item.html("description"))
    locations = (Item(place, item.where, "") for group in item.all("locations") for place in group)
    return Posting(
        key=found.need("guid"),
        title=found.need("title"),
        url=found.need("link"),
        company=company,
        description=description,
        description_is_text=is_text,
        places=tuple(
            PlaceText(text=place.text("name"), city=place.text("city"), country=place.text("country"))
            for place in locations
        ),
        workplace=item.text("remotestatus"),
        posted=item.text("pubdate"),
        department=item.text("department"),
    )


def _read_json(response: Response) -> Batch:
    answer = response.json()
    items = answer.each("items")
    postings, skipped = read_each(items, _of_json)
    asked = urlsplit(response.request.url)
    number = next((int(page) for page in parse_qs(asked.query).get("page", []) if page.isdecimal()), 1)
    goes_on = items and (answer.may("next_url") or len(items) >= _PAGE)
    more = (_page(f"{asked.scheme}://{asked.netloc}", number + 1),) if goes_on else ()
    return Batch(postings=postings, skipped=skipped, more=more)


def _of_json(item: Record) -> Posting:
    ad = item.at("_jobposting").value
    node = {**(ad if isinstance(ad, dict) else {}), "title": item.need("title")}
    (job,), _ = postings_from([node], "", item.need("url"))
    description, is_text = described(item.may("content_html"))
    return job.but(
        key=item.need("id"),
        url=item.need("url"),
        company=job.company or item.may("_jobposting.identifier.name"),
        description=description or job.description,
        description_is_text=is_text if description else job.description_is_text,
        places=tuple(PlaceText(text=place.text, city=place.city, country=place.country) for place in job.places),
        posted=item.may("date_published") or job.posted,
    )


SOURCE = Teamtailor()
