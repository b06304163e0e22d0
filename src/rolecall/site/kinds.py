"""The kinds of lists besides the one of all jobs: where their pages stand and what they say. One table, `KINDS`.

Whatever has one page or one feed for each group of a kind reads this table: lists, feeds, sitemap, `feeds.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from rolecall.site import urls
from rolecall.site.language import mark as _

if TYPE_CHECKING:
    from rolecall.site.language import Language
    from rolecall.site.site import Site
    from rolecall.site.view import JobView


def count(one: str, many: str) -> tuple[str, str]:
    """Marks the two forms of a text for the catalogues."""
    return one, many


class Listed(Protocol):
    """What has a list of its own: a `Group` or an `Employer`."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def jobs(self) -> tuple[JobView, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of lists. Texts are messages of the catalogues; `{name}` is the group's name, `{n}` its open jobs.

    `name` is what config.yaml calls it in `site.feeds`; `directory` is the page that names all groups, "" for none.
    """

    name: str
    heading: str
    address: Callable[[str, int], str]
    groups: Callable[[Site], Sequence[Listed]]
    template: str
    title: str
    says: tuple[str, str]  # of one open job, and of many
    titles: Mapping[str, str] = field(default_factory=dict)  # of single groups, by slug
    directory: str = ""
    facet: str = ""  # the filter of the search that gives the same jobs, "" for none

    def page(self, group: Listed) -> str:
        """The path of the first page of a group's list."""
        return self.address(group.slug, 1)

    def title_message(self, group: Listed) -> str:
        """The message of a list's heading, for a template that fills the name in."""
        return self.titles.get(group.slug, self.title)

    def title_of(self, group: Listed, language: Language) -> str:
        """A list's heading: "Go jobs", "Jobs in Germany"."""
        return language.text(self.title_message(group), name=group.name)

    def description_of(self, group: Listed, language: Language) -> str:
        """One sentence on a list, for search engines and feeds."""
        return language.count(*self.says, len(group.jobs), name=group.name)


SECTIONS = Kind(
    name="sections",
    heading=_("Sections"),
    address=urls.section,
    groups=lambda site: site.sections,
    template="site/section.html",
    title=_("{name}"),
    says=count("{n} open job under “{name}”.", "{n} open jobs under “{name}”."),
)
WORKPLACES = Kind(
    name="workplaces",
    heading=_("Remote, hybrid, on site"),
    address=urls.workplace,
    groups=lambda site: site.workplaces,
    template="site/workplace.html",
    facet="work",
    title=_("{name} jobs"),
    titles={"remote": _("Remote jobs"), "hybrid": _("Hybrid jobs"), "on-site": _("On-site jobs")},
    says=count("{n} open job under “{name}”.", "{n} open jobs under “{name}”."),
)
PLACES = Kind(
    name="places",
    heading=_("Places"),
    address=urls.place,
    groups=lambda site: site.places,
    template="site/place.html",
    title=_("Jobs in {name}"),
    says=count("{n} open job in {name}.", "{n} open jobs in {name}."),
    directory=urls.PLACES,
)
TAGS = Kind(
    name="tags",
    heading=_("Tags"),
    address=urls.tag,
    groups=lambda site: site.tags,
    template="site/tag.html",
    facet="tag",
    title=_("{name} jobs"),
    says=count("{n} open job with the tag {name}.", "{n} open jobs with the tag {name}."),
    directory=urls.TAGS,
)
COMPANIES = Kind(
    name="companies",
    heading=_("Companies"),
    address=urls.company,
    groups=lambda site: site.employers,
    template="site/company.html",
    facet="company",
    title=_("Jobs at {name}"),
    says=count("{n} open job at {name}.", "{n} open jobs at {name}."),
    directory=urls.COMPANIES,
)

KINDS: tuple[Kind, ...] = (SECTIONS, WORKPLACES, PLACES, TAGS, COMPANIES)
