"""What the pages, feeds and the README show of one job: plain values only, made once per file and cached.

A `JobView` holds text, numbers, booleans and tuples of them, so that it can be marshalled, sent between processes and
compared by content. All text is raw (templates escape it); `description` alone is HTML, and it is what
`markup.sanitise()` made. It is large, and asked for seldom: of a view that comes from the cache, it is read when it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rolecall.site.texts import StoredText

_TEXT_CHARS = 1_200


class JobView(NamedTuple):
    """One job as readers see it. Dates are `YYYY-MM-DD`; an empty text or tuple means unknown."""

    id: str  # 12 hex
    file: str  # jobs/acme/cook-7f3a1c22.yaml, for "edit this job"
    page: str  # jobs/acme/cook-7f3a1c22.html, relative to the site's root
    title: str
    company: str
    company_slug: str
    apply_url: str
    apply_host: str  # "" for mailto:
    posted: str
    posted_estimated: bool = False
    closes: str = ""
    status_closed: bool = False  # what the file says; `Site.of` adds what the date says
    closed_at: str = ""
    missing_since: str = ""  # the first day on which its board did not list it any more
    featured: bool = False
    workplace: str = ""  # remote, hybrid, on_site or ""
    places: tuple[str, ...] = ()  # "Berlin, Germany"
    place_parts: tuple[tuple[str, str, str], ...] = ()  # (city, region, country code), for JSON-LD
    # (slug, name) of the pages of places that it is on: countries, and cities ("Berlin, Germany").
    place_pages: tuple[tuple[str, str], ...] = ()
    # ISO codes of the countries in which one may live to do it: of the region or place that is named; ("*",) is any.
    may_live: tuple[str, ...] = ()
    worldwide: bool = False
    remote_countries: tuple[str, ...] = ()  # ISO codes
    remote_regions: tuple[str, ...] = ()  # EMEA, LATAM, ...
    remote_names: tuple[str, ...] = ()  # "Germany", "Latin America": names of the countries, then of the regions
    timezones: tuple[str, str] | None = None  # ("-3", "3")
    where: str = ""  # "Remote, worldwide" · "Remote: Germany, France" · "Hybrid, Berlin, Germany"
    employment: tuple[str, ...] = ()
    salary: tuple[str, str, str, str] | None = None  # (min, max, currency, per); "" where unknown
    pay: str = ""  # "€90,000–120,000 a year"
    tags: tuple[str, ...] = ()  # ids: go, c++, node.js
    tag_names: tuple[str, ...] = ()  # Go, C++, Node.js; same order as `tags`
    tag_slugs: tuple[str, ...] = ()  # go, c-plus-plus, node-js; same order: the pages of the tags
    level: str = ""
    department: str = ""
    requisition_id: str = ""
    language: str = ""
    sponsorship: str = ""
    described: bool = False  # whether the description holds any text
    body: str | StoredText = ""  # what `description` gives
    source: str = ""  # greenhouse
    board: str = ""  # greenhouse/acme; "" for a job that a person wrote
    source_url: str = ""
    attribution: str = ""  # name that the source's terms demand beside the job
    emit_jsonld: bool = True
    apply_via_source: bool = False
    alternates: tuple[tuple[str, str], ...] = ()  # (url, reason)
    facts: str = ""  # hash of all of the above but the text: the fingerprint of what counts or lists this job
    digest: str = ""  # hash of all of the above: the fingerprint of whatever shows this job

    @property
    def description(self) -> str:
        """The job's text as safe HTML, with headings h3 and h4; "" without."""
        return self.body if isinstance(self.body, str) else self.body.html()

    @property
    def text(self) -> str:
        """The description as plain text, on one line, at most 1,200 characters."""
        return self.beginning(_TEXT_CHARS)

    def beginning(self, chars: int) -> str:
        """The beginning of `text`, at most so many characters, cut after a whole word and then ended by "…"."""
        from rolecall import markup  # not loaded by a build in which nothing changed

        return markup.beginning(self.description, chars) if self.described else ""
