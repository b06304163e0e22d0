"""What a pull request changes, judged: values that the step summary, the comment and the command line show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rolecall.issues import Issue, Level


@dataclass(frozen=True, slots=True)
class Preview:
    """How a job will look: `row` and `page` are finished HTML for a Markdown file on GitHub, `line` is plain text.

    `file` is where the site has the page: `jobs/acme/cook.html`.
    """

    row: str
    page: str
    line: str
    file: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One changed path below jobs/: what was found, and how its job will look, where it is one."""

    path: str
    status: str
    issues: tuple[Issue, ...] = ()
    preview: Preview | None = None

    @property
    def is_good(self) -> bool:
        return not any(issue.level is Level.ERROR for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A job file that should have been sent instead of a file of another form (`origin`)."""

    origin: str
    path: str
    text: str
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A pull request as its contributor and the board's owner should see it. `number` is 0 where nobody said it.

    `rows`: the part of the README that is made of jobs/ is changed by hand.
    """

    number: int
    head: str
    files: tuple[Reviewed, ...]
    suggested: tuple[Suggested, ...] = ()
    outside: tuple[str, ...] = ()
    rows: bool = False
    issues: tuple[Issue, ...] = ()

    @property
    def concerns_jobs(self) -> bool:
        """Whether there is anything to say: a file below jobs/ changes, or a job came in another form."""
        return bool(self.files or self.suggested or self.rows)

    @property
    def good(self) -> int:
        """How many of the files have nothing that must be mended."""
        return sum(1 for file in self.files if file.is_good)

    @property
    def errors(self) -> list[Issue]:
        return [issue for issue in self.findings() if issue.level is Level.ERROR]

    def findings(self) -> Iterator[Issue]:
        """Everything noticed about the pull request's own files, file by file, then about the whole."""
        for file in self.files:
            yield from file.issues
        yield from self.issues

    def as_dict(self) -> dict[str, Any]:
        """The review as JSON-ready values."""
        return {
            "number": self.number,
            "head": self.head,
            "files": [
                {
                    "path": file.path,
                    "status": file.status,
                    "page": file.preview.file if file.preview is not None else None,
                    "issues": [issue.as_dict() for issue in file.issues],
                }
                for file in self.files
            ],
            "suggested": [
                {
                    "origin": one.origin,
                    "path": one.path,
                    "text": one.text,
                    "issues": [issue.as_dict() for issue in one.issues],
                }
                for one in self.suggested
            ],
            "outside": list(self.outside),
            "rows": self.rows,
            "issues": [issue.as_dict() for issue in self.issues],
        }
