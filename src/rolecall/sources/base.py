"""What a source is: it says what to ask for, and reads the answers. It never fetches, waits, retries or logs.

    first(board)            -> the first Request
    read(response, board)   -> Batch: postings, and the requests that the answer calls for

Three base classes serve most vendors: `JsonSource` (one JSON list; here), `FeedSource` (RSS, Atom; `_feeds`) and
`PageSource` (HTML; `_pages`). A module in this package makes one object, `SOURCE`, of its class; the module's name is
the source's name. Modules whose names start with an underscore are shared by sources and are none themselves.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote, unquote, urlsplit

from rolecall.errors import PayloadError
from rolecall.issues import Issue
from rolecall.model import Board, Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question to a host. `json` is sent as the body of a POST.

    `step` tells the source's `read` which of its pages the answer is. A request with `carry` is the page of one job:
    the posting holds what the list said, and stands alone (marked partial) when that page cannot be read. `scrub` takes
    out of the answer what it says of whoever asked, before anything of it is kept or recorded.
    """

    url: str
    method: Literal["GET", "POST"] = "GET"
    json: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    expect: Literal["json", "xml", "html"] = "json"
    step: str = "list"
    carry: Posting | None = None
    scrub: Callable[[bytes], bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer. `headers` have lower-case names; `body` has no content-encoding left; `url` is the final one."""

    request: Request
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def text(self) -> str:
        """The body as text: the charset of Content-Type, else UTF-8; what cannot be decoded becomes U+FFFD."""
        charset = "utf-8"
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.strip().partition("=")
            if name.lower() == "charset":
                charset = value.strip("\"' ") or charset
        try:
            return self.body.decode(charset, errors="replace").removeprefix("\ufeff")
        except LookupError:
            return self.body.decode("utf-8", errors="replace").removeprefix("\ufeff")

    def json(self) -> Record:
        """The body as a `Record`. Raises `PayloadError` when it is not JSON (NaN and doubled depth included)."""
        try:
            value = json.loads(self.text(), parse_constant=_no_constant, strict=False)
        except RecursionError as error:
            raise PayloadError(self.url, "the JSON is nested too deep.", "Check the address of the board.") from error
        except ValueError as error:
            start = self.text()[:60].strip().replace("\n", " ")
            what = f"the answer is not JSON ({str(error)[:80]}); it starts with {start!r}."
            raise PayloadError(self.url, what, "Check the address of the board.") from error
        return Record(value, "$")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one answer held.

    `more`: further requests (next pages, one page per job). `skipped`: items that could not be read, a finding each.
    `total`: how many jobs the source says there are in all. `partial`: why this answer cannot be the whole list.
    """

    postings: tuple[Posting, ...] = ()
    more: tuple[Request, ...] = ()
    skipped: tuple[Issue, ...] = ()
    total: int | None = None
    partial: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a source's terms demand of whoever shows its jobs. The default demands nothing.

    `attribution`: the name to print beside each job, with a followed link to the job there. `emit_jsonld` False: jobs
    must not reach job search engines. `apply_via_source`: the Apply button leads to the source's own page.
    """

    attribution: str | None = None
    emit_jsonld: bool = True
    apply_via_source: bool = False


# What stands before the name in the addresses of career pages.
_NOT_A_NAME = frozenset("www jobs job careers career apply boards join work hiring recruiting rss feeds".split())


class Source:
    """One vendor. Subclasses say what to ask and how to read; `example` is a line for config.yaml.

    `takes` is what names a board: `board` (a slug or token), or `url`. `kind`: the list is an employer's own, or that
    of a job board, whose copies give way to the employer's. `options` are further keys a board may have.
    `steps` are the kinds of page that `read` knows (`Request.step`), the one that `first` asks for in front; `read`
    also takes an answer whose request has no `carry`, so that a saved page can be read on its own.

    `addresses` are regular expressions that recognise a board by an address without scheme and `www.`; a group named
    `board` gives its name. `env` names environment variables that hold keys: `fetch` hands their values to `first` and
    `read` in `board.options["env"]`, and nothing ever writes them.
    """

    takes: Literal["board", "url"] = "board"
    kind: Literal["employer", "board"] = "employer"
    example: str = ""
    options: frozenset[str] = frozenset()
    terms: Terms = Terms()
    steps: tuple[str, ...] = ("list",)
    addresses: tuple[str, ...] = ()
    env: tuple[str, ...] = ()

    def first(self, board: Board) -> Request:
        raise NotImplementedError

    def read(self, response: Response, board: Board) -> Batch:
        raise NotImplementedError

    def board_of(self, groups: Mapping[str, str | None]) -> str:
        """The board's name, made of what the groups of one of `addresses` matched."""
        return unquote(groups.get("board") or "")

    def employer_of(self, board: Board) -> str:
        """Who hires, as the board's address tells it: the name for want of one in the answer and in config.yaml."""
        host = urlsplit(board.url).hostname if board.url else None
        labels = [label for label in (host or board.board).split(".") if label not in _NOT_A_NAME]
        return labels[0] if host and labels else board.board

    def terms_of(self, board: Board) -> Terms:
        """The terms for the jobs of `board`; those of `feed` depend on whose feed it is."""
        return self.terms


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON value that knows its path, so that a missing or changed field is an error that names it."""

    value: Any
    path: str

    def _find(self, dotted: str) -> tuple[Any, str]:
        value, path = self.value, self.path
        for name in dotted.split(".") if dotted else ():
            path = f"{path}.{name}"
            value = value.get(name) if isinstance(value, dict) else None
        return value, path

    def need(self, dotted: str) -> str:
        """The text at `dotted`; numbers become text. Raises `PayloadError` when it is absent, blank or no scalar."""
        value, path = self._find(dotted)
        text = _scalar(value)
        if text is None or not text.strip():
            what = "missing." if value is None else f"expected text, found {type(value).__name__}."
            raise PayloadError(path, what, "The source has changed; compare with its documentation.")
        return text

    def may(self, dotted: str) -> str | None:
        """The text at `dotted`, or None when it is absent, null, blank or no scalar."""
        text = _scalar(self._find(dotted)[0])
        return text if text is not None and text.strip() else None

    def flag(self, dotted: str) -> bool | None:
        """The boolean at `dotted`, or None when it is anything else."""
        value = self._find(dotted)[0]
        return value if isinstance(value, bool) else None

    def at(self, dotted: str) -> Record:
        """The record at `dotted`; a missing one is empty and every `may` of it is None."""
        value, path = self._find(dotted)
        return Record(value, path)

    def each(self, dotted: str = "") -> list[Record]:
        """The records of the list at `dotted`. Raises `PayloadError` for no list: a missing one is a changed API."""
        value, path = self._find(dotted)
        if not isinstance(value, list):
            raise PayloadError(path, "expected a list.", "The source has changed; compare with its documentation.")
        return [Record(item, f"{path}[{index}]") for index, item in enumerate(value)]

    def each_or_none(self, dotted: str) -> list[Record]:
        """Like `each`, for a list that jobs may lack: absent or null is an empty list."""
        value, path = self._find(dotted)
        return [Record(item, f"{path}[{index}]") for index, item in enumerate(value)] if isinstance(value, list) else []

    def words(self, dotted: str) -> tuple[str, ...]:
        """A list of texts, or one text, or nothing: the texts that are not blank."""
        value, _ = self._find(dotted)
        items = value if isinstance(value, list) else [value]
        return tuple(text for text in map(_scalar, items) if text is not None and text.strip())

    def __iter__(self) -> Iterator[Record]:
        return iter(self.each())


_MOST_DIGITS = 4_000


def _scalar(value: Any) -> str | None:
    if isinstance(value, str):
        if len(value) > _MOST_DIGITS and value.isdecimal():
            return None  # no number of a job; Python refuses to convert one so long
        # JSON may hold half a surrogate pair, which no file can.
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, bool) or value is None or not isinstance(value, int | float):
        return None
    if isinstance(value, float):
        return None if not math.isfinite(value) else str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def read_each(records: list[Record], posting: Any) -> tuple[tuple[Posting, ...], tuple[Issue, ...]]:
    """`posting(record)` for each record; one that raises `PayloadError` is skipped with a finding, None is left out."""
    found: list[Posting] = []
    skipped: list[Issue] = []
    for record in records:
        try:
            made = posting(record)
        except PayloadError as error:
            skipped.append(Issue("unreadable-item", error.where, error.what, error.hint))
            continue
        if made is not None:
            found.append(made)
    return tuple(found), tuple(skipped)


# What vendors call a job that nobody is meant to see. An unknown word is no reason to hide one: a renamed state would
# empty the board.
NOT_PUBLIC = frozenset({"draft", "internal", "closed", "archived", "unpublished", "paused", "on_hold", "filled"})


class JsonSource(Source):
    """A vendor that answers with one JSON list: set `url` (with `{board}`), `items` (dotted path), write `posting`."""

    url: str = ""
    items: str = ""

    def first(self, board: Board) -> Request:
        return Request(url=self.url.format(board=quote(board.board, safe="")))

    def read(self, response: Response, board: Board) -> Batch:
        postings, skipped = read_each(response.json().each(self.items), self.posting)
        return Batch(postings=postings, skipped=skipped)

    def posting(self, item: Record) -> Posting | None:
        """One item as a posting; None when the source says that it is not public."""
        raise NotImplementedError
