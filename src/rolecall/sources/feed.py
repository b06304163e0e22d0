"""Any RSS or Atom feed of jobs: one GET of `url`; with `follow: true` one more per job, for the JSON-LD in its page.

Documentation: https://www.rssboard.org/rss-specification and RFC 4287; WP Job Manager (`job_listing:`), NEOGOV
(`joblisting:`) and We Work Remotely add elements of their own.

Quirks: the company stands in the author, in an element of its own, or in the title ("Acme: Cook", "Cook at Acme");
`title` says which, and auto tries them. On some WP Job Manager sites job_type and job_category are swapped. dc:creator
may be "Acme<br>⚲&nbsp;Canada". We Work Remotely wraps its descriptions, lists countries behind flags, and its <state>
is often wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rolecall.address import host_of, web_address
from rolecall.errors import PayloadError
from rolecall.markup import text_of
from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources import _jobposting, _titles, find
from rolecall.sources._descriptions import described
from rolecall.sources._feeds import Feed, FeedSource, Item
from rolecall.sources.base import Batch, Request, Response, Terms

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_IN_LIST = re.compile(r",\s*(?:and\s+)?")
_FORM_OF_CONTRACT = re.compile(
    r"\b(?:full|part)[\s-]?time\b|\b(?:contract|freelance|temporary|intern|permanent|volunteer)", re.IGNORECASE
)
_PREAMBLE = re.compile(r"\s*(?:<img[^>]*>\s*)?(<p>\s*<strong>Headquarters:</strong>.*?</p>)?\s*", re.DOTALL)
_HOW_TO_APPLY = "<p><strong>To apply:</strong>"
_CLOSES = ("expiresat", "expirationdate", "advertisetodatetime", "expires")
_HREF = re.compile(r'href="(https?://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a job board beyond its feed."""

    terms: Terms = FeedSource.terms
    title: str = "auto"
    workplace: str | None = "remote"


_KNOWN = {"jobspresso.co": Known()}
# Boards that have a source of their own, which knows them.
_SOURCES = {
    "weworkremotely.com": "weworkremotely",
    "realworkfromanywhere.com": "realworkfromanywhere",
    "nodesk.co": "nodesk",
}
_UNKNOWN = Known(workplace=None)


class FeedOfJobs(FeedSource):
    takes: Literal["board", "url"] = "url"
    example = "- {source: feed, url: https://weworkremotely.com/remote-jobs.rss}"
    options = frozenset({"title", "follow", "workplace"})
    steps = ("list", "page")
    known: Known | None = None

    def terms_of(self, board: Board) -> Terms:
        return (self.known or _known(board.url) or _UNKNOWN).terms

    def read(self, response: Response, board: Board) -> Batch:
        if response.request.step == "page":
            return Batch(postings=(_jobposting.merged(response, response.request.carry),))
        batch = super().read(response, board)
        if board.options.get("follow") not in (True, "true"):
            return batch
        pages = (Request(url=job.url, expect="html", step="page", carry=job) for job in batch.postings if job.url)
        alone = tuple(job for job in batch.postings if not job.url)
        return Batch(postings=alone, more=tuple(pages), skipped=batch.skipped, partial=batch.partial)

    def posting(self, item: Item, feed: Feed, board: Board) -> Posting:
        known = self.known or _known(board.url) or _known(feed.link) or _UNKNOWN
        key = item.text("guid", "id") or item.link
        if not key:
            raise PayloadError(
                item.where, "has neither guid nor link.", "Nothing can be made of it; tell whoever runs the feed."
            )
        form = str(board.options.get("title", known.title))
        title, company, pay = _titles.split(item.text("title") or "", form, board.company or _company(item))
        if not title:
            raise PayloadError(item.where, "has no title.", "Nothing can be made of it; tell whoever runs the feed.")
        html = item.html("encoded", "content", "description", "summary")
        description, is_text = described(_PREAMBLE.sub("", html, count=1).partition(_HOW_TO_APPLY)[0] if html else None)
        employment, categories = _kinds(item)
        workplace = board.options.get("workplace", known.workplace)
        is_remote = workplace == "remote"
        return Posting(
            key=key,
            title=title,
            url=item.link,
            company=None if board.company else company,
            company_url=_company_url(html),
            logo=item.attribute("media:content", "url") or item.attribute("media:thumbnail", "url"),
            description=description,
            description_is_text=is_text,
            places=() if is_remote else _places(item),
            workplace=workplace or item.text("remotestatus", "remotetype"),
            remote_from=_remote_from(item) if is_remote else (),
            employment=employment,
            salary=_salary(item, pay),
            posted=item.text("pubdate", "published", "date", "issued"),
            closes=_closes(item),
            department=item.text("department"),
            requisition_id=item.text("jobnumbersingle", "referencenumber"),
            tags=categories,
        )


