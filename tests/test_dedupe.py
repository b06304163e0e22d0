"""The same opening from two boards is one job; what only looks alike stays two."""

from __future__ import annotations

from datetime import date

from rolecall.dedupe import dedupe
from rolecall.model import Job, Place, SourceRef


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
