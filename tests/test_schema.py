"""Every problem of a file at once: line, field, mend."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rolecall import yaml_io
from rolecall.issues import Issue
from rolecall.model import Company, Job, Salary
from rolecall.schema import plain, validate

GOOD = "title: Cook\ncompany: Acme\napply_url: https://acme.example/1\nposted: 2026-11-19\n"


def problems(text: str) -> list[str]:
    return [str(issue) for issue in found(text)]


def found(text: str) -> list[Issue]:
    return validate(Job, yaml_io.load(text.encode(), "jobs/a.yaml"))[1]


def test_all_problems_of_a_file_come_at_once() -> None:
    text = "titel: Cook\ncompany: Acme\napply_url: javascript:alert(1)\nposted: 19.11.2026\nsalary: {min: 9, max: 5, currency: €}\n"
    assert problems(text) == [
        "jobs/a.yaml:1:1: title: is missing. Add the line `title: ...`.",
        "jobs/a.yaml:1:1: titel: no field is called 'titel'. Did you mean \"title\"?",
        "jobs/a.yaml:3:12: apply_url: 'javascript:alert(1)' is not a plain https:// or http:// address. Write it in full, without spaces or a user name.",
        "jobs/a.yaml:4:9: posted: '19.11.2026' is not a date. Write it as 2026-11-22.",
        "jobs/a.yaml:5:36: salary.currency: '€' is not in the expected form. Write the ISO 4217 code in capitals, such as EUR or USD.",
    ]


# what is added to a good file => the message behind "jobs/a.yaml:5: "
WRONG = {
    "workplace: Remote": "workplace: 'Remote' is not allowed. Did you mean \"remote\"? Allowed: remote, hybrid, on_site.",
    "employment: [full_time, freelance]": "employment[1]: 'freelance' is not allowed. Allowed: full_time, part_time, contractor, temporary, intern, volunteer, per_diem, other.",
    "places: [{country: Germany}]": "places[0].country: 'Germany' is not an ISO 3166-1 code of two letters. Write DE for Germany, US for the United States.",
    "places: Berlin": "places: 'Berlin' is not a list. Write it as a list, such as [{city: Berlin, country: DE}].",
    "places: Berlin, Germany": "Write it as a list, such as [{city: Berlin, country: DE}].",
    "places: [Remote]": "places[0]: 'Remote' is not a group of keys. Write `workplace: remote`; places hold towns and countries.",
    "tags: python, go": "tags: 'python, go' is not a list. Write it as [python, go].",
    "salary: 90000": "salary: '90000' is not a group of keys. Write it as {min: 50000, max: 60000, currency: EUR, per: year}.",
    "salary: {min: 50,000, currency: EUR, per: year}": "salary.000: is what stood after a comma in a figure. Write figures without commas: 60000.",
    "location: Berlin": "location: no field is called 'location'. Write `places`.",
    "url: https://acme.example": "url: no field is called 'url'. Write `apply_url`.",
    "remote: true": "remote: no field is called 'remote'. Write `workplace: remote`.",
    "salary: {min: 90k, currency: EUR}": "salary.min: '90k' is not a plain figure. Write 90000 or 25.50, without sign, comma or currency.",
    "salary: {min: 9, max: 5, currency: EUR}": "salary: min 9 is over max 5. Swap them.",
    "closes: 2026-01-01": "closes 2026-01-01 is before posted 2026-11-19. Check both dates.",
    "posted_estimated: maybe": "posted_estimated: 'maybe' is neither true nor false. Write true or false.",
    "remote_from: {countries: [UK]}": "remote_from.countries[0]: 'UK' is not an ISO 3166-1 code of two letters. Write DE for Germany, US for the United States.",
    "keep: [tag]": "keep names 'tag', which is not a field. Name fields of this file.",
    "tags: ['<b>']": "tags[0]: '<b>' is not in the expected form. Write plain words of at most 40 characters, without < and >.",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_message_says_what_is_allowed(line: str) -> None:
    said = problems(f"{GOOD}{line}\n")
    assert len(said) == 1
    assert WRONG[line] in said[0]


def test_norway_is_a_country_and_a_figure_is_a_figure() -> None:
    job, _ = validate(
        Job, yaml_io.load(f"{GOOD}places: [{{country: NO}}]\nsalary: {{min: 25.50, currency: EUR}}\n".encode(), "x")
    )
    assert job is not None
    assert job.places[0].country == "NO"
    assert job.salary == Salary(min=Decimal("25.50"), currency="EUR")


def test_a_bidirectional_control_in_a_title_is_refused() -> None:
    assert "invisible character" in problems(GOOD.replace("Cook", '"Co\\u202eok"'))[0]


def test_a_job_survives_its_file() -> None:
    text = f"{GOOD}places: [{{city: Bergen, country: NO}}]\nremote_from: {{timezones: {{min: -3, max: 5.5}}}}\ndescription: |\n  a\n\n  b\n"
    job, _ = validate(Job, yaml_io.load(text.encode(), "x"))
    assert job is not None
    again, _ = validate(Job, yaml_io.load(yaml_io.dump(plain(job)).encode(), "x"))
    assert again == job


def test_a_company_may_not_have_a_foreign_logo_scheme_in_its_website() -> None:
    _, issues = validate(Company, yaml_io.load(b"name: Acme\nwebsite: ftp://acme.example\n", "jobs/acme/company.yaml"))
    assert str(issues[0]).startswith(
        "jobs/acme/company.yaml:2:10: website: 'ftp://acme.example' is not a plain https:// or http:// address"
    )