def _host(url: str | None) -> str:
    address = web_address(url)
    return host_of(address) if address else ""


def _known(url: str | None) -> Known | None:
    host = _host(url)
    source = find(_SOURCES[host]) if host in _SOURCES else None
    return source.known if isinstance(source, FeedOfJobs) else _KNOWN.get(host)


def _creator(item: Item) -> list[str]:
    """The lines of dc:creator: the company, and on WP Job Manager the place."""
    return text_of(item.text("creator") or "").split("\n")


def _company(item: Item) -> str | None:
    author = next(iter(item.within("author", "name")), None) or item.text("author") or _creator(item)[0]
    return item.text("company") or _titles.name_of_author(author)


def _company_url(html: str | None) -> str | None:
    """We Work Remotely's preamble names the company's own site."""
    preamble = _PREAMBLE.match(html or "")
    address = _HREF.search(preamble[1]) if preamble and preamble[1] else None
    return address[1] if address else None


def _kinds(item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(forms of contract, all other categories), told apart by their words."""
    types, categories = item.texts("type", "jobtype", "employmenttype"), item.texts("jobcategory")
    if categories and not any(map(_FORM_OF_CONTRACT.search, types)) and any(map(_FORM_OF_CONTRACT.search, categories)):
        types, categories = categories, types
    skills = tuple(word for text in item.texts("skills") for word in _IN_LIST.split(text) if word.strip())
    terms = tuple(
        term for element in item.all("category") if (term := element.get("term") or element.text or "").strip()
    )
    return types, tuple(dict.fromkeys((*skills, *terms, *categories)))


def _countries(item: Item) -> tuple[str, ...]:
    """The names behind the flags of "🇦🇲 Armenia, 🇩🇪 Germany, and 🇺🇦 Ukraine"; without flags, the text as it is."""
    names = (
        name.strip(" ,").removesuffix(" and").rstrip(" ,")
        for text in item.texts("country")
        for name in _FLAG.split(text)
    )
    return tuple(filter(None, names))


def _locations(item: Item) -> tuple[str, ...]:
    return item.texts("location") or tuple(line.strip("⚲ ") for line in _creator(item)[1:2])


def _remote_from(item: Item) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*item.texts("region"), *_countries(item), *_locations(item))))


def _places(item: Item) -> tuple[PlaceText, ...]:
    texts = _locations(item)
    city, region, country = item.text("city"), item.text("state", "region"), next(iter(_countries(item)), None)
    first = PlaceText(text=next(iter(texts), None), city=city, region=region, country=country)
    return (first, *map(PlaceText, texts[1:])) if first != PlaceText() else ()


def _closes(item: Item) -> str | None:
    """The last day to apply; words such as "Continuous" name none."""
    return next((text for text in item.texts(*_CLOSES) if any(map(str.isdigit, text))), None)


def _salary(item: Item, text: str | None) -> tuple[PayText, ...]:
    low, high = item.text("minimumsalary"), item.text("maximumsalary")
    if low or high:
        return (PayText(min=low, max=high, currency=item.text("salarycurrency"), per=item.text("salaryinterval")),)
    words = text or item.text("salary")
    return (PayText(text=words),) if words else ()


SOURCE = FeedOfJobs()
