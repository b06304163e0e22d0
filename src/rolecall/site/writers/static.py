"""The stylesheet, the scripts, icons, manifest, whatever else lies in `templates/site/static/`, and the logos."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.render import STATIC, STYLE, Renderer

# The variables come first, then the look of every page; a board's own sheet has the last word.
_FIRST, _LAST = ("theme.css", "base.css"), "own.css"


def static(edition: Edition) -> Iterator[Artifact]:
    """The files that pages load: styles joined into one, the words of the scripts, and the others as they are."""
    files = edition.renderer.files(STATIC)
    if urls.STYLE not in map(urls.static, files):  # a board may replace it whole
        yield _file(urls.STYLE, b"\n".join(path.read_bytes() for path in _sheets(edition.renderer)))
    if urls.WORDS not in map(urls.static, files):
        words = partial(edition.renderer.render, "site/words.js")
        yield Artifact(urls.WORDS, fingerprint(edition.renderer.digest, urls.WORDS), words)
    for name, path in files.items():
        yield _file(urls.static(name), path.read_bytes())
    for employer in edition.site.employers:
        logo = edition.site.logos.get(employer.slug)
        if logo:
            inputs = f"{logo.file} {logo.mtime_ns} {logo.size}"
            yield Artifact(urls.logo(employer.slug, logo.suffix), inputs, logo.read)
    key = fingerprint(edition.renderer.digest, repr(edition.imprint))
    yield Artifact(urls.MANIFEST, key, partial(_manifest, edition))


def _manifest(edition: Edition) -> str:
    """What a browser asks for when the site is put on a home screen (https://www.w3.org/TR/appmanifest/)."""
    to = urls.Links.of(urls.MANIFEST)
    return edition.renderer.render("site/site.webmanifest", board=edition.imprint, to=to)


def _file(path: str, data: bytes) -> Artifact:
    return Artifact(path, sha256(data).hexdigest(), partial(bytes, data))


def _sheets(renderer: Renderer) -> tuple[Path, ...]:
    sheets = {name: path for name, path in renderer.files(STYLE).items() if name.endswith(".css")}
    between = sorted(sheets.keys() - {*_FIRST, _LAST})
    return tuple(sheets[name] for name in (*_FIRST, *between, _LAST) if name in sheets)
