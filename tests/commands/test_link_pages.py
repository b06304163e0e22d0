"""Pages and what we make of them: the table link_pages.txt, a case per report of a user."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.commands.link_pages import Standing, judge
from rolecall.errors import Refused, TooLarge, Unreachable
from rolecall.fetch.answers import Answer

ASKED = "https://jobs.example/acme/harbour-pilot"
TITLE = "Harbour Pilot (m/f/d)"
TODAY = date(2026, 11, 22)
LONG = "We look after the harbour and its people, in all weathers, by day and by night. " * 40
TABLE = Path(__file__).with_name("link_pages.txt")


def cases() -> Iterator[tuple[str, str, str, dict[str, str], str]]:
    """(answer, evidence, what it is, headers, body) of each case."""
    for part in re.split(r"^== ", TABLE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = part.partition("\n")
        answer, evidence, what = (cell.strip() for cell in head.split("|"))
        found = re.match(r"((?:(?:status|type|to): [^\n]*\n)*)(?:\n)?(.*)", rest, re.DOTALL)
        assert found is not None
        headers = dict(line.split(": ", 1) for line in found[1].splitlines())
        yield answer, evidence, what, headers, found[2].strip().replace("LONG", LONG)


CASES = list(cases())


@pytest.mark.parametrize(
    ("answer", "evidence", "headers", "body"),
    [(answer, evidence, headers, body) for answer, evidence, _, headers, body in CASES],
    ids=[f"{answer}: {what}" for answer, _, what, _, _ in CASES],
)
def test_a_page_says(answer: str, evidence: str, headers: dict[str, str], body: str) -> None:
    kind = headers.get("type", "text/html; charset=utf-8")
    told = Answer(
        url=headers.get("to", ASKED),
        status=int(headers.get("status", 200)),
        headers={"content-type": kind},
        body=body.encode(),
    )
    found = judge(TITLE, ASKED, told, TODAY)
    assert (found.standing.value, evidence in found.evidence) == (answer, True), found.evidence
    assert bool(found.reason) == (answer == "gone")


@pytest.mark.parametrize("kind", [Unreachable, Refused, TooLarge])
def test_no_answer_is_unsure_and_says_why(kind: type[Unreachable]) -> None:
    found = judge(TITLE, ASKED, kind(ASKED, "no connection."), TODAY)
    assert (found.standing, found.evidence) == (Standing.UNSURE, "no connection.")


def test_the_reason_that_is_stored_holds_no_word_of_the_page() -> None:
    body = b"<h1>@everyone: this job is closed [skip ci]</h1>"
    found = judge(TITLE, ASKED, Answer(url=ASKED, status=200, headers={}, body=body), TODAY)
    assert (found.standing, found.reason) == (Standing.GONE, "page gone (it says so)")


@given(
    st.text(), st.text(), st.sampled_from(["", "<h1>", "<p hidden>", "<script>", '<script type="application/ld+json">'])
)
def test_any_page_gives_one_line_of_evidence(title: str, text: str, tag: str) -> None:
    body = f"{tag}{text}".encode("utf-8", "surrogatepass")
    found = judge(title, ASKED, Answer(url=ASKED, status=200, headers={}, body=body), TODAY)
    assert found.evidence
    assert found.evidence.isprintable()


def test_a_page_that_nests_deep_costs_no_recursion() -> None:
    for tag in ("<div>", "<h1>", "<b>", "<a>"):
        body = (tag * 50_000 + "x").encode()
        assert (
            judge(TITLE, ASKED, Answer(url=ASKED, status=200, headers={}, body=body), TODAY).standing is Standing.UNSURE
        )
