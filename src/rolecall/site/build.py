"""The site, from its jobs to the files in output/."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from rolecall.files import Stamp
from rolecall.site.artifact import Published, publish
from rolecall.site.claims import claims_of
from rolecall.site.edition import Edition
from rolecall.site.lasting import lasting
from rolecall.site.manifest import Manifest
from rolecall.site.render import Renderer
from rolecall.site.search.words import Words
from rolecall.site.site import Site

MANIFEST = "build/manifest"


def build_site(
    site: Site,
    renderer: Renderer,
    output: Path,
    cache: Path,
    workers: int | None = None,
    *,
    font: Path | None = None,
    words: Callable[[], Words] | None = None,
    standing: Mapping[str, Stamp] | None = None,
    ready: Callable[[], object] = lambda: None,
) -> Published:
    """Publish all that the writers make of `site` into `output`. Raises `BuildError`; the last good site then stays.

    `cache` is the board's `.cache`, which may be empty; `workers` is how many processes render, None: one per core;
    `font` is a font file for the pictures of jobs whose letters the theme's fonts lack; `words` gives those of the
    search, when somebody makes them already (`words_ahead`); `standing` is what is in `output`, where that is known;
    `ready` is as in `publish`.
    """
    edition = Edition(site, renderer, cache, workers, font, words)
    known = Manifest.load(cache / MANIFEST)
    with lasting():
        claims = claims_of(edition, known, standing)
    published = publish(
        claims.artifacts,
        output,
        known,
        workers,
        basis=claims.basis,
        rest_stands=claims.rest_stands,
        before_many=edition.prepare,
        standing=standing,
        ready=ready,
    )
    edition.cards.sweep()
    return published
