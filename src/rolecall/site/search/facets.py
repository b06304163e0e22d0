"""The choices beside the search that stand in the page from the start: those with the most jobs, and how many.

The others come with the index, when a reader asks for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter

from rolecall.site import urls
from rolecall.site.language import Language
from rolecall.site.site import WORKPLACES, Site
from rolecall.site.view import JobView
from rolecall.site.words import LEVELS, fixed_words

_SHOWN = 8
# Every value that a row needs, so that the template's blank row has each of its parts.
BLANK = JobView(
    id="0" * 12, file="", page="index.html", title="·", company="·", company_slug="0", apply_url="", apply_host="",
    posted="2000-01-01", featured=True, where="·", pay="·", tags=("·",) * 5, tag_names=("·",) * 5, tag_slugs=("0",) * 5,
)  # fmt: skip


class _Nowhere(urls.Links):
    """Links of the blank row: they lead to the front page until the script sets them."""

    def job(self, view: JobView) -> str:
        return self.index()

    def company(self, slug: str, page: int = 1) -> str:
        return self.index()

    def tag(self, slug: str, page: int = 1) -> str:
        return self.index()


NOWHERE = _Nowhere("")
# Value, name and number of jobs.
Choice = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices of each filter, and how many there are of those that may be too many to show."""

    tags: tuple[Choice, ...]
    workplaces: tuple[Choice, ...]
    country_codes: tuple[tuple[str, int], ...]
    types: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    companies: tuple[Choice, ...]
    paid: int
    pay_kinds: tuple[tuple[str, str], ...]
    totals: tuple[int, int, int]  # of tags, countries and companies
    language: Language = field(repr=False)

    @property
    def countries(self) -> tuple[Choice, ...]:
        """Looked up when a page is rendered: a build without a change loads no table of names."""
        return tuple((code, name_of(code, self.language), count) for code, count in self.country_codes)


def facets_of(site: Site) -> Facets:
    """What the page shows of `site` before a search."""
    jobs = site.jobs
    tag_names = {tag.slug: tag.name for tag in site.tags}
    tags = Counter({tag.slug: len(tag.jobs) for tag in site.tags})
    countries = Counter(chain.from_iterable(map(attrgetter("may_live"), jobs)))
    anywhere = countries.pop("*", 0)
    hiring = [employer for employer in site.employers if employer.jobs]
    return Facets(
        tags=tuple((slug, tag_names[slug], count) for slug, count in _most(tags)),
        workplaces=_fixed(map(attrgetter("workplace"), jobs), WORKPLACES, site.language),
        country_codes=tuple((code, count + anywhere) for code, count in _most(countries)),
        types=_fixed(chain.from_iterable(map(attrgetter("employment"), jobs)), (), site.language),
        levels=_fixed(map(attrgetter("level"), jobs), LEVELS, site.language),
        companies=tuple(
            (employer.slug, employer.name, len(employer.jobs))
            for employer in sorted(hiring, key=lambda employer: -len(employer.jobs))[:_SHOWN]
        ),
        paid=sum(1 for view in jobs if view.salary),
        pay_kinds=tuple((kind[0], kind[1]) for kind in pay_kinds(jobs)[:_SHOWN]),
        totals=(len(tags), len(countries), len(hiring)),
        language=site.language,
    )


def pay_kinds(jobs: Iterable[JobView]) -> list[tuple[str, str]]:
    """(currency, unit) of the pay that is stated with both, the most frequent first."""
    kinds = Counter((view.salary[2], view.salary[3]) for view in jobs if view.salary and all(view.salary[2:]))
    return [kind for kind, _ in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))]


def name_of(code: str, language: Language) -> str:
    """A country's name in the language of the board."""
    from rolecall.normalise.country import country_name  # not loaded by a build in which no page changed

    return language.country(code, country_name(code))


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_SHOWN]


def _fixed(values: Iterable[str], order: tuple[str, ...], language: Language) -> tuple[Choice, ...]:
    """All of a few choices: in `order`, or the most frequent first."""
    counts = Counter(values)
    counts.pop("", None)
    known = [value for value in order if value in counts]
    rest = sorted(counts.keys() - set(known), key=lambda value: (-counts[value], value))
    return tuple((value, fixed_words(value, language), counts[value]) for value in (*known, *rest))
