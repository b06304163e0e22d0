"""Every list of jobs: those of each kind, and the one of all; cut into pages, the front page last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition, Head
from rolecall.site.html import Encoded, Html
from rolecall.site.kinds import KINDS, Kind, Listed
from rolecall.site.search.facets import BLANK, NOWHERE, facets_of
from rolecall.site.site import Employer, Group
from rolecall.site.view import JobView
from rolecall.site.writers import facts, related
from rolecall.site.writers.breadcrumbs import breadcrumb_list
from rolecall.site.writers.directories import directories

ASIDE = ("related", "crumbs", "facts")
_TOP_TAGS = 16
_TOP_PLACES = 8
_TOP_COMPANIES = 8


def _no_aside() -> Mapping[str, Any]:
    return dict.fromkeys(ASIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of jobs before it is cut into pages.

    `context` is what its template reads beside the jobs; `aside` gives more of it, for the first page alone: what
    changes with every job would make all pages new. On the others, what `ASIDE` names is None.
    """

    template: str
    title: str
    description: str
    jobs: tuple[JobView, ...]
    address: Callable[[int], str]
    noindex: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)
    aside: Callable[[], Mapping[str, Any]] = _no_aside


class _Source:
    """A list that nobody has asked for yet: most of it is needed only when one of its pages is rendered."""

    __slots__ = ("_made", "_make", "address", "jobs")

    def __init__(self, address: Callable[[int], str], jobs: tuple[JobView, ...], make: Callable[[], Listing]) -> None:
        self.address = address
        self.jobs = jobs
        self._make = make
        self._made: Listing | None = None

    @property
    def listing(self) -> Listing:
        if self._made is None:
            self._made = self._make()
        return self._made


@dataclass(frozen=True, slots=True)
class PageLink:
    """A way to another page of a list; `path` is empty for the page itself, `number` is 0 for a gap."""

    number: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of a list: its rows, which of the `total` jobs they are, and the ways to its neighbours.

    `rows` are their text; a page that shows them as they are writes `printed|safe`, which need not be encoded again.
    """

    pages: int
    first: int
    last: int
    total: int
    newer: str
    older: str
    others: tuple[PageLink, ...]
    printed: Encoded

    @property
    def rows(self) -> Html:
        return Html(self.printed)


def lists(edition: Edition) -> Iterator[Artifact]:
    """The lists of each kind, and the index; see `edition.stands` for what they depend on."""
    for kind in KINDS:
        for group in kind.groups(edition.site):
            if edition.stands(group.jobs):
                continue
            address, make = partial(kind.address, group.slug), partial(_of_group, edition, kind, group)
            yield from _pages(edition, _Source(address, group.jobs, make))
    if not edition.stands(()):  # they show no text
        yield from directories(edition)
    yield from reversed(list(_pages(edition, _Source(urls.index, edition.site.jobs, partial(_of_all, edition)))))
    edition.kept.save()


def _of_group(edition: Edition, kind: Kind, group: Listed) -> Listing:
    language = edition.site.language
    title = kind.title_of(group, language)
    trail = related.trail(edition, kind, group)
    context: dict[str, Any] = {"name": group.name, "heading": kind.title_message(group), "trail": trail}
    context["feeds"] = related.feeds_of(edition, kind, group)
    context["featured"] = any(view.featured for view in group.jobs)
    context["search"] = urls.search(kind.facet, group.slug) if kind.facet and group.jobs else ""
    if isinstance(group, Employer):
        context |= {
            "website": group.website,
            "github": (group.company.github or "") if group.company else "",
            "logo": edition.logo(group.slug),
        }
    return Listing(
        template=kind.template,
        title=title,
        description=kind.description_of(group, language),
        jobs=group.jobs,
        address=partial(kind.address, group.slug),
        noindex=not group.jobs,
        context=context,
        aside=cache(partial(_aside, edition, kind, group, [*trail, (title, kind.page(group))])),
    )


def _aside(edition: Edition, kind: Kind, group: Listed, trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What only the first page of a group's list shows."""
    of_company = facts.of_company(edition, group) if isinstance(group, Employer) else None
    crumbs = breadcrumb_list(edition.base, trail) if group.jobs else None
    return dict(zip(ASIDE, (related.related(edition, kind, group), crumbs, of_company), strict=True))


