"""What a new board needs to know of itself, taken from where it stands: title, repository, address, README."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rolecall.files import read_regular
from rolecall.scaffold.git import is_top, pages_address, remote_of

README = "README.md"
_MAX_README = 10_000_000
# A heading that is plain words can be a title; one with links, pictures or marks cannot.
_TITLE = re.compile(r"^# +([^\[\]<>`*_#|&\r\n]{2,80}?)[ #]*\r?$", re.MULTILINE)
_DOMAIN = re.compile(r"(?=.{4,253}\Z)([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}")


@dataclass(frozen=True, slots=True)
class Facts:
    """A board's title, `owner/name` and address (None: not known), and the file that is its README."""

    title: str
    repository: str | None
    base_url: str | None
    readme: str


def facts_of(folder: Path, title: str | None, repository: str | None, base_url: str | None) -> Facts:
    """What was asked for, else what README, git and the folder's name tell."""
    readme = readme_of(folder)
    repository = repository or (remote_of(folder) if is_top(folder) else None)
    domain = domain_of(folder)
    if base_url is None and (domain or repository):
        base_url = f"https://{domain}/" if domain else pages_address(repository or "")
    return Facts(title or _title(folder, readme), repository, base_url, readme)


def readme_of(folder: Path) -> str:
    """The README's name as it stands in the folder (`readme.md`), or the one that it shall have."""
    if not folder.is_dir():
        return README
    names = sorted(path.name for path in folder.iterdir() if path.name.lower() == "readme.md")
    return README if README in names or not names else names[0]


def domain_of(folder: Path) -> str | None:
    """The domain that the file CNAME names."""
    path = folder / "CNAME"
    if not path.is_file() or path.is_symlink():
        return None
    words = read_regular(path, max_bytes=1_000).decode("ascii", "replace").lower().split()
    return words[0] if words and _DOMAIN.fullmatch(words[0]) else None


def _title(folder: Path, readme: str) -> str:
    path = folder / readme
    if path.is_file() and not path.is_symlink():
        found = _TITLE.search(read_regular(path, max_bytes=_MAX_README).decode("utf-8", "replace"))
        if found:
            return " ".join(found[1].split())
    words = " ".join(re.sub(r"[^\w]+|_+", " ", folder.resolve().name).split())[:80]
    return words[:1].upper() + words[1:] if words else "Jobs"
