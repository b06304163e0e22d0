"""`rolecall build`: jobs/ becomes README.md and output/. Never needs the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

from rolecall.commands import CACHE, CONFIG, LOGOS, OUTPUT, TEMPLATES
from rolecall.commands.built import BuildReport, ReadmeFacts
from rolecall.commands.catalogue import WORTH_FORKING, load_catalogue
from rolecall.commands.read_days import load_read_days
from rolecall.commands.readme import prepare_readme
from rolecall.commands.sizes import warn_of_sizes
from rolecall.commands.standing import Standing, Watched, inputs_of, outputs_of, remember
from rolecall.config import load_config
from rolecall.errors import StoreError
from rolecall.files import only_one
from rolecall.issues import Issues
from rolecall.site.artifact import Published
from rolecall.site.build import build_site
from rolecall.site.logos import find_logos
from rolecall.site.readme_topics import lists_folder
from rolecall.site.render import Renderer
from rolecall.site.search.words import Words
from rolecall.site.site import Site
from rolecall.site.workers import aside
from rolecall.site.writers.search import words_ahead


def build(
    folder: Path, today: date, *, workers: int | None = None, keep_going: bool = False, say: Callable[[str], None]
) -> BuildReport:
    """Render the board. Whatever is broken is found before the first byte is written, so the last good output stays.

    `keep_going` leaves broken job files out instead; they are errors of the report all the same.
    """
    seconds: dict[str, float] = {}
    with only_one(folder / CACHE / "lock"):
        before = inputs_of(folder, today)
        config = load_config(folder / CONFIG)
        workers = workers or config.workers
        renderer = Renderer.of_board(folder / TEMPLATES, config.language)
        with _stage("read", seconds, say):
            catalogue = load_catalogue(folder, config, today, workers, renderer.language)
            if catalogue.issues.errors and not keep_going:
                raise StoreError.of(catalogue.issues.errors)
            logos = find_logos(folder / LOGOS, catalogue.companies)
            site = Site.of(
                catalogue.views, catalogue.companies, config, today, logos, renderer.language, load_read_days(folder)
            )
        with _words_aside(folder, site, workers) as words:
            with _stage("readme", seconds, say):
                readme = prepare_readme(folder, site, renderer, catalogue.issues)
            with _stage("site", seconds, say):
                font = folder / config.site.card_font if config.site.card_font else None
                published = build_site(site, renderer, folder / OUTPUT, folder / CACHE, workers, font, words)
        if readme is not None:
            readme.write()
        watched = Watched(config.readme.file, lists_folder(config.readme.file), config.site.card_font or "")
        after = outputs_of(folder, watched)
        warn_of_sizes(after, readme.facts if readme is not None else None, catalogue.issues)
        report = _report(
            site, published, after, readme.facts if readme is not None else None, seconds, catalogue.issues
        )
        remember(folder, before, watched, after, report)
    return report


def _report(
    site: Site,
    published: Published,
    after: Standing,
    readme: ReadmeFacts | None,
    seconds: dict[str, float],
    issues: Issues,
) -> BuildReport:
    return BuildReport(
        jobs=len(site.jobs),
        closed=len(site.closed),
        written=published.written,
        unchanged=published.unchanged,
        skipped=published.skipped,
        swept=published.swept,
        files=after.files,
        bytes=after.bytes,
        readme=readme,
        seconds=seconds,
        issues=issues,
    )


@contextmanager
def _words_aside(folder: Path, site: Site, workers: int | None) -> Iterator[Callable[[], Words] | None]:
    """The words of the search, which on a larger board another process makes beside all else; None: not ahead."""
    make = words_ahead(site, folder / CACHE) if len(site.jobs) >= WORTH_FORKING else None
    if make is None:
        yield None
        return
    with aside(lambda: make().values(), workers) as made:
        yield lambda: Words(*made())


@contextmanager
def _stage(name: str, seconds: dict[str, float], say: Callable[[str], None]) -> Iterator[None]:
    """Times a stage for the report, and names it when it starts."""
    say(f"{name} ...")
    start = perf_counter()
    yield
    seconds[name] = perf_counter() - start
