"""The stylesheet, the icons, the manifest, whatever else lies in `templates/site/static/`, and the companies' logos."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.render import STATIC


def static(edition: Edition) -> Iterator[Artifact]:
    """The files that pages load, as they are."""
    for name, path in edition.renderer.files(STATIC).items():
        data = path.read_bytes()
        yield Artifact(urls.static(name), sha256(data).hexdigest(), partial(bytes, data))
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
