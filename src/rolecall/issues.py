"""Findings: what a run noticed and a person should hear of, in three parts: where, what, what now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum


def one_line(text: str) -> str:
    """Text from outside on one line, without what a terminal or a CI log would obey."""
    return "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text.split()))


class Level(StrEnum):
    """How much a finding matters. Only `ERROR` makes a run end with exit code 1."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding. `where` is `file:line: field`, a board or a URL; `hint` says what to do now."""

    code: str
    where: str
    what: str
    hint: str = ""
    level: Level = Level.WARNING

    def __str__(self) -> str:
        """One line; the parts may quote text from outside."""
        return one_line(f"{self.where}: {self.what} {self.hint}")

    def as_dict(self) -> dict[str, str]:
        """The finding as JSON-ready text, for `--json` reports."""
        return {
            "level": self.level.value,
            "code": self.code,
            "where": self.where,
            "what": self.what,
            "hint": self.hint,
        }


@dataclass(slots=True)
class Issues:
    """The findings of one run, in the order in which they were noticed, each once."""

    _found: dict[Issue, None] = field(default_factory=dict)

    def add(self, issue: Issue) -> None:
        self._found.setdefault(issue)

    def extend(self, issues: Iterable[Issue]) -> None:
        for issue in issues:
            self.add(issue)

    def info(self, code: str, where: str, what: str, hint: str = "") -> None:
        self.add(Issue(code, where, what, hint, Level.INFO))

    def warn(self, code: str, where: str, what: str, hint: str = "") -> None:
        self.add(Issue(code, where, what, hint, Level.WARNING))

    def error(self, code: str, where: str, what: str, hint: str = "") -> None:
        self.add(Issue(code, where, what, hint, Level.ERROR))

    @property
    def errors(self) -> list[Issue]:
        return [issue for issue in self if issue.level is Level.ERROR]

    def counts(self) -> Counter[str]:
        """How many findings there are of each code."""
        return Counter(issue.code for issue in self)

    def __iter__(self) -> Iterator[Issue]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
