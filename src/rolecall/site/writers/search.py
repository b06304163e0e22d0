"""What the search in the browser reads. A build in which no job changed looks at fingerprints only.

How many files the words fill is known only when they are made, so the plan of the last build (the first word and the
fingerprint of each file) is kept, and holds for as long as the jobs are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from rolecall.site import cache_file, urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.search.documents import documents_of
from rolecall.site.search.head import head_of
from rolecall.site.search.words import Words, words_of
from rolecall.site.site import Site

PLAN = "build/search-plan"
# The first word and the fingerprint of each file, and the words that no file holds.
Plan = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass
class _Source:
    """The words of the board's descriptions: made when the first asks, and once."""

    edition: Edition
    version: str

    @cached_property
    def words(self) -> Words:
        edition = self.edition
        if edition.words is not None:
            return edition.words()
        return words_of(self.version, documents_of(edition.site.jobs))

    def shard(self, index: int) -> str:
        return self.words.shards[index]


def search(edition: Edition) -> Iterator[Artifact]:
    """The files of words, and the head, which knows them and is put in place after them."""
    site = edition.site
    version = _version(site)
    source = _Source(edition, version)
    firsts, prints, common = _plan(edition, source)
    for index, inputs in enumerate(prints):
        yield Artifact(urls.search_words(index), inputs, partial(source.shard, index))
    logos = [edition.logo(employer.slug) for employer in site.employers]
    inputs = fingerprint(version, site.language.digest, repr(site.config.tags), *logos)
    yield Artifact(urls.SEARCH, inputs, partial(head_of, site, version, firsts, common))


def _version(site: Site) -> str:
    return fingerprint(*[f"{view.id} {view.digest}" for view in site.jobs])[:12]


def words_ahead(site: Site, cache: Path) -> Callable[[], Words] | None:
    """What makes the words of the board's descriptions, for a process of its own; None when they are known."""
    version = _version(site)
    if cache_file.load(cache / PLAN, f"{cache_file.tool_key()} {version}") is not None:
        return None
    return partial(words_of, version, documents_of(site.jobs))


def _plan(edition: Edition, source: _Source) -> Plan:
    path = edition.cache / PLAN if edition.cache is not None else None
    key = f"{cache_file.tool_key()} {source.version}"
    known: Plan | None = cache_file.load(path, key) if path is not None else None
    if known is not None:
        return known
    words = source.words
    plan = (words.firsts, tuple(fingerprint(shard) for shard in words.shards), words.common)
    if path is not None:
        cache_file.save(path, key, plan)
    return plan
