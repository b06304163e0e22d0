"""What one row of the README shows: text that is ready for a cell, made of a `JobView` for one step of the budget."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from rolecall import markup
from rolecall.address import web_address
from rolecall.site import urls
from rolecall.site.language import mark as _
from rolecall.site.readme_text import WORD_JOINER, attribute, cell, is_right_to_left, one_line, prose, unbroken
from rolecall.site.words import age_words, fixed_words

if TYPE_CHECKING:
    from rolecall.config import ReadmeConfig
    from rolecall.site.language import Language
    from rolecall.site.site import Site
    from rolecall.site.view import JobView

_MAIL_SAFE = "/%:@!$&'()*+,;=~-._"
_ORDINARY = ("full_time",)
_NOTHING = Markup()

_SPONSORSHIP = {"yes": _("Visa sponsorship"), "no": _("No visa sponsorship")}


@dataclass(frozen=True, slots=True)
class Step:
    """How much a row may hold. `name` is what the report calls it."""

    name: str
    descriptions: Literal["full", "excerpt", "short", "none"]
    max_tags: int


class Row(NamedTuple):
    """One job for the templates. An empty text means that there is nothing to show; no text holds a line end."""

    title: Markup
    company: Markup
    facts: tuple[str, ...]  # names of values, in the owner's order: "where", "pay"; those that stand in no column
    columns: tuple[str, ...]  # names of values, "tags" or "apply": the columns of `classic`
    values: Mapping[str, Markup | str]  # every fact in words, "" where it is unknown
    closes_day: str  # "30 Nov 2026", for a column that is headed so
    apart: bool  # title and facts may read in two directions: the facts are to be kept apart from it and each other
    featured: bool
    tags: tuple[Markup, ...]
    more_tags: int
    logo: str  # a path relative to the file, or an address
    page: str  # where the title leads
    apply_url: str
    apply_title: Markup  # "Apply: Cook at Acme (jobs.acme.example)"
    via: Markup  # the source's name, where its terms demand it
    via_url: str
    description: Markup  # HTML on one line
    excerpt: Markup  # plain text
    read_on: str  # where the whole text stands, when `excerpt` is cut


def row_of(view: JobView, site: Site, config: ReadmeConfig, step: Step, file: str) -> Row:
    """`view` as a row of the file `file` that holds as much as `step` allows."""
    apply_url = _address(view.apply_url)
    description, excerpt, read_on = _description(view, site, config, step, file)
    tags = view.tag_names[: step.max_tags]
    columns = config.columns if config.layout == "classic" else ()
    values = _values(view, site, config)
    return Row(
        title=prose(view.title) or Markup(escape(site.language.text(_("(no title)")))),
        company=cell(view.company),
        facts=tuple(name for name in config.facts if values[name] and name not in columns),
        columns=columns,
        values=values,
        closes_day=unbroken(site.language.date(view.closes)),
        apart=is_right_to_left(view.title) or site.language.direction == "rtl",
        featured=view.featured,
        tags=tuple(map(cell, tags)),
        more_tags=len(view.tag_names) - len(tags),
        logo=_logo(site.logo_of(view.company_slug), file),
        page=_page(view, site) or apply_url,
        apply_url=apply_url,
        apply_title=_apply_title(view, site),
        via=cell(view.attribution),
        via_url=_address(view.source_url),
        description=description,
        excerpt=excerpt,
        read_on=read_on,
    )


def beside(file: str, path: str) -> str:
    """`path` (from the board's folder) as a link in `file`, which may stand in a folder of its own."""
    return quote(posixpath.relpath(path, posixpath.dirname(file) or "."))


def _values(view: JobView, site: Site, config: ReadmeConfig) -> dict[str, Markup | str]:
    """Everything that may be a fact, in words, whether the owner wants to see it or not."""
    language = site.language
    closes = language.text(_("closes {day}"), day=language.date(view.closes)) if view.closes else ""
    sponsorship = _SPONSORSHIP.get(view.sponsorship, "")
    return {
        "where": cell(view.where),
        "employment": cell(_contract(view, language)),
        "pay": cell(_pay(view.pay, config.layout)),
        "sponsorship": cell(language.text(sponsorship)) if sponsorship else "",
        "posted": _posted(view, site, config.age),
        "closes": unbroken(closes),
        "level": cell(fixed_words(view.level, language)),
    }


def _page(view: JobView, site: Site) -> str:
    """The job's page on the site, or an empty text when nobody knows where the site stands."""
    base = urls.base_of(site.config)
    return urls.absolute(base, urls.job(view)) if base else ""


def _address(address: str) -> str:
    """A link that may stand in a README, or an empty text: the model let only such through, a cache may not have."""
    if address[:7].lower() == "mailto:":
        return quote(one_line(address), safe=_MAIL_SAFE)
    return web_address(address) or ""


def _apply_title(view: JobView, site: Site) -> Markup:
    """The link's name for those who hear one link after the other; the host in ASCII unmasks a forged name."""
    name = site.language.text(_("Apply: {title} at {company}"), title=view.title, company=view.company)
    return attribute(f"{name} ({view.apply_host})" if view.apply_host else name)


def _logo(logo: str, file: str) -> str:
    if not logo:
        return ""
    return _address(logo) if "://" in logo else beside(file, logo)


def _contract(view: JobView, language: Language) -> str:
    """The form of the contract where it is not the ordinary one; a reader takes full time for granted."""
    if view.employment in ((), _ORDINARY):
        return ""
    return language.text(_(", ")).join(fixed_words(form, language) for form in view.employment)


def _pay(pay: str, layout: str) -> str:
    """The pay, with its two figures on one line where there is room: not in the narrow column of `classic`."""
    return pay.replace("–", f"–{WORD_JOINER}") if layout == "cards" else pay


def _posted(view: JobView, site: Site, form: str) -> str:
    language = site.language
    words = unbroken(language.date(view.posted))
    if form != "date":
        age = age_words(view.posted, site.today, language)
        words = age if form == "age" else f"{words} ({age})"
    return language.text(_("seen {day}"), day=words) if view.posted_estimated else words


def _description(view: JobView, site: Site, config: ReadmeConfig, step: Step, file: str) -> tuple[Markup, Markup, str]:
    """The whole description, or an excerpt and where to read on, or nothing."""
    if step.descriptions == "full" and view.described:
        return Markup(markup.github_html(view.description)), _NOTHING, ""
    if step.descriptions not in ("excerpt", "short") or not view.described:
        return _NOTHING, _NOTHING, ""
    short, page = step.descriptions == "short", _page(view, site)
    text = view.text
    excerpt = markup.excerpt(text, config.excerpt_chars // 2 if short else config.excerpt_chars)
    # Where every byte counts, the title's link to the job's page is enough.
    if excerpt == text or (short and page):
        return _NOTHING, prose(excerpt), ""
    return _NOTHING, prose(excerpt), page or beside(file, view.file)
