"""Personio: `GET https://{board}.jobs.personio.de/xml`, all positions in one answer.

Documentation: https://developer.personio.de/reference/get_xml

Quirks: an unknown name is a redirect to personio.com, an empty board a root without positions; either host (.de, .com)
may be the only one that serves a tenant, so for .com write `url`. Texts come in the tenant's own language; asked for
another (option `language`), those that are not translated come empty. The company may be missing, and descriptions may
be HTML in CDATA, HTML escaped once, or blank. Remote is one of the offices. The address of a job is made of the host
and its number. Not confirmed: that `#apply` there opens the form, so nothing but the job's page is linked.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from rolecall.errors import PayloadError
from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._descriptions import with_sections
from rolecall.sources._feeds import Item, local, read_items
from rolecall.sources._tenants import site_of
from rolecall.sources._xml import parse_xml
from rolecall.sources.base import Batch, Request, Response, Source


class Personio(Source):
    example = "- {source: personio, board: strohm}"
    options = frozenset({"url", "language"})
    addresses = (r"(?P<board>[\w-]+)\.jobs\.personio\.de(?:/|$)", r"[\w-]+\.jobs\.personio\.com(?:/|$)")

    def first(self, board: Board) -> Request:
        language = board.options.get("language")
        query = f"?{urlencode({'language': language})}" if language else ""
        return Request(url=f"{_site(board)}/xml{query}", expect="xml")

    def read(self, response: Response, board: Board) -> Batch:
        positions = _positions(response)
        postings, skipped = read_items(positions, lambda position: _posting(position, _site(board)))
        return Batch(postings=postings, skipped=skipped)


def _site(board: Board) -> str:
    return site_of(board, "jobs.personio.de")


def _positions(response: Response) -> tuple[Item, ...]:
    root = parse_xml(response)
    if root is None:
        raise PayloadError(response.url, "the XML is broken.", "Open the address in a browser.")
    if local(root.tag) != "workzagjobs":
        what = f"expected <workzag-jobs>, found <{root.tag[:40]}>."
        raise PayloadError(response.url, what, "Check the address of the board.")
    found = [element for element in root if local(element.tag) == "position"]
    if len(root) and not found:
        what = f"expected <position>, found <{root[0].tag[:40]}>."
        raise PayloadError(response.url, what, "The source has changed; compare with its documentation.")
    return tuple(Item(element, f"position {number}", response.url) for number, element in enumerate(found, 1))


def _posting(position: Item, site: str) -> Posting:
    key, title = position.text("id"), position.text("name")
    if not key or not title:
        what = f"has no {'name' if key else 'id'}."
        raise PayloadError(position.where, what, "The source has changed; compare with its documentation.")
    description, is_text = _description(position)
    return Posting(
        key=key,
        title=title,
        url=f"{site}/job/{quote(key, safe='')}",
        company=position.text("subcompany"),
        description=description,
        description_is_text=is_text,
        places=tuple(PlaceText(text=office) for office in _offices(position)),
        employment=position.texts("employmenttype", "schedule"),
        salary=tuple(_pay(Item(pay, position.where, site)) for pay in position.all("salaryinformation") if len(pay)),
        posted=position.text("createdat"),
        department=position.text("department"),
        tags=tuple(word for word in (position.text("keywords") or "").split(",") if word.strip()),
        level=position.text("seniority"),
    )


def _offices(position: Item) -> tuple[str, ...]:
    """The office and the additional ones, which stand in elements of their own, or as one text."""
    more = position.within("additionaloffices", "office") or position.texts("additionaloffices")
    return tuple(dict.fromkeys((*position.texts("office"), *more)))


def _description(position: Item) -> tuple[str | None, bool]:
    """The named sections one after the other; what has no name stands in front."""
    sections = [
        Item(element, position.where, "")
        for part in position.all("jobdescriptions")
        for element in part
        if len(element)
    ]
    alone = [text for section in sections if not section.text("name") and (text := section.html("value"))]
    named = ((name, section.html("value")) for section in sections if (name := section.text("name")))
    return with_sections("\n".join(alone), named)


def _pay(pay: Item) -> PayText:
    return PayText(
        min=pay.text("min"),
        max=pay.text("max"),
        currency=pay.text("currencycode", "currencysymbol"),
        per=pay.text("type"),
    )


SOURCE = Personio()
