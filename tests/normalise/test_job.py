from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall import schema, yaml_io
from rolecall.model import (
    Board,
    Employment,
    Job,
    PayText,
    Place,
    PlaceText,
    Posting,
    Region,
    RemoteFrom,
    Salary,
    Seniority,
    Unit,
    Workplace,
)
from rolecall.normalise.identity import job_file, job_id
from rolecall.normalise.job import to_job
from rolecall.normalise.tags import Vocabulary

TODAY = date(2026, 11, 22)
BOARD = Board("harbour", "acme-labs")
PLAIN = Posting(key="7", title="Cook", url="https://jobs.example.com/7")


def made(posting: Posting, **options: bool) -> Job:
    job, _ = to_job(posting, BOARD, TODAY, Vocabulary.default(), **options)
    assert job is not None
    return job


def codes(posting: Posting) -> set[str]:
    return {issue.code for issue in to_job(posting, BOARD, TODAY, Vocabulary.default())[1]}


def test_a_full_posting_becomes_values() -> None:
    job = made(
        PLAIN.but(
            title=" Senior Backend Engineer&nbsp;",
            company="Acme &amp; Sons",
            apply_url="https://jobs.example.com/7/apply",
            description="&lt;p&gt;We write Go and PostgreSQL.&lt;/p&gt;",
            places=(PlaceText(text="Remote - Germany"),),
            employment=("Full-time",),
            salary=(PayText(min="90000", max="120000", currency="EUR", per="1 YEAR"),),
            posted="2026-11-19T23:30:00-05:00",
            closes="2026-12-31",
            language="en_US",
        )
    )
    assert job.title == "Senior Backend Engineer"
    assert job.company == "Acme & Sons"
    assert job.apply_url == "https://jobs.example.com/7/apply"
    assert (job.posted, job.posted_estimated, job.closes) == (date(2026, 11, 19), None, date(2026, 12, 31))
    assert (job.workplace, job.remote_from, job.places) == (Workplace.REMOTE, RemoteFrom(countries=("DE",)), ())
    assert (job.employment, job.level) == ((Employment.FULL_TIME,), Seniority.SENIOR)
    assert job.salary == Salary(min=Decimal(90_000), max=Decimal(120_000), currency="EUR", per=Unit.YEAR)
    assert job.tags == ("go", "postgresql")
    assert job.description_html == "<p>We write Go and PostgreSQL.</p>\n"
    assert job.language == "en-US"


def test_what_is_not_said_is_unknown() -> None:
    job = made(PLAIN)
    assert (job.workplace, job.remote_from, job.salary, job.level, job.closes) == (None, None, None, None, None)
    assert (job.employment, job.tags, job.places, job.description_html) == ((), (), (), None)


def test_the_source_is_named_without_a_digest() -> None:
    source = made(PLAIN).source
    assert source is not None
    assert (source.name, source.board, source.key, source.url) == ("harbour", "acme-labs", "7", PLAIN.url)
    assert source.digest is None


def test_the_company_is_the_posting_s_then_the_board_s_then_made_of_the_slug() -> None:
    named = Board("harbour", "acme-labs", company="Acme Laboratories")
    vocabulary = Vocabulary.default()
    job, _ = to_job(PLAIN, named, TODAY, vocabulary)
    assert job is not None
    assert job.company == "Acme Laboratories"
    assert made(PLAIN).company == "Acme Labs"
    assert made(PLAIN.but(company="Other")).company == "Other"


def test_people_apply_at_the_source_where_its_terms_demand_it() -> None:
    posting = PLAIN.but(apply_url="https://ats.example.com/7")
    assert made(posting).apply_url == "https://ats.example.com/7"
    assert made(posting, apply_via_source=True).apply_url == PLAIN.url


def test_an_apply_address_that_is_none_gives_way_to_the_posting_s_and_is_reported() -> None:
    posting = PLAIN.but(apply_url="javascript:alert(1)")
    assert made(posting).apply_url == PLAIN.url
    assert "unusable-address" in codes(posting)


def test_people_may_apply_by_mail() -> None:
    assert made(PLAIN.but(apply_url="mailto:jobs@example.com")).apply_url == "mailto:jobs@example.com"


