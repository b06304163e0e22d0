"""Which files may be named, and what is said of a file that cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board
from rolecall.sources.base import Batch, Response
from rolecall.sources.file import SOURCE


def board(path: str, **options: Any) -> Board:
    return Board("file", "harbour", options={"path": path, **options})


def read(path: str, body: bytes, **options: Any) -> Batch:
    asked = SOURCE.first(board(path, **options))
    response = Response(request=asked, url=path, status=200, headers={}, body=body)
    return SOURCE.read(response, board(path, **options))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/jobs.json",
        "../jobs.json",
        "a/../../jobs.json",
        "a//jobs.json",
        "..\\jobs.json",
        "c:/jobs.json",
        "..%2F/.. /jobs.json",
    ],
)
def test_a_path_out_of_the_folder_is_refused_before_it_is_asked(path: str) -> None:
    with pytest.raises(SourceError, match="names no file of this folder"):
        SOURCE.first(board(path))


def test_an_ending_that_says_no_form_is_refused() -> None:
    with pytest.raises(SourceError, match="path ends in none of json"):
        SOURCE.first(board("data/jobs.txt"))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("a.json", b"[]"),
        ("a.jsonl", b"\n"),
        ("a.csv", b"title,url\n"),
        ("a.yaml", b"items: []"),
        ("a.xml", b"<jobs/>"),
    ],
)
def test_an_empty_list_is_an_empty_board(path: str, body: bytes) -> None:
    assert read(path, body, **({"items": "items"} if "yaml" in path else {})) == Batch()


@pytest.mark.parametrize(
    ("path", "body", "what"),
    [
        ("a.json", b'{"jobs": {}}', r"\$: expected a list"),
        ("a.json", b"[{]", "not JSON"),
        ("a.json", b'["\xff"]', "a.json:1: is not UTF-8"),
        ("a.jsonl", b'{"id": 1}\n{"id":\n', "a.jsonl:2: is not JSON"),
        ("a.csv", b"title,title\n", "names one column twice"),
        ("a.csv", b'title,url\n"x', "is not CSV"),
        ("a.yaml", b"# jobs\n- title: a\n- title: [\n", "a.yaml:3|a.yaml:4"),
        ("a.yaml", b"---\n- title: a\n- *x\n", "a.yaml:3: an alias"),
        ("a.yaml", b"jobs: 1", "expected a list"),
        ("a.xml", b"<jobs><job>", "broken"),
        ("a.xml", b"<jobs><job/></jobs>", "items is missing"),
        ("a.xml", b"<!DOCTYPE j [<!ENTITY a 'b'>]><jobs/>", "DOCTYPE"),
    ],
)
def test_a_broken_file_is_a_failure_that_names_the_line(path: str, body: bytes, what: str) -> None:
    with pytest.raises(PayloadError, match=what):
        read(path, body)


def test_one_element_alone_is_a_list_of_one() -> None:
    fields = {"title": "t", "url": "u"}
    body = b"<jobs><job><t>Pilot</t><u>https://harbour.example/7</u></job></jobs>"
    assert [job.title for job in read("a.xml", body, items="job", fields=fields).postings] == ["Pilot"]


def test_a_cell_too_many_does_not_stop_the_others() -> None:
    batch = read("a.csv", b"title,url\nA,https://a.example/,x\nB,https://b.example/\n")
    assert [job.title for job in batch.postings] == ["A", "B"]
