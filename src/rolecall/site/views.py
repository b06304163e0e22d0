"""From a `Job` to its `JobView`: names, words and safe HTML, made once per file and kept by `ViewCache`."""

from __future__ import annotations

import hashlib
import marshal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

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
    from rolecall.model import Attribution, Job, Place, RemoteFrom

_ENGLISH = Language()
_BODY, _FACTS = JobView._fields.index("body"), JobView._fields.index("facts")
# The last one that writes equal values as equal bytes: later ones tell how often a value is referred to.
_MARSHAL_FORMAT = 2
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
    terms, tongue = vocabulary or Vocabulary.default(), language or _ENGLISH
    job_id = job_id or job.id or path_id(file.removeprefix("jobs/"))
    places = tuple(dict.fromkeys([place_words(place, tongue) for place in job.places]))
    salary = salary_of(job)
    workplace = job.workplace.value if job.workplace else ""
    remote = _remote_of(job.remote_from, tongue)
    source, terms_url = job.source, attribution.url if attribution else ""
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
        workplace=workplace,
        places=places,
        place_parts=tuple([(place.city or "", place.region or "", place.country or "") for place in job.places]),
        place_pages=_place_pages(job, tongue),
        may_live=_may_live(job),
        worldwide=remote.worldwide,
        remote_countries=remote.countries,
        remote_regions=remote.regions,
        remote_names=remote.names,
        timezones=remote.timezones,
        where=where_words(
            workplace,
            places,
            worldwide=remote.worldwide,
            remote_from=remote.names,
            timezones=remote.timezones,
            language=tongue,
        ),
        employment=tuple([form.value for form in job.employment]),
        salary=salary,
        pay=pay_words(salary, tongue),
        tags=job.tags,
        tag_names=tuple(map(terms.name, job.tags)),
        tag_slugs=tuple(map(slug, job.tags)),
        level=job.level.value if job.level else "",
        department=job.department or "",
        requisition_id=job.requisition_id or "",
        language=job.language or "",
        sponsorship=job.sponsorship.value if job.sponsorship else "",
        described=bool(description),
        body=description,
        source=source.name if source else "",
        board=f"{source.name}/{source.board}" if source else "",
        source_url=(source.url if source else None) or terms_url,
        attribution=attribution.name if attribution else "",
        emit_jsonld=attribution.emit_jsonld if attribution else True,
        apply_via_source=attribution.apply_via_source if attribution else False,
        alternates=tuple([(other.url, other.reason or "") for other in job.alternates]),
    )
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
                found.setdefault(slug(place_words(place)), place_words(place, language))
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


class _Remote(NamedTuple):
    """Where a remote worker may live, in the values of a view."""

    worldwide: bool = False
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    timezones: tuple[str, str] | None = None


_NOT_SAID = _Remote()


def _remote_of(given: RemoteFrom | None, language: Language) -> _Remote:
    if given is None:
        return _NOT_SAID
    zones = given.timezones
    countries = (_country(code, language) for code in given.countries)
    regions = (language.region(region.value, region_name(region)) for region in given.regions)
    return _Remote(
        bool(given.worldwide),
        given.countries,
        tuple(region.value for region in given.regions),
        (*countries, *regions),
        (f"{zones.min.normalize():f}", f"{zones.max.normalize():f}") if zones else None,
    )


def place_words(place: Place, language: Language | None = None) -> str:
    """One place in words: "Berlin, Germany", "Austin, Texas, United States", or the source's own text."""
    return _place_words(place.city, place.region, place.country, language or _ENGLISH) or (place.text or "")


@lru_cache(maxsize=65_536)
def _place_words(city: str | None, region: str | None, country: str | None, language: Language) -> str:
    parts = (city, region if not city or country in _STATES else "", _country(country, language) if country else "")
    return ", ".join(dict.fromkeys(part for part in parts if part))


def page_of(file: str, job_id: str) -> str:
    """The page of the job in `file`: the same path where it is plain, else made of slugs and the id.

    File names are chosen by strangers: nothing but `[a-z0-9-]` gets through, and no reserved name.
    """
    given = file.removeprefix("jobs/").removesuffix(".yaml").split("/")
    *folders, last = (step for step in given if step not in ("", "."))
    folders = [_plain(step) for step in folders]
    name = last if slug_of(last, 80) == last else f"{slug_of(last)}-{job_id[:8]}"
    return "/".join(("jobs", *folders, f"{name}.html"))


def _plain(step: str) -> str:
    return step if slug(step, 80) == step else slug(step)


def stamped(view: JobView) -> JobView:
    """The view with hashes of what it holds, for the fingerprints of whatever shows it."""
    facts = _hashed((*view[:_BODY], *view[_BODY + 1 : _FACTS]))
    return JobView._make((*view[:_FACTS], facts, _hashed((facts, view.description))))


def _hashed(values: tuple[Any, ...]) -> str:
    return hashlib.sha256(marshal.dumps(values, _MARSHAL_FORMAT)).hexdigest()[:16]
