"""Remote OK: `GET https://remoteok.com/api`, one list for everybody: about 100 of the newest jobs, a day late.

Documentation: none but the terms in the answer's own element `legal`, which is found by that key, not by its place.
A list of that element alone is empty. The parameter `tag` is ignored, so `board` is always `all`.

Quirks: every description ends with a sentence whose tag is the address of the machine that asked, in base64; it is
removed here, before anything is stored, and so is any other tag that holds an address. Texts are UTF-8 read as
Latin-1, string by string (the normaliser mends them). Some rows are no job: their URL is that of the whole list. A
salary of 0 is none, and no currency or period is stated. An empty `location` is not said to mean anywhere. What is
older than the newest jobs is left out although it may be open, so a read never says that a job has gone.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from ipaddress import ip_address

from rolecall.errors import PayloadError
from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._boards import require_all
from rolecall.sources._descriptions import described
from rolecall.sources.base import Batch, Record, Request, Response, Source, Terms, read_each

_NEWEST = "Remote OK lists only its newest jobs; one that is no longer among them may still be open"
_NO_JOB = re.compile(r"(?i)https?://(?:www\.)?remoteok\.com/?(?:remote-jobs/?)?(?:[?#].*)?")
_GAP = r"(?:\s|&nbsp;|</?[a-zA-Z][^<>]{0,80}>)+"


def _spaced(sentence: str) -> str:
    return sentence.replace(" ", _GAP)


# Descriptions may be cut anywhere, so the end of the text ends each part too.
_SENTENCE = re.compile(
    r"(?:<br\s{0,3}/?>|&nbsp;|\s){0,12}"
    + _spaced(r"\b(?:please )?(?:mention|use|include) the words?\b")
    + rf".{{1,200}}?(?:\btags?{_GAP}#?R|\({_GAP[:-1]}?#R|{_spaced('read the job (?:post|ad)')}).{{0,200}}?"
    + r"(?:\(\s{0,3}(?:<[^<>]{0,80}>)?#R[^()\s]{0,160}\)|\bcompletely\b(?!.{0,3}\()|\Z)[.!]?"
    + rf"(?:(?:{_GAP})?{_spaced('this is a (?:beta )?feature')}.{{0,80}}?(?:applicants?[.!]|\Z))?"
    + rf"(?:(?:{_GAP})?{_spaced('companies can search')}.{{0,160}}?(?:human[.!]?|\Z))?",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"\(?#?(?<![A-Za-z0-9+/])R([A-Za-z0-9+/_-]{4,80})(?:=|%3D|&#61;|&equals;){0,2}(?![A-Za-z0-9+/])\)?")


class RemoteOk(Source):
    kind = "board"
    example = "- {source: remoteok, board: all}"
    terms = Terms(attribution="Remote OK")
    addresses = (r"(?i:remoteok)\.(?:com|io)(?:[/?#]|$)",)

    def first(self, board: Board) -> Request:
        require_all(board, "Remote OK")
        return Request(url="https://remoteok.com/api", scrub=_without_tags)

    def read(self, response: Response, board: Board) -> Batch:
        items = [item for item in response.json().each() if not (item.may("legal") and not item.may("id"))]
        postings, skipped = read_each(items, _posting)
        return Batch(postings=postings, skipped=skipped, partial=_NEWEST)


def _posting(job: Record) -> Posting | None:
    url = job.need("url")
    if _NO_JOB.fullmatch(url.strip()):
        return None
    key = job.need("id")
    if key not in url:
        raise PayloadError(f"{job.path}.url", f"does not hold the id {key[:40]!r}.", "Look at the page in a browser.")
    text, is_text = described(without_address(job.may("description") or ""))
    place = job.may("location")
    return Posting(
        key=key,
        title=job.need("position"),
        url=url,
        apply_url=job.may("apply_url"),
        company=job.need("company"),
        logo=job.may("company_logo") or job.may("logo"),
        description=text,
        description_is_text=is_text,
        places=(PlaceText(text=place),) if place else (),
        remote=True,
        salary=(PayText(min=job.may("salary_min"), max=job.may("salary_max"), currency=job.may("currency")),),
        posted=job.may("date") or job.may("epoch"),
        tags=job.words("tags"),
    )


def without_address(text: str) -> str:
    """`text` without the "mention the word" sentence, and without any tag that spells a network address."""
    return _TAG.sub(lambda found: "" if _is_address(found[1]) else found[0], _SENTENCE.sub("", text))


def _without_tags(body: bytes) -> bytes:
    """An answer without the tags that spell a network address: they stand in it for every job, and so in recordings."""
    text = body.decode("latin-1")
    return _TAG.sub(lambda found: "" if _is_address(found[1]) else found[0], text).encode("latin-1")


def _is_address(tag: str) -> bool:
    bare = tag.replace("-", "+").replace("_", "/")
    try:
        ip_address(b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode("ascii").strip())
    except (Error, ValueError):
        return False
    return True


SOURCE = RemoteOk()
