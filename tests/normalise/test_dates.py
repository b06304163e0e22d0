from __future__ import annotations

from datetime import date

from rolecall.normalise.dates import is_vague, read_date

TABLE = "dates.txt"
TODAY = date(2026, 11, 22)


def test_dates_as_sources_write_them(given: str, expected: str) -> None:
    assert str(read_date(given, TODAY) or "-") == expected


def test_no_text_is_no_date() -> None:
    assert read_date(None, TODAY) is None
    assert read_date("", TODAY) is None


def test_more_than_thirty_days_is_vague_rather_than_unreadable() -> None:
    assert is_vague("Posted 30+ Days Ago")
    assert not is_vague("Posted 3 Days Ago")
    assert not is_vague("2026-11-19T08:00:00+02:00")
