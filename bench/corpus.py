# ruff: noqa: S311, T201 -- made-up jobs need no secret dice; a script prints
"""A whole board of any size, made up: for measurements, and for looking at the site as it is when it is full.

    python bench/corpus.py 10000 /tmp/board [--today 2026-11-22] [--languages]

Job number i is the same in each board that has it, so that the board of 1,000 is the beginning of that of 10,000.
With `--languages` three jobs in ten are written in German, French, Spanish, Portuguese or Arabic;
else all are in English.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from array import array
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import cache, partial
from itertools import accumulate, product
from pathlib import Path
from random import Random

import yaml
from corpus_words import (
    CITIES,
    CLOSED_REASONS,
    COMPANY_ENDS,
    COMPANY_STARTS,
    COMPANY_TRADES,
    CURRENCIES,
    EVERYDAY,
    FAMILIES,
    FOREIGN,
    HEADINGS,
    LEVELS,
    OTHER_SCRIPTS,
    POPULAR_TAGS,
    STEMS,
    City,
    Family,
)

TAGS_FILE = Path(__file__).resolve().parents[1] / "src" / "rolecall" / "normalise" / "tables" / "tags.yaml"
JOBS_PER_COMPANY = 10
DAYS = 120
BAG = 1 << 18
EMPLOYMENT = ("full_time", "part_time", "contractor", "temporary", "full_time, part_time")
REGIONS = ("AMERICAS", "NORTH_AMERICA", "LATAM", "EMEA", "EU", "EUROPE", "AFRICA", "MIDDLE_EAST", "APAC", "ASIA")
CONFIG = """\
title: {title}
description: {count} openings that were made up, for measurements.
base_url: https://example.github.io/corpus/
repository: example/corpus
language: en
boards: []
sections:
  - title: Engineering
    title_matches: [engineer, developer, programmer, sre, architect]
  - title: Data and machine learning
    title_matches: [data, machine learning, analyst, scientist]
  - title: Design and product
    title_matches: [designer, product, researcher, writer]
  - title: Customers and sales
    title_matches: [sales, account, support, customer, marketing, success]
  - title: Everything else
"""
README = "# {title}\n\nOpenings that were made up.\n\n<!-- rolecall:start -->\n<!-- rolecall:end -->\n"


def write_board(count: int, folder: Path, today: date, languages: bool) -> None:
    """A board of `count` jobs in `folder`, which is made when it is not there; nothing in it is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    title = f"Corpus of {count:,} jobs"
    (folder / "config.yaml").write_text(CONFIG.format(title=title, count=f"{count:,}"), encoding="utf-8")
    (folder / "README.md").write_text(README.format(title=title), encoding="utf-8")
    companies = {company_of(at) for at in range(count)}
    for company in sorted(companies):
        path = folder / "jobs" / company_slug(company) / "company.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(company_yaml(company), encoding="utf-8")
    step = 250
    parts = [range(start, min(start + step, count)) for start in range(0, count, step)]
    write = partial(write_jobs, folder=folder, today=today, languages=languages)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(write, parts))


def write_jobs(numbers: range, folder: Path, today: date, languages: bool) -> None:
    for at in numbers:
        name, text = job_file(at, today, languages)
        (folder / "jobs" / name).write_text(text, encoding="utf-8")


# Companies


