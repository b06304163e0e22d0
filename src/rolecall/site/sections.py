"""Which section of the board a job goes to: the first whose rule fits; the one without a rule takes the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rolecall.site.language import mark as _

if TYPE_CHECKING:
    from rolecall.config import Section
    from rolecall.site.language import Language
    from rolecall.site.view import JobView


ONLY_SECTION = _("Jobs")
REST_SECTION = _("Other jobs")


def assign(jobs: Sequence[JobView], sections: Sequence[Section]) -> tuple[tuple[str, ...], list[int]]:
    """The titles of the sections and, for each job, the index of its section.

    Without sections there is one, "Jobs"; without one that takes the rest, "Other jobs" is the last.
    """
    rules = [_rule(section) for section in sections]
    titles = [section.title for section in sections]
    rest = next((index for index, rule in enumerate(rules) if rule is None), len(rules))
    if rest == len(rules):
        titles.append(REST_SECTION if sections else ONLY_SECTION)
    return tuple(titles), [_place(job, rules, rest) for job in jobs]


Rule = Callable[["JobView"], bool]


def _place(job: JobView, rules: Sequence[Rule | None], rest: int) -> int:
    return next((index for index, rule in enumerate(rules) if rule is not None and rule(job)), rest)


def _rule(section: Section) -> Rule | None:
    if not (section.tags or section.title_matches or section.workplace):
        return None
    tags = frozenset(tag.casefold() for tag in section.tags)
    words = _any_word(section.title_matches)
    workplace = section.workplace or ""

    def fits(job: JobView) -> bool:
        if tags and not tags.isdisjoint(tag.casefold() for tag in (*job.tags, *job.tag_names)):
            return True
        return bool(words and words.search(job.title)) or bool(workplace and job.workplace == workplace)

    return fits


def _any_word(words: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for whole words, whatever their case: `data` is in "Data Engineer", not in "Database Engineer"."""
    if not words:
        return None
    # Longest first, and no \b: `C++` ends with a character that is no letter.
    choices = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)


def parted(
    jobs: Sequence[JobView], sections: Sequence[Section], language: Language
) -> tuple[tuple[str, str, tuple[JobView, ...]], ...]:
    """The sections that have jobs: the name of their files, their title, and the jobs in their order.

    The titles that are not the owner's are in `language`; the names of files stay what they are in English.
    """
    titles, places = assign(jobs, sections)
    parts: list[list[JobView]] = [[] for _ in titles]
    for view, place in zip(jobs, places, strict=True):
        parts[place].append(view)
    shown = (*titles[: len(sections)], *map(language.text, titles[len(sections) :]))
    named = zip(section_slugs(titles), shown, parts, strict=True)
    return tuple((slug, title, tuple(part)) for slug, title, part in named if part)


def section_slugs(titles: Sequence[str]) -> tuple[str, ...]:
    """A name for the files of each section, all different: `backend`, `backend-2`."""
    from rolecall.normalise.identity import slug  # with its tables: a board without sections needs none

    found: list[str] = []
    for title in titles:
        name, number = slug(title), 1
        while (numbered := name if number == 1 else f"{name}-{number}") in found:
            number += 1
        found.append(numbered)
    return tuple(found)
