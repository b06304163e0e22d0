"""A sitemap instead of a list of links: its forms, its limits, and what is none."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board
from rolecall.sources.base import Batch, Response
from rolecall.sources.jsonld import SOURCE

URL = "https://fjord.example/sitemap.xml"
BOARD = Board("jsonld", "fjord", url=URL, options={"sitemap": True, "links": r"/jobs/\d+$"})


def sitemap(count: int, kind: str = "urlset", entry: str = "url") -> str:
    entries = (f"<{entry}><loc>https://fjord.example/jobs/{number}</loc></{entry}>" for number in range(count))
    return f"<{kind}>{''.join(entries)}</{kind}>"


@pytest.fixture
def read(answer: Callable[..., Response]) -> Callable[..., Batch]:
    def run(body: Any, step: str = "sitemap") -> Batch:
        return SOURCE.read(answer(body, URL, step), BOARD)

    return run


def test_a_packed_sitemap_is_unpacked(read: Callable[..., Batch]) -> None:
    assert len(read(gzip.compress(sitemap(3).encode())).more) == 3


def test_a_sitemap_that_unpacks_without_end_is_refused(read: Callable[..., Batch]) -> None:
    with pytest.raises(PayloadError, match="over the limit"):
        read(gzip.compress(b" " * 30_000_000))


@pytest.mark.parametrize(
    ("body", "asked", "partial"),
    [
        (sitemap(1_001), 1_000, "the sitemap names 1,001 pages of jobs, over the limit of 1,000"),
        (sitemap(51, "sitemapindex", "sitemap"), 50, "the sitemap names 51 sitemaps, over the limit of 50"),
        (sitemap(50, "sitemapindex", "sitemap"), 50, None),
    ],
)
def test_what_is_over_the_limit_is_said(body: str, asked: int, partial: str | None, read: Callable[..., Batch]) -> None:
    batch = read(body)
    assert (len(batch.more), batch.partial) == (asked, partial)


def test_a_part_of_an_index_may_hold_no_job_and_a_board_may_not(read: Callable[..., Batch]) -> None:
    assert read(sitemap(0), "sitemap-part") == Batch()
    with pytest.raises(PayloadError, match="none of the 0 addresses of the sitemap matches"):
        read(sitemap(0))


@pytest.mark.parametrize(
    "body", ["<rss><channel/></rss>", "<urlset><url>", "<!doctype html><p>Not found", b"\x1f\x8bx"]
)
def test_anything_else_is_refused(body: Any, read: Callable[..., Batch]) -> None:
    with pytest.raises(PayloadError):
        read(body)


def test_a_sitemap_needs_links() -> None:
    with pytest.raises(SourceError, match="sitemap needs links"):
        SOURCE.first(Board("jsonld", "fjord", url=URL, options={"sitemap": True}))
