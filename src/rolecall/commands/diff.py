"""`rolecall diff`: what a reader of the board would see change between two states of its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from rolecall import markup
from rolecall.commands import CONFIG
from rolecall.commands.states import Parsed, State, Words, differing, parse, two_states
from rolecall.config import Config, load_config
from rolecall.errors import ConfigError
from rolecall.issues import Issues
from rolecall.site.language import Language
from rolecall.site.site import is_open
from rolecall.site.view import JobView
from rolecall.site.words import fixed_words

Kind = Literal["new", "reopened", "changed", "closed", "gone"]
KINDS: tuple[Kind, ...] = ("new", "reopened", "changed", "closed", "gone")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a reader sees of a job, before and after, in words; "" is not said."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one job. `view` is the job as it is now, of one that is gone as it was."""

    kind: Kind
    view: JobView
    facts: tuple[Fact, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        names = ("id", "file", "title", "company", "where", "pay", "posted", "closes", "apply_url")
        facts = [asdict(fact) for fact in self.facts]
        return {"kind": self.kind, **{name: getattr(self.view, name) for name in names}, "facts": facts}


@dataclass(frozen=True, slots=True)
class DiffReport:
    """The changes by kind, in each the newest first as on the board; companies with another name; the README's size.

    `issues` are of files that could not be compared.
    """

    before: str
    after: str
    changes: tuple[Change, ...]
    renamed: tuple[tuple[str, str], ...]
    readme_bytes: tuple[int | None, int | None]
    issues: Issues

    def of(self, kind: Kind) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.renamed)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "before": self.before,
            "after": self.after,
            "counts": {kind: len(self.of(kind)) for kind in KINDS},
            "changes": [change.as_dict() for change in self.changes],
            "renamed": [{"before": before, "after": after} for before, after in self.renamed],
            "readme_bytes": {"before": self.readme_bytes[0], "after": self.readme_bytes[1]},
            "issues": [issue.as_dict() for issue in self.issues],
        }


def diff(folder: Path, today: date, before: str = "HEAD", after: str | None = None) -> DiffReport:
    """What changed from one state to the other; a state is a commit of `folder` or another folder with a board.

    `after` None is `folder` as it stands. Files that cannot be read are findings. Raises `RolecallError` when a state
    is not there.
    """
    try:
        config = load_config(folder / CONFIG)
    except ConfigError:  # it gives names to tags, no more
        config = Config(title="?")
    first, second = two_states(folder, before, after, config.readme.file)
    words = Words(today, config.vocabulary(), Language())
    old, new = (
        parse(state, files, words) for state, files in zip((first, second), differing(first, second), strict=True)
    )
    issues = Issues()
    issues.extend((*old.issues, *new.issues))
    return DiffReport(
        first.name,
        second.name,
        tuple(_in_order(_changes(old, new, today.isoformat()))),
        tuple(_renamed(old, new)),
        (first.readme_bytes, second.readme_bytes),
        issues,
    )


def _changes(old: Parsed, new: Parsed, day: str) -> Iterator[Change]:
    moved = dict(_moved(old, new))
    for one in new.jobs.values():
        before = old.jobs.get(one.id) or moved.get(one.id)
        if before is None:
            # A file that could not be read before may have held this very job.
            if is_open(one, day) and one.file.partition("/")[2] not in old.broken:
                yield Change("new", one)
        elif change := _change(before, one, day):
            yield change
    known = {*new.jobs, *(before.id for before in moved.values())}
    for view in old.jobs.values():
        if view.id not in known and is_open(view, day) and view.file.partition("/")[2] not in new.broken:
            yield Change("gone", view)


def _change(before: JobView, after: JobView, day: str) -> Change | None:
    was_open, stands = is_open(before, day), is_open(after, day)
    facts = tuple(_facts(before, after))
    if was_open and not stands:
        return Change("closed", after)
    if stands and not was_open:
        return Change("reopened", after, facts)
    return Change("changed", after, facts) if stands and facts else None


def _moved(old: Parsed, new: Parsed) -> Iterator[tuple[str, JobView]]:
    """Jobs whose file has another name, by which people's own jobs are known: the same title and address, once each."""
    gone = {(view.title, view.apply_url): view for view in old.jobs.values() if view.id not in new.jobs}
    come = {(view.title, view.apply_url): view.id for view in new.jobs.values() if view.id not in old.jobs}
    for key in gone.keys() & come.keys():
        yield come[key], gone[key]


def _facts(before: JobView, after: JobView) -> Iterator[Fact]:
    for (name, old), (_, new) in zip(_shown(before), _shown(after), strict=True):
        if old != new:
            yield Fact(name, old, new)
    if before.description != after.description:
        yield _description(before, after)


def _shown(view: JobView) -> tuple[tuple[str, str], ...]:
    """What a reader sees of a job, but the description, in words."""
    return (
        ("title", view.title),
        ("company", view.company),
        ("where", view.where),
        ("pay", view.pay),
        ("employment", ", ".join(map(fixed_words, view.employment))),
        ("level", fixed_words(view.level)),
        ("tags", ", ".join(view.tag_names)),
        ("posted", view.posted),
        ("closes", view.closes),
        ("sponsorship", view.sponsorship),
        ("department", view.department),
        ("language", view.language),
        ("featured", "yes" if view.featured else ""),
        ("apply address", view.apply_url),
        ("page", view.page),
    )


def _description(before: JobView, after: JobView) -> Fact:
    """How much of the description changed, in words; their order does not count."""
    old, new = (Counter(markup.text_of(view.description).split()) for view in (before, after))
    come, gone = (new - old).total(), (old - new).total()
    changed = f"{come} added, {gone} removed" if come or gone else "only order or form"
    return Fact("description", _words(old), f"{_words(new)}: {changed}" if new else "")


def _words(counted: Counter[str]) -> str:
    return f"{counted.total():,} word{'' if counted.total() == 1 else 's'}" if counted else ""


def _renamed(old: Parsed, new: Parsed) -> Iterator[tuple[str, str]]:
    for file, company in sorted(new.companies.items()):
        before = old.companies.get(file)
        if before is not None and before.name != company.name:
            yield before.name, company.name


def _in_order(changes: Iterable[Change]) -> list[Change]:
    """By kind, then as on the board: featured first, then the newest, then by id."""
    found = sorted(changes, key=lambda change: change.view.id)
    found.sort(key=lambda change: change.view.posted, reverse=True)
    return sorted(found, key=lambda change: (KINDS.index(change.kind), not change.view.featured))


__all__ = ["KINDS", "Change", "DiffReport", "Fact", "State", "diff"]
