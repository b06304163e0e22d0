"""The logos in logos/: which company has one, and whether it is a picture that the site may serve.

Raster only: an SVG opened on its own may run scripts in the site's name. What a file is, its first bytes say.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.model import Company

MAX_BYTES = 200_000
_HEADS = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".webp": b"RIFF",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".gif": b"GIF8",
}
FOLDER = "logos"


@dataclass(frozen=True, slots=True)
class Logo:
    """One usable picture. `file` is relative to the board's folder (`logos/acme.png`), `suffix` is `.png`."""

    file: str
    path: Path
    suffix: str
    mtime_ns: int
    size: int

    def read(self) -> bytes:
        """The picture's bytes."""
        return self.path.read_bytes()


def find_logos(folder: Path, companies: Mapping[str, Company]) -> dict[str, Logo]:
    """The logos in `folder` by the company's slug: the file that company.yaml names, else `<slug>.png` or the like."""
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return {}
    found: dict[str, Logo] = {}
    for name in names:
        stem, suffix = os.path.splitext(name)
        if suffix in _HEADS and (stem not in found or suffix == ".png"):
            logo = _logo(folder / name, suffix)
            if logo:
                found[stem] = logo
    for slug, company in companies.items():
        # The plain name of a file; all else is an address, or a way out of the folder.
        if company.logo and os.path.basename(company.logo) == company.logo:
            named = _logo(folder / company.logo, os.path.splitext(company.logo)[1])
            if named:
                found[slug] = named
    return found


def _logo(path: Path, suffix: str) -> Logo | None:
    head = _HEADS.get(suffix)
    try:
        known = os.lstat(path)
        if head is None or not stat.S_ISREG(known.st_mode) or not 0 < known.st_size <= MAX_BYTES:
            return None
        with path.open("rb") as file:
            if file.read(len(head)) != head:
                return None
    except OSError:
        return None
    return Logo(f"{FOLDER}/{path.name}", path, suffix, known.st_mtime_ns, known.st_size)
