"""Reads saved answers through a source, as the network would deliver them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import pytest

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources import find
from rolecall.sources.base import Batch, Request, Response


@dataclass
class Reading:
    """What a source made of all answers: plain values, in the order of the source."""

    postings: list[Posting] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    total: int | None = None
    unanswered: list[str] = field(default_factory=list)

    def take(self, batch: Batch) -> None:
        self.postings += batch.postings
        self.skipped += map(str, batch.skipped)
        self.partial += [batch.partial] if batch.partial else []
        self.total = batch.total or self.total

    def plain(self) -> dict[str, Any]:
        """The reading as YAML holds it; what is empty is left out."""
        return filled(
            {
                "postings": [plain(posting) for posting in self.postings],
                "skipped": self.skipped,
                "partial": self.partial,
                "total": self.total,
                "unanswered": self.unanswered,
            }
        )


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, False, [], ())}


def plain(value: Posting | PlaceText | PayText) -> dict[str, Any]:
    found = {}
    for name in (entry.name for entry in fields(value)):
        item = getattr(value, name)
        if isinstance(item, tuple):
            item = [part if isinstance(part, str) else plain(part) for part in item]
        found[name] = item
    return filled(found)


@pytest.fixture
def answer() -> Callable[..., Response]:
    """`answer(body, url=..., step=..., content_type=...)`: an answer of 200."""

    def make(
        body: bytes | str,
        url: str = "https://saved.example/",
        step: str = "list",
        content_type: str = "",
        carry: Posting | None = None,
    ) -> Response:
        data = body.encode() if isinstance(body, str) else body
        headers = {"content-type": content_type} if content_type else {}
        return Response(
            request=Request(url=url, step=step, carry=carry), url=url, status=200, headers=headers, body=data
        )

    return make


@pytest.fixture
def read() -> Callable[..., Reading]:
    """`read(board, {address: body})`: ask and answer until nothing more is asked."""

    def run(board: Board, answers: Mapping[str, bytes]) -> Reading:
        source = find(board.source)
        waiting, reading = [source.first(board)], Reading()
        while waiting:
            request = waiting.pop(0)
            offset = (request.json or {}).get("offset")
            address = f"{request.url} offset {offset}" if offset else request.url
            if address in answers:
                batch = source.read(
                    Response(request=request, url=request.url, status=200, headers={}, body=answers[address]), board
                )
                reading.take(batch)
                waiting += batch.more
            else:
                reading.unanswered.append(address)
                reading.postings += [request.carry.but(partial=True)] if request.carry else []
        return reading

    return run
