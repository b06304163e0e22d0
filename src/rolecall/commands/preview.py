"""`rolecall serve`: the board as it would be published, on this machine, while somebody works on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from rolecall.commands import CONFIG, JOBS, LOGOS, OUTPUT, TEMPLATES
from rolecall.commands.build import build
from rolecall.commands.built import BuildReport
from rolecall.config import load_config
from rolecall.errors import AnotherRun, ConfigError, RolecallError
from rolecall.serve import Built, Server, Stage, Watched, serve
from rolecall.site import urls

MAX_PROBLEMS = 20
_README = "README.md"


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """`port` 0 takes a free one; `reload` tells open pages of a new build; `look` is called with the address."""

    port: int
    reload: bool
    look: Callable[[str], None]


def preview(
    folder: Path, today: date, options: PreviewOptions, show: Callable[[BuildReport], None], say: Callable[[str], None]
) -> None:
    """Build and serve until Ctrl-C. Raises `RolecallError` when the first build fails and no older one can be shown."""
    has_site = (folder / OUTPUT / urls.index()).is_file()

    def build_once() -> Built:
        nonlocal has_site
        try:
            report = build(folder, today, keep_going=True, say=lambda _: None)
        except AnotherRun:
            raise
        except RolecallError as error:
            if not has_site:
                raise
            problems = [str(problem) for problem in error.problems]
            for line in problems:
                say(line)
            return Built(False, _words(problems), _base_path(folder))
        has_site = True
        show(report)
        broken = _words([str(issue) for issue in report.issues.errors])
        return Built(bool(report.written or report.swept), broken, _base_path(folder))

    server = Server(folder / OUTPUT, options.port, Stage(), reload=options.reload)
    watched = Watched(folder, (CONFIG,), (JOBS, LOGOS, TEMPLATES), _readme(folder))

    def ready() -> None:
        say(f"{server.url}  (Ctrl-C ends)")
        options.look(server.url)

    serve(server, watched, build_once, say, ready)


def _words(problems: list[str]) -> str:
    more = len(problems) - MAX_PROBLEMS
    return "\n".join(problems[:MAX_PROBLEMS] + ([f"... and {more} more."] if more > 0 else []))


def _base_path(folder: Path) -> str:
    """Where below its host the site will stand: `/repo/`."""
    try:
        return urlsplit(urls.base_of(load_config(folder / CONFIG))).path or "/"
    except ConfigError:
        return "/"


def _readme(folder: Path) -> str:
    try:
        return load_config(folder / CONFIG).readme.file
    except ConfigError:
        return _README
