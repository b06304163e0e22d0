"""Where another list's files come from: a file, a checkout, an address."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rolecall import importers
from rolecall.commands.add import settings_of
from rolecall.commands.probe import full_address
from rolecall.config import Config
from rolecall.errors import Gone, PayloadError, RolecallError, StoreError
from rolecall.fetch.answers import accept
from rolecall.fetch.asking import Reach, follow
from rolecall.fetch.exchange import open_exchange
from rolecall.files import read_regular
from rolecall.issues import Issues
from rolecall.sources.base import Request

_MAX_FILES = 20_000
_MAX_TOTAL_BYTES = 200_000_000
# A checkout holds its list once as data and once as what is made of it: the first group with a list is read, alone.
_GROUPS = (
    (".github/scripts/listings.json", "listings.json"),
    ("_data/jobs.yml", "_data/jobs.yaml", "data/jobs.yml", "jobs.yml"),
    ("_jobs/*", "jobs/*", "content/jobs/*", "_posts/*", "src/jobs/*"),
    ("*.csv", "*.tsv", "data/*.csv"),
    ("*.md", "*.markdown", "*.html", "*.json", "*.yml", "*.yaml"),
)
_NOT_LISTS = re.compile(r"(?:contributing|code_of_conduct|license|security|changelog|support)\b.*", re.IGNORECASE)
_BLOB = re.compile(r"/([\w.-]+)/([\w.-]+)/(?:blob|raw)/(.+)")
_TREE = re.compile(r"/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/tree/([^/]+))?/?")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file of another list. `shown` is how people know it, `name` what its shape is told by."""

    shown: str
    name: str
    data: bytes


def files_of(source: str, config: Config, now: datetime, replay: Path | None, form: str | None) -> list[Foreign]:
    """The files that `source` names, in order. Raises `RolecallError` when there is none, or one is too large."""
    if "://" in source:
        return asyncio.run(_fetched(full_address(source), config, now, replay))
    path = Path(source)
    if path.is_dir():
        return _of_folder(path, source.rstrip("/"), form)
    if not os.path.lexists(path):
        raise RolecallError(source, "is not there.", "Name a file, a folder, or an address with https://.")
    return [_read(path, source, path.name)]


def _read(path: Path, shown: str, name: str) -> Foreign:
    data = read_regular(path, max_bytes=importers.MAX_BYTES)
    if len(data) > importers.MAX_BYTES:
        raise RolecallError(shown, f"is over the limit of {importers.MAX_BYTES:,} bytes.", "Split it.")
    return Foreign(shown, name, data)


def _of_folder(folder: Path, shown: str, form: str | None) -> list[Foreign]:
    """The files of the first group in which one is a list."""
    for group in _GROUPS:
        found, total = [], 0
        for file in _named(folder, group):
            try:
                foreign = _read(folder / file, f"{shown}/{file}", file.rpartition("/")[2])
            except StoreError:
                continue  # a link or a device: no file of the list
            total += len(foreign.data)
            if total > _MAX_TOTAL_BYTES:
                raise RolecallError(shown, f"holds more than {_MAX_TOTAL_BYTES:,} bytes.", "Name its files one by one.")
            known = importers.recognise(foreign.name, foreign.data)
            if known is not None and form in (None, known.name):
                found.append(foreign)
        if found:
            return found
    hint = f"Name the file itself. Known are: {', '.join(importer.what for importer in importers.IMPORTERS)}."
    raise RolecallError(shown, "holds no list of jobs that rolecall knows.", hint)


def _named(folder: Path, patterns: tuple[str, ...]) -> Iterator[str]:
    for pattern in patterns:
        names = sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern) if path.is_file())
        if len(names) > _MAX_FILES:
            raise RolecallError(str(folder / pattern), f"are {len(names):,} files.", "Name them one by one.")
        yield from (name for name in names if not _NOT_LISTS.fullmatch(name.rpartition("/")[2]))


async def _fetched(address: str, config: Config, now: datetime, replay: Path | None) -> list[Foreign]:
    """The file at an address; of a repository on GitHub the first file that lists keep their jobs in."""
    async with open_exchange(settings_of(config, now), cache=None, record=None, replay=replay) as exchange:
        tried = addresses_of(address)
        for at, one in enumerate(tried, 1):
            # Whatever is asked for as JSON is no page for people: those are refused.
            request = Request(url=one, expect="json", step="list", headers={"Accept": "*/*"})
            try:
                response = accept(request, await follow(request, exchange, Reach.SITE, Issues().add))
            except Gone:
                if at < len(tried):
                    continue
                raise
            except PayloadError as error:
                hint = "Name the address of the file itself, such as that of its Raw button."
                raise RolecallError(error.where, error.what, hint) from error
            name = unquote(urlsplit(one).path).rpartition("/")[2]
            return [Foreign(one, name, response.body)]
    raise AssertionError("an address is tried at least once")


def addresses_of(address: str) -> tuple[str, ...]:
    """Where the file itself stands: pages of GitHub show a file (`/blob/`) or a repository, not its bytes."""
    parts = urlsplit(address)
    if parts.hostname not in ("github.com", "www.github.com"):
        return (address,)
    raw = "https://raw.githubusercontent.com"
    if blob := _BLOB.fullmatch(parts.path):
        return (f"{raw}/{blob[1]}/{blob[2]}/{blob[3]}",)
    if tree := _TREE.fullmatch(parts.path):
        base = f"{raw}/{tree[1]}/{tree[2]}/{tree[3] or 'HEAD'}"
        return tuple(f"{base}/{file}" for file in (".github/scripts/listings.json", "_data/jobs.yml", "README.md"))
    return (address,)
