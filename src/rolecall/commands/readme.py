"""The README of a build: the same jobs, config, templates and day give the same table, which is then not made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from rolecall.commands import CACHE
from rolecall.commands.built import ReadmeFacts
from rolecall.commands.lists import Known, Lists, digest_of_lists, folder_of, prepare_lists
from rolecall.errors import BuildError
from rolecall.files import read_regular, write_atomic
from rolecall.issues import Issues
from rolecall.site import cache_file
from rolecall.site.artifact import fingerprint
from rolecall.site.readme import frame_of, render_readme
from rolecall.site.readme_store import Rows
from rolecall.site.render import Renderer
from rolecall.site.site import Site
from rolecall.site.workers import aside, worker_count

KEY = "readme 3"
MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Readme:
    """A README ready to be written, and its lists; `text` and `lists` are None when all stands as it should."""

    path: Path
    text: str | None
    facts: ReadmeFacts
    inputs: str
    remembered: Path
    lists: Lists | None = None
    settings: str = ""

    def write(self) -> None:
        """Put it in place, the lists that it links before it, and remember what it was made of."""
        if self.text is None or self.lists is None:
            return
        data = self.text.encode()
        self.lists.write()
        write_atomic(self.path, data)
        self.lists.sweep()
        made = fingerprint(self.inputs, sha256(data).hexdigest(), self.lists.digest)
        quiet = replace(self.facts, lists_written=0, lists_removed=0)
        cache_file.save(self.remembered, KEY, (made, astuple(quiet)))
        cache_file.save(_lists_at(self.remembered), self.settings, self.lists.known())


@contextmanager
def readme_aside(
    folder: Path, site: Site, renderer: Renderer, issues: Issues, workers: int | None
) -> Iterator[Callable[[], Readme | None]]:
    """What gives `prepare_readme`'s README, which a second process makes meanwhile, where there are two `workers`."""
    if worker_count(workers) < 2 or not (folder / site.config.readme.file).exists():
        made = prepare_readme(folder, site, renderer, issues)
        yield lambda: made
        return
    with aside(lambda: _values(_prepared(folder, site, renderer)), workers) as values:
        yield cache(lambda: _of_values(folder, *values()))


def _values(readme: Readme) -> tuple[Any, ...]:
    """A README as values that marshal can write."""
    lists = readme.lists and (dict(readme.lists.changed), readme.lists.leftovers, dict(readme.lists.made))
    return readme.text, astuple(readme.facts), readme.inputs, readme.settings, lists


def _of_values(
    folder: Path, text: str | None, facts: tuple[Any, ...], inputs: str, settings: str, lists: Any
) -> Readme:
    known = ReadmeFacts(*facts)
    made = Lists(folder_of(folder, known.file), _staged(folder), *lists) if lists else None
    return Readme(folder / known.file, text, known, inputs, _remembered(folder), made, settings)


def prepare_readme(folder: Path, site: Site, renderer: Renderer, issues: Issues) -> Readme | None:
    """The README as it shall stand, not yet written; None when the board has none.

    Raises `MarkerError`, `BudgetError` or `TemplateError`; nothing was written then.
    """
    where = site.config.readme.file
    if not (folder / where).exists():
        issues.warn("no-readme", where, "is not there, and no table was made.", "Create it with the two marker lines.")
        return None
    return _prepared(folder, site, renderer)


def _prepared(folder: Path, site: Site, renderer: Renderer) -> Readme:
    where = site.config.readme.file
    path, remembered = folder / where, _remembered(folder)
    data = read_regular(path, max_bytes=MAX_BYTES)
    inputs, settings = _inputs(site, renderer), _settings(site, renderer)
    lists_before = {name: Known(*of) for name, of in (cache_file.load(_lists_at(remembered), settings) or {}).items()}
    known: tuple[str, tuple[Any, ...]] = cache_file.load(remembered, KEY) or ("", ())
    if known[0] == fingerprint(inputs, sha256(data).hexdigest(), digest_of_lists(folder, where, lists_before)):
        return Readme(path, None, ReadmeFacts(*known[1]), inputs, remembered)
    try:
        frame = frame_of(data.decode("utf-8"), where)
    except UnicodeDecodeError as error:
        raise BuildError(where, f"byte {error.start} is not UTF-8.", "Save the file as UTF-8.") from error
    config = site.config.readme
    with Rows(remembered.with_name("readme-rows"), settings) as rows:
        block = render_readme(site, renderer, config, outside_bytes=frame.bytes, line_end=frame.line_end, known=rows)
        lists = prepare_lists(folder, where, block.lists, lists_before, _staged(folder))
    facts = ReadmeFacts(
        where,
        block.jobs_shown,
        block.jobs_total,
        block.step,
        block.bytes,
        config.max_bytes,
        lists=len(block.lists),
        lists_written=len(lists.changed),
        lists_removed=len(lists.leftovers),
    )
    return Readme(path, frame.around(block.text), facts, inputs, remembered, lists, settings)


def _remembered(folder: Path) -> Path:
    return folder / CACHE / "build" / "readme"


def _staged(folder: Path) -> Path:
    return _remembered(folder).with_name("readme-staged")


def _lists_at(remembered: Path) -> Path:
    return remembered.with_name("readme-lists")


def _settings(site: Site, renderer: Renderer) -> str:
    """A fingerprint of what all rows and lists depend on. Only the age of a job, where it is wanted, brings the day."""
    day = "" if site.config.readme.age == "date" else site.today.isoformat()
    return fingerprint(cache_file.tool_key(), renderer.digest, repr(site.config), day)


def _inputs(site: Site, renderer: Renderer) -> str:
    """A fingerprint of all that the table is made of, but the text around it."""
    logos = [f"{employer.slug} {site.logo_of(employer.slug)}" for employer in site.employers]
    views = [view.digest for view in site.jobs]
    config = repr(site.config)
    return fingerprint(cache_file.tool_key(), renderer.digest, config, site.today.isoformat(), *logos, *views)
