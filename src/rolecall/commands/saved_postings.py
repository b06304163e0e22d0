"""The postings of answers that were saved to files, as their sources would have read them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from rolecall import sources
from rolecall.errors import PayloadError
from rolecall.files import inside
from rolecall.model import Board, Posting
from rolecall.normalise.identity import slug, stored_key
from rolecall.sources.base import Batch, Request, Response

_SAVED = "https://saved.example/"
_MAX_BYTES = 50_000_000
# Folders that are not called like the source that reads them; what none of them reads is tried as a feed or a page.
_FOLDERS = {"hn": "hackernews", "rwfa": "realworkfromanywhere", "indeed_xml": "jobs_xml", "jsonld_malformed": "jsonld"}
_ANY = ("feed", "jsonld")
# Lists that whoever collected them wrapped anew: where the items stand, and what they call things.
_ITEMS = ("results", "jobs", "data", "items")
_FIELDS = {
    "key": ["id", "url"],
    "title": ["title", "name"],
    "url": "url",
    "apply_url": "apply_url",
    "company": ["company.name", "company"],
    "description": ["description", "contents"],
    "place": "location",
    "salary": "salary_text",
    "salary_min": "salary_min",
    "salary_max": "salary_max",
    "employment": ["employment", "type"],
    "posted": ["posted_at", "postedAt"],
    "tags": "tags",
}


def employer_of(name: str) -> str:
    """Who hires, as the name of a saved answer tells it, for want of better: `03_acme.json` is Acme's."""
    return re.sub(r"^[\d_-]+", "", Path(name).stem)


def called(key: str, postings: Sequence[Posting]) -> Posting | None:
    """The posting that a label means by `key`: the source's key, else an address, a title, or a part of an address.

    A source may take another of a posting's names for its key than whoever labelled it did.
    """
    word = re.compile(rf"(?<![^\W_]){re.escape(key)}(?![^\W_])")

    def has_in_address(one: Posting) -> bool:
        return any(word.search(text) for text in (one.key, one.url, one.apply_url) if text)

    for named in (
        lambda one: stored_key(one.key) == stored_key(key),
        lambda one: key in (one.url, one.apply_url, one.title),
        has_in_address,
    ):
        found = [one for one in postings if named(one)]
        if found:
            return found[0]
    return None


def postings_of(payloads: Path, name: str) -> tuple[Board, Sequence[Posting]]:
    """The postings of a saved answer, and the board it counts as. Raises `PayloadError` when no source reads it."""
    path = inside(payloads, name)
    with path.open("rb") as file:
        body = file.read(_MAX_BYTES)
    folder = name.partition("/")[0]
    refusals: list[PayloadError] = []
    for source in dict.fromkeys((_FOLDERS.get(folder, folder), *_ANY)):
        if source not in sources.names():
            continue
        board = Board(source=source, board=slug(path.stem), url=_SAVED)
        for step in sources.find(source).steps:
            try:
                return board, _read(source, board, body, step)
            except PayloadError as error:
                refusals.append(error)
    if (postings := _of_any_shape(name, body)) is not None:
        return postings
    raise refusals[0]


def _of_any_shape(name: str, body: bytes) -> tuple[Board, Sequence[Posting]] | None:
    """A list of JSON that was wrapped anew: as the source of its folder reads it, else by the usual names of fields."""
    try:
        value = json.loads(body)
    except ValueError:
        return None
    path = next((one for one in _ITEMS if isinstance(value, dict) and isinstance(value.get(one), list)), None)
    if path is None:
        return None
    folder, board = name.partition("/")[0], slug(Path(name).stem)
    if folder in sources.names():
        again = json.dumps(dict.fromkeys(_ITEMS, value[path])).encode()
        try:
            own = Board(source=folder, board=board, url=_SAVED)
            return own, _read(folder, own, again, "list")
        except PayloadError:
            pass
    mapped = Board(source="mapped", board=board, url=_SAVED, options={"items": path, "fields": _FIELDS})
    postings = _read("mapped", mapped, body, "list")
    known = getattr(sources.find(folder), "known", None) if folder in sources.names() else None
    if known is None or known.workplace is None:
        return mapped, postings
    # A board of remote jobs only: its places are where one may live.
    return mapped, [
        one.but(
            workplace=known.workplace, remote_from=tuple(place.text for place in one.places if place.text), places=()
        )
        for one in postings
    ]


def _read(source: str, board: Board, body: bytes, step: str) -> Sequence[Posting]:
    request = Request(url=_SAVED, step=step)
    response = Response(request=request, url=_SAVED, status=200, headers={}, body=body)
    batch: Batch = sources.find(source).read(response, board)
    return [*batch.postings, *(wanted.carry for wanted in batch.more if wanted.carry)]
