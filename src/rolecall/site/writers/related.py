"""What a list's page leads to: the way back up, its feeds, and the lists that have most to do with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from rolecall.site import urls
from rolecall.site.edition import Edition
from rolecall.site.kinds import COMPANIES, PLACES, SECTIONS, TAGS, WORKPLACES, Kind, Listed
from rolecall.site.site import Group
from rolecall.site.view import JobView

_TOP = 10
_CITIES = 30
_TOGETHER = 2  # jobs that must be on both lists, before one tag leads to another
_WORKPLACE = attrgetter("workplace")
_TAGS = attrgetter("tag_slugs")
_PLACES = attrgetter("place_pages")
_COMPANY = attrgetter("company_slug")


@dataclass(frozen=True, slots=True)
class Tally:
    """Lists under a heading: path, name and number of open jobs of each."""

    heading: str
    links: tuple[tuple[str, str, int], ...]


def trail(edition: Edition, kind: Kind, group: Listed) -> tuple[tuple[str, str], ...]:
    """Name and path of the pages above a list: all jobs, all tags; all places and the country of a city."""
    language = edition.site.language
    steps = [(language.text("All jobs"), urls.index())]
    if kind.directory:
        steps.append((language.text(kind.heading), kind.directory))
    country = edition.places.get(group.country) if isinstance(group, Group) else None
    if country:
        steps.append((country.name, urls.place(country.slug)))
    return tuple(steps)


def feeds_of(edition: Edition, kind: Kind, group: Listed) -> tuple[str, ...]:
    """The paths of the list's feeds, Atom then JSON; none when it has none."""
    if not group.jobs or not edition.has_feeds(kind.name):
        return ()
    return urls.feed_of(kind.page(group), "xml"), urls.feed_of(kind.page(group), "json")


def related(edition: Edition, kind: Kind, group: Listed) -> tuple[Tally, ...]:
    """The lists that have most to do with this one: of a country its cities, of a city its neighbours; shared jobs."""
    found = (*_beside(edition, kind, group), *_shared(edition, kind, group))
    return tuple(tally for tally in found if tally.links)


def _beside(edition: Edition, kind: Kind, group: Listed) -> Iterator[Tally]:
    """Lists of the same kind that one may have meant."""
    text = edition.site.language.text
    if kind is PLACES and isinstance(group, Group):
        heading = text("Other cities") if group.country else text("Cities")
        yield Tally(heading, _cities(edition, group))
    if kind in (SECTIONS, WORKPLACES):
        others = (other for other in kind.groups(edition.site) if other.slug != group.slug)
        yield Tally(text("Other lists"), tuple((kind.page(other), other.name, len(other.jobs)) for other in others))


def _shared(edition: Edition, kind: Kind, group: Listed) -> Iterator[Tally]:
    """Lists that have the same jobs. Of one job alone its row says it all; but a company is asked what it is like."""
    text = edition.site.language.text
    if len(group.jobs) < _TOGETHER and kind is not COMPANIES:
        return
    jobs = group.jobs
    if kind is COMPANIES:
        works = Counter(map(_WORKPLACE, jobs))
        yield _tally(edition, WORKPLACES, text("Work"), {work.replace("_", "-"): works[work] for work in works})
    tags = Counter(chain.from_iterable(map(_TAGS, jobs)))
    if kind is TAGS:
        del tags[group.slug]
        yield _tally(edition, TAGS, text("Often together"), tags, least=_TOGETHER)
    else:
        yield _tally(edition, TAGS, text(TAGS.heading), tags)
    if kind is not PLACES:
        heading = text("Hires in") if kind is COMPANIES else text(PLACES.heading)
        yield _tally(edition, PLACES, heading, _places(jobs))
    if kind is not COMPANIES:
        yield _tally(edition, COMPANIES, text(COMPANIES.heading), Counter(map(_COMPANY, jobs)))


def _places(jobs: Sequence[JobView]) -> Mapping[str, int]:
    """By the slugs of places, how many of `jobs` are on each one's page."""
    found: Counter[str] = Counter()
    for (slug, _), number in Counter(chain.from_iterable(map(_PLACES, jobs))).items():
        found[slug] += number
    return found


def _tally(edition: Edition, kind: Kind, heading: str, counts: Mapping[str, int], *, least: int = 1) -> Tally:
    """Those groups of a kind whose slugs come most often, the most frequent first; where it is equal, by name."""
    listed = edition.listed[kind.name]
    known = counts if counts.keys() <= listed.keys() else {slug: counts[slug] for slug in counts if slug in listed}
    if len(known) > _TOP:  # few of the many are in question; only these are sorted by name
        least = max(least, sorted(known.values())[-_TOP])
    top = sorted((-number, listed[slug][0], slug) for slug, number in known.items() if number >= least)[:_TOP]
    return Tally(heading, tuple((listed[slug][1], name, -number) for number, name, slug in top))


def _cities(edition: Edition, place: Group) -> tuple[tuple[str, str, int], ...]:
    """The cities of a country that have pages, or the other ones of a city's country; those with most jobs first."""
    cities = [city for city in edition.cities.get(place.country or place.slug, ()) if city.slug != place.slug]
    largest = sorted(cities, key=lambda city: -len(city.jobs))[: _TOP if place.country else _CITIES]
    return tuple((urls.place(city.slug), edition.city_name(city), len(city.jobs)) for city in largest)
