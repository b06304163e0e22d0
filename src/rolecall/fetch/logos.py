"""The only Pillow: logos from strangers' hosts become small PNG files of our own."""

from __future__ import annotations

import asyncio
import io
import struct
import warnings
import zlib
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

from PIL import Image

from rolecall.errors import PayloadError, RolecallError
from rolecall.fetch.answers import Exchange
from rolecall.fetch.asking import Reach, follow
from rolecall.fetch.exchange import open_exchange
from rolecall.fetch.redact import public_url
from rolecall.fetch.settings import FetchSettings
from rolecall.files import write_atomic
from rolecall.issues import Issue
from rolecall.sources.base import Request

MAX_SIDE_PX = 128
MAX_PIXELS = 16_000_000
MAX_LOGO_BYTES = 2_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
# What Pillow raises for hostile files, besides OSError: it has no common base.
_UNREADABLE = (
    *(OSError, ValueError, SyntaxError, IndexError, KeyError, TypeError, struct.error, zlib.error),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
_HINT = "Put another address, or a PNG in logos/, into company.yaml."


def fetch_logos(
    companies: Sequence[tuple[str, str]],
    folder: Path,
    settings: FetchSettings,
    *,
    cache: Path | None = None,
    record: Path | None = None,
    replay: Path | None = None,
) -> list[Issue]:
    """Make `folder`/<slug>.png for each (slug, address) that has none yet; a finding for each that cannot be made."""
    missing = [(slug, url) for slug, url in companies if not (folder / f"{slug}.png").exists()]
    settings = replace(settings, max_bytes=MAX_LOGO_BYTES)
    source = open_exchange(settings, cache=cache, record=record, replay=replay)
    return asyncio.run(_fetch_logos(missing, folder, source, settings.run_s)) if missing else []


async def _fetch_logos(
    companies: Sequence[tuple[str, str]], folder: Path, source: AbstractAsyncContextManager[Exchange], run_s: float
) -> list[Issue]:
    async def fetch(exchange: Exchange, slug: str, url: str) -> Issue | None:
        try:
            write_atomic(folder / f"{slug}.png", to_png(await _download(exchange, url), public_url(url)))
        except RolecallError as error:
            return Issue("logo", f"{slug}: {error.where}", error.what, error.hint)
        return None

    tasks: list[asyncio.Task[Issue | None]] = []
    late: list[Issue] = []
    try:
        async with asyncio.timeout(run_s), source as exchange, asyncio.TaskGroup() as group:
            tasks = [group.create_task(fetch(exchange, slug, url)) for slug, url in companies]
    except TimeoutError:
        left = sum(task.cancelled() for task in tasks)
        late = [Issue("logo", "logos", f"the run's time is over; {left:,} are left for the next one.")]
    return [issue for task in tasks if not task.cancelled() and (issue := task.result()) is not None] + late


async def _download(exchange: Exchange, url: str) -> bytes:
    # A logo proves nothing about a job, so it may come from any public host (avatars and images live on CDNs).
    answer = await follow(
        Request(url=url, expect="xml", headers={"Accept": "image/*"}), exchange, Reach.ANY, list[Issue]().append
    )
    if answer.status != 200:
        raise PayloadError(public_url(url), f"answered {answer.status}, there is no logo.", _HINT)
    return answer.body


def to_png(data: bytes, where: str) -> bytes:
    """A raster image as a PNG of at most 128x128 pixels, without metadata; the same image gives the same bytes.

    Raises `PayloadError` for SVG and other formats, broken images, and those over 2 MB or 16 million pixels.
    """
    if len(data) > MAX_LOGO_BYTES:
        raise PayloadError(where, f"the logo is over {MAX_LOGO_BYTES:,} bytes.", _HINT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise PayloadError(where, f"the logo is {image.width}x{image.height} pixels.", _HINT)
                return _encode(image)
    except _UNREADABLE as error:
        raise PayloadError(where, "the logo is not a PNG, JPEG, GIF or WebP image that can be read.", _HINT) from error


def _encode(image: Image.Image) -> bytes:
    # A JPEG is decoded at a smaller size at once; other formats ignore this.
    image.draft("RGB", (MAX_SIDE_PX * 2, MAX_SIDE_PX * 2))
    plain = image.convert("RGBA")
    plain.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX), Image.Resampling.LANCZOS)
    if plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    target = io.BytesIO()
    bare.save(target, format="PNG", optimize=True)
    return target.getvalue()