@pytest.mark.parametrize(
    "posting",
    [
        PLAIN.but(title=" \u200b "),
        PLAIN.but(url=None),
        PLAIN.but(url="data:text/html,x", apply_url="//example.com"),
        PLAIN.but(key=" \x00"),
    ],
)
def test_a_posting_without_title_key_or_address_is_an_error_not_a_job(posting: Posting) -> None:
    job, issues = to_job(posting, BOARD, TODAY, Vocabulary.default())
    assert job is None
    assert "unusable-posting" in {issue.code for issue in issues}


def test_a_long_title_ends_with_an_ellipsis() -> None:
    title = made(PLAIN.but(title="Cook " * 100)).title
    assert len(title) <= 200
    assert title.endswith("…")


def test_an_unknown_day_is_today_and_marked_as_estimated() -> None:
    job = made(PLAIN.but(posted="Posted 30+ Days Ago"))
    assert (job.posted, job.posted_estimated) == (TODAY, True)
    assert codes(PLAIN.but(posted="Posted 30+ Days Ago")) == set()


def test_a_day_after_the_day_after_tomorrow_is_not_believed() -> None:
    assert made(PLAIN.but(posted="2026-11-24")).posted == date(2026, 11, 24)
    job = made(PLAIN.but(posted="2026-11-25"))
    assert (job.posted, job.posted_estimated) == (TODAY, True)
    assert codes(PLAIN.but(posted="2026-11-25")) == {"date-ahead"}


def test_a_last_day_before_the_first_is_left_out_and_reported() -> None:
    posting = PLAIN.but(posted="2026-11-20", closes="2026-11-01")
    assert made(posting).closes is None
    assert codes(posting) == {"dates-crossed"}


def test_a_last_day_in_the_past_closes_a_job_whose_first_day_is_unknown() -> None:
    job = made(PLAIN.but(closes="2026-11-01"))
    assert (job.posted, job.posted_estimated, job.closes) == (date(2026, 11, 1), True, date(2026, 11, 1))


def test_the_placeholder_of_1970_is_no_last_day() -> None:
    assert made(PLAIN.but(closes="1970-06-30")).closes is None


def test_an_unknown_word_for_the_contract_is_a_finding() -> None:
    _, issues = to_job(PLAIN.but(employment=("Zorbing",)), BOARD, TODAY, Vocabulary.default())
    assert [(issue.code, issue.hint) for issue in issues] == [
        ("unknown-employment-type", "Add it to tables/employment.yaml.")
    ]


def test_a_bare_dollar_is_american_only_where_everything_else_is() -> None:
    pay = (PayText(text="$75k - $95k"),)
    at_home = made(PLAIN.but(salary=pay, places=(PlaceText(text="Austin, TX"),))).salary
    nowhere = made(PLAIN.but(salary=pay)).salary
    abroad = made(PLAIN.but(salary=pay, places=(PlaceText(text="Austin, TX; Toronto"),))).salary
    assert [one.currency for one in (at_home, nowhere, abroad) if one] == ["USD", None, None]


def test_a_remote_job_with_regions_keeps_them() -> None:
    job = made(PLAIN.but(places=(PlaceText(text="Home Based - EMEA, Home Based - North America"),)))
    assert (job.workplace, job.places) == (Workplace.REMOTE, ())
    assert job.remote_from == RemoteFrom(regions=(Region.NORTH_AMERICA, Region.EMEA))


def test_a_hybrid_job_keeps_its_cities() -> None:
    job = made(PLAIN.but(workplace="Hybrid", remote=True, places=(PlaceText(text="London, UK"),)))
    assert (job.workplace, job.places) == (Workplace.HYBRID, (Place(city="London", country="GB"),))


# --- Any posting at all -------------------------------------------------------------------------------------------

