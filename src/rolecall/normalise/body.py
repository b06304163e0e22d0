"""The text of an ad in its parts: what the job needs counts for more than what stands below "About us"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, Self

from rolecall import markup
from rolecall.normalise.lookup import listed, table, words
from rolecall.normalise.terms import lower_of

Kind = Literal["plain", "needs", "tasks", "nice", "benefits", "company", "legal"]
_KINDS: tuple[Kind, ...] = ("nice", "needs", "tasks", "benefits", "company", "legal")

MAX_CHARS = 60_000
_MAX_HEADING = 80
_MAX_WORDS = 12
_HEADING = re.compile(r"<h[34]>(.*?)</h[34]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LONG_LINE = 600
# In one endless line, headings stand in the middle: `... experience. Preferred Qualifications - Docker - ...`
# A word is bounded: `A&A&A&` must not be tried to its end from every A.
_CAPITAL = r"[A-Z][\w’'&/]{0,30}"
_INLINE = re.compile(rf"\b({_CAPITAL}(?: (?:{_CAPITAL}|to|and|of|the|you|we|for|in)){{0,5}}) ?(?=[:•*-] )")
_SAYS = re.compile(
    r"[®™]?(?:,? (?:is|are|was|has|helps|builds|provides|we|our|offers|makes|exists|designs|delivers)\b|['’]s )"
)


@dataclass(frozen=True, slots=True)
class Body:
    """Plain `text`, a line for each block, the same in lower case, and where its parts start."""

    text: str
    lower: str = ""
    starts: tuple[int, ...] = (0,)
    kinds: tuple[Kind, ...] = ("plain",)

    @classmethod
    def of(cls, text: str) -> Self:
        """A text without parts."""
        return cls(text, lower_of(text))

    @property
    def has_needs(self) -> bool:
        """Whether a part says what the job needs: then the parts about other things are told from it."""
        return "needs" in self.kinds

    def kind_at(self, offset: int) -> Kind:
        return self.kinds[bisect_right(self.starts, offset) - 1]

    def parts(self) -> Iterator[tuple[Kind, str]]:
        """(kind, text) of each part, in order."""
        for at, start in enumerate(self.starts):
            end = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)
            yield self.kinds[at], self.text[start:end]


NO_TEXT = Body("")


def read_body(html: str | None, employer: str = "") -> Body:
    """The parts of a description as `read_description` makes it, at most 60,000 characters; `employer` is its name."""
    if not html:
        return NO_TEXT
    text = markup.text_of_clean(html)[:MAX_CHARS]
    lower = lower_of(text)
    legal = [phrase for phrase in _legal() if phrase in lower]
    marked = {" ".join(_plain(found).split()) for found in _HEADING.findall(html)}
    starts: list[int] = []
    kinds: list[Kind] = []

    def begin(offset: int, kind: Kind) -> None:
        if not kinds or kinds[-1] != kind:
            starts.append(offset)
            kinds.append(kind)

    current: Kind = "plain"
    offset = 0
    name = employer.strip().casefold()
    for line in text.split("\n"):
        heading = _kind_of(line, line in marked)
        if heading is not None:
            current = heading
            begin(offset, current)
        elif legal and is_legal(line, legal):
            begin(offset, "legal")
        elif len(line) > _LONG_LINE:
            for start, kind in _inside(line, current):
                current = kind
                begin(offset + start, kind)
        elif current == "plain" and name and _is_of_employer(line, name):
            begin(offset, "company")
        else:
            begin(offset, current)
        offset += len(line) + 1
    return Body(text, lower, tuple(starts) or (0,), tuple(kinds) or ("plain",))


def _plain(html: str) -> str:
    return _TAG.sub("", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _is_of_employer(line: str, employer: str) -> bool:
    """Whether a paragraph begins with what the employer is: `Acme is ...`, `At Acme, we ...`."""
    start = 3 if line[:3].casefold() == "at " else 0
    end = start + len(employer)
    return line[start:end].casefold() == employer and _SAYS.match(line, end) is not None


@cache
def _phrases() -> dict[tuple[str, ...], Kind]:
    return {words(phrase): kind for kind in _KINDS for phrase in listed(table("sections")[kind])}


@cache
def _longest() -> int:
    return max(map(len, _phrases()))


def heading_kind(line: str) -> Kind | None:
    """What a heading says of the part below it, or None when it says nothing of the kind."""
    said = words(line.replace("’", "").replace("'", ""))[:_MAX_WORDS]
    known = _phrases()
    for size in range(min(len(said), _longest()), 0, -1):
        for at in range(len(said) - size + 1):
            if kind := known.get(said[at : at + size]):
                # One word among many says little: `Experience the harbour` is no list of needs.
                return kind if size > 1 or at in (0, len(said) - 1) else None
    return "company" if said[:1] == ("about",) else "benefits" if said[:1] == ("why",) else None


@cache
def _exact() -> dict[str, Kind]:
    return {" ".join(phrase): kind for phrase, kind in _phrases().items()}


def is_heading(line: str) -> bool:
    """Whether a line, by its words alone, is a heading such as `Requirements`."""
    return len(line) <= _MAX_HEADING and _bare(line) in _exact()


def _bare(line: str) -> str:
    return line.rstrip(" :.…!").replace("’", "").replace("'", "").lower()


def _kind_of(line: str, is_marked: bool) -> Kind | None:
    """The kind that a line begins, if it is a heading; a marked heading always begins a part."""
    if is_marked:
        return heading_kind(line) or "plain"
    if len(line) > _MAX_HEADING:
        return None
    if (kind := _exact().get(_bare(line))) is not None:
        return kind
    return heading_kind(line) if line.endswith(":") and line[:1].isupper() else None


@cache
def _legal() -> tuple[str, ...]:
    return tuple(listed(table("sections")["legal_words"]))


def is_legal(line: str, phrases: Iterable[str] | None = None) -> bool:
    """Whether a paragraph is legal text: equal opportunity, privacy, fraud. `phrases`: those to look for."""
    if not 60 <= len(line) < 4 * _LONG_LINE:
        return False
    lower = line.lower()
    return any(phrase in lower for phrase in (_legal() if phrases is None else phrases))


def _inside(line: str, current: Kind) -> Iterator[tuple[int, Kind]]:
    yield 0, current
    for found in _INLINE.finditer(line):
        kind = heading_kind(found[1]) if len(found[1]) < _MAX_HEADING else None
        if kind is not None:
            yield found.start(1), kind
