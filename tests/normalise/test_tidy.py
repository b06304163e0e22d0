from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall import markup
from rolecall.model import Board, Posting, Workplace
from rolecall.normalise.description import read_description
from rolecall.normalise.job import to_job
from rolecall.normalise.tags import Vocabulary
from rolecall.normalise.tidy import with_structure, without_boilerplate

TEXT = (
    "<p>We bake bread for the whole town, from the first hour of the day until the last loaf has left the shop.</p>"
    "<p>You come early, you know your flour, and you are glad when people come back for more of what you made.</p>"
    "<p>We teach what we know; the oven is old and needs somebody with patience, and the town needs its bread.</p>"
)
LEGAL = "Kelpline is an equal opportunity employer and welcomes everybody, regardless of race, age, faith or whom they love."


def structured(html: str) -> str:
    return with_structure(markup.sanitise(html)).replace("\n", "")


def shown(html: str) -> str:
    found = read_description(Posting(key="1", title="Cook", description=html))
    return (found or "").replace("\n", "")


def test_a_paragraph_of_bold_alone_is_a_heading() -> None:
    assert structured("<p><strong>What you do:</strong></p><p>You bake.</p>") == "<h3>What you do</h3><p>You bake.</p>"


def test_below_real_headings_it_is_a_lower_one() -> None:
    html = "<h2>The role</h2><p><b>Mornings</b></p><p>You bake.</p>"
    assert structured(html) == "<h3>The role</h3><h4>Mornings</h4><p>You bake.</p>"


def test_a_bold_line_at_the_head_of_a_paragraph_is_a_heading() -> None:
    assert structured("<p><strong>The role</strong><br>You bake.</p>") == "<h3>The role</h3><p>You bake.</p>"


@pytest.mark.parametrize("words", ["Requirements:", "REQUIREMENTS", "What you'll bring"])
def test_a_line_that_is_a_heading_by_its_words_is_one(words: str) -> None:
    assert structured(f"<p>{words}</p><ul><li>a knife</li></ul>").startswith("<h3>")


@pytest.mark.parametrize(
    "html",
    [
        "<p><strong>We pay well.</strong></p><p>You bake.</p>",  # a sentence
        "<p><b>One</b></p><p><b>Two</b></p><p><b>Three</b></p><p>You bake.</p>",  # emphasis, line after line
        "<p>You bake.</p><p><strong>Come and see</strong></p>",  # nothing below it
        "<p><strong>Travel required:</strong></p><p>Less than ten per cent</p>",  # a line of a form
        "<p><strong>Travel required:</strong><br>Less than ten per cent</p>",
        "<p>We need you.</p><p>You bake.</p>",
        "<p>ACME CORP</p><p>You bake.</p>",
    ],
)
def test_other_lines_stay_paragraphs(html: str) -> None:
    assert structured(html) == markup.sanitise(html).replace("\n", "")


def test_bold_does_not_start_or_end_inside_a_word() -> None:
    assert structured("<p>Re<strong>quirements</strong> and <b>dut</b>ies</p>") == (
        "<p><strong>Requirements</strong> and <b>duties</b></p>"
    )


def test_lines_with_bullets_are_a_list() -> None:
    assert structured("<p>• flour<br>• water</p><p>• salt</p>") == "<ul><li>flour</li><li>water</li><li>salt</li></ul>"
    assert structured("<p>- one alone</p>") == "<p>- one alone</p>"


def test_the_legal_text_at_the_end_is_left_out_with_its_heading() -> None:
    html = f"{TEXT}<h3>Equal opportunity</h3><p>{LEGAL}</p>"
    assert shown(html) == shown(TEXT)


def test_legal_text_with_an_address_to_write_to_stays() -> None:
    html = f"{TEXT}<p>{LEGAL} Write to help@kelpline.example if you need an accommodation.</p>"
    assert "help@kelpline.example" in shown(html)


def test_legal_text_that_is_most_of_an_ad_stays() -> None:
    assert LEGAL in shown(f"<p>We bake.</p><p>{LEGAL}</p>")


@pytest.mark.parametrize(
    "line",
    [
        "#LI-Remote #stack",
        "Originally posted on Harbour Jobs",
        "Apply directly on Harbour.example: https://harbour.example/jobs/7",
        "Please mention the word **SEAWEED** and tag RMjcuMA== when applying",
    ],
)
def test_what_boards_add_is_left_out(line: str) -> None:
    assert shown(f"{TEXT}<p>{line}</p>") == shown(TEXT)


def test_what_is_said_twice_is_said_once() -> None:
    listed = "<ul><li>You bake bread and rolls in the early morning</li><li>You sell what you have baked</li></ul>"
    assert shown(f"{TEXT}{listed}{TEXT}{listed}") == shown(f"{TEXT}{listed}")
    assert shown("<p>Yes.</p><p>No.</p><p>Yes.</p>") == "<p>Yes.</p><p>No.</p><p>Yes.</p>"


def test_marks_of_the_workplace_are_read_before_they_are_left_out() -> None:
    posting = Posting(key="1", title="Cook", url="https://a.example/1", description=f"{TEXT}<p>#LI-Hybrid</p>")
    job, _ = to_job(posting, Board("greenhouse", "kelpline"), date(2026, 11, 22), Vocabulary.default())
    assert job is not None
    assert (job.workplace, (job.description_html or "").replace("\n", "")) == (Workplace.HYBRID, shown(TEXT))


PIECES = st.sampled_from(
    [
        "<p><strong>What you do</strong></p>",
        "<p>• flour<br>• water</p>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<p>Re<b>quire</b>ments:</p>",
        "<h2>The role</h2>",
        "<blockquote><p>We <em>bake</em></p></blockquote>",
        "<pre>a\n\nb</pre>",
        "<p>#LI-Remote</p>",
        "<p>Requirements:</p>",
        f"<p>{LEGAL}</p>",
        "<p>x < y & <a href='https://a.example'>z</a></p>",
    ]
)


@given(st.lists(PIECES, max_size=8))
def test_what_comes_out_is_in_the_one_form_of_descriptions(pieces: list[str]) -> None:
    made = with_structure(markup.sanitise("".join(pieces)))
    assert markup.sanitise(made) == made
    assert markup.sanitise(without_boilerplate(made)) == without_boilerplate(made)


def test_bold_that_two_words_share_becomes_one_and_stays_so() -> None:
    made = with_structure("<p><strong>H</strong>ello s<strong>ailor</strong>, cook.</p>\n")
    assert made == "<p><strong>Hello sailor</strong>, cook.</p>\n" == markup.sanitise(made)


def test_a_minus_before_a_figure_is_no_bullet() -> None:
    cold = "<p>-20 °C in the store</p>\n<p>-30 °C outside</p>\n"
    assert with_structure(cold) == cold


def test_an_ad_all_of_headings_and_a_last_heading_with_an_address_stay() -> None:
    assert without_boilerplate("<h3>Cook</h3>\n") == "<h3>Cook</h3>\n"
    assert "Cook" in without_boilerplate("<h3>Cook</h3>\n<h3>Bring knives</h3>\n<h3>Come soon</h3>\n")
    asked = "<p>Cook.</p>\n<h3>jobs@acme.example</h3>\n"
    assert without_boilerplate(asked) == asked


def test_a_line_that_names_the_job_is_no_code() -> None:
    assert without_boilerplate("<p>Job: Cook</p>\n<p>Job ID: R-4711</p>\n<p>You cook.</p>\n") == (
        "<p>Job: Cook</p>\n<p>You cook.</p>\n"
    )
