from __future__ import annotations

from datetime import date

from rolecall.model import Job, PlaceText, Posting
from rolecall.normalise.draft import HEADER, draft, draft_file, draft_text
from rolecall.normalise.tags import Vocabulary
from rolecall.schema import validate
from rolecall.yaml_io import load

TODAY = date(2026, 11, 22)
POSTING = Posting(
    key="1",
    title="Baker",
    company="Harbour Bakery",
    url="https://bakery.example/1",
    places=(PlaceText("Bergen, Norway"),),
)


def made(posting: Posting = POSTING, markdown: str | None = None) -> Job:
    job, _ = draft(posting, "an issue", TODAY, Vocabulary.default(), markdown=markdown)
    assert job is not None
    return job


def test_a_draft_has_no_source_and_reads_the_words() -> None:
    job = made()
    assert job.source is None
    assert (job.places[0].city, job.places[0].country) == ("Bergen", "NO")
    assert (job.posted, job.posted_estimated) == (TODAY, True)


def test_markdown_stays_markdown_and_gives_tags() -> None:
    job = made(markdown="We bake with **Python** developers.\r\n\r\n- early\u200b\n")
    assert job.description == "We bake with **Python** developers.\n\n- early\n"
    assert job.description_html is None
    assert "python" in job.tags


def test_a_draft_without_a_company_is_none_and_says_so() -> None:
    job, issues = draft(POSTING.but(company=" "), "an issue", TODAY, Vocabulary.default())
    assert job is None
    assert "who hires" in issues[0].what


def test_the_same_job_gets_the_same_file_and_another_one_another() -> None:
    first, again = (
        draft_file(made()),
        draft_file(made(POSTING.but(key="2", url="https://www.bakery.example/1?utm_source=x"))),
    )
    other = draft_file(made(POSTING.but(url="https://bakery.example/2")))
    assert first == again != other
    assert first.startswith("harbour-bakery/baker-")
    assert draft_file(made(), taken={first}) not in (first, other)


def test_the_text_of_a_draft_loads_as_the_same_job() -> None:
    job = made(markdown="Bread.\n")
    text = draft_text(job)
    assert text.startswith(HEADER)
    assert validate(Job, load(text.encode(), "x"))[0] == job
