"""jobs.csv, jobs.xml and the key of IndexNow: what programs of other people read."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from pydantic import ValidationError

from rolecall.config.options import SiteConfig


def rows(board: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(board.files()["jobs.csv"].decode(), newline="")))


def jobs(board: Any, path: str = "jobs.xml") -> list[ElementTree.Element]:
    return ElementTree.fromstring(board.files()[path]).findall("job")


# --- jobs.csv ---------------------------------------------------------------------------------------------------------


def test_a_spreadsheet_has_one_line_for_each_open_job(kitchen) -> None:
    kitchen.build()
    found = rows(kitchen)
    assert [row["id"] for row in found] == [view.id for view in kitchen.site().jobs]
    first = next(row for row in found if row["id"].endswith("1"))
    assert (first["salary_min"], first["salary_max"], first["salary_currency"]) == ("16", "19.50", "EUR")
    assert first["tags"] == "baking | c++"
    assert first["url"] == f"https://kitchens.example/jobs/{kitchen.views[0].page}"
    assert all(None not in row and None not in row.values() for row in found)
    assert kitchen.files()["jobs.csv"].count(b"\r\n") == len(found) + 1


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_no_cell_is_a_formula(text: str, empty_board, view: Callable) -> None:
    empty_board.views = [view(1, title=text, company=text, places=(text, "Ghent"), department=text)]
    empty_board.build()
    (row,) = rows(empty_board)
    assert row["title"] == row["company"] == row["department"] == f"'{text}"
    assert row["places"] == f"'{text} | Ghent"


def test_a_number_below_zero_stays_a_number(empty_board, view: Callable) -> None:
    empty_board.views = [view(1, timezones=("-3.5", "3"))]
    empty_board.build()
    assert (rows(empty_board)[0]["utc_from"], rows(empty_board)[0]["utc_to"]) == ("-3.5", "3")


@pytest.mark.parametrize("text", ['a","b', 'a\r\nb"', ",,,", "a;b", "\u2028"])
def test_text_stays_in_its_cell(text: str, empty_board, view: Callable) -> None:
    empty_board.views = [view(1, title=text), view(2)]
    empty_board.build()
    assert [row["title"] for row in rows(empty_board)] == [text, "Cook"]


# --- jobs.xml ---------------------------------------------------------------------------------------------------------


def test_other_boards_get_each_job_with_its_text(kitchen) -> None:
    kitchen.build()
    source = ElementTree.fromstring(kitchen.files()["jobs.xml"])
    assert source.findtext("publisher") == "Kitchen jobs"
    assert source.findtext("lastBuildDate") == "2026-11-19T00:00:00Z"
    job = next(job for job in jobs(kitchen) if job.findtext("referencenumber") == f"{2:012x}")
    assert {element.tag: element.text for element in job} == {
        "title": "Pastry Chef, nights",
        "date": "2026-11-19T00:00:00Z",
        "referencenumber": f"{2:012x}",
        "requisitionid": "R-7",
        "url": f"https://kitchens.example/jobs/{kitchen.views[1].page}",
        "company": "Quay & Daughters",
        "city": "Ghent",
        "country": "BE",
        "description": "<p>You bake the bread of the house.</p>\n",
        "salary": "€16–19.50 an hour",
        "jobtype": "fulltime",
        "category": "Baking, C++",
        "expirationdate": "2026-11-25",
    }
    remote = next(job for job in jobs(kitchen) if job.findtext("referencenumber") == f"{3:012x}")
    assert remote.findtext("remotetype") == "Fully remote"


def test_a_day_that_was_only_estimated_is_not_given(kitchen) -> None:
    kitchen.build()
    job = next(job for job in jobs(kitchen) if job.findtext("referencenumber") == f"{4:012x}")
    assert job.find("date") is None


@pytest.mark.parametrize("changes", [{"emit_jsonld": False}, {"description": ""}])
def test_a_job_whose_source_forbids_it_or_without_a_text_is_not_handed_on(
    changes: dict[str, Any], empty_board, view: Callable
) -> None:
    empty_board.views = [view(1), view(2, **changes)]
    empty_board.build()
    assert [job.findtext("referencenumber") for job in jobs(empty_board)] == [f"{1:012x}"]


def test_many_jobs_come_in_parts(empty_board, view: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["rolecall.site.writers.exchange"], "MAX_JOBS", 2)
    empty_board.views = [view(number) for number in range(5)]
    empty_board.build()
    assert [len(jobs(empty_board, path)) for path in ("jobs.xml", "jobs-2.xml", "jobs-3.xml")] == [2, 2, 1]
    assert "jobs-3.xml" in empty_board.page("feeds.html")
    empty_board.views = empty_board.views[:2]
    empty_board.build()
    assert "jobs-2.xml" not in empty_board.files()


def test_the_owner_may_do_without_it(kitchen) -> None:
    kitchen.config = kitchen.config.model_copy(
        update={"site": kitchen.config.site.model_copy(update={"jobs_xml": False})}
    )
    kitchen.build()
    assert "jobs.xml" not in kitchen.files()
    assert "jobs.xml" not in kitchen.page("feeds.html")


@pytest.mark.parametrize("text", ["]]> <![CDATA[", "</title></job><job>", "\x01\ufffe&#1;\ud800", "<!-- x"])
def test_hostile_text_makes_no_job_more_or_less(text: str, empty_board, view: Callable) -> None:
    empty_board.config = empty_board.config.model_copy(update={"repository": None})
    wild = dict.fromkeys(("title", "company", "pay", "requisition_id", "attribution"), text)
    empty_board.views = [
        view(number, **wild, place_parts=((text, text, "BE"),), description=f"<p>Bread {text}</p>")
        for number in range(3)
    ]
    empty_board.build()
    assert len(jobs(empty_board)) == 3
    assert b"<![CDATA[" not in empty_board.files()["jobs.xml"]


# --- IndexNow ---------------------------------------------------------------------------------------------------------


def test_the_key_of_indexnow_stands_in_a_file_of_its_name(kitchen) -> None:
    key = "0f3c9a7d-51"
    kitchen.config = kitchen.config.model_copy(
        update={"site": kitchen.config.site.model_copy(update={"indexnow_key": key})}
    )
    kitchen.build()
    assert kitchen.page(f"{key}.txt") == f"{key}\n"
    kitchen.config = kitchen.config.model_copy(update={"site": SiteConfig()})
    kitchen.build()
    assert f"{key}.txt" not in kitchen.files()


@pytest.mark.parametrize("key", ["short", "a" * 129, "../../etc/passwd", "UPPERCASE1"])
def test_a_key_that_is_no_plain_name_is_refused(key: str) -> None:
    with pytest.raises(ValidationError):
        SiteConfig(indexnow_key=key)
