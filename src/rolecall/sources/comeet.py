"""Comeet (Spark Hire): `GET https://www.comeet.co/careers-api/2.0/company/{uid}/positions?token={token}&details=true`.

Documentation: https://developers.comeet.com/reference/careers-api-overview

Quirks: uid and token are public: both stand in the company's careers page, from which the token is read when the
board has no option `token`. One position in several places is one item each, with one address on the employer's own
site; only the page at comeet.com tells them apart. The only date is that of the last edit. Many fields are null, and a
part of `details` may hold blank paragraphs. `email` is a person's and is never read; internal positions are left out.
Not confirmed: the spelling of uid and token in careers pages, and the answer to a wrong token, so both fail loudly.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board, PlaceText, Posting
from rolecall.sources._descriptions import with_sections
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_UID = re.compile(r"[0-9A-Za-z]{1,4}\.[0-9A-Za-z]{1,6}")
_API = re.compile(
    rf"careers-api/2\.0/company/({_UID.pattern})/positions[^\s\"'<>]{{0,200}}?[?&]token=([0-9A-Fa-f]{{8,80}})"
)
_UID_IN_PAGE = re.compile(rf"""(?:company[-_]?|comeet_)uid\\?["']?\s*[:=]\s*\\?["']({_UID.pattern})""", re.IGNORECASE)
_TOKEN_IN_PAGE = re.compile(r"""(?:\b|_)token\\?["']?\s*[:=]\s*\\?["']([0-9A-Fa-f]{8,80})\\?["']""", re.IGNORECASE)
_HINT = "Write it as in: - {source: comeet, board: wiliot/F6.003, token: ...}; both stand in the careers page."


class Comeet(Source):
    example = "- {source: comeet, board: wiliot/F6.003}"
    options = frozenset({"token", "url"})
    steps = ("list", "page")
    addresses = (
        rf"comeet\.com?/jobs/(?P<board>[\w.-]+/{_UID.pattern})",
        rf"comeet\.com?/careers-api/2\.0/company/(?P<board>{_UID.pattern})",
    )

    def first(self, board: Board) -> Request:
        name, _, last = board.board.rpartition("/")
        uid = last if _UID.fullmatch(last) else None
        token = str(board.options.get("token") or "")
        if uid and token:
            return _positions(uid, token)
        if not board.url and not (uid and name):
            missing = "token is missing." if uid else "does not name a company's uid."
            raise SourceError(board.name, missing, _HINT)
        page = board.url or f"https://www.comeet.com/jobs/{quote(name, safe='')}/{uid}"
        return Request(url=page, expect="html", step="page")

    def employer_of(self, board: Board) -> str:
        return super().employer_of(board) if board.url else board.board.partition("/")[0]

    def read(self, response: Response, board: Board) -> Batch:
        if response.request.step == "page":
            return Batch(more=(_named_in(response),))
        postings, skipped = read_each(response.json().each(), _posting)
        return Batch(postings=postings, skipped=skipped)


def _positions(uid: str, token: str) -> Request:
    address = f"https://www.comeet.co/careers-api/2.0/company/{uid}/positions"
    return Request(url=f"{address}?token={quote(token, safe='')}&details=true")


def _named_in(response: Response) -> Request:
    """The list that a careers page asks for. Raises `PayloadError` when the page does not name it."""
    page = response.text()
    if found := _API.search(page):
        return _positions(found[1], found[2])
    uid, token = _UID_IN_PAGE.search(page), _TOKEN_IN_PAGE.search(page)
    if not (uid and token):
        raise PayloadError(response.url, f"the page names no {'token' if uid else 'company of Comeet'}.", _HINT)
    return _positions(uid[1], token[1])


def _posting(item: Record) -> Posting | None:
    if item.flag("is_internal"):
        return None
    location = item.at("location")
    description, is_text = _description(item)
    return Posting(
        key=item.need("uid"),
        title=item.need("name"),
        url=item.may("url_comeet_hosted_page") or item.may("url_recruit_hosted_page") or item.need("url_active_page"),
        company=item.may("company_name"),
        description=description,
        description_is_text=is_text,
        places=_places(location),
        workplace=item.may("workplace_type"),
        remote=location.flag("is_remote"),
        employment=item.words("employment_type"),
        department=item.may("department"),
        level=item.may("experience_level"),
    )


def _places(location: Record) -> tuple[PlaceText, ...]:
    place = PlaceText(
        text=location.may("name"),
        city=location.may("city"),
        region=location.may("state"),
        country=location.may("country"),
    )
    return (place,) if place != PlaceText() else ()


def _description(item: Record) -> tuple[str | None, bool]:
    """The parts in the order of the list; the first, which is the description itself, without its name."""
    parts = [(part.may("name") or "", part.may("value")) for part in item.each("details")]
    return with_sections(parts[0][1] if parts else None, parts[1:])


SOURCE = Comeet()
