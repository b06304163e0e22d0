"""Every list of jobs: by tag, by company, and all of them; cut into pages, the front page last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition, Head
from rolecall.site.html import Html
from rolecall.site.search.facets import BLANK, facets_of
from rolecall.site.site import Employer, Group
from rolecall.site.view import JobView

_TOP_TAGS = 16
_TOP_PLACES = 8
_TOP_COMPANIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of jobs before it is cut into pages. `context` is what its template reads beside the jobs."""

    template: str
    title: str
    description: str
    jobs: tuple[JobView, ...]
    address: Callable[[int], str]
    noindex: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A way to another page of a list; `path` is empty for the page itself, `number` is 0 for a gap."""

    number: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of a list: its rows, which of the `total` jobs they are, and the ways to its neighbours."""

    pages: int
    first: int
    last: int
    total: int
    newer: str
    older: str
    others: tuple[PageLink, ...]
    rows: Html


def lists(edition: Edition) -> Iterator[Artifact]:
    """Tag pages, company pages, their two directories, and the index."""
    for tag in edition.site.tags:
        yield from _pages(edition, _of_tag(edition, tag))
    for employer in edition.site.employers:
        yield from _pages(edition, _of_company(edition, employer))
    yield _tags(edition)
    yield _companies(edition)
    yield from reversed(list(_pages(edition, _of_all(edition))))


def _of_tag(edition: Edition, tag: Group) -> Listing:
    return Listing(
        template="site/tag.html",
        title=f"{tag.name} jobs",
        description=edition.site.language.count(
            "{n} open job with the tag {name}.", "{n} open jobs with the tag {name}.", len(tag.jobs), name=tag.name
        ),
        jobs=tag.jobs,
        address=partial(urls.tag, tag.slug),
        context={"name": tag.name},
    )


def _of_company(edition: Edition, employer: Employer) -> Listing:
    facts = {
        "name": employer.name,
        "website": employer.website,
        "github": (employer.company.github or "") if employer.company else "",
        "logo": edition.logo(employer.slug),
    }
    return Listing(
        template="site/company.html",
        title=f"Jobs at {employer.name}",
        description=edition.site.language.count(
            "{n} open job at {name}.", "{n} open jobs at {name}.", len(employer.jobs), name=employer.name
        ),
        jobs=employer.jobs,
        address=partial(urls.company, employer.slug),
        noindex=not employer.jobs,
        context=facts,
    )


def _of_all(edition: Edition) -> Listing:
    site = edition.site
    return Listing(
        template="site/index.html",
        title=edition.imprint.title,
        description=edition.imprint.description,
        jobs=site.jobs,
        address=urls.index,
        context={
            "as_of": site.today.isoformat(),
            "facets": facets_of(site),
            "blank": BLANK,
            "sections": [(group.slug, group.name, len(group.jobs)) for group in site.sections],
            "workplaces": [(group.slug, group.name, len(group.jobs)) for group in site.workplaces],
            "places": _largest([place for place in site.places if ", " not in place.name], _TOP_PLACES),
            "tags": _largest(site.tags, _TOP_TAGS),
            "companies": _largest(site.employers, _TOP_COMPANIES),
        },
    )


def _largest(groups: Sequence[Group] | Sequence[Employer], number: int) -> list[tuple[str, str, int]]:
    """Slug, name and number of jobs of those that have the most; where it is equal, by name."""
    counts = [(group.slug, group.name, len(group.jobs)) for group in groups if group.jobs]
    return sorted(counts, key=lambda count: -count[2])[:number]


def _pages(edition: Edition, listing: Listing) -> Iterator[Artifact]:
    """The pages of one list; an empty list has one."""
    per_page = edition.site.config.site.per_page
    facts = (listing.template, listing.title, repr(listing.context), str(len(listing.jobs)), str(per_page))
    for number in range(1, _count(listing, per_page) + 1):
        shown = listing.jobs[(number - 1) * per_page : number * per_page]
        rows = "\n".join([edition.row_keys[view.id] for view in shown])
        inputs = fingerprint(edition.key, *facts, str(number), rows)
        yield Artifact(listing.address(number), inputs, partial(_page, edition, listing, number))


def _count(listing: Listing, per_page: int) -> int:
    return max(1, -(-len(listing.jobs) // per_page))


def _page(edition: Edition, listing: Listing, number: int) -> str:
    per_page = edition.site.config.site.per_page
    first = (number - 1) * per_page
    shown = listing.jobs[first : first + per_page]
    pages = _count(listing, per_page)
    path = listing.address(number)
    root = urls.Links.of(path).root
    head = Head(
        title=listing.title if number == 1 else f"{listing.title}, page {number}",
        description=listing.description,
        path=path,
        noindex=listing.noindex or number > 1,
        canonical=edition.canonical(path),
    )
    part = Part(
        pages=pages,
        first=first + 1,
        last=first + len(shown),
        total=len(listing.jobs),
        newer=listing.address(number - 1) if number > 1 else "",
        older=listing.address(number + 1) if number < pages else "",
        others=tuple(_others(number, pages, listing.address)),
        rows=Html("".join([edition.row(view, root) for view in shown])),
    )
    return edition.page(listing.template, head, part=part, **listing.context)


def _others(number: int, pages: int, address: Callable[[int], str]) -> Iterator[PageLink]:
    """The first, the last and the nearest pages, with a gap where some are left out."""
    near = sorted({1, pages, *range(max(1, number - 2), min(pages, number + 2) + 1)})
    before = 0
    for page in near:
        if page - before > 1:
            yield PageLink(0, "")
        yield PageLink(page, "" if page == number else address(page))
        before = page


def _tags(edition: Edition) -> Artifact:
    tags = [(tag.slug, tag.name, len(tag.jobs)) for tag in edition.site.tags]
    canonical = edition.canonical(urls.TAGS)
    head = Head("Tags", "All tags, and how many open jobs have them.", urls.TAGS, canonical=canonical)
    render = partial(edition.page, "site/tags.html", head, tags=tags)
    return Artifact(urls.TAGS, fingerprint(edition.key, repr(tags)), render)


def _companies(edition: Edition) -> Artifact:
    hiring = [
        (employer.slug, employer.name, len(employer.jobs), edition.logo(employer.slug))
        for employer in edition.site.employers
        if employer.jobs
    ]
    canonical = edition.canonical(urls.COMPANIES)
    head = Head("Companies", "All companies with open jobs.", urls.COMPANIES, canonical=canonical)
    render = partial(edition.page, "site/companies.html", head, companies=hiring)
    return Artifact(urls.COMPANIES, fingerprint(edition.key, repr(hiring)), render)
