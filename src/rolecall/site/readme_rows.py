"""What one row of the README shows: text that is ready for a cell, made of a `JobView` for one step of the budget."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from markupsafe import Markup

from rolecall import markup
from rolecall.address import web_address
from rolecall.site import urls
from rolecall.site.readme_text import WORD_JOINER, attribute, cell, is_right_to_left, one_line, unbroken
from rolecall.site.words import age_words, fixed_words

if TYPE_CHECKING:
    from rolecall.config import ReadmeConfig
    from rolecall.site.site import Site
    from rolecall.site.view import JobView

CLOSING_SOON_DAYS = 14
_MAIL_SAFE = "/%:@!$&'()*+,;=~-._"
_ORDINARY = ("full_time",)


@dataclass(frozen=True, slots=True)
class Step:
    """How much a row may hold. `name` is what the report calls it."""

    name: str
    descriptions: Literal["full", "excerpt", "none"]
    max_tags: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One job for the templates. An empty text means that there is nothing to show; no text holds a line end."""

    title: Markup
    company: Markup
    facts: tuple[Markup, ...]  # where, contract, pay
    right_to_left: bool  # the title is: the facts need to be kept apart from it and each other
    age: str  # "3d", "22 Nov 2026" or both
    closes: str  # "closes 30 Nov" when that is soon
    featured: bool
    tags: tuple[Markup, ...]
    more_tags: int
    logo: str  # a path relative to the README, or an address
    page: str  # where the title leads
    apply_url: str
    apply_title: Markup  # "Apply: Cook at Acme (jobs.acme.example)"
    via: Markup  # the source's name, where its terms demand it
    via_url: str
    description: Markup  # HTML on one line
    excerpt: Markup  # plain text
    read_on: str  # where the whole text stands, when `excerpt` is cut


def row_of(view: JobView, site: Site, config: ReadmeConfig, step: Step) -> Row:
    """`view` as a row that holds as much as `step` allows."""
    apply_url = _address(view.apply_url)
    description, excerpt, read_on = _description(view, site, config, step)
    tags = view.tag_names[: step.max_tags]
    return Row(
        title=cell(view.title) or Markup("(no title)"),
        company=cell(view.company),
        facts=tuple(cell(fact) for fact in (view.where, _contract(view), _pay(view.pay, config.layout)) if fact),
        right_to_left=is_right_to_left(view.title),
        age=_age(view, site, config.age),
        closes=_closes(view.closes, site),
        featured=view.featured,
        tags=tuple(cell(tag) for tag in tags),
        more_tags=len(view.tag_names) - len(tags),
        logo=_logo(site.logo_of(view.company_slug), config.file),
        page=_page(view, site) or apply_url,
        apply_url=apply_url,
        apply_title=_apply_title(view),
        via=cell(view.attribution),
        via_url=_address(view.source_url),
        description=description,
        excerpt=excerpt,
        read_on=read_on,
    )


def beside(readme: str, path: str) -> str:
    """`path` (from the board's folder) as a link in the file `readme`, which may stand in a folder of its own."""
    return quote(posixpath.relpath(path, posixpath.dirname(readme) or "."))


def _page(view: JobView, site: Site) -> str:
    """The job's page on the site, or an empty text when nobody knows where the site stands."""
    base = urls.base_of(site.config)
    return urls.absolute(base, urls.job(view)) if base else ""


def _address(address: str) -> str:
    """A link that may stand in a README, or an empty text: the model let only such through, a cache may not have."""
    if address.lower().startswith("mailto:"):
        return quote(one_line(address), safe=_MAIL_SAFE)
    return web_address(address) or ""


def _apply_title(view: JobView) -> Markup:
    """The link's name for those who hear one link after the other; the host in ASCII unmasks a forged name."""
    name = f"Apply: {view.title} at {view.company}"
    return attribute(f"{name} ({view.apply_host})" if view.apply_host else name)


def _logo(logo: str | None, readme: str) -> str:
    if not logo:
        return ""
    return _address(logo) if "://" in logo else beside(readme, logo)


def _contract(view: JobView) -> str:
    """The form of the contract where it is not the ordinary one; a reader takes full time for granted."""
    if view.employment in ((), _ORDINARY):
        return ""
    first, *others = (fixed_words(form) for form in view.employment)
    return " or ".join([first, *map(str.lower, others)])


def _pay(pay: str, layout: str) -> str:
    """The pay, with its two figures on one line where there is room: not in the narrow column of `classic`."""
    return pay.replace("–", f"–{WORD_JOINER}") if layout == "cards" else pay


def _age(view: JobView, site: Site, form: str) -> str:
    age, day = age_words(view.posted, site.today), unbroken(site.language.date(view.posted))
    words = {"age": age, "date": day, "both": f"{day} ({age})"}[form]
    return f"seen {words}" if view.posted_estimated else words


def _closes(closes: str, site: Site) -> str:
    """The last day where it is near; the year goes without saying."""
    if not closes:
        return ""
    left_days = (date.fromisoformat(closes) - site.today).days
    if not 0 <= left_days <= CLOSING_SOON_DAYS:
        return ""
    return unbroken("closes today" if left_days == 0 else f"closes {site.language.short_date(closes)}")


def _description(view: JobView, site: Site, config: ReadmeConfig, step: Step) -> tuple[Markup, Markup, str]:
    """The whole description, or an excerpt and where to read on, or nothing."""
    nothing = Markup("")
    if step.descriptions == "full" and view.description:
        return Markup(markup.github_html(view.description)), nothing, ""
    if step.descriptions != "excerpt" or not view.text:
        return nothing, nothing, ""
    excerpt = markup.excerpt(view.text, config.excerpt_chars)
    if excerpt == view.text:
        return nothing, cell(excerpt), ""
    return nothing, cell(excerpt), _page(view, site) or beside(config.file, view.file)
