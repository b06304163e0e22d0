"""What an importer gives, and what the importers share: text of bytes, the list of losses, small questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from rolecall.address import host_of, web_address
from rolecall.errors import RolecallError
from rolecall.issues import one_line
from rolecall.model import Posting, Sponsorship

MAX_BYTES = 20_000_000
MAX_ENTRIES = 20_000
_EXAMPLES = 3
_EXAMPLE_CHARS = 60

# Lists and job boards: a link to one of them is not the employer's own site.
_NOT_AN_EMPLOYER = re.compile(
    r"(?:^|\.)(?:simplify\.jobs|speedyapply\.com|linkedin\.com|indeed\.com|glassdoor\.\w+|levels\.fyi|jobright\.ai|"
    r"zapply\.jobs|ziprecruiter\.com|wellfound\.com|angel\.co|crunchbase\.com|wikipedia\.org|twitter\.com|x\.com|"
    r"facebook\.com|imgur\.com|greenhouse\.io|lever\.co|ashbyhq\.com|myworkdayjobs\.com|workable\.com|"
    r"smartrecruiters\.com|icims\.com|jobvite\.com)$"
)
_GITHUB = re.compile(r"(?:https?://)?(?:www\.)?github\.com/([A-Za-z0-9][A-Za-z0-9-]{0,38})(?:/|$)")
# What a list adds to say that it sent the reader.
_TRACKING = re.compile(r"(?<=[?&])(?:utm_\w+=[^&#]*|ref=(?:simplify|speedyapply|ghlist))(?:&|(?=#)|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a list says of an employer; becomes a company.yaml where there is none."""

    website: str | None = None
    github: str | None = None
    logo: str | None = None

    def __bool__(self) -> bool:
        return bool(self.website or self.github or self.logo)


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry of a list in its own words. `line` is where it stands in the file, `markdown` its text if that is so.

    `estimated`: the day is told by an age or without a year. `closed`: the list says that nobody can apply any more.
    """

    posting: Posting
    line: int
    markdown: str | None = None
    closed: bool = False
    estimated: bool = False
    sponsorship: Sponsorship | None = None
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that became no job. `reason` is one of a few words to count by, `why` the sentence for people."""

    line: int
    title: str
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class Loss:
    """What of the entries' fields was not carried over: of which field, why, how often, and a few examples."""

    field: str
    why: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as drafts. Every entry is either a draft or left out; `lost` is about fields of those that are drafts."""

    drafts: tuple[Draft, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    lost: tuple[Loss, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Draft | LeftOut], losses: Losses) -> Imported:
        """All `entries` of a file, each kind in its order; `losses` counts while they are made."""
        made = list(entries)
        drafts = tuple(entry for entry in made if isinstance(entry, Draft))
        return cls(drafts, tuple(entry for entry in made if isinstance(entry, LeftOut)), losses.all())

    @property
    def entries(self) -> int:
        return len(self.drafts) + len(self.left_out)


@dataclass(frozen=True, slots=True)
class Importer:
    """One shape of file. `knows` says by name and bytes whether a file has it."""

    name: str
    what: str
    knows: Callable[[str, bytes], bool]
    read: Callable[[str, bytes, date], Imported]


@dataclass(slots=True)
class Losses:
    """Counts what is not carried over, field by field."""

    _found: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, name: str, why: str, example: object = "") -> None:
        """Count one value of the field `name` that was lost, if it says anything."""
        key = (one_line(name)[:_EXAMPLE_CHARS], why)
        shown = one_line(str(example))[:_EXAMPLE_CHARS]
        self._counts[key] = self._counts.get(key, 0) + 1
        examples = self._found.setdefault(key, [])
        if shown and len(examples) < _EXAMPLES and shown not in examples:
            examples.append(shown)

    def all(self) -> tuple[Loss, ...]:
        return tuple(
            Loss(name, why, self._counts[name, why], tuple(examples))
            for (name, why), examples in sorted(self._found.items())
        )


def merged(losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """The losses of several files as one list."""
    counts: dict[tuple[str, str], int] = {}
    examples: dict[tuple[str, str], dict[str, None]] = {}
    for loss in losses:
        key = (loss.field, loss.why)
        counts[key] = counts.get(key, 0) + loss.count
        examples.setdefault(key, {}).update(dict.fromkeys(loss.examples))
    return tuple(Loss(*key, counts[key], tuple(examples[key])[:_EXAMPLES]) for key in sorted(counts))


def text_in(name: str, data: bytes) -> str:
    """The text of a file. Raises `RolecallError` with the line that is not UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RolecallError(f"{name}:{line}", "is not UTF-8.", "Save the file as UTF-8.") from error


def head_of(data: bytes, size: int = 20_000) -> str:
    """The beginning of a file, for looking at it; what is no text is replaced."""
    return data[:size].decode("utf-8-sig", "replace").replace("\r\n", "\n")


def website_of(address: str | None) -> str | None:
    """`address` as an employer's own site, or None when it is none, or leads to a list or an applicant system."""
    safe = web_address(address)
    if safe is None or _NOT_AN_EMPLOYER.search(host_of(safe)) or host_of(safe) == "github.com":
        return None
    return safe


def github_of(text: str | None) -> str | None:
    """The account on GitHub that an address or a bare `name` or `name/project` means, or None."""
    word = (text or "").split(",")[0].strip()
    found = _GITHUB.match(word)
    if found:
        return found[1]
    bare = re.fullmatch(r"@?([A-Za-z0-9][A-Za-z0-9-]{0,38})(?:/[\w.-]+)?", word)
    return bare[1] if bare else None


def is_of_a_list(address: str) -> bool:
    """Whether the address leads to another list, not to where one applies."""
    return bool(re.search(r"(?:^|\.)(?:simplify\.jobs|speedyapply\.com|imgur\.com)$", host_of(address)))


def without_tracking(address: str, losses: Losses) -> str:
    """The address without what only tells who sent the reader."""
    bare = _TRACKING.sub("", address)
    if bare == address:
        return address
    losses.add("address", "without what only tracked readers (utm_..., ref)", address.partition("?")[2])
    head, hash_, tail = bare.partition("#")
    return head.rstrip("?&") + hash_ + tail
