"""Findings: what a run noticed and a person should hear of, in three parts: where, what, what now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum


def one_line(text: str) -> str:
    """Text from outside on one line, without what a terminal or a CI log would obey."""
    line = "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text.split()))
    return disarmed(line)


def disarmed(line: str) -> str:
    """A line of which GitHub's runner obeys no part: it takes `::` at the beginning, and `##[` anywhere."""
    line = line.replace("##[", "# #[").replace("##vso[", "# #vso[")
    blanks = len(line) - len(line.lstrip())
    return f"{line[:blanks]}: {line[blanks + 1 :]}" if line.startswith("::", blanks) else line


class Level(StrEnum):
    """How much a finding matters. Only `ERROR` makes a run end with exit code 1."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file of the board: `file` relative to its folder, `line` and `column` from 1, `field` dotted."""

    file: str
    line: int | None = None
    column: int | None = None
    field: str = ""

    def __str__(self) -> str:
        """`jobs/acme/cook.yaml:9:11: salary.currency`"""
        at = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{at}: {self.field}" if self.field else at


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding. `where` is `file:line:column: field`, a board or a URL; `hint` says what to do now.

    `spot` is the same as `where` in its parts, for machines; None when it is no place in a file.
    """

    code: str
    where: str
    what: str
    hint: str = ""
    level: Level = Level.WARNING
    spot: Spot | None = None

    @classmethod
    def at(cls, code: str, spot: Spot, what: str, hint: str = "", level: Level = Level.ERROR) -> Issue:
        """A finding about a place in a file."""
        return cls(code, str(spot), what, hint, level, spot)

    def __str__(self) -> str:
        """One line; the parts may quote text from outside."""
        return one_line(f"{self.where}: {self.what} {self.hint}")

    def as_dict(self) -> dict[str, str | int | None]:
        """The finding as JSON-ready values, for `--json` reports: file, line, column and field where it has them."""
        said: dict[str, str | int | None] = {
            "level": self.level.value,
            "code": self.code,
            "where": self.where,
            "what": self.what,
            "hint": self.hint,
        }
        return said | asdict(self.spot) if self.spot is not None else said


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
