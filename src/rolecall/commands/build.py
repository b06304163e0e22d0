"""`rolecall build`: jobs/ becomes README.md and output/. Never needs the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from rolecall.commands import CACHE, CONFIG, LOGOS, OUTPUT, TEMPLATES
from rolecall.commands.built import BuildReport, ReadmeFacts
from rolecall.commands.catalogue import WORTH_FORKING, load_catalogue
from rolecall.commands.read_days import load_read_days
from rolecall.commands.readme import Readme, prepare_readme
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
from rolecall.site.workers import together, worker_count
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
        with _stage("readme", seconds, say):
            readme, words = _readme_and_words(folder, site, renderer, catalogue.issues, workers)
        with _stage("site", seconds, say):
            font = folder / config.site.card_font if config.site.card_font else None
            published = build_site(site, renderer, folder / OUTPUT, folder / CACHE, workers, font, words)
        if readme is not None:
            readme.write()
        watched = Watched(config.readme.file, lists_folder(config.readme.file), config.site.card_font or "")
        after = outputs_of(folder, watched)
        warn_of_sizes(after, readme.facts if readme is not None else None, catalogue.issues)
        report = _report(site, published, after, readme.facts if readme is not None else None, seconds, catalogue.issues)
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


def _readme_and_words(
    folder: Path, site: Site, renderer: Renderer, issues: Issues, workers: int | None
) -> tuple[Readme | None, Words | None]:
    """The README, and on a larger board beside it, in another process, the words of the search."""
    works: list[Callable[[], Any]] = [lambda: prepare_readme(folder, site, renderer, issues)]
    if len(site.jobs) >= WORTH_FORKING and worker_count(workers) > 1:
        make = words_ahead(site, folder / CACHE, workers)
        if make is not None:
            works.append(lambda: make().values())
    readme, *ahead = together(works, workers)
    return readme, Words(*ahead[0]) if ahead else None


@contextmanager
def _stage(name: str, seconds: dict[str, float], say: Callable[[str], None]) -> Iterator[None]:
    """Times a stage for the report, and names it when it starts."""
    say(f"{name} ...")
    start = perf_counter()
    yield
    seconds[name] = perf_counter() - start
