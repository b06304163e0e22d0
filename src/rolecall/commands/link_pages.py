"""Whether the page of a job says that one can still apply: open, gone or unsure, each with its evidence.

Only what is plain decides. A host that refuses programs, asks for patience or is down says nothing of the job.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from rolecall.errors import RolecallError
from rolecall.fetch.answers import Answer
from rolecall.issues import one_line
from rolecall.markup.page import Block, ld_json_blocks, page_title, shown_blocks
from rolecall.normalise.closed import says_closed
from rolecall.normalise.dates import read_date
from rolecall.normalise.lookup import words
from rolecall.normalise.text import cut
from rolecall.sources._ldjson import nodes, read_block
from rolecall.sources.base import Request, Response


class Standing(StrEnum):
    """What is known of a job's page. `UNSURE` is no answer, and never counts as one."""

    OPEN = "open"
    GONE = "gone"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A page's standing, and why, in words that a person can check.

    `reason` is for the job file, and holds no word of the page: what strangers write there would stand on the board.
    """

    standing: Standing
    evidence: str
    reason: str = ""


_TOP_CHARS = 2_000
_MOST_BLOCK_CHARS = 300
_MOST_WALL_CHARS = 1_500
_QUOTED_CHARS = 120
_TITLE_SHARE = 0.7
_WALL = re.compile(
    r"just a moment|attention required|access denied|are you (?:a )?(?:robot|human)|pardon our interruption"
    r"|verify (?:that )?you are (?:a )?human|security check|captcha|checking your browser|unusual traffic"
    r"|enable javascript|request (?:was )?blocked|bot detection",
    re.IGNORECASE,
)
_OTHER_JOBS = re.compile(
    r"\b(?:similar|other|more|related|recommended|further|latest|all|open|current)\b.{0,30}\b(?:jobs|positions|roles"
    r"|openings|vacancies|opportunities)\b|\b(?:ahnliche|weitere|andere|offene)\b.{0,20}\b(?:jobs|stellen\w*)\b"
    r"|\b(?:autres|similaires)\b.{0,20}\b(?:offres|postes)\b|\b(?:otras|similares)\b.{0,20}\b(?:ofertas|vacantes)\b"
)
# Where a redirect says by its very address that the job is not there. Greenhouse adds ?error=true.
_SAYS_GONE = re.compile(
    r"/(?:[\w-]*-)?(?:404|not-?found|expired|job-?closed|job-?expired|no-?longer-?available)(?:\.\w+)?/?$"
    r"|[?&](?:error=true|not_?found=(?:1|true)|job_?not_?found\b|expired=(?:1|true)|jobnotfound\b)",
    re.IGNORECASE,
)


def judge(title: str, asked: str, answer: Answer | RolecallError, today: date) -> Verdict:
    """How the job called `title` stands, by what its page at `asked` answered on `today`."""
    if isinstance(answer, RolecallError):
        return _unsure(answer.what)
    if answer.status in (404, 410):
        if _same_site(asked, answer.url):
            return Verdict(Standing.GONE, f"answered {answer.status}.", f"page gone ({answer.status})")
        return _unsure(f"leads to {_shown(answer.url)}, which answered {answer.status}.")
    if answer.status != 200:
        return _unsure(f"answered {answer.status}.")
    if "html" not in (kind := answer.headers.get("content-type", "text/html").lower()):
        is_document = "pdf" in kind
        return (
            Verdict(Standing.OPEN, "is a PDF that is there.") if is_document else _unsure(f"is {kind[:60]}, no page.")
        )
    html = Response(
        request=Request(url=asked), url=answer.url, status=200, headers=answer.headers, body=answer.body
    ).text()
    if _place(asked) != _place(answer.url):
        return _of_redirect(title, answer.url, html, today)
    return _of_page(title, html, today)


def _of_redirect(title: str, url: str, html: str, today: date) -> Verdict:
    where = f"leads to {_shown(url)}"
    found = _of_page(title, html, today)
    if found.standing is Standing.GONE:
        return Verdict(Standing.GONE, f"{where}; {found.evidence}", found.reason)
    if _SAYS_GONE.search(url):
        if found.standing is Standing.OPEN:
            return _unsure(f"{where}, which says that the job is not there; yet it {found.evidence}")
        return Verdict(Standing.GONE, f"{where}, which says that the job is not there.", "page gone (redirected)")
    if found.standing is Standing.OPEN:
        return Verdict(Standing.OPEN, f"{where}; {found.evidence}")
    return _unsure(f"{where}, which does not speak of this job.")


def _of_page(title: str, html: str, today: date) -> Verdict:
    name = page_title(html) or ""
    blocks = list(_own_part(shown_blocks(html)))
    size = sum(len(block.text) for block in blocks)
    heads = " ".join((name, *(block.text for block in blocks[:5])))
    if size < _MOST_WALL_CHARS and _WALL.search(heads):
        return _unsure(f"keeps programs out: {_quoted(name or heads)}.")
    said, dated = _statement(blocks, name), _last_day(title, html, today)
    if said is not None and dated is not None and dated.standing is Standing.OPEN:
        return _unsure(f"contradicts itself: it says {_quoted(said)}, and its data {dated.evidence}")
    if said is not None:
        return Verdict(Standing.GONE, f"says {_quoted(said)}.", "page gone (it says so)")
    if dated is not None:
        return dated
    if any(_names(title, text) for text in (name, *(block.text for block in blocks))):
        return Verdict(Standing.OPEN, "names the job.")
    if size < 200:
        return _unsure("shows nothing to a reader without scripts.")
    return _unsure("does not name the job.")


def _own_part(blocks: list[Block]) -> Iterator[Block]:
    """The blocks above a list of other jobs."""
    for index, block in enumerate(blocks):
        if index and block.is_heading and _OTHER_JOBS.search(" ".join(words(block.text))):
            return
        yield block


def _statement(blocks: list[Block], name: str) -> str | None:
    """What the page says near its top, or in a heading, when that is that the job is over."""
    above = 0
    for text, is_heading in ((name, True), *((block.text, block.is_heading) for block in blocks)):
        if (is_heading or above < _TOP_CHARS) and len(text) <= _MOST_BLOCK_CHARS and says_closed(text):
            return text
        above += len(text)
    return None


def _last_day(title: str, html: str, today: date) -> Verdict | None:
    """What the page's data for machines say of this job: its last day, or that there is such an ad."""
    for job in _job_ads(html):
        if not _names(title, str(job.get("title") or job.get("name") or "")):
            continue
        until = job.get("validThrough")
        day = read_date(until, today) if isinstance(until, str) else None
        if day is None:
            return Verdict(Standing.OPEN, "holds the job ad for machines.")
        if today - day > timedelta(days=1):  # somewhere the last day is still today
            return Verdict(Standing.GONE, f"was valid until {day}.", f"page gone (valid until {day})")
        return Verdict(Standing.OPEN, f"is valid until {day}.")
    return None


