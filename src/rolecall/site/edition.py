"""One edition of the site: the jobs, the templates, and what all pages say of the board. Writers get it whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolecall.site import urls
from rolecall.site.artifact import fingerprint
from rolecall.site.cards import FOLDER, Cards
from rolecall.site.html import Encoded
from rolecall.site.kept import Kept, facts_key
from rolecall.site.kinds import KINDS
from rolecall.site.printed import Printed
from rolecall.site.workers import by_parts, worker_count

if TYPE_CHECKING:
    from rolecall.site.artifact import Artifact
    from rolecall.site.render import Renderer
    from rolecall.site.search.words import Words
    from rolecall.site.site import Employer, Group, Site
    from rolecall.site.view import JobView


_KEPT = "build/facts"
_MANY_PAGES = 50  # with rows: below this, whoever renders one makes what it needs
# The way to the site's root from all pages of lists but the front page.
_FROM_LISTS = "../"
_id_of = attrgetter("id")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every page says of the board. Nothing else of config.yaml reaches the templates."""

    title: str
    description: str
    language: str
    repository: str
    base: str
    ground: str = ""  # the colour of the page, in the light look and in the dark one
    ground_dark: str = ""

    @property
    def add_job(self) -> str:
        return urls.add_job(self.repository) if self.repository else ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself: its name, one sentence, its path, and whether search engines shall leave it out."""

    title: str
    description: str
    path: str
    noindex: bool = False
    canonical: str = ""
    card: str = ""  # the full address of its picture for social media; "": the board's


@dataclass(frozen=True, slots=True)
class Around:
    """What all pages of a folder have alike: what they load, what stands above their content, and below it."""

    look: Encoded
    top: Encoded
    foot: Encoded


class Edition:
    """A `Site` with the templates that show it. Rows are rendered once, whatever number of lists hold them.

    `cache` is the board's `.cache`, None without one; `workers` is how many processes there may be, None: one per core;
    `font` is for letters on pictures that the theme's fonts lack; `words` gives those of the search,
    when somebody makes them already. `edited` are the ids of the jobs whose texts alone differ from those of the last
    build, which the writers may leave its claims; None when they claim all anew.
    """

    def __init__(
        self,
        site: Site,
        renderer: Renderer,
        cache: Path | None = None,
        workers: int | None = None,
        font: Path | None = None,
        words: Callable[[], Words] | None = None,
    ) -> None:
        config = site.config
        self.site = site
        self.renderer = renderer
        self.cache = cache
        self.workers = workers
        self.words = words
        self.base = urls.base_of(config)
        self.cards = Cards(site, renderer, self.base, cache / FOLDER if cache else None, font)
        colours = self.cards.look.colours
        self.imprint = Imprint(
            title=config.title,
            description=config.description or "",
            language=config.language,
            repository=config.repository or "",
            base=self.base,
            ground=colours.ground,
            ground_dark=colours.ground_dark,
        )
        self.kept = Kept(cache / _KEPT if cache else None, lambda: facts_key(site, self.key))
        self.edited: frozenset[str] | None = None
        self._rows: dict[str, Printed] = {}  # by the way to the root
        self._around: dict[str, Around] = {}  # likewise

    @cached_property
    def key(self) -> str:
        """The part of a page's fingerprint that is the same for all: templates and imprint."""
        return fingerprint(self.renderer.digest, repr(self.imprint), self.cards.address())

    @cached_property
    def employers(self) -> Mapping[str, Employer]:
        return {employer.slug: employer for employer in self.site.employers}

    def stands(self, views: Iterable[JobView]) -> bool:
        """Whether a file that shows texts of these jobs alone may stay as the last build claimed it."""
        return self.edited is not None and self.edited.isdisjoint(map(_id_of, views))

    def similar(self) -> Iterator[tuple[JobView, tuple[JobView, ...]]]:
        """Each open job with those that are like it; without those whose pages stand."""
        jobs, edited = self.site.jobs, self.edited
        places = self.kept.get("similar", self._similar)
        if edited is None:
            changed: Iterable[int] = range(len(jobs))
        else:
            texts = {at for at, view in enumerate(jobs) if view.id in edited}
            changed = [at for at, near in enumerate(places) if at in texts or not texts.isdisjoint(near)]
        for at in changed:
            yield jobs[at], tuple(map(jobs.__getitem__, places[at]))

    def _similar(self) -> list[tuple[int, ...]]:
        from rolecall.site.similar import similar_jobs  # not loaded by a build in which only texts changed

        jobs = self.site.jobs
        places = {view.id: place for place, view in enumerate(jobs)}
        found = similar_jobs(jobs)
        return [tuple([places[other.id] for other in found[view.id]]) for view in jobs]

    @cached_property
    def tag_slugs(self) -> frozenset[str]:
        """The tags that have a page: those of open jobs."""
        return frozenset(tag.slug for tag in self.site.tags)

    @cached_property
    def places(self) -> Mapping[str, Group]:
        """The places that have a page, by slug: countries, and cities with enough open jobs."""
        return {place.slug: place for place in self.site.places}

    @cached_property
    def cities(self) -> Mapping[str, tuple[Group, ...]]:
        """By the slug of a country, those of its cities that have a page, in the order of their names."""
        found: dict[str, list[Group]] = {}
        for place in self.site.places:
            if place.country:
                found.setdefault(place.country, []).append(place)
        return {country: tuple(cities) for country, cities in found.items()}

    def city_name(self, city: Group) -> str:
        """A city's name without its country: "Austin, Texas"."""
        return city.name.removesuffix(f", {self.places[city.country].name}")

    @cached_property
    def listed(self) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        """By the name of a kind, of each of its groups by its slug: the group's name, and the path of its list."""
        return {
            kind.name: {group.slug: (group.name, kind.page(group)) for group in kind.groups(self.site)}
            for kind in KINDS
        }

    def has_feeds(self, kind: str) -> bool:
        """Whether the lists of a kind ("tags") have feeds: the owner wants them, and the site knows its address."""
        return bool(self.base) and kind in self.site.config.site.feeds

    def logo(self, company_slug: str) -> str:
        """The path of the company's logo on the site, or ""."""
        logo = self.site.logos.get(company_slug)
        return urls.logo(company_slug, logo.suffix) if logo else ""

    @cached_property
    def row_keys(self) -> Mapping[str, str]:
        """By a job's id, the fingerprint of its row: all that `site/row.html` reads, but for the way to the root."""
        return _RowKeys(self)

    def rows(self, views: Sequence[JobView], links: urls.Links) -> Encoded:
        """The rows of jobs in a list on a page whose links are `links`."""
        printed = self._rows.setdefault(links.root, Printed())
        for view in views:
            if view.id not in printed:
                printed.add(view.id, self._row(view, links))
        return Encoded(printed.joined([view.id for view in views]))

    def prepare(self, stale: Sequence[Artifact]) -> None:
        """Make what most of many pages ask for, once, before the work is spread: compiled templates, and rows."""
        pages = [artifact for artifact in stale if artifact.rows]
        if len(pages) < _MANY_PAGES:
            return
        self.renderer.compile("site")
        links = urls.Links(_FROM_LISTS)
        held = [artifact.rows for artifact in pages if urls.Links.of(artifact.path) == links]
        jobs = {view.id: view for views in held for view in views}
        views = list(jobs.values())
        rows = by_parts(lambda index: self._row(views[index], links), len(views), worker_count(self.workers))
        self._rows[_FROM_LISTS] = Printed(list(jobs), rows)

    def _row(self, view: JobView, links: urls.Links) -> str:
        logo = self.logo(view.company_slug)
        return self.renderer.render(
            "site/row.html",
            job=view,
            to=links,
            soon=self.site.closes_soon(view),
            logo=links.to(logo) if logo else "",
        )

    def page(self, template: str, head: Head, links: urls.Links | None = None, /, **context: Any) -> bytes:
        """One page: the template with the imprint, the page's head, and `to`, which makes its links."""
        if not head.card and (card := self.cards.address()):
            head = replace(head, card=card)
        to = links or urls.Links.of(head.path)
        around = self._around.get(to.root) or self._made_around(to)
        return self.renderer.page(template, board=self.imprint, page=head, to=to, around=around, **context)

    def _made_around(self, to: urls.Links) -> Around:
        parts = [self.renderer.page(f"site/{name}.html", board=self.imprint, to=to) for name in ("look", "top", "foot")]
        return self._around.setdefault(to.root, Around(*map(Encoded, parts)))

    def canonical(self, path: str) -> str:
        """The address under which search engines shall know a page, or "" when the site's own is not known."""
        return urls.absolute(self.base, path) if self.base else ""


class _RowKeys(dict[str, str]):
    """Each is made when it is asked for: after an edit of a text, few are."""

    def __init__(self, edition: Edition) -> None:
        super().__init__()
        self._site = edition.site
        self._views = {view.id: view for view in edition.site.jobs}
        self._logos = {employer.slug: edition.logo(employer.slug) for employer in edition.site.employers}

    def __missing__(self, job_id: str) -> str:
        view = self._views[job_id]
        key = self[job_id] = f"{view.digest} {self._site.closes_soon(view)} {self._logos[view.company_slug]}"
        return key