def company_of(at: int) -> int:
    """The number of the company that job `at` belongs to: early ones have many jobs, late ones have one or two."""
    return int(Random(f"company of {at}").random() * (at // JOBS_PER_COMPANY + 1))


@cache
def company_name(company: int) -> str:
    if company % 12 == 5:
        return f"{OTHER_SCRIPTS[company // 12 % len(OTHER_SCRIPTS)]} {company // 12 + 1}"
    starts, ends = len(COMPANY_STARTS), len(COMPANY_ENDS)
    shuffled = company * 7919 % (starts * ends)
    name = (COMPANY_STARTS[shuffled % starts] + COMPANY_ENDS[shuffled // starts]).title()
    # Past the last name of one word the trade tells two companies apart.
    round_at = company // (starts * ends)
    if round_at or company % 3 == 0:
        name += f" {COMPANY_TRADES[(company // 3 + round_at) % len(COMPANY_TRADES)]}"
    return f"{name} {round_at}" if round_at else name


@cache
def company_slug(company: int) -> str:
    words = _slug(company_name(company))
    return words if words and not words.isdigit() else f"company-{company}"


def company_yaml(company: int) -> str:
    slug = company_slug(company)
    name = json.dumps(company_name(company), ensure_ascii=False)
    return f"name: {name}\nwebsite: https://{slug}.example/\ndomains: [{slug}.example]\n"


# Jobs


def job_file(at: int, today: date, languages: bool) -> tuple[str, str]:
    """Path below jobs/ and text of job number `at`."""
    dice = Random(f"job {at}")
    company = company_of(at)
    slug = company_slug(company)
    family = dice.choices(FAMILIES, [family.weight for family in FAMILIES])[0]
    level, level_word, pay_factor = dice.choices(LEVELS, [20, 3, 8, 14, 30, 10, 5, 6, 3, 1])[0]
    title = _title(dice, family, level_word)
    tags = _tags(dice, family)
    city = dice.choice(CITIES)
    language = dice.choice(list(FOREIGN)) if languages and dice.random() < 0.3 else "en"
    lines = [
        "# yaml-language-server: $schema=../../schema/job.schema.json",
        f"title: {_quoted(title)}",
        f"company: {_quoted(company_name(company))}",
        f"apply_url: https://jobs.{slug}.example/openings/{at}",
        *_where(dice, city),
        f"employment: [{dice.choices(EMPLOYMENT, [80, 5, 9, 3, 3])[0]}]",
        *_salary(dice, family, city.country, pay_factor),
        f"tags: [{', '.join(_quoted(tag) for tag in tags)}]",
        *([f"level: {level}"] if level else []),
        f"language: {language}",
        *([f"sponsorship: {_quoted(dice.choice(['yes', 'no']))}"] if dice.random() < 0.2 else []),
        *_days(dice, today),
        "description_html: |",
        *(f"  {line}" for line in _description(dice, title, tags, language)),
    ]
    if dice.random() < 0.8:
        lines.append(
            f'source: {{name: greenhouse, board: {slug}, key: "{at}", url: https://boards.{slug}.example/{at}}}'
        )
    return f"{slug}/{_slug(title)[:50].strip('-')}-{at:05}.yaml", "\n".join(lines) + "\n"


def _title(dice: Random, family: Family, level_word: str) -> str:
    focus = dice.choice(family.specialities)
    if level_word.endswith(" of"):
        return f"{level_word} {focus}"
    role = f"{level_word} {dice.choice(family.roles)}".strip()
    if dice.random() < 0.3:
        return role
    return dice.choice([f"{role}, {focus}", f"{role} - {focus}", f"{role} ({focus})", f"{focus} {role}"])


def _tags(dice: Random, family: Family) -> list[str]:
    vocabulary, weights = _vocabulary()
    count = dice.choices(range(3, 9), [10, 20, 25, 20, 15, 10])[0]
    own = min(len(family.tags), round(count * 0.6))
    chosen = dict.fromkeys(dice.sample(family.tags, own))
    while len(chosen) < count:
        chosen[dice.choices(vocabulary, cum_weights=weights)[0]] = None
    return list(chosen)


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """All tags of the vocabulary, and how often each is drawn: the n-th one in n."""
    terms = yaml.safe_load(TAGS_FILE.read_text(encoding="utf-8"))["terms"]
    rest = sorted(tag for tag in terms if tag not in POPULAR_TAGS)
    Random("tags").shuffle(rest)
    vocabulary = [*POPULAR_TAGS, *rest]
    return vocabulary, list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))


def _where(dice: Random, city: City) -> Iterator[str]:
    workplace = dice.choices(["remote", "hybrid", "on_site", ""], [42, 28, 25, 5])[0]
    if workplace != "remote" or dice.random() < 0.4:
        second = dice.choice(CITIES)
        places = [city, second] if dice.random() < 0.1 and second != city else [city]
        yield "places:"
        yield from (f"  - {{city: {_quoted(place.name)}, country: {_quoted(place.country)}}}" for place in places)
    if workplace:
        yield f"workplace: {workplace}"
    if workplace == "remote":
        countries = sorted({city.country, *(dice.choice(CITIES).country for _ in range(dice.choice([0, 0, 1, 3])))})
        offset = dice.choice([-8, -5, -3, 0, 1, 5, 8])
        yield from dice.choices(
            [
                ["remote_from: {worldwide: true}"],
                [f"remote_from: {{countries: [{', '.join(map(_quoted, countries))}]}}"],
                [f"remote_from: {{regions: [{dice.choice(REGIONS)}]}}"],
                [f"remote_from: {{timezones: {{min: {offset - 2}, max: {offset + 3}}}}}"],
                [],
            ],
            [20, 40, 18, 7, 15],
        )[0]


def _salary(dice: Random, family: Family, country: str, factor: float) -> Iterator[str]:
    if dice.random() >= 0.45:
        return
    currency, rate = CURRENCIES.get(country, ("USD", 1.0))
    yearly = family.pay * factor * rate * dice.uniform(0.8, 1.25)
    unit, share = dice.choices([("year", 1), ("month", 12), ("day", 220), ("hour", 1800)], [78, 12, 3, 7])[0]
    low = _rounded(yearly / share)
    high = _rounded(yearly / share * dice.uniform(1.1, 1.45))
    ends = dice.choices(
        [f"min: {low}, max: {high}", f"min: {low}", f"max: {high}", f"min: {low}, max: {low}"], [80, 8, 6, 6]
    )
    yield f"salary: {{{ends[0]}, currency: {currency}, per: {unit}}}"


def _rounded(amount: float) -> int:
    step = 10 ** max(0, len(str(int(amount))) - 2)
    return max(1, int(amount / step) * step)


def _days(dice: Random, today: date) -> Iterator[str]:
    age = int((DAYS + 1) * dice.random() ** 1.6)
    yield f"posted: {today - timedelta(age)}"
    if dice.random() < 0.05:
        yield "status: closed"
        yield f"closed_at: {today - timedelta(dice.randint(0, min(age, 28)))}"
        yield f"closed_reason: {dice.choice(CLOSED_REASONS)}"
        return
    if dice.random() < 0.15:
        yield f"closes: {today + timedelta(dice.randint(0, 45))}"
    if dice.random() < 0.02:
        yield "featured: true"


# Texts


def _description(dice: Random, title: str, tags: list[str], language: str) -> Iterator[str]:
    """Three to eight kilobytes of HTML, one block on a line, in the form in which fetch stores it."""
    wanted = dice.randint(2700, 6400)
    words = _words(language)
    yield f"<p>{_escaped(title)}: {_prose(dice, words, 40)}</p>"
    written = 0
    for at, heading in enumerate(HEADINGS.get(language, HEADINGS["en"]) * 9):
        if written > wanted:
            return
        block = [f"<h3>{heading}</h3>"]
        if at % 2:
            named = [f"<li><strong>{_escaped(tag)}</strong>: {_prose(dice, words, 9)}</li>" for tag in tags if at == 1]
            named += [f"<li>{_prose(dice, words, 14)}</li>" for _ in range(dice.randint(3, 6))]
            block += [f"<ul>{named[0]}", *named[1:], "</ul>"]
        else:
            block += [f"<p>{_prose(dice, words, 60)}</p>" for _ in range(dice.randint(1, 3))]
        written += sum(map(len, block))
        yield from block


def _prose(dice: Random, words: list[str], about: int) -> str:
    """Sentences of `about` that many words."""
    picks = array("I", dice.randbytes(4 * dice.randint(about * 2 // 3, about * 4 // 3)))
    chosen = [words[pick % BAG] for pick in picks]
    ends = range(0, len(chosen), 13)
    return " ".join(f"{' '.join(chosen[at : at + 13]).capitalize()}." for at in ends)


@cache
def _words(language: str) -> list[str]:
    """`BAG` words to pick from, the n-th one about in proportion to 1 / n, and each at least once."""
    known = FOREIGN[language].split() if language in FOREIGN else EVERYDAY.split()
    made = ["".join(parts) for parts in product(*(column.split() for column in STEMS))]
    Random("words").shuffle(made)
    ranked = list(dict.fromkeys([*known, *made]))[:24_000]
    scale = (BAG - len(ranked)) / sum(1 / rank for rank in range(1, len(ranked) + 1))
    bag = [word for rank, word in enumerate(ranked, 1) for _ in range(1 + int(scale / rank))]
    return (bag + ranked)[:BAG]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"[A-Z][A-Za-z]+( [A-Za-z]+)*", text) else json.dumps(text, ensure_ascii=False)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a made-up board of any size.")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 22))
    parser.add_argument("--languages", action="store_true")
    given = parser.parse_args()
    write_board(given.count, given.folder, given.today, given.languages)
    print(f"{given.count:,} jobs in {given.folder}")


if __name__ == "__main__":
    main()
