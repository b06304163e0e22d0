"""JSON-LD of the sample and of a large board: schema.org's own types, and Google's rules for job postings.

https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

TSC = "typescript/lib/tsc.js"
FORMS = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
TODAY = date(2026, 11, 22)


def blocks(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """For each page with structured data: its blocks."""
    found = {}
    for file in sorted(folder.rglob("*.html")):
        page = LexborHTMLParser(file.read_text(encoding="utf-8"))
        scripts = page.css('script[type="application/ld+json"]')
        if scripts:
            found[file.relative_to(folder).as_posix()] = [json.loads(script.text()) for script in scripts]
    return found


@pytest.fixture(params=["site", "crowd"])
def structured(request: pytest.FixtureRequest) -> dict[str, list[dict[str, Any]]]:
    return blocks(request.getfixturevalue(request.param).folder)


def type_faults(node, given: list[dict[str, Any]], folder: Path, module_folder: Path) -> list[str]:
    """What the types of schema.org, as TypeScript has them, say against `given`."""
    lines = ['import type { Thing, WithContext } from "schema-dts";']
    # Google asks for "https://schema.org/"; the types know only the form without the slash.
    for at, block in enumerate(given):
        text = json.dumps({**block, "@context": block["@context"].rstrip("/")}, indent=1)
        lines.append(
            f"export const block{at}: WithContext<Extract<Thing, {{ '@type': '{block['@type']}' }}>> = {text};"
        )
    (folder / "blocks.ts").write_text("\n".join(lines), encoding="utf-8")
    (folder / "node_modules").symlink_to(module_folder)
    options = ("--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler")
    done = node(TSC, *options, "blocks.ts", folder=folder)
    return done.stdout.splitlines() if done.returncode else []


def test_schema_orgs_types_accept_every_block(structured, node, modules: Path, tmp_path: Path) -> None:
    given = [block for each in structured.values() for block in each]
    assert len(given) > 5
    # The text of a job is a string in any case, and makes the compiler slow.
    given = [{**block, "description": "<p>Text</p>"} if "description" in block else block for block in given[:200]]
    assert type_faults(node, given, tmp_path, modules) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"datePublished": "2026-11-19"},
        {"hiringOrganization": {"@type": "Organisation", "name": "Quay"}},
        {
            "baseSalary": {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {"@type": "QuantitativeValue", "unit": 1},
            }
        },
    ],
    ids=["a property of another type", "a type that is none", "a value with a property of no type"],
)
def test_schema_orgs_types_see_what_is_wrong(changes: dict, node, modules: Path, tmp_path: Path) -> None:
    block = {"@context": "https://schema.org/", "@type": "JobPosting", "title": "Cook", **changes}
    assert type_faults(node, [block], tmp_path, modules)


# Google's rules


def postings(structured: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [block for each in structured.values() for block in each if block["@type"] == "JobPosting"]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


def test_one_posting_stands_on_the_page_of_one_open_job(structured) -> None:
    with_posting = [path for path, each in structured.items() if any(b["@type"] == "JobPosting" for b in each)]
    assert with_posting
    assert all(re.fullmatch(r"jobs/[a-z0-9-]+/[a-z0-9-]+\.html", path) for path in with_posting)
    assert all(len([b for b in structured[path] if b["@type"] == "JobPosting"]) == 1 for path in with_posting)


def test_no_page_with_a_posting_is_closed_or_hidden_from_search(site) -> None:
    for path in blocks(site.folder):
        assert "noindex" not in (site.folder / path).read_text(encoding="utf-8")
    assert "jobs/kelpline/field-technician.html" not in blocks(site.folder)


def test_what_google_requires_is_there(structured) -> None:
    for posting in postings(structured):
        assert posting["title"]
        assert posting["description"].lstrip().startswith("<"), "HTML, in full"
        assert date.fromisoformat(posting["datePosted"][:10]) <= TODAY
        assert posting["hiringOrganization"]["@type"] == "Organization"
        assert posting["hiringOrganization"]["name"]
        places = as_list(posting.get("jobLocation"))
        remote = posting.get("jobLocationType") == "TELECOMMUTE"
        assert places or (remote and posting.get("applicantLocationRequirements"))
        assert all(place["address"]["addressCountry"] for place in places)


def test_a_remote_job_names_countries_and_no_other_value(structured) -> None:
    remote = [posting for posting in postings(structured) if "jobLocationType" in posting]
    assert remote
    for posting in remote:
        assert posting["jobLocationType"] == "TELECOMMUTE"
        for area in as_list(posting.get("applicantLocationRequirements")):
            assert area["@type"] in ("Country", "State")
            assert area["name"]


def test_what_google_recommends_has_googles_form(structured) -> None:
    paid = 0
    for posting in postings(structured):
        assert set(as_list(posting.get("employmentType"))) <= FORMS
        if "validThrough" in posting:
            assert datetime.fromisoformat(posting["validThrough"]).date() >= TODAY
        if "identifier" in posting:
            assert {"name", "value"} <= set(posting["identifier"])
        if "baseSalary" in posting:
            paid += 1
            salary = posting["baseSalary"]
            assert re.fullmatch("[A-Z]{3}", salary["currency"])
            assert salary["value"]["unitText"] in UNITS
            figures = [salary["value"][name] for name in ("value", "minValue", "maxValue") if name in salary["value"]]
            assert figures
            assert all(isinstance(figure, int | float) for figure in figures)
            assert figures == sorted(figures)
        assert isinstance(posting.get("directApply", False), bool)
    assert paid


def test_the_title_is_the_jobs_name_alone(structured) -> None:
    """Google refuses titles with codes, addresses, dates, pay or company names in them."""
    for posting in postings(structured):
        assert not re.search(r"https?:|[€$£]\s?\d|\d{4}-\d\d|!!", posting["title"])
