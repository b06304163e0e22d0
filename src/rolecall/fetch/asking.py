"""One question to its last answer: redirects are followed by our rules, then the answer is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from rolecall.address import web_address
from rolecall.errors import Refused
from rolecall.fetch.answers import Answer, Exchange, accept
from rolecall.fetch.redact import is_secret, public_url
from rolecall.issues import Issue
from rolecall.sources.base import Request, Response

MAX_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_HINT = "Look at the address in a browser, and write the new one in config.yaml if it is still the same board."


class Reach(StrEnum):
    """How far a redirect may lead: the same host (`www.` aside), its sub- and parent domains too, or anywhere."""

    HOST = "host"
    SITE = "site"
    ANY = "any"


async def ask(request: Request, exchange: Exchange, notice: Callable[[Issue], None]) -> Response:
    """The readable answer to `request`; what stops nothing goes to `notice`. Raises `FetchError` and `PayloadError`."""
    # An API's redirect to another host means "no such board" (Personio); a site may have moved from acme.example to
    # careers.acme.example and still be the company's.
    reach = Reach.SITE if request.expect == "html" else Reach.HOST
    return accept(request, await follow(request, exchange, reach, notice))


async def follow(request: Request, exchange: Exchange, reach: Reach, notice: Callable[[Issue], None]) -> Answer:
    """The first answer that is no redirect. Raises `Refused` for a chain that is long, loops or leaves its reach."""
    hop, seen, for_good = request, {request.url}, True
    for _ in range(MAX_REDIRECTS + 1):
        answer = await exchange(hop)
        for issue in answer.issues:
            notice(issue)
        if answer.status not in _REDIRECTS:
            if for_good and hop is not request and answer.status == 200 and request.carry is None:
                notice(_moved(request, hop))
            return answer
        target = _target(hop, answer, reach)
        if target in seen:
            raise Refused(public_url(request.url), "redirects in a circle.", _HINT)
        seen.add(target)
        for_good = for_good and answer.status in _PERMANENT
        hop = _next_hop(hop, target)
    raise Refused(public_url(request.url), f"redirects more than {MAX_REDIRECTS} times.", _HINT)


def _moved(request: Request, hop: Request) -> Issue:
    what = f"has moved for good to {public_url(hop.url)}."
    return Issue("moved", public_url(request.url), what, "Write the new address in config.yaml.")


def _target(hop: Request, answer: Answer, reach: Reach) -> str:
    """Where a redirect leads. Raises `Refused` when we do not go there."""
    where = public_url(hop.url)
    try:
        target = web_address(urljoin(hop.url, answer.headers.get("location", "")))
    except ValueError:
        target = None
    if target is None or not answer.headers.get("location", "").strip():
        raise Refused(where, f"answered {answer.status} without an address to go to.", _HINT)
    target = target.partition("#")[0]
    if hop.url.lower().startswith("https:") and target.startswith("http:"):
        raise Refused(where, f"redirects from https down to {public_url(target)}.", _HINT)
    if not _within(_host(hop.url), _host(target), reach):
        raise Refused(where, f"redirects to another host, {_host(target)}.", _HINT)
    if hop.method == "POST" and answer.status not in (307, 308):
        raise Refused(where, f"answered a search with {answer.status} to {public_url(target)}.", _HINT)
    return target


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _within(here: str, there: str, reach: Reach) -> bool:
    if reach is Reach.ANY or here == there:
        return True
    # A top-level domain is nobody's site.
    parent = min(here, there, key=len)
    return reach is Reach.SITE and "." in parent and max(here, there, key=len).endswith(f".{parent}")


def _next_hop(hop: Request, target: str) -> Request:
    """The same question at `target`; keys and tokens go to the configured host alone."""
    if urlsplit(hop.url).netloc.lower() == urlsplit(target).netloc:
        return replace(hop, url=target)
    headers = {name: value for name, value in hop.headers.items() if not is_secret(name)}
    return replace(hop, url=target, headers=headers)
