"""What can go wrong, sorted by who must act.

RolecallError
  AnotherRun                 nobody: it ends by itself
  ConfigError                the owner: file, line, key, what is allowed
  SourceError                one board; the others go on
    FetchError
      Unreachable            nobody yet: no answer, broken connection, time out, not in the recording
      Throttled              nobody yet: the host asks us to wait (retry_after_s)
      Refused                the owner: 401, 403 and other refusals
      Gone                   the owner: 404 or 410; the board may have moved
      TooLarge               the owner: the answer is over the cap
      ForbiddenAddress       the owner: the address is private, or not http(s)
    PayloadError             a developer: the answer is not what the documentation promises
  StoreError                 whoever wrote the file in jobs/: file, line
  BuildError                 the owner
    DamagedCache             nobody: the build starts again without its cache
    TemplateError            template, line
    PathConflict             two pages want one path
    BudgetError              a size that cannot be kept
    MarkerError              README's markers are missing or doubled
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from rolecall.issues import Issue, Level, Spot


class RolecallError(Exception):
    """A run, or a part of it, that cannot go on. Its text is one line per problem: where, what, what now."""

    code = "error"

    def __init__(self, where: str | Spot, what: str, hint: str = "") -> None:
        spot = where if isinstance(where, Spot) else None
        self.problems: tuple[Issue, ...] = (Issue(self.code, str(where), what, hint, Level.ERROR, spot),)
        super().__init__(str(self.problems[0]))

    @classmethod
    def of(cls, problems: Iterable[Issue]) -> Self:
        """One error that holds all `problems` of a run (at least one)."""
        found = tuple(problems)
        error = cls(found[0].where, found[0].what, found[0].hint)
        error.problems = found
        error.args = ("\n".join(str(problem) for problem in found),)
        return error

    @property
    def where(self) -> str:
        return self.problems[0].where

    @property
    def what(self) -> str:
        return self.problems[0].what

    @property
    def hint(self) -> str:
        return self.problems[0].hint


class AnotherRun(RolecallError):
    """Another run is at work in the board's folder."""

    code = "another-run"


class ConfigError(RolecallError):
    """config.yaml cannot be used."""

    code = "config"


class SourceError(RolecallError):
    """One board cannot be read; the others go on."""

    code = "source"


class FetchError(SourceError):
    """The network, or the host, gave no usable answer."""

    code = "fetch"


class Unreachable(FetchError):
    """No answer: name not found, connection broken, time out, 5xx, or not in the recording."""

    code = "unreachable"


class Throttled(FetchError):
    """The host asks for patience: 429, or 503 with Retry-After."""

    code = "throttled"

    def __init__(self, where: str, what: str, hint: str = "", *, retry_after_s: float | None = None) -> None:
        super().__init__(where, what, hint)
        self.retry_after_s = retry_after_s


class Refused(FetchError):
    """The host does not want us: 401, 403, 406, a redirect to another host."""

    code = "refused"


class Gone(FetchError):
    """404 or 410."""

    code = "gone"


class TooLarge(FetchError):
    """The decoded answer is larger than the cap."""

    code = "too-large"


class ForbiddenAddress(FetchError):
    """The address is not http(s), has credentials, or leads into a private network."""

    code = "forbidden-address"


class PayloadError(SourceError):
    """The answer is not what the source's documentation promises; `where` is a path such as `$.jobs[3].title`."""

    code = "payload"


class StoreError(RolecallError):
    """A file in jobs/ cannot be read or written."""

    code = "store"


class BuildError(RolecallError):
    """The site or the README cannot be built; the last good ones stay."""

    code = "build"


class DamagedCache(BuildError):
    """A file below .cache does not hold what was written there; without it, everything is made anew."""

    code = "cache"


class TemplateError(BuildError):
    """A template is broken: `where` is template:line."""

    code = "template"


class PathConflict(BuildError):
    """Two artifacts claim one path."""

    code = "path-conflict"


class BudgetError(BuildError):
    """A size limit that cannot be kept whatever is left out."""

    code = "budget"


class MarkerError(BuildError):
    """The README does not hold each marker exactly once, on a line of its own."""

    code = "marker"
