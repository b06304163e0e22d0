"""`rolecall announce`: the jobs that are new on the board since a day, or since a commit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolecall.commands import CONFIG, JOBS, TEMPLATES
from rolecall.commands.catalogue import load_catalogue
from rolecall.commands.states import Words, differing, parse, two_states
from rolecall.config import Config, load_config
from rolecall.errors import RolecallError
from rolecall.issues import Issues
from rolecall.schema import did_you_mean
from rolecall.site import urls
from rolecall.site.language import Language
from rolecall.site.packaged import packaged_templates
from rolecall.site.sections import parted, section_slugs
from rolecall.site.site import is_open
from rolecall.site.view import JobView

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which jobs: those since `since` (a day or a commit), of one of the sections and with one of the tags, if any."""

    since: str
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """New jobs in the order of the board. `base` is the site's address with a slash at its end, or "".

    `issues` are of files that cannot be read; their jobs are missing here.
    """

    board: str
    base: str
    language: str
    jobs: tuple[JobView, ...]
    issues: Issues


def announce(folder: Path, today: date, wanted: Wanted) -> News:
    """The open jobs that are new. Raises `RolecallError` for a day, a commit, a section or a tag that there is not.

    Since a day: those published on it or later. Since a commit: those that were not in the board then, whenever they
    were published.
    """
    config = load_config(folder / CONFIG)
    language = Language.of(config.language, (folder / TEMPLATES, packaged_templates()))
    since = _day(wanted.since)
    if since is not None:
        catalogue = load_catalogue(folder, config, today, config.workers, language, keep=False)
        found = [view for view in catalogue.views if view.posted >= since.isoformat()]
        issues = Issues()
        issues.extend(catalogue.issues.errors)
    else:
        words = Words(today, config.vocabulary(), language)
        before, after = two_states(folder, wanted.since, None, config.readme.file)
        old, new = (
            parse(state, files, words) for state, files in zip((before, after), differing(before, after), strict=True)
        )
        unclear = {f"{JOBS}/{file}" for file in old.broken}
        found = [view for view in new.jobs.values() if view.id not in old.jobs and view.file not in unclear]
        issues = new.issues
    jobs = [view for view in found if is_open(view, today.isoformat())]
    kept = _with_tags(_in_sections(jobs, wanted.sections, config, language), wanted.tags, config)
    kept.sort(key=lambda view: view.id)
    kept.sort(key=lambda view: view.posted, reverse=True)
    kept.sort(key=lambda view: not view.featured)
    return News(config.title, urls.base_of(config), config.language, tuple(kept), issues)


def _day(since: str) -> date | None:
    if not _DAY.fullmatch(since):
        return None
    try:
        return date.fromisoformat(since)
    except ValueError as error:
        raise RolecallError("--since", f"{since} is not in the calendar.", "Check month and day.") from error


def _in_sections(jobs: list[JobView], wanted: tuple[str, ...], config: Config, language: Language) -> list[JobView]:
    """The jobs of the sections that are named by title or slug."""
    if not wanted:
        return jobs
    titles = [section.title for section in config.sections]
    names = dict(zip(section_slugs(titles), titles, strict=True))
    slugs = set()
    for name in wanted:
        found = [slug for slug, title in names.items() if name.casefold() in (slug, title.casefold())]
        if not found:
            hint = did_you_mean(name, names) or f"There are: {', '.join(names) or 'none'}."
            raise RolecallError("--section", f"{name!r} is no section of config.yaml.", hint)
        slugs.update(found)
    return [view for slug, _, part in parted(jobs, config.sections, language) if slug in slugs for view in part]


def _with_tags(jobs: list[JobView], wanted: tuple[str, ...], config: Config) -> list[JobView]:
    """The jobs that have one of the tags, in whatever spelling these are given."""
    if not wanted:
        return jobs
    vocabulary = config.vocabulary()
    tags = {(vocabulary.canonical(tag) or tag).casefold() for tag in wanted}
    return [view for view in jobs if tags & {tag.casefold() for tag in view.tags}]
