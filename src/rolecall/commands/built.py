"""What a build says at its end. Of itself it loads nothing: a build that finds nothing to do needs no more."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rolecall.issues import Issues

_COUNTS = ("jobs", "closed", "written", "unchanged", "skipped", "swept", "files", "bytes")


@dataclass(frozen=True, slots=True)
class ReadmeFacts:
    """What a README shows: how many of the jobs, how large the whole file is, and what had to be left out.

    `lists` is how many files list all jobs; some of them were written or removed by this run.
    """

    file: str
    shown: int
    total: int
    step: str
    bytes: int
    max_bytes: int
    lists: int = 0
    lists_written: int = 0
    lists_removed: int = 0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made. `seconds` is of each stage; `readme` is None when the board has no README.

    `files` and `bytes` are those of the whole site in output/.
    """

    jobs: int
    closed: int
    written: int
    unchanged: int
    skipped: int
    swept: int
    files: int
    bytes: int
    readme: ReadmeFacts | None
    seconds: dict[str, float]
    issues: Issues

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        counts = {name: getattr(self, name) for name in _COUNTS}
        seconds = {stage: round(taken, 3) for stage, taken in self.seconds.items()}
        return {
            **counts,
            "readme": asdict(self.readme) if self.readme is not None else None,
            "seconds": seconds,
            "issues": [issue.as_dict() for issue in self.issues],
        }
