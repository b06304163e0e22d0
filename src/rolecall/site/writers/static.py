"""The stylesheet, the scripts, whatever else lies in `templates/site/static/`, and the companies' logos."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.render import STATIC, STYLE, Renderer

_THEME = "theme.css"


def static(edition: Edition) -> Iterator[Artifact]:
    """The files that pages load: styles joined into one, the words of the scripts, and the others as they are."""
    yield _file(urls.STYLE, b"\n".join(path.read_bytes() for path in _styles(edition.renderer)))
    words = partial(edition.renderer.render, "site/words.js")
    yield Artifact(urls.WORDS, fingerprint(edition.renderer.digest, urls.WORDS), words)
    for name, path in edition.renderer.files(STATIC).items():
        yield _file(urls.static(name), path.read_bytes())
    for employer in edition.site.employers:
        logo = edition.site.logos.get(employer.slug)
        if logo:
            inputs = f"{logo.file} {logo.mtime_ns} {logo.size}"
            yield Artifact(urls.logo(employer.slug, logo.suffix), inputs, logo.read)


def _file(path: str, data: bytes) -> Artifact:
    return Artifact(path, sha256(data).hexdigest(), partial(bytes, data))


def _styles(renderer: Renderer) -> tuple[Path, ...]:
    """The variables first, the packaged ones and then the board's; the sheets after them, by their names."""
    sheets = (path for name, path in renderer.files(STYLE).items() if name != _THEME and name.endswith(".css"))
    return (*renderer.layers(f"{STYLE}/{_THEME}"), *sheets)
