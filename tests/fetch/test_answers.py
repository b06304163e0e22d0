from __future__ import annotations

import pytest

from rolecall.errors import Gone, PayloadError, Refused, SourceError, Throttled, Unreachable
from rolecall.fetch.answers import Answer, accept
from rolecall.sources.base import Request

URL = "https://jobs.example/list?api_key=hunter2&page=1"
STATUS = """
404 => Gone
410 => Gone
401 => Refused
403 => Refused
406 => Refused
400 => Refused
451 => Refused
429 => Throttled
408 => Unreachable
500 => Unreachable
503 => Unreachable
599 => Unreachable
201 => PayloadError
202 => PayloadError
204 => PayloadError
206 => PayloadError
304 => PayloadError
100 => PayloadError
"""
CASES = [tuple(line.split(" => ")) for line in STATUS.strip().split("\n")]


def answer(status: int = 200, body: bytes = b"[]", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url=URL, status=status, headers=named, body=body)


@pytest.mark.parametrize(("status", "kind"), CASES)
def test_every_status_but_200_is_an_error_of_its_kind(status: str, kind: str) -> None:
    with pytest.raises(SourceError) as caught:
        accept(Request(url=URL), answer(int(status)))
    assert type(caught.value).__name__ == kind
    assert caught.value.hint


def test_a_host_that_asks_for_patience_says_for_how_long() -> None:
    for status, words, expected in ((429, "30", 30), (503, "30", 30), (429, "soon", None)):
        with pytest.raises(Throttled) as caught:
            accept(Request(url=URL), answer(status, retry_after=words))
        assert caught.value.retry_after_s == expected


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><title>Welcome</title>",
        b"\xef\xbb\xbf\n  <HTML lang=en>",
        b'<?xml version="1.0"?>\n<!-- x -->\n<!doctype HTML>',
    ],
)
def test_a_web_page_is_no_answer_of_an_api_or_a_feed(body: bytes) -> None:
    for expect in ("json", "xml"):
        with pytest.raises(PayloadError, match=f"HTML for {expect.upper()}"):
            accept(Request(url=URL, expect=expect), answer(body=body))
    assert accept(Request(url=URL, expect="html"), answer(body=body)).body == body


@pytest.mark.parametrize("body", [b"", b" \n", b"\xef\xbb\xbf"])
def test_an_empty_body_is_an_error_and_an_empty_list_is_not(body: bytes) -> None:
    with pytest.raises(PayloadError, match="empty"):
        accept(Request(url=URL), answer(body=body))
    assert accept(Request(url=URL), answer(body=b"[]")).body == b"[]"


def test_html_inside_json_and_xml_is_no_web_page() -> None:
    accept(Request(url=URL), answer(body=b'{"text": "<html>"}'))
    accept(Request(url=URL, expect="xml"), answer(body=b'<?xml version="1.0"?><rss><html/></rss>'))


def test_neither_an_error_nor_a_response_shows_the_key_that_was_sent() -> None:
    for kind, told in (
        (Gone, answer(404)),
        (Refused, answer(403)),
        (Unreachable, answer(500)),
        (PayloadError, answer(body=b"")),
    ):
        with pytest.raises(kind) as caught:
            accept(Request(url=URL), told)
        assert "hunter2" not in str(caught.value)
    response = accept(Request(url=URL), answer())
    assert response.url == "https://jobs.example/list?page=1"
    assert response.request.url == URL


def test_a_hostile_prefix_of_comments_is_judged_in_linear_time() -> None:
    accept(Request(url=URL, expect="xml"), answer(body=b"<!--" * 200_000 + b"<rss/>"))
    accept(Request(url=URL, expect="xml"), answer(body=b"<!---->" * 200_000 + b"<rss/>"))
    accept(Request(url=URL, expect="xml"), answer(body=b" " * 2_000_000 + b"<rss/>"))
