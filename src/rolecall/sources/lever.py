"""Lever: `GET https://api.lever.co/v0/postings/{site}?mode=json`, all postings in one bare list.

Documentation: https://github.com/lever/postings-api

Quirks: the EU host (`api.eu.lever.co`) knows other sites than the global one; `host: eu` or the address of an EU page
asks there. A site's name is case-sensitive. The ad is in four parts: `description` (which repeats `opening`), `lists`
(bare `<li>`, or `<div>`), `additional` and `salaryDescription`. `createdAt`, in milliseconds, is when the posting was
made; when it went public is not said. `country` is that of `categories.location`, the first of `allLocations`. The
documentation says `on-site`, answers say `onsite`. The company's name is not in the answer. Postings of
`/v0/postings/{site}/{id}` are one such posting without the list.

Not confirmed: an interval other than `per-year-salary`. Pay per half a month or two weeks (`semi-month-salary`,
`bi-week-salary`) fits no time of ours and is left out, never read as pay per month or week.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote, unquote

from rolecall.errors import SourceError
from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_SITE = r"(?P<board>[^/?#\s]+)"
_HOSTS = {"eu": "api.eu.lever.co"}


class Lever(Source):
    example = "- {source: lever, board: spotify}"
    options = frozenset({"host", "url"})
    steps = ("list", "job")
    addresses = (rf"jobs\.(?:eu\.)?lever\.co/{_SITE}", rf"api\.(?:eu\.)?lever\.co/v0/postings/{_SITE}")

    def first(self, board: Board) -> Request:
        host = board.options.get("host")
        if host is not None and host not in _HOSTS:
            raise SourceError(board.name, f"host is {str(host)[:40]!r}.", "Write host: eu, or leave it out.")
        if board.url and not self._site(board):
            hint = "Write board: site, or url: https://jobs.lever.co/site."
            raise SourceError(board.name, f"{board.url[:80]!r} is no address of Lever.", hint)
        is_eu = host == "eu" or ".eu.lever.co/" in (board.url or "")
        site = quote(self._site(board) or board.board, safe="")
        return Request(url=f"https://{_HOSTS['eu'] if is_eu else 'api.lever.co'}/v0/postings/{site}?mode=json")

    def employer_of(self, board: Board) -> str:
        return self._site(board) or board.board

    def _site(self, board: Board) -> str | None:
        """The site that the board's address names."""
        address = (board.url or "").partition("://")[2].removeprefix("www.")
        found = next((found for known in self.addresses if (found := re.match(known, address))), None)
        return unquote(found["board"]) if found else None

    def read(self, response: Response, board: Board) -> Batch:
        answer = response.json()
        if response.request.step == "job":
            return Batch(postings=(_posting(answer),))
        postings, skipped = read_each(answer.each(), _posting)
        return Batch(postings=postings, skipped=skipped)


def _posting(job: Record) -> Posting:
    html = _html(job)
    text = "\n\n".join(filter(None, (job.may("descriptionPlain"), job.may("additionalPlain"))))
    return Posting(
        key=job.need("id"),
        title=job.need("text"),
        url=job.may("hostedUrl"),
        apply_url=job.may("applyUrl"),
        description=html or text or None,
        description_is_text=bool(text and not html),
        places=_places(job),
        workplace=job.may("workplaceType"),
        employment=job.words("categories.commitment"),
        salary=_pay(job),
        posted=job.may("createdAt"),
        department=job.may("categories.department") or job.may("categories.team"),
        level=job.may("categories.level"),
    )


def _html(job: Record) -> str:
    parts = [job.may("description")]
    for part in job.each_or_none("lists"):
        if content := part.may("content"):
            heading = part.may("text")
            parts.append(f"<h3>{escape(heading, quote=False)}</h3>" if heading else None)
            parts.append(f"<ul>{content}</ul>" if content.lstrip().startswith("<li") else content)
    parts += [job.may("additional"), job.may("salaryDescription")]
    return "\n".join(filter(None, parts))


def _places(job: Record) -> tuple[PlaceText, ...]:
    names = job.words("categories.allLocations")
    first, country = job.may("categories.location") or next(iter(names), None), job.may("country")
    others = tuple(PlaceText(text=name) for name in names if name != first)
    return (PlaceText(text=first, country=country), *others) if first or country else others


def _pay(job: Record) -> tuple[PayText, ...]:
    pay = job.at("salaryRange")
    if not (pay.may("min") or pay.may("max")):
        text = job.may("salaryDescriptionPlain")
        return (PayText(text=text),) if text else ()
    if (pay.may("interval") or "").startswith(("semi-", "bi-")):
        return ()
    return (PayText(min=pay.may("min"), max=pay.may("max"), currency=pay.may("currency"), per=pay.may("interval")),)


SOURCE = Lever()
