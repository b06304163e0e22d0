"""`rolecall build`: jobs/ becomes README.md and output/. Never needs the network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from rolecall.commands import CACHE, CONFIG, LOGOS, OUTPUT, TEMPLATES
from rolecall.commands.built import BuildReport, ReadmeFacts
from rolecall.commands.catalogue import VIEWS, WORTH_FORKING, Catalogue, load_catalogue
from rolecall.commands.read_days import load_read_days
from rolecall.commands.readme import readme_aside
from rolecall.commands.sizes import warn_of_sizes
from rolecall.commands.standing import Seen, Standing, Watched, look, remember, standing_of
from rolecall.config import Config, load_config
from rolecall.errors import DamagedCache, StoreError
from rolecall.files import only_one, own_cache
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

# Up to so many, README is made beside the site even while the words of the search are: a third process holds little.
_FEW_JOBS = 3_000


def build(
    folder: Path,
    today: date,
    *,
    workers: int | None = None,
    keep_going: bool = False,
    say: Callable[[str], None],
    seen: Seen | None = None,
) -> BuildReport:
    """Render the board. Whatever is broken is found before the first byte is written, so the last good output stays.

    `keep_going` leaves broken job files out instead; they are errors of the report all the same. `seen` is what stands
    in the folder, for a caller who has looked.
    """
    with only_one(folder / CACHE / "lock"):
        seen = seen or look(folder, today)
        try:
            return _Build(folder, today, workers, keep_going, say, seen).run()
        except DamagedCache:
            shutil.rmtree(folder / CACHE / VIEWS, ignore_errors=True)
            return _Build(folder, today, workers, keep_going, say, seen).run()


@dataclass(slots=True)
class _Build:
    """One build, from config.yaml to the last file."""

    folder: Path
    today: date
    workers: int | None
    keep_going: bool
    say: Callable[[str], None]
    seen: Seen
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self) -> BuildReport:
        folder, config = self.folder, load_config(self.folder / CONFIG)
        self.workers = self.workers or config.workers
        renderer = Renderer.of_board(folder / TEMPLATES, config.language, own_cache())
        with self._stage("read"):
            catalogue, site = self._read(config, renderer)
        issues = catalogue.issues
        with ExitStack() as beside:
            words = beside.enter_context(_words_aside(folder, site, catalogue.keep, self.workers))
            with self._stage("readme"):
                is_beside = len(site.jobs) >= WORTH_FORKING and (words is None or len(site.jobs) <= _FEW_JOBS)
                workers = self.workers if is_beside else 1
                readme_of = beside.enter_context(readme_aside(folder, site, renderer, issues, workers))
            with self._stage("site"):
                font = folder / config.site.card_font if config.site.card_font else None
                published = build_site(
                    site,
                    renderer,
                    folder / OUTPUT,
                    folder / CACHE,
                    self.workers,
                    font=font,
                    words=words,
                    standing=self.seen.site,
                    ready=readme_of,
                )
            readme = readme_of()
        if readme is not None:
            readme.write()
        renderer.keep()
        watched = Watched(config.readme.file, lists_folder(config.readme.file), config.site.card_font or "")
        after = standing_of(folder, published.files, watched)
        report = self._report(site, published, after, readme.facts if readme is not None else None, issues)
        warn_of_sizes(after, report.readme, issues)
        remember(folder, self.seen, watched, after, report)
        return report

    def _read(self, config: Config, renderer: Renderer) -> tuple[Catalogue, Site]:
        folder, language = self.folder, renderer.language
        catalogue = load_catalogue(folder, config, self.today, self.workers, language, seen=self.seen)
        if catalogue.issues.errors and not self.keep_going:
            catalogue.keep()
            raise StoreError.of(catalogue.issues.errors)
        logos = find_logos(folder / LOGOS, catalogue.companies)
        site = Site.of(
            catalogue.views, catalogue.companies, config, self.today, logos, language, load_read_days(folder)
        )
        return catalogue, site

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        """Times a stage for the report, and names it when it starts."""
        self.say(f"{name} ...")
        start = perf_counter()
        yield
        self.seconds[name] = perf_counter() - start

    def _report(
        self, site: Site, published: Published, after: Standing, readme: ReadmeFacts | None, issues: Issues
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
            seconds=self.seconds,
            issues=issues,
        )


@contextmanager
def _words_aside(
    folder: Path, site: Site, keep: Callable[[], None], workers: int | None
) -> Iterator[Callable[[], Words] | None]:
    """The words of the search, which on a larger board another process makes beside all else; None: not ahead.

    That process then calls `keep`, too: where words are to be made, much was read that is to be kept.
    """
    make = words_ahead(site, folder / CACHE) if len(site.jobs) >= WORTH_FORKING else None
    if make is None:
        keep()
        yield None
        return

    def work() -> tuple[Any, ...]:
        keep()
        return make().values()

    with aside(work, workers) as made:
        yield lambda: Words(*made())
