"""The pages that name all lists of a kind: tags, companies, and places by country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition, Head
from rolecall.site.kinds import COMPANIES, PLACES, TAGS, Kind
from rolecall.site.language import mark as _


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the directory with its cities, each as slug, name and number of jobs."""

    slug: str
    name: str
    jobs: int
    cities: tuple[tuple[str, str, int], ...]


def directories(edition: Edition) -> Iterator[Artifact]:
    """tags/index.html, companies/index.html and places/index.html."""
    site = edition.site
    tags = [(tag.slug, tag.name, len(tag.jobs)) for tag in site.tags]
    companies = [
        (employer.slug, employer.name, len(employer.jobs), edition.logo(employer.slug))
        for employer in site.employers
        if employer.jobs
    ]
    yield _directory(edition, TAGS, _("All tags, and how many open jobs have them."), tags=tags)
    yield _directory(edition, COMPANIES, _("All companies with open jobs."), companies=companies)
    said = _("All countries and cities with open jobs, and how many there are.")
    yield _directory(edition, PLACES, said, countries=_by_country(edition))


def _directory(edition: Edition, kind: Kind, description: str, **context: Any) -> Artifact:
    text = edition.site.language.text
    head = Head(text(kind.heading), text(description), kind.directory, canonical=edition.canonical(kind.directory))
    trail = ((text("All jobs"), urls.index()),)
    render = partial(edition.page, f"site/{kind.name}.html", head, trail=trail, **context)
    return Artifact(kind.directory, fingerprint(edition.key, repr(context)), render)


def _by_country(edition: Edition) -> list[Country]:
    """The countries in the order of their names, and of each the cities that have a page."""
    return [
        Country(
            slug=place.slug,
            name=place.name,
            jobs=len(place.jobs),
            cities=tuple(
                (city.slug, edition.city_name(city), len(city.jobs)) for city in edition.cities.get(place.slug, ())
            ),
        )
        for place in edition.site.places
        if not place.country
    ]
