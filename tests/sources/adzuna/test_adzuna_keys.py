"""Adzuna's id and key: needed to ask, and in nothing that is written."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from rolecall.errors import SourceError
from rolecall.fetch.answers import Answer
from rolecall.fetch.recording import Recorder
from rolecall.fetch.redact import public_url
from rolecall.model import Board
from rolecall.sources import find
from rolecall.sources.base import Request, Response

ADZUNA = find("adzuna")
KEYS = {"ADZUNA_APP_ID": "id-of-ours", "ADZUNA_APP_KEY": "key-of-ours"}
BODY = (Path(__file__).parent / "two_pages" / "page1.json").read_bytes()


def board(**keys: str) -> Board:
    return Board(source="adzuna", board="gb", options={"env": keys})


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_missing_key_is_named(name: str) -> None:
    with pytest.raises(SourceError, match=f"{name} is not set"):
        ADZUNA.first(board(**{**KEYS, name: ""}))


def test_only_adzunas_countries_are_asked_for() -> None:
    with pytest.raises(SourceError, match="names no country"):
        ADZUNA.first(Board(source="adzuna", board="london", options={"env": KEYS}))


def test_a_recording_and_messages_hold_neither_id_nor_key(tmp_path: Path) -> None:
    async def exchange(request: Request) -> Answer:
        return Answer(url=request.url, status=200, headers={"content-type": "application/json"}, body=BODY)

    request = ADZUNA.first(board(**KEYS))
    with Recorder(tmp_path, exchange) as recorder:
        asyncio.run(recorder.exchange(request))
    written = (
        b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()) + public_url(request.url).encode()
    )
    assert b"Rope" in written
    assert not any(key.encode() in written for key in KEYS.values())


def test_postings_do_not_carry_the_id() -> None:
    request = ADZUNA.first(board(**KEYS))
    answer = Response(request=request, url=request.url, status=200, headers={}, body=BODY)
    assert not any("id-of-ours" in (job.url or "") for job in ADZUNA.read(answer, board(**KEYS)).postings)
