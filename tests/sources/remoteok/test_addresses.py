"""The sentence that spells the address of whoever fetched the list: it leaves no trace, and takes nothing else away."""

from __future__ import annotations

import time
from base64 import b64encode

import pytest

from rolecall.model import Board
from rolecall.sources import find
from rolecall.sources.remoteok import without_address

IPV4, IPV6, LOCAL = ("R" + b64encode(address).decode() for address in (b"192.0.2.144", b"2001:db8::7:1", b"::1"))
END = "This is a beta feature to avoid spam applicants. Companies can search these words to find applicants that read this and see they're human."


@pytest.mark.parametrize("tag", [IPV4, IPV4.rstrip("="), IPV6, IPV6.rstrip("="), LOCAL])
@pytest.mark.parametrize(
    "form",
    [
        "<br/><br/>Please mention the word **CALM** and tag {0} when applying to show you read the job post completely (#{0}). "
        + END,
        "<br><br />Please mention the word **CALM** and tag {0} when applying to show you read the job post completely (#{0}).",
        "\n\nPlease mention the word CALM and tag #{0} when applying to show you read the job post completely (#{0}). "
        + END.replace("they're", "they\u00e2\u0080\u0099re"),
        "&nbsp;please   mention the word <b>CALM</b> and tag <b>{0}</b> when applying<br>to show you read the job post completely (<i>#{0}</i>). "
        + END,
        " Please mention the words **CALM SEA** when applying to show you read the job post completely (#{0}). " + END,
        " Please mention the word **CALM** when applying to show you read the job post completely (#{0}",
        " Please mention the word **CALM** and tag {0} when applying to sh",
        " Please mention the word **CALM** and tag {0} when applying to show you read the job post completely (#{0}). This is a beta feature to av",
        " (#{0})",
        " #{0}",
        " {0}",
    ],
)
def test_every_form_of_the_sentence_goes(form: str, tag: str) -> None:
    left = without_address("<p>Grow kelp.</p>" + form.format(tag))
    assert left.removeprefix("<p>Grow kelp.</p>").strip(" .") in ("", "<i>", "</i>")


def test_what_stands_behind_the_sentence_stays() -> None:
    text = f"Grow kelp. Please mention the word **CALM** and tag {IPV4} when applying to show you read the job post completely (#{IPV4}). {END}</p><p>Sell it.</p>"
    assert without_address(text) == "Grow kelp.</p><p>Sell it.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<p>Please mention the word banana in your letter.</p>",
        "Rust, React and (#Ruby) on Rails; see https://kelp.example/R2D2abcd/x.",
        "Ask about R1234567 and #RMTIzNDU2Nzg5MDEy.",
        "We use the word <i>tag</i> for a label, and companies can search.",
    ],
)
def test_what_an_employer_wrote_stays(text: str) -> None:
    assert without_address(text) == text


@pytest.mark.parametrize(
    "unit", ["Please mention the word ", "<br/>", "&nbsp;", "<b ", "(#R", "mention the word tag R", " \t", "RMTky"]
)
def test_endless_repetition_ends(unit: str) -> None:
    began = time.perf_counter()
    without_address(unit * 20_000)
    assert time.perf_counter() - began < 5


def test_an_answer_is_scrubbed_before_it_is_kept() -> None:
    request = find("remoteok").first(Board(source="remoteok", board="all"))
    assert request.scrub is not None
    tag = "R" + b64encode(b"192.0.2.1").decode()
    body = f'[{{"id": "1", "description": "Krak\\u00f3w ó #{tag} RMjcu #React"}}]'.encode()
    assert request.scrub(body) == body.replace(f"#{tag}".encode(), b"")