def _job_ads(html: str) -> Iterator[dict[str, object]]:
    for block in ld_json_blocks(html):
        if "JobPosting" in block:
            try:
                values = read_block(block)
            except ValueError:
                continue
            for value in values:
                yield from nodes(value, "JobPosting")


def _names(title: str, text: str) -> bool:
    """Whether `text` holds most words of the title; single letters, as in (m/f/d), are no words."""
    all_words, there = set(words(title)), set(words(text[:_TOP_CHARS]))
    wanted = {word for word in all_words if len(word) > 1} or all_words
    return bool(wanted) and len(wanted & there) >= _TITLE_SHARE * len(wanted)


def _place(url: str) -> tuple[str, str, str]:
    """An address without what changes nothing: scheme, `www.`, a slash at the end, the fragment."""
    parts = urlsplit(url)
    return (parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/").lower(), parts.query)


def _same_site(one: str, other: str) -> bool:
    """Whether both lie on one host, or one host's name ends with the other's."""
    here, there = sorted((_place(one)[0], _place(other)[0]), key=len)
    return here == there or there.endswith(f".{here}")


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return cut(f"{parts.netloc}{parts.path}", _QUOTED_CHARS)


def _quoted(text: str) -> str:
    return f'"{cut(one_line(text), _QUOTED_CHARS)}"'


def _unsure(evidence: str) -> Verdict:
    return Verdict(Standing.UNSURE, one_line(evidence))
