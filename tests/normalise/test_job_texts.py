"""What the text and the title of a posting add to the fields that its source has."""

from __future__ import annotations

from datetime import date

import pytest

from rolecall.model import Board, Employment, Job, PayText, PlaceText, Posting, Workplace
from rolecall.normalise.job import to_job
from rolecall.normalise.tags import Vocabulary

TODAY = date(2026, 11, 22)
PLAIN = Posting(key="7", title="Cook", url="https://jobs.example.com/7")


def made(posting: Posting, source: str = "harbour") -> Job:
    job, _ = to_job(posting, Board(source, "acme-labs"), TODAY, Vocabulary.default())
    assert job is not None
    return job


def pay(job: Job) -> str:
    found = job.salary
    return f"{found.currency} {found.min} {found.max} {found.per}" if found else "-"


def test_a_title_loses_what_the_job_says_elsewhere_and_the_source_s_own_is_kept() -> None:
    job = made(PLAIN.but(title="Senior Cook (m/f/d) - Berlin", places=(PlaceText(text="Berlin, Germany"),)))
    assert (job.title, job.level and job.level.value) == ("Senior Cook", "senior")
    assert job.source is not None
    assert job.source.title == "Senior Cook (m/f/d) - Berlin"
    plain = made(PLAIN)
    assert plain.source is not None
    assert plain.source.title is None


def test_a_title_that_people_write_stays() -> None:
    assert made(PLAIN.but(title="COOK (m/f/d)"), source="people").title == "COOK (m/f/d)"


def test_a_team_s_number_in_the_books_is_no_part_of_its_name() -> None:
    assert made(PLAIN.but(department="1643 Product Sales")).department == "Product Sales"
    assert made(PLAIN.but(department="2nd Line")).department == "2nd Line"
    assert made(PLAIN.but(department="1643")).department == "1643"


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ((), "Salary: EUR 50,000 - 60,000 a year", "EUR 50000 60000 year"),
        ((PayText(min="70000", max="80000", currency="EUR"),), "Salary: EUR 50,000 a year", "EUR 70000 80000 year"),
        ((PayText(min="75000", max="90000", currency="EUR"),), "Your OTE is EUR 75,000 to 90,000.", "-"),
        # The field lacks the currency; a text with the same figures has it.
        ((PayText(min="75000", max="90000"),), "Salary: EUR 75,000 - 90,000 a year", "EUR 75000 90000 year"),
        ((PayText(min="75000", max="90000"),), "Salary: EUR 65,000 - 90,000 a year", "None 75000 90000 year"),
    ],
)
def test_pay_of_the_field_and_of_the_text(field: tuple[PayText, ...], text: str, expected: str) -> None:
    assert pay(made(PLAIN.but(salary=field, description=f"<p>{text}</p>"))) == expected


def test_a_bare_dollar_is_american_where_no_country_has_its_own() -> None:
    field = (PayText(text="$40- $60k"),)
    assert pay(made(PLAIN.but(remote=True, remote_from=("Brazil, Philippines",), salary=field))).startswith("USD")
    assert pay(made(PLAIN.but(remote=True, remote_from=("Canada, Philippines",), salary=field))).startswith("None")
    assert pay(made(PLAIN.but(remote=True, remote_from=("Worldwide",), salary=field))).startswith("None")


@pytest.mark.parametrize(
    ("title", "field", "text", "expected"),
    [
        ("Cook (Contract)", (), "", "contractor"),
        ("Contract Manager", (), "", ""),
        ("Marketing Intern", ("Full-time",), "", "full_time intern"),
        ("Stage Manager", (), "", ""),
        ("Internship Coordinator", (), "", ""),
        ("1099 Tax Specialist", (), "", ""),
        ("Pflichtpraktikum Küche", ("permanent",), "", "intern"),
        ("Cook", ("Contract",), "This is a part-time position.", "part_time contractor"),
        ("Cook", ("Part-time",), "You are an independent contractor.", "part_time contractor"),
        ("Cook", ("Full-time",), "This is a part-time position.", "full_time"),
        ("Cook", (), "This is a part-time position.", "part_time"),
        ("Cook", (), "Lunch for all full-time employees.", ""),
    ],
)
def test_the_contract_of_title_field_and_text(title: str, field: tuple[str, ...], text: str, expected: str) -> None:
    job = made(PLAIN.but(title=title, employment=field, description=f"<p>{text}</p>"))
    assert job.employment == tuple(map(Employment, expected.split()))


def test_a_contradiction_is_reported_and_stops_nothing() -> None:
    text = "<p>The bakery requires an on-site presence.</p>"
    posting = PLAIN.but(workplace="Remote", description=text)
    job, issues = to_job(posting, Board("harbour", "acme"), TODAY, Vocabulary.default())
    assert job is not None
    assert job.workplace is Workplace.REMOTE
    assert [issue.code for issue in issues] == ["contradiction"]


def test_an_office_s_name_says_where_it_is_and_not_how_often_one_is_there() -> None:
    job = made(PLAIN.but(places=(PlaceText(text="HQ - Oslo, Norway"),)))
    assert (job.workplace, [(place.city, place.country) for place in job.places]) == (None, [("Oslo", "NO")])


def test_a_region_beside_a_city_is_where_one_may_live() -> None:
    place = PlaceText(text="EU", city="Helsinki", country="Finland")
    job = made(PLAIN.but(workplace="remote", places=(place,)))
    assert job.remote_from is not None
    assert ([region.value for region in job.remote_from.regions], job.remote_from.countries) == (["EU"], ())


def test_a_region_and_a_country_of_one_text_both_count() -> None:
    job = made(PLAIN.but(places=(PlaceText(text="Remote - EMEA, US"),)))
    assert job.remote_from is not None
    assert ([region.value for region in job.remote_from.regions], job.remote_from.countries) == (["EMEA"], ("US",))


def test_the_last_day_that_only_the_text_names_closes_the_job() -> None:
    job = made(PLAIN.but(posted="2026-11-01", description="<p>Application deadline: 30 December 2026.</p>"))
    assert job.closes == date(2026, 12, 30)


def test_what_the_employer_sells_is_no_tag() -> None:
    job = made(PLAIN.but(company="Figma", description="<p>You write Rust for Figma.</p>"))
    assert job.tags == ("rust",)


def test_the_city_in_a_title_is_no_technology() -> None:
    places = (PlaceText(text="Phoenix, Arizona, United States"),)
    assert made(PLAIN.but(title="Java Cook - Phoenix", places=places)).tags == ("java",)
    assert made(PLAIN.but(title="Elixir Cook, Phoenix and Java")).tags == ("elixir", "phoenix", "java")