HOSTILE = st.sampled_from(
    [
        "\x00",
        "\ud800",
        "\u202eexe",
        "<b>x</b>",
        "&lt;p&gt;",
        "a" * 3_000,
        "2026-02-30",
        "99999999999999",
        "1e400",
        "$0-$0",
        "New York, NY",
        "Remote - US",
        "https://example.com/1",
        "mailto:a@b.c",
        "javascript:alert(1)",
        "\u2028",
        "日本",
        "🇩🇪 🇫🇷",
        "€55.000",
        "CET +/- 3",
        "<p>x</p>" * 500,
        "&" * 3_000,
        "Worldwide",
        "full time",
        "\\n\\n- x",
        "-12 14",
    ]
)
TEXT = st.text(st.characters(), max_size=60) | HOSTILE
MAYBE = st.none() | TEXT
PLACES = st.builds(PlaceText, text=MAYBE, city=MAYBE, region=MAYBE, country=MAYBE)
PAYS = st.builds(PayText, text=MAYBE, min=MAYBE, max=MAYBE, currency=MAYBE, per=MAYBE)
WORDS = st.lists(TEXT, max_size=4).map(tuple)
POSTINGS = st.builds(
    Posting,
    key=TEXT,
    title=TEXT,
    url=MAYBE | st.just("https://example.com/a"),
    apply_url=MAYBE,
    company=MAYBE,
    description=MAYBE,
    description_is_text=st.booleans(),
    places=st.lists(PLACES, max_size=4).map(tuple),
    workplace=MAYBE,
    remote=st.none() | st.booleans(),
    remote_from=WORDS,
    timezones=WORDS,
    employment=WORDS,
    salary=st.lists(PAYS, max_size=3).map(tuple),
    posted=MAYBE,
    closes=MAYBE,
    department=MAYBE,
    requisition_id=MAYBE,
    tags=WORDS,
    level=MAYBE,
    language=MAYBE,
)


@given(POSTINGS)
def test_any_posting_becomes_a_job_that_survives_its_file_or_an_error(posting: Posting) -> None:
    job, issues = to_job(posting, BOARD, TODAY, Vocabulary.default())
    if job is None:
        assert "unusable-posting" in {issue.code for issue in issues}
        return
    text = yaml_io.dump(schema.plain(job))
    again, problems = schema.validate(Job, yaml_io.load(text.encode(), "x.yaml"))
    assert problems == []
    assert again == job
    assert job.source is not None
    assert job_file(job.company, job.title, job_id("greenhouse", "acme", job.source.key)).isascii()


@given(POSTINGS)
def test_the_same_posting_is_the_same_job(posting: Posting) -> None:
    assert to_job(posting, BOARD, TODAY, Vocabulary.default()) == to_job(posting, BOARD, TODAY, Vocabulary.default())


@pytest.mark.parametrize("char", [*"<&;,/|-( .1$ké+#日", "<p>", "\\n", "<a>x", "and ", "Go, ", "\u0300"])
def test_one_thing_many_times_is_no_trouble(char: str) -> None:
    long = char * 100_000
    posting = PLAIN.but(
        title=f"Cook {long}",
        description=long,
        places=(PlaceText(text=long, city=long),),
        salary=(PayText(text=long, min=long),),
        remote_from=(long,),
        timezones=(long,),
        employment=(long,),
        posted=long,
        tags=(long,),
    )
    assert made(posting).posted <= TODAY + timedelta(days=2)


def test_a_file_with_the_longest_description_can_be_loaded() -> None:
    job = made(PLAIN.but(description="<p>" + "漢字かな交じり文。" * 9_000 + "</p>"))
    assert job.description_html is not None
    assert job.description_html.endswith("<p>…</p>\n")
    text = yaml_io.dump(schema.plain(job)).encode()
    assert len(text) < yaml_io.MAX_BYTES
    assert schema.validate(Job, yaml_io.load(text, "x.yaml")) == (job, [])


@pytest.mark.parametrize(
    ("names", "kept", "left_out"),
    [
        ([f"Town{number}, Germany" for number in range(50)], 50, None),
        ([f"Town{number}, Germany" for number in range(70)], 50, "20 are left out"),
        ([f"Town{number}, Germany" for number in range(2000)], 50, "1950 are left out"),
        (["; ".join(f"Town{number}, Germany" for number in range(70))], 50, "20 are left out"),
        (["Bergen, Norway"] * 200, 1, None),
        ([f"Bergen, Norway{' ' * number}" for number in range(90)], 1, None),
    ],
)
def test_places_that_are_left_out_are_counted(names: list[str], kept: int, left_out: str | None) -> None:
    posting = PLAIN.but(places=tuple(PlaceText(text=name) for name in names))
    job, issues = to_job(posting, BOARD, TODAY, Vocabulary.default())
    assert job is not None
    assert len(job.places) == kept
    assert [issue.code for issue in issues if issue.code == "many-places"] == ["many-places"] * bool(left_out)
    assert all(left_out in issue.what for issue in issues if left_out)
