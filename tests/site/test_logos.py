"""Which company has a logo that the site may serve."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolecall.model import Company
from rolecall.site.logos import MAX_BYTES, find_logos

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "logos").mkdir()
    return tmp_path / "logos"


def test_a_file_called_like_the_company_is_its_logo(folder: Path) -> None:
    (folder / "acme.png").write_bytes(PNG)
    (folder / "acme.jpg").write_bytes(JPEG)
    (folder / "quay.jpg").write_bytes(JPEG)
    found = find_logos(folder, {})
    assert {slug: logo.file for slug, logo in found.items()} == {"acme": "logos/acme.png", "quay": "logos/quay.jpg"}


def test_the_file_that_company_yaml_names_comes_first(folder: Path) -> None:
    (folder / "acme.png").write_bytes(PNG)
    (folder / "2026.jpg").write_bytes(JPEG)
    assert find_logos(folder, {"acme": Company(name="Acme", logo="2026.jpg")})["acme"].file == "logos/2026.jpg"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("acme.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("acme.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("acme.png", b""),
        ("acme.png", PNG + bytes(MAX_BYTES)),
        ("acme.html", PNG),
    ],
)
def test_only_small_raster_pictures_are_logos(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    assert find_logos(folder, {"acme": Company(name="Acme", logo=name)}) == {}


@pytest.mark.parametrize("logo", ["../secret.png", "/etc/passwd", "https://acme.example/logo.png", "missing.png"])
def test_a_logo_stands_in_the_folder_or_is_none(folder: Path, logo: str) -> None:
    (folder.parent / "secret.png").write_bytes(PNG)
    assert find_logos(folder, {"acme": Company(name="Acme", logo=logo)}) == {}


def test_a_link_is_no_logo(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "real.png").write_bytes(PNG)
    (folder / "acme.png").symlink_to(tmp_path / "real.png")
    assert find_logos(folder, {}) == {}


def test_a_board_without_the_folder_has_no_logos(tmp_path: Path) -> None:
    assert find_logos(tmp_path / "logos", {}) == {}
