"""search/head.json: all that a search needs to filter, count, find and show rows without another request.

Every text stands once, in a list by frequency; a job is a few numbers. docs/search.md has the format.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from rolecall.site.artifact import fingerprint
from rolecall.site.search.columns import by_frequency, encode, encode_lists
from rolecall.site.search.facets import name_of
from rolecall.site.search.stems import short_page, stem
from rolecall.site.site import Site
from rolecall.site.view import JobView
from rolecall.site.words import pay_words

_SAMPLE = "7"  # a figure that stands in a pattern of pay until the browser puts another there


def rows_print(jobs: Iterable[JobView]) -> str:
    """A fingerprint of all that the columns show of `jobs`: after a change of a description they need not be made."""
    return fingerprint(*[f"{view.id} {view.facts}" for view in jobs])


def columns_of(site: Site) -> str:
    """All of the file that does not depend on descriptions, as JSON."""
    jobs = site.jobs
    parts: dict[str, Any] = {
        "count": len(jobs),
        "ids": b64encode(bytes.fromhex("".join(view.id for view in jobs))).decode(),
        "pages": " ".join(short_page(view.page, view.company_slug, view.title, view.id) for view in jobs),
        "titles": phrases([view.title for view in jobs]),
        "digits": site.language.number(1234567890),
        "short": _short_names(site),
    }
    for part in (_companies(site), _where(jobs), _tags(site), _days(site), _pay(site), _facts(site)):
        parts |= part
    return _json(parts)


def head_of(columns: str, firsts: Sequence[str], versions: Sequence[str], common: Sequence[str]) -> str:
    """The file. `firsts` are the letters at which files of descriptions begin, `common` the words that none holds."""
    parts = {"shards": " ".join(firsts), "versions": "".join(versions), "common": " ".join(common)}
    return f"{columns[:-1]},{_json(parts)[1:]}\n"


def _json(parts: Mapping[str, Any]) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def phrases(texts: Sequence[str]) -> dict[str, str]:
    """Texts as numbers of words. They are cut at spaces only, so that joined words are the text again."""
    cut = [text.split(" ") for text in texts]
    words = by_frequency(chain.from_iterable(cut))
    number = _numbered(words).__getitem__
    return {"words": " ".join(words), "at": encode_lists([list(map(number, text)) for text in cut])}


def _numbered(values: Iterable[str]) -> Mapping[str, int]:
    return {value: number for number, value in enumerate(values)}


def _listed(keys: Sequence[str]) -> tuple[list[str], str]:
    """The different keys by frequency, and the column of which job has which."""
    values = by_frequency(keys)
    return values, encode(map(_numbered(values).__getitem__, keys))


def _companies(site: Site) -> dict[str, Any]:
    keys, column = _listed([f"{view.company_slug}\n{view.company}" for view in site.jobs])
    pairs = [key.split("\n", 1) for key in keys]
    suffixes = [site.logos[slug].suffix if slug in site.logos else "" for slug, _ in pairs]
    return {
        "companies": [name for _, name in pairs],
        "companySlugs": ["" if stem(name) == slug else slug for slug, name in pairs],
        "logos": suffixes if any(suffixes) else [],
        "company": column,
    }


def _where(jobs: Sequence[JobView]) -> dict[str, Any]:
    lines, column = _listed([view.where for view in jobs])
    return {"places": phrases(lines), "place": column}


def _short_names(site: Site) -> dict[str, str]:
    """Other names of the countries of places, in one word, with the name that stands in the lines: `uk`, `holland`."""
    from rolecall.normalise.lookup import fold, listed, table

    codes = {code for view in site.jobs for code in (*(part[2] for part in view.place_parts), *view.remote_countries)}
    found: dict[str, str] = {}
    for code in sorted(codes - {""}):
        name = name_of(code, site.language)
        for other in (code, *listed(table("countries").get(code, ""))):
            if other.isalpha() and fold(other) != fold(name):
                found.setdefault(fold(other), name)
    return found


def _tags(site: Site) -> dict[str, Any]:
    names = {tag.slug: tag.name for tag in site.tags}
    ids = dict(chain.from_iterable(zip(view.tag_slugs, view.tags, strict=True) for view in site.jobs))
    also = site.config.vocabulary().other_words()
    lists = [list(dict.fromkeys(view.tag_slugs)) for view in site.jobs]
    slugs = by_frequency(chain.from_iterable(lists))
    number = _numbered(slugs).__getitem__
    return {
        "tags": [names[slug] for slug in slugs],
        "tagAlso": [" ".join(also.get(ids[slug], ())) for slug in slugs],
        "tagSlugs": ["" if stem(names[slug]) == slug else slug for slug in slugs],
        "tag": encode_lists([list(map(number, slugs)) for slugs in lists]),
    }


def _days(site: Site) -> dict[str, Any]:
    """Days as numbers from the first one on, with their words; 0 in `closes`: not said."""
    days = by_frequency(day for view in site.jobs for day in (view.posted, view.closes) if day)
    numbers = _numbered(days)
    first = min(days, default="1970-01-01")
    offsets = [(date.fromisoformat(day) - date.fromisoformat(first)).days for day in days]
    return {
        "firstDay": first,
        "days": encode(offsets),
        "dayWords": "\n".join(site.language.date(day) for day in days),
        "posted": encode(numbers[view.posted] for view in site.jobs),
        "closes": encode(numbers[view.closes] + 1 if view.closes else 0 for view in site.jobs),
    }


def _pay(site: Site) -> dict[str, Any]:
    """Kinds of pay with the patterns of their words, amounts as they are written; 0: no pay, or no such amount."""
    paid = [view.salary for view in site.jobs if view.salary]
    kinds = by_frequency(f"{currency} {per}" for _, _, currency, per in paid)
    kind_numbers = _numbered(kinds)
    amounts = by_frequency(amount for low, high, _, _ in paid for amount in (low, high) if amount)
    numbers = {"": 0} | {amount: number for number, amount in enumerate(amounts, 1)}
    return {
        "payKinds": [[*kind.split(" "), *_patterns(site, *kind.split(" "))] for kind in kinds],
        "amounts": " ".join(amounts),
        "pay": encode(
            number
            for view in site.jobs
            for number in (
                (kind_numbers[" ".join(view.salary[2:])] + 1, numbers[view.salary[0]], numbers[view.salary[1]])
                if view.salary
                else (0,)
            )
        ),
    }


def _patterns(site: Site, currency: str, per: str) -> list[str]:
    """How pay of a kind is said: of a range, from an amount, up to one; `{}` stands for the figures."""
    figure = site.language.money(_SAMPLE, _SAMPLE, "")
    cases = ((_SAMPLE, _SAMPLE), (_SAMPLE, ""), ("", _SAMPLE))
    return [pay_words((low, high, currency, per), site.language).replace(figure, "{}", 1) for low, high in cases]


def _facts(site: Site) -> dict[str, Any]:
    """What many jobs have alike: one list of combinations each, and which job has which."""
    combinations = [_combination(view) for view in site.jobs]
    texts = {parts: json.dumps(parts, ensure_ascii=False) for parts in set(combinations)}
    combined, fact = _listed([texts[parts] for parts in combinations])
    countries, live = _listed([" ".join(view.may_live) for view in site.jobs])
    codes = sorted({code for view in site.jobs for code in view.may_live} - {"*"})
    return {
        "facts": [json.loads(key) for key in combined],
        "fact": fact,
        "countries": countries,
        "live": live,
        "countryNames": [[code, name_of(code, site.language)] for code in codes],
    }


def _combination(view: JobView) -> tuple[str, str, tuple[str, ...], int, int, str]:
    return view.workplace, view.level, view.employment, int(view.featured), int(view.posted_estimated), view.language
