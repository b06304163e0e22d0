"""What a host answered, and whether it can be read: one mapping of status and shape for live and recorded answers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from rolecall.errors import FetchError, Gone, PayloadError, Refused, Throttled, Unreachable
from rolecall.fetch.redact import public_url
from rolecall.issues import Issue
from rolecall.sources.base import Request, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of one host, redirects and refusals included; `headers` have lower-case names, `body` is decoded.

    `issues`: what was noticed on the way and stopped nothing, such as a cache that cannot be written. `is_cached`: the
    host said "unchanged", and the body is the one that was held.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    issues: tuple[Issue, ...] = ()
    is_cached: bool = False


Exchange = Callable[[Request], Awaitable[Answer]]
"""One question, one answer, without following redirects. Raises `FetchError` when there is no answer."""

_HEAD_BYTES = 4_000
_BOM = b"\xef\xbb\xbf"
_CHECK_BOARD = "Check the board's name or address in config.yaml."
_LATER = "Try again later."


def accept(request: Request, answer: Answer) -> Response:
    """The answer as a `Response`. Raises a `FetchError` by its status, or `PayloadError` for a body that is none."""
    where = public_url(answer.url)
    if answer.status != 200:
        raise _refusal(where, answer)
    body = answer.body.removeprefix(_BOM)
    if not body.strip():
        raise PayloadError(where, "the answer is empty.", _CHECK_BOARD)
    if request.expect != "html" and _is_web_page(body):
        raise PayloadError(where, f"HTML for {request.expect.upper()}: the host answers with a web page.", _CHECK_BOARD)
    headers = _with_true_charset(where, answer) if request.expect == "json" else answer.headers
    # Sources name the response's address in their errors; the request still has its keys.
    return Response(request=request, url=where, status=answer.status, headers=headers, body=answer.body)


def _with_true_charset(where: str, answer: Answer) -> Mapping[str, str]:
    """The headers, with the charset that the JSON is really in. It is UTF-8 (RFC 8259), whatever the host calls it.

    Raises `PayloadError` for bytes that are neither UTF-8 nor what the host says: replacing them would lose letters."""
    kind, _, said = answer.headers.get("content-type", "").partition(";")
    with suppress(UnicodeError):
        answer.body.decode()
        return {**answer.headers, "content-type": kind} if said else answer.headers
    with suppress(UnicodeError, LookupError):
        answer.body.decode(said.strip().lower().removeprefix("charset=").strip("\"' "))
        return answer.headers
    raise PayloadError(where, "the JSON is neither UTF-8 nor in the charset that the host names.", _LATER)


def _is_web_page(body: bytes) -> bool:
    """Whether a body begins like HTML, after an XML declaration and comments."""
    head = body[:_HEAD_BYTES].lstrip().lower()
    while head.startswith((b"<?xml", b"<!--")):
        closing = b"?>" if head.startswith(b"<?") else b"-->"
        head = head.partition(closing)[2].lstrip()
    return re.match(rb"<!doctype\s+html|<html[\s>]", head) is not None


def _refusal(where: str, answer: Answer) -> FetchError | PayloadError:
    status = answer.status
    what = f"answered {status}."
    if status in (404, 410):
        return Gone(where, what, _CHECK_BOARD)
    if status == 429 or (status == 503 and "retry-after" in answer.headers):
        asked = retry_after_words(answer.headers)
        return Throttled(where, f"answered {status}, it asks us to wait.", _LATER, retry_after_s=asked)
    if status == 408 or status >= 500:
        return Unreachable(where, what, _LATER)
    if 400 <= status < 500:
        return Refused(where, what, "Look at the address in a browser; the host may not want to be read by programs.")
    if status == 304:
        return PayloadError(where, "answered 304 (unchanged), but no earlier answer is held.", "Delete .cache/http.")
    return PayloadError(where, f"answered {status} instead of 200.", _CHECK_BOARD)


def retry_after_words(headers: Mapping[str, str]) -> float | None:
    """The seconds that Retry-After states as a plain figure, never below 0; None for a date, rubbish or nothing."""
    text = headers.get("retry-after", "").strip()
    return max(0.0, float(text)) if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,3})?", text) else None
