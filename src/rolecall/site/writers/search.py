"""What the search in the browser reads. A build in which no job changed looks at fingerprints only.

How many files the words fill is known only when they are made, so the plan of the last build (the letters at which
each file begins, and its fingerprint) is kept, and holds for as long as the jobs are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from rolecall.site import cache_file, urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.search.head import columns_of, head_of, rows_print
from rolecall.site.search.kept import current_words, order_of
from rolecall.site.search.words import Shard, Words, shard_text, shards_of, version_of
from rolecall.site.site import Site

PLAN = "build/search-plan"
WORDS = "build/search-index"
COLUMNS = "build/search-columns"


class Plan(NamedTuple):
    """Of jobs of this `version`, in this `order`: what the columns show of them, where each file of words begins, its
    hash, and the words that none holds. All but the words themselves are fingerprints.

    `order` and `rows` are the same for as long as `facts` are.
    """

    version: str
    facts: str
    order: str
    rows: str
    firsts: tuple[str, ...]
    digests: tuple[str, ...]
    common: tuple[str, ...]


@dataclass
class _Source:
    """The words of the board's descriptions: made when the first asks, and once."""

    edition: Edition

    @cached_property
    def words(self) -> Words:
        edition = self.edition
        return edition.words() if edition.words is not None else _words(edition.site, edition.cache)

    @cached_property
    def shards(self) -> list[Shard]:
        return shards_of(self.words)

    def text(self, index: int) -> str:
        return shard_text(self.words, self.shards[index])


def search(edition: Edition) -> Iterator[Artifact]:
    """The files of words, and the head, which knows them and is put in place after them."""
    site = edition.site
    source = _Source(edition)
    plan = _plan(edition, source)
    for index, inputs in enumerate(plan.digests):
        yield Artifact(urls.search_words(index), inputs, partial(source.text, index))
    logos = [edition.logo(employer.slug) for employer in site.employers]
    columns = fingerprint(plan.rows, site.language.digest, repr(site.config.tags), *logos)
    inputs = fingerprint(columns, *plan.firsts, *plan.digests, *plan.common)
    yield Artifact(urls.SEARCH, inputs, partial(_head, edition, columns, plan), is_long=True)


def _head(edition: Edition, key: str, plan: Plan) -> str:
    """The head. Its columns, most of it and of the work, are kept for as long as `key` is the same."""
    path = edition.cache / COLUMNS if edition.cache is not None else None
    key = f"{cache_file.tool_key()} {key}"
    columns: str | None = cache_file.load(path, key) if path is not None else None
    if columns is None:
        columns = columns_of(edition.site)
        if path is not None:
            cache_file.save(path, key, columns)
    return head_of(columns, plan.firsts, [version_of(digest) for digest in plan.digests], plan.common)


def words_ahead(site: Site, cache: Path) -> Callable[[], Words] | None:
    """What makes the words of the board's descriptions, for a process of its own; None when that is not worth one."""
    known = _known_plan(cache)
    if known is not None and _order(site) == known.order:
        return None  # they are known, or the last build's need a change here and there
    return partial(_words, site, cache)


def _words(site: Site, cache: Path | None) -> Words:
    return current_words(site.jobs, cache / WORDS if cache is not None else None)


def _plan(edition: Edition, source: _Source) -> Plan:
    version = fingerprint(*[f"{view.id} {view.digest}" for view in edition.site.jobs])
    known = _known_plan(edition.cache) if edition.cache is not None else None
    if known is not None and known.version == version:
        return known
    facts = edition.kept.key
    same = known if known is not None and known.facts == facts else None
    plan = Plan(
        version,
        facts,
        same.order if same else _order(edition.site),
        same.rows if same else rows_print(edition.site.jobs),
        tuple(shard.first for shard in source.shards),
        tuple(shard.digest for shard in source.shards),
        tuple(source.words.common),
    )
    if edition.cache is not None:
        cache_file.save(edition.cache / PLAN, cache_file.tool_key(), tuple(plan))
    return plan


def _known_plan(cache: Path) -> Plan | None:
    found = cache_file.load(cache / PLAN, cache_file.tool_key())
    return Plan(*found) if found is not None else None


def _order(site: Site) -> str:
    return fingerprint(order_of(site.jobs))
