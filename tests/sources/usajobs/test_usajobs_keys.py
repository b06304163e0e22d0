"""The key of USAJOBS and its owner's e-mail address: sent as headers, and in nothing that is written."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from rolecall.errors import SourceError
from rolecall.fetch.answers import Answer
from rolecall.fetch.recording import Recorder
from rolecall.model import Board
from rolecall.sources import find
from rolecall.sources.base import Request

USAJOBS = find("usajobs")
KEYS = {"USAJOBS_EMAIL": "owner@board.example", "USAJOBS_KEY": "key-of-ours"}


def board(**keys: str) -> Board:
    return Board(source="usajobs", board="all", options={"env": keys})


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_missing_key_is_named(name: str) -> None:
    with pytest.raises(SourceError, match=f"{name} is not set"):
        USAJOBS.first(board(**{**KEYS, name: ""}))


def test_a_recording_holds_neither_key_nor_address_even_when_the_host_repeats_them(tmp_path: Path) -> None:
    async def exchange(request: Request) -> Answer:
        told = " ".join(request.headers.values()).encode()
        return Answer(url=request.url, status=200, headers={"content-type": "application/json"}, body=b"You: " + told)

    request = USAJOBS.first(board(**KEYS))
    assert set(request.headers.values()) == set(KEYS.values())
    with Recorder(tmp_path, exchange) as recorder:
        asyncio.run(recorder.exchange(request))
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"You: REDACTED REDACTED" in written
    assert not any(key.encode() in written + request.url.encode() for key in KEYS.values())