def _of_all(edition: Edition) -> Listing:
    site = edition.site
    return Listing(
        template="site/index.html",
        title=edition.imprint.title,
        description=edition.imprint.description,
        jobs=site.jobs,
        address=urls.index,
        context={
            "featured": any(view.featured for view in site.jobs),
            "as_of": site.today.isoformat(),
            "facets": facets_of(site),
            "blank": BLANK,
            "nowhere": NOWHERE,
            "sections": [(group.slug, group.name, len(group.jobs)) for group in site.sections],
            "workplaces": [(group.slug, group.name, len(group.jobs)) for group in site.workplaces],
            "places": _largest([place for place in site.places if not place.country], _TOP_PLACES),
            "tags": _largest(site.tags, _TOP_TAGS),
            "companies": _largest(site.employers, _TOP_COMPANIES),
        },
    )


def _largest(groups: Sequence[Group] | Sequence[Employer], number: int) -> list[tuple[str, str, int]]:
    """Slug, name and number of jobs of those that have the most; where it is equal, by name."""
    counts = [(group.slug, group.name, len(group.jobs)) for group in groups if group.jobs]
    return sorted(counts, key=lambda count: -count[2])[:number]


def _pages(edition: Edition, source: _Source) -> Iterator[Artifact]:
    """The pages of one list; an empty list has one."""
    per_page = edition.site.config.site.per_page
    address, row_keys = source.address, edition.row_keys
    for number in range(1, _count(source.jobs, per_page) + 1):
        shown = source.jobs[(number - 1) * per_page : number * per_page]
        if edition.stands(shown):
            continue
        first, others = edition.kept.get(address(1), lambda: _keys(edition, source.listing))
        inputs = fingerprint(first if number == 1 else others, str(number), *[row_keys[view.id] for view in shown])
        yield Artifact(address(number), inputs, partial(_page, edition, source, number), rows=shown)


def _keys(edition: Edition, listing: Listing) -> tuple[str, str]:
    """Fingerprints of all that the pages of a list read but its rows: of the first page, and of the others."""
    size = f"{len(listing.jobs)} {edition.site.config.site.per_page}"
    key = (edition.key, listing.template, listing.title, repr(listing.context), size)
    return fingerprint(*key, repr(listing.aside())), fingerprint(*key)


def _count(jobs: Sequence[JobView], per_page: int) -> int:
    return max(1, -(-len(jobs) // per_page))


def _page(edition: Edition, source: _Source, number: int) -> bytes:
    listing = source.listing
    per_page = edition.site.config.site.per_page
    first = (number - 1) * per_page
    shown = listing.jobs[first : first + per_page]
    pages = _count(listing.jobs, per_page)
    path = listing.address(number)
    head = Head(
        title=listing.title if number == 1 else _numbered(edition, listing.title, number),
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
        printed=edition.rows(shown, urls.Links.of(path)),
    )
    aside = listing.aside() if number == 1 else _no_aside()
    return edition.page(listing.template, head, part=part, **listing.context, **aside)


def _numbered(edition: Edition, title: str, number: int) -> str:
    language = edition.site.language
    return language.text("{title}, page {page}", title=title, page=language.number(number))


def _others(number: int, pages: int, address: Callable[[int], str]) -> Iterator[PageLink]:
    """The first, the last and the nearest pages, with a gap where some are left out."""
    near = sorted({1, pages, *range(max(1, number - 2), min(pages, number + 2) + 1)})
    before = 0
    for page in near:
        if page - before > 1:
            yield PageLink(0, "")
        yield PageLink(page, "" if page == number else address(page))
        before = page
