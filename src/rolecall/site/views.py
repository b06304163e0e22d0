"""From a `Job` to its `JobView`: names, words and safe HTML, made once per file and kept by `ViewCache`."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rolecall import markup
from rolecall.address import host_of
from rolecall.model import Status
from rolecall.normalise.country import countries_of, country_name, region_name
from rolecall.normalise.identity import company_slug as slug_of_company
from rolecall.normalise.identity import path_id
from rolecall.normalise.identity import slug as slug_of
from rolecall.normalise.tags import Vocabulary
from rolecall.site.language import Language
from rolecall.site.markdown import to_html
from rolecall.site.view import JobView
from rolecall.site.words import pay_words, where_words

if TYPE_CHECKING:
    from rolecall.model import Attribution, Job, Place

# Where a city's name is commonly given with its state.
_STATES = frozenset({"US", "CA", "AU"})
# A board has few different companies, places and tags; their names are made once.
slug = lru_cache(maxsize=65_536)(slug_of)
company_slug = lru_cache(maxsize=65_536)(slug_of_company)


def view_of(
    file: str,
    job: Job,
    attribution: Attribution | None = None,
    vocabulary: Vocabulary | None = None,
    language: Language | None = None,
    job_id: str = "",
) -> JobView:
    """What readers see of `job`, which stands in `file` (`jobs/acme/cook-7f3a1c22.yaml`).

    `attribution` is what the job's source demands of whoever shows it; `vocabulary` names the tags, and `language` is
    that of the pages (English when it is not given); `job_id` is the job's, where the caller knows it.
    """
    terms, tongue = vocabulary or Vocabulary.default(), language or Language()
    job_id = job_id or job.id or path_id(file.removeprefix("jobs/"))
    places = tuple(dict.fromkeys(place_words(place, tongue) for place in job.places))
    salary = salary_of(job)
    description = to_html(job.description) if job.description else markup.sanitise(job.description_html or "")
    view = JobView(
        id=job_id,
        file=file,
        page=page_of(file, job_id),
        title=job.title,
        company=job.company,
        company_slug=company_slug(job.company),
        apply_url=job.apply_url,
        apply_host="" if job.apply_url.lower().startswith("mailto:") else host_of(job.apply_url),
        posted=job.posted.isoformat(),
        posted_estimated=bool(job.posted_estimated),
        closes=job.closes.isoformat() if job.closes else "",
        status_closed=job.status is Status.CLOSED,
        closed_at=job.closed_at.isoformat() if job.closed_at else "",
        missing_since=job.missing_since.isoformat() if job.missing_since else "",
        featured=bool(job.featured),
        workplace=job.workplace.value if job.workplace else "",
        places=places,
        place_parts=tuple((place.city or "", place.region or "", place.country or "") for place in job.places),
        place_pages=_place_pages(job, tongue),
        may_live=_may_live(job),
        employment=tuple(form.value for form in job.employment),
        salary=salary,
        pay=pay_words(salary, tongue),
        tags=job.tags,
        tag_names=tuple(terms.name(tag) for tag in job.tags),
        tag_slugs=tuple(slug(tag) for tag in job.tags),
        level=job.level.value if job.level else "",
        department=job.department or "",
        requisition_id=job.requisition_id or "",
        language=job.language or "",
        sponsorship=job.sponsorship.value if job.sponsorship else "",
        described=bool(markup.beginning(description, 1)),
        body=description,
        source=job.source.name if job.source else "",
        board=f"{job.source.name}/{job.source.board}" if job.source else "",
        source_url=(job.source.url or "") if job.source else "",
        alternates=tuple((other.url, other.reason or "") for other in job.alternates),
    )
    view = _demanded(_with_remote(view, job, tongue), attribution)
    return stamped(view)


def salary_of(job: Job) -> tuple[str, str, str, str] | None:
    """The pay as plain text: (min, max, currency, per), "" where unknown; None when it is not stated."""
    pay = job.salary
    if pay is None:
        return None
    low, high = ("" if amount is None else f"{amount.normalize():f}" for amount in (pay.min, pay.max))
    return low, high, pay.currency or "", pay.per.value if pay.per else ""


def _place_pages(job: Job, language: Language) -> tuple[tuple[str, str], ...]:
    """The countries and cities under which the job is listed; a place without a country is under none."""
    found: dict[str, str] = {}
    for place in job.places:
        if place.country:
            found.setdefault(slug(country_name(place.country)), _country(place.country, language))
            if place.city:
                found.setdefault(slug(place_words(place, Language())), place_words(place, language))
    for code in job.remote_from.countries if job.remote_from else ():
        found.setdefault(slug(country_name(code)), _country(code, language))
    return tuple(found.items())


def _may_live(job: Job) -> tuple[str, ...]:
    """The countries in which one may live to do the job. Of a remote job that does not say it: those of its places."""
    remote = job.remote_from
    if remote is not None and remote.worldwide:
        return ("*",)
    if remote is not None and (remote.countries or remote.regions):
        named = (code for region in remote.regions for code in countries_of(region))
        return tuple(sorted({*remote.countries, *named}))
    return tuple(sorted({place.country for place in job.places if place.country}))


def _country(code: str, language: Language) -> str:
    return language.country(code, country_name(code))


def _with_remote(view: JobView, job: Job, language: Language) -> JobView:
    """The view with where a remote worker may live, and the line that says where the work is."""
    remote = job.remote_from
    if remote is None:
        return view._replace(where=where_words(view.workplace, view.places, language=language))
    zones = (
        (f"{remote.timezones.min.normalize():f}", f"{remote.timezones.max.normalize():f}") if remote.timezones else None
    )
    countries = [_country(code, language) for code in remote.countries]
    names = (*countries, *(language.region(region.value, region_name(region)) for region in remote.regions))
    return view._replace(
        worldwide=bool(remote.worldwide),
        remote_countries=remote.countries,
        remote_regions=tuple(region.value for region in remote.regions),
        remote_names=names,
        timezones=zones,
        where=where_words(
            view.workplace,
            view.places,
            worldwide=bool(remote.worldwide),
            remote_from=names,
            timezones=zones,
            language=language,
        ),
    )


def _demanded(view: JobView, attribution: Attribution | None) -> JobView:
    if attribution is None:
        return view
    return view._replace(
        attribution=attribution.name,
        source_url=view.source_url or attribution.url,
        emit_jsonld=attribution.emit_jsonld,
        apply_via_source=attribution.apply_via_source,
    )


def place_words(place: Place, language: Language | None = None) -> str:
    """One place in words: "Berlin, Germany", "Austin, Texas, United States", or the source's own text."""
    country = _country(place.country, language or Language()) if place.country else ""
    region = place.region if not place.city or place.country in _STATES else ""
    parts = dict.fromkeys(part for part in (place.city, region, country) if part)
    return ", ".join(parts) or (place.text or "")


def page_of(file: str, job_id: str) -> str:
    """The page of the job in `file`: the same path where it is plain, else made of slugs and the id.

    File names are chosen by strangers: nothing but `[a-z0-9-]` gets through, and no reserved name.
    """
    steps = PurePosixPath(file.removeprefix("jobs/").removesuffix(".yaml")).parts
    folders = [_plain(step) for step in steps[:-1]]
    name = steps[-1] if slug(steps[-1], 80) == steps[-1] else f"{slug(steps[-1])}-{job_id[:8]}"
    return "/".join(("jobs", *folders, f"{name}.html"))


def _plain(step: str) -> str:
    return step if slug(step, 80) == step else slug(step)


def stamped(view: JobView) -> JobView:
    """The view with the hashes of what it holds, which are part of the fingerprints of whatever shows it."""
    facts = _hashed(repr(tuple(view._replace(body="", facts="", digest=""))))
    return view._replace(facts=facts, digest=_hashed(f"{facts} {view.description}"))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
