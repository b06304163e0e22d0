from __future__ import annotations

import io
import random
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from rolecall.errors import PayloadError
from rolecall.fetch.logos import fetch_logos, to_png

URL = "https://a.example/logo"


def picture(
    kind: str = "PNG",
    size: tuple[int, int] = (300, 100),
    mode: str = "RGB",
    colour: object = (200, 30, 30),
    **options: object,
) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, colour).save(target, format=kind, **options)
    return target.getvalue()


def read(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims its size and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_raster_image_becomes_a_small_png_of_the_same_shape(kind: str) -> None:
    made = read(to_png(picture(kind), URL))
    assert (made.format, made.size, made.mode) == ("PNG", (128, 43), "RGB")
    assert read(to_png(picture(kind, size=(20, 10)), URL)).size == (20, 10)


def test_transparency_is_kept_where_there_is_some() -> None:
    assert read(to_png(picture(mode="RGBA", colour=(1, 2, 3, 90)), URL)).mode == "RGBA"
    assert read(to_png(picture(mode="RGBA", colour=(1, 2, 3, 255)), URL)).mode == "RGB"
    assert read(to_png(picture(mode="LA", colour=(9, 0)), URL)).getpixel((0, 0))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16", "CMYK"])
def test_every_mode_of_colour_can_be_read(mode: str) -> None:
    data = picture("JPEG", mode=mode, colour=None) if mode == "CMYK" else picture(mode=mode, colour=0)
    assert read(to_png(data, URL)).format == "PNG"


def test_the_same_image_gives_the_same_bytes_and_no_metadata() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Comment", "made by somebody")
    data = picture(pnginfo=notes)
    assert to_png(data, URL) == to_png(data, URL) == to_png(picture(), URL)
    assert b"somebody" not in to_png(data, URL)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html>",
        b"%PDF-1.7",
        b"GIF89a",
        picture()[:60],
        picture("JPEG")[:200],
        picture("BMP"),
        picture("ICO", size=(16, 16)),
        picture("TIFF"),
        bomb(5_000, 5_000),
        bomb(50_000, 50_000),
        bytes(2_000_001),
    ],
)
def test_what_is_no_honest_raster_image_is_refused(data: bytes) -> None:
    with pytest.raises(PayloadError) as caught:
        to_png(data, URL)
    assert caught.value.where == URL


def test_a_damaged_image_is_an_image_or_a_payload_error_and_nothing_else() -> None:
    chance = random.Random(7)
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        whole = picture(kind, size=(40, 40))
        for _ in range(60):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                assert read(to_png(bytes(data), URL)).format == "PNG"
            except PayloadError:
                continue


def test_logos_are_fetched_once_and_failures_are_findings(host, told, settings, tmp_path: Path) -> None:
    good = host.tell("/good.png", told(body=picture()))
    moved = host.tell("/moved", told(302, headers={"Location": "/good.png"}))
    vector = host.tell("/logo.svg", told(body=b"<svg/>"))
    wanted = [("acme", good), ("gone", host.base + "/gone"), ("moved", moved), ("vector", vector)]
    issues = fetch_logos(wanted, tmp_path, replace(settings, retries=1))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme.png", "moved.png"]
    assert [(issue.code, issue.where) for issue in issues] == [
        ("logo", f"gone: {host.base}/gone"),
        ("logo", f"vector: {vector}"),
    ]
    before = (tmp_path / "acme.png").read_bytes()
    host.tell("/good.png", told(body=picture(colour=(0, 0, 0))))
    assert fetch_logos(wanted[:1], tmp_path, settings) == []
    assert (tmp_path / "acme.png").read_bytes() == before


def test_a_logo_on_a_private_address_is_not_fetched(tmp_path: Path, settings) -> None:
    (issue,) = fetch_logos([("acme", "http://127.0.0.1/logo.png")], tmp_path, replace(settings, allow_private=False))
    assert "not on the public internet" in issue.what
    assert list(tmp_path.iterdir()) == []
