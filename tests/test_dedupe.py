"""The same opening from two boards is one job; what only looks alike stays two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.dedupe import alike, dedupe
from rolecall.model import Employment, Job, Place, Region, RemoteFrom, Salary, SourceRef, Workplace
from rolecall.normalise import same_opening
from rolecall.normalise.same_opening import Traits, keys_of


def job(source: str, key: str, apply_url: str, title: str = "Cook") -> tuple[str, Job]:
    ref = SourceRef(name=source, board="b", key=key, url=f"https://{source}.example/{key}")
    return f"{source}{key}", Job(title=title, company="Acme", apply_url=apply_url, posted=date(2026, 1, 1), source=ref)


def test_a_copy_becomes_an_alternate_of_the_first() -> None:
    merged = dedupe(
        [job("ats", "1", "https://acme.example/1"), job("board", "9", "http://www.acme.example/1/?utm_source=board")]
    )
    assert merged.copies == {"board9": "ats1"}
    assert [alternate.url for alternate in merged.jobs[0].alternates] == ["https://board.example/9"]
    assert dedupe([("ats1", merged.jobs[0]), job("board", "9", "https://acme.example/1")]).jobs == merged.jobs


def test_another_title_or_address_is_another_opening() -> None:
    pool = [
        job("ats", "1", "https://acme.example/1"),
        job("board", "2", "https://acme.example/2"),
        job("board", "3", "https://acme.example/1", "Chef"),
    ]
    assert dedupe(pool).copies == {}


def test_two_entries_of_one_board_are_two_openings_however_alike() -> None:
    assert dedupe([job("ats", "1", "https://acme.example/"), job("ats", "2", "https://acme.example/")]).copies == {}


def test_another_place_is_another_opening_and_an_unknown_one_is_not() -> None:
    first, second = job("ats", "1", "https://acme.example/1"), job("board", "2", "https://acme.example/1")
    berlin = second[1].model_copy(update={"places": (Place(city="Berlin", country="DE"),)})
    lyon = first[1].model_copy(update={"places": (Place(city="Lyon", country="FR"),)})
    assert dedupe([(first[0], lyon), (second[0], berlin)]).copies == {}
    assert dedupe([first, (second[0], berlin)]).copies == {"board2": "ats1"}


def test_one_mailbox_or_one_application_takes_many_openings() -> None:
    assert (
        dedupe([job("ats", "1", "mailto:jobs@acme.example"), job("board", "2", "mailto:jobs@acme.example")]).copies
        == {}
    )
    assert (
        dedupe([job("ats", "1", "https://acme.example/#/1"), job("board", "2", "https://acme.example/#/2")]).copies
        == {}
    )


def test_a_vendors_page_is_recognised_behind_an_aggregators_link() -> None:
    own = job("greenhouse", "1", "https://boards.greenhouse.io/acme/jobs/4012345", "Senior Cook")
    copy = job("board", "9", "https://acme.example/careers?gh_jid=4012345&utm_source=board", "Senior Cook (Remote)")
    merged = dedupe([own, copy])
    assert merged.copies == {"board9": "greenhouse1"}
    assert merged.reasons == {"board9": "both lead to the same page at greenhouse"}
    assert merged.jobs[0].alternates[0].reason == "both lead to the same page at greenhouse"


def test_a_third_board_that_only_knows_the_copy_is_a_copy_too() -> None:
    own = job("greenhouse", "1", "https://boards.greenhouse.io/acme/jobs/4012345")
    second = job("board", "9", "https://acme.example/careers?gh_jid=4012345")
    third = job("feed", "3", "https://board.example/9")
    assert dedupe([own, second, third]).copies == {"board9": "greenhouse1", "feed3": "greenhouse1"}


def test_number_place_team_and_country_prove_two_openings() -> None:
    address = "https://acme.example/apply"
    facts: tuple[tuple[dict[str, object], dict[str, object]], ...] = (
        ({"requisition_id": "R-1"}, {"requisition_id": "R-2"}),
        ({"department": "Kitchen"}, {"department": "Bakery"}),
        ({"remote_from": RemoteFrom(countries=("CA",))}, {"remote_from": RemoteFrom(countries=("US",))}),
    )
    for one, other in facts:
        first, second = job("ats", "1", address), job("board", "2", address)
        pool = [(first[0], first[1].model_copy(update=one)), (second[0], second[1].model_copy(update=other))]
        assert dedupe(pool).copies == {}
        assert alike(pool) == ()


def test_the_same_number_is_the_same_opening_at_another_address() -> None:
    first, second = job("ats", "1", "https://acme.example/1"), job("board", "2", "https://board.example/2")
    number = {"requisition_id": "REQ-77"}
    pool = [(first[0], first[1].model_copy(update=number)), (second[0], second[1].model_copy(update=number))]
    assert dedupe(pool).copies == {"board2": "ats1"}


def test_what_only_looks_alike_is_grouped_and_all_of_it_stays() -> None:
    pool = [job("a", "1", "https://a.example/1", "Cook, Senior"), job("b", "2", "https://b.example/2", "Senior Cook")]
    assert dedupe(pool).copies == {}
    assert [group.ids for group in alike(pool)] == [("a1", "b2")]


WORDS = " ".join(f"word{at}" for at in range(120))
LONG = " ".join(f"word{at}" for at in range(120))


def with_text(source: str, key: str, text: str, **facts: object) -> tuple[str, Job]:
    name, made = job(source, key, f"https://{source}.example/{key}")
    return name, made.model_copy(update={"description_html": f"<p>{text}</p>", **facts})


def test_a_text_that_another_board_cut_is_a_copy() -> None:
    cut = " ".join(WORDS.split()[:90])
    merged = dedupe([with_text("ats", "1", WORDS), with_text("board", "9", cut)])
    assert merged.copies == {"board9": "ats1"}
    assert merged.reasons == {"board9": "same employer, title and text"}


def test_one_word_in_the_place_of_another_makes_two_openings() -> None:
    usa, canada = f"Headquarters: Remote USA {WORDS}", f"Headquarters: Remote Canada {WORDS}"
    assert dedupe([with_text("ats", "1", usa), with_text("board", "9", canada)]).copies == {}
    assert dedupe([with_text("ats", "1", usa), with_text("ats", "2", canada)]).copies == {}
    assert dedupe([with_text("ats", "1", WORDS), with_text("board", "9", usa)]).copies == {"board9": "ats1"}


def test_a_short_text_proves_nothing() -> None:
    assert dedupe([with_text("ats", "1", "We cook."), with_text("board", "9", "We cook.")]).copies == {}


def test_on_one_board_all_facts_and_all_of_the_text_must_be_one() -> None:
    first = with_text("ats", "1", WORDS)
    assert dedupe([first, with_text("ats", "2", WORDS)]).copies == {"ats2": "ats1"}
    assert dedupe([first, with_text("ats", "2", f"{WORDS} The pay is good.")]).copies == {"ats2": "ats1"}
    assert dedupe([first, with_text("ats", "2", WORDS, posted=date(2026, 2, 1))]).copies == {}
    unknown = [with_text("ats", key, WORDS, posted_estimated=True) for key in ("1", "2")]
    assert dedupe(unknown).copies == {}
    assert dedupe([first, with_text("ats", "2", WORDS, places=(Place(city="Oslo", country="NO"),))]).copies == {}
    assert dedupe([first, with_text("ats", "2", WORDS.replace("word60", "East"))]).copies == {}


def test_regions_without_a_common_country_make_two_openings() -> None:
    europe = with_text("ats", "1", WORDS, remote_from=RemoteFrom(regions=(Region.EUROPE,)))
    asia = with_text("board", "9", WORDS, remote_from=RemoteFrom(regions=(Region.APAC,)))
    norway = with_text("board", "9", WORDS, remote_from=RemoteFrom(countries=("NO",)))
    assert dedupe([europe, asia]).copies == {}
    assert dedupe([europe, norway]).copies == {"board9": "ats1"}


def test_on_one_board_another_contract_workplace_or_number_in_the_title_is_another_opening() -> None:
    one = with_text("ats", "1", LONG)
    for told in (
        {"employment": (Employment.PART_TIME,)},
        {"workplace": Workplace.REMOTE},
        {"source": one[1].source and one[1].source.model_copy(update={"key": "2", "title": "Cook (4419)"})},
    ):
        other = with_text("ats", "2", LONG)[1].model_copy(update=told)
        assert dedupe([one, ("ats2", other)]).copies == {}
    assert dedupe([one, with_text("ats", "2", LONG)]).copies == {"ats2": "ats1"}


def test_two_contracts_are_two_openings_on_two_boards_too() -> None:
    full, part = (with_text(source, "1", LONG)[1] for source in ("ats", "board"))
    pool = [
        ("a", full.model_copy(update={"employment": (Employment.FULL_TIME,)})),
        ("b", part.model_copy(update={"employment": (Employment.PART_TIME,)})),
    ]
    assert dedupe(pool).copies == {}


def test_two_entries_that_differ_are_not_both_the_copy_of_one_that_says_less() -> None:
    first, second = (with_text("board", key, LONG) for key in "23")
    pool = [
        with_text("ats", "1", LONG),
        (first[0], first[1].model_copy(update={"requisition_id": "R-1"})),
        (second[0], second[1].model_copy(update={"requisition_id": "R-2"})),
    ]
    assert dedupe(pool).copies == {"board2": "ats1"}


def test_texts_that_end_in_two_cities_are_two_texts() -> None:
    berlin, paris = (
        with_text(source, "1", f"{LONG} in {city}") for source, city in (("ats", "Berlin"), ("board", "Paris"))
    )
    assert dedupe([berlin, paris]).copies == {}


def test_c_and_c_plus_plus_are_two_titles() -> None:
    pool = [with_text("ats", "1", LONG, title="C Cook"), with_text("board", "2", LONG, title="C++ Cook")]
    assert dedupe(pool).copies == {}


def test_one_page_at_a_vendor_is_one_opening_whatever_boards_call_it() -> None:
    page = "https://job-boards.greenhouse.io/acme/jobs/1"
    pool = [job("ats", "1", page, "Cook 1 x0"), job("board", "2", page, "Cook 1 x1")]
    assert dedupe(pool).reasons == {"board2": "both lead to the same page at greenhouse"}


def test_one_text_under_titles_that_differ_in_a_number_is_many_openings() -> None:
    pool = [with_text(f"board{number}", "1", LONG, title=f"Cook 1 x{number}") for number in range(40)]
    assert dedupe(pool).copies == {}


PASSAGES = (LONG, f"{LONG} The pay is good.", LONG.replace("word60", "East"), " ".join(LONG.split()[:90]), "We cook.")
JOBS = st.builds(
    dict,
    source=st.sampled_from(["ats", "board", "feed"]),
    address=st.sampled_from(["1", "2", "unique"]),
    text=st.sampled_from([*PASSAGES, LONG, LONG]),
    told=st.fixed_dictionaries(
        {},
        optional={
            "places": st.sampled_from([(), (Place(city="Oslo", country="NO"),), (Place(city="Rome", country="IT"),)]),
            "requisition_id": st.sampled_from([None, "R-1", "R-2"]),
            "department": st.sampled_from([None, "Kitchen", "BAKERY", "bakery"]),
            "employment": st.sampled_from([(), (Employment.FULL_TIME,), (Employment.PART_TIME, Employment.FULL_TIME)]),
            "remote_from": st.sampled_from([RemoteFrom(countries=("NO",)), RemoteFrom(regions=(Region.APAC,))]),
            "salary": st.sampled_from([Salary(min=10, currency="EUR"), Salary(min=12, currency="EUR")]),
            "posted_estimated": st.booleans(),
            "posted": st.sampled_from([date(2026, 1, 1), date(2026, 1, 2)]),
            "title": st.sampled_from(["Cook", "cook"]),
        },
    ),
)


@given(st.lists(JOBS, max_size=14))
def test_the_openings_found_are_those_found_pair_by_pair(asked: list[dict[str, object]]) -> None:
    pool = []
    for at, told in enumerate(asked):
        key = told["address"] if told["address"] != "unique" else f"u{at}"
        _, made = with_text(str(told["source"]), f"{at}", str(told["text"]), **told["told"])
        pool.append((f"id{at}", made.model_copy(update={"apply_url": f"https://acme.example/{key}"})))
    assert dedupe(pool, few=0).copies == dedupe(pool).copies == pair_by_pair(pool)


def pair_by_pair(jobs: list[tuple[str, Job]]) -> dict[str, str]:
    """The copies, found the slow way: each job is compared with every other that has one of its keys."""
    standing: dict[str, list[str]] = {}
    openings: dict[str, list[Traits]] = {}
    copies: dict[str, str] = {}
    for job_id, made in jobs:
        keys, traits = dict(keys_of(made)), Traits.of(made)
        near = ((known, reason) for key, reason in keys.items() for known in standing.get(key, ()))
        found = next(
            (
                known
                for known, reason in near
                if openings[known][0].is_one(traits, reason)
                and all(copy.is_one_more(traits) for copy in openings[known][1:])
            ),
            job_id,
        )
        openings.setdefault(found, []).append(traits)
        if found != job_id:
            copies[job_id] = found
        for key in keys:
            standing.setdefault(key, []).append(found)
    return copies


def cook(key: int, board: str = "ats", text: str = LONG, **told: object) -> tuple[str, Job]:
    return f"{board}{key}", with_text(board, f"{key}", text, **told)[1]


@pytest.mark.parametrize(
    "pool",
    [
        [cook(key, text=f"{LONG} {key}") for key in range(400)],
        [cook(key, text="We cook.") for key in range(400)],
        [cook(key, requisition_id=f"R-{key}") for key in range(400)],
        [cook(key, places=(Place(city=f"Town {key}", country="DE"),)) for key in range(400)],
        [cook(key, posted_estimated=True) for key in range(400)],
        [cook(key, board=f"board{key}") for key in range(400)],
        [cook(key, board, posted_estimated=True) for board in ("ats", "board") for key in range(200)],
        [cook(key, board, places=(Place(city=f"Town {key}"),)) for board in ("ats", "board") for key in range(200)],
    ],
    ids="texts short numbers places undated boards mirrored mirrored-places".split(),
)
def test_hundreds_of_openings_of_one_title_are_not_compared_pair_by_pair(
    pool: list[tuple[str, Job]], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    real = same_opening.Traits.differs

    def counted(one: Traits, other: Traits) -> str | None:
        nonlocal compared
        compared += 1
        return real(one, other)

    monkeypatch.setattr(same_opening.Traits, "differs", counted)
    copies = dedupe(pool).copies
    assert compared < 6 * len(pool)
    monkeypatch.undo()
    assert copies == pair_by_pair(pool)
