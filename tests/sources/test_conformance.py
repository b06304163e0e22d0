"""Every source over all real answers that were collected for it: postings, or words that say why there are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rolecall.address import web_address
from rolecall.errors import PayloadError
from rolecall.model import Board, Posting
from rolecall.sources import find
from rolecall.sources.base import Response

# source, folders of its answers, endings
ANSWERS = [
    ("greenhouse", ("greenhouse",), "json"),
    ("workday", ("workday",), "json"),
    ("feed", ("weworkremotely", "rwfa", "rss_generic", "nodesk", "wpjobmanager", "teamtailor"), "xml"),
    ("jsonld", ("jsonld", "jsonld_malformed"), "html"),
]
# Files that hold no job, by what is seen in them: response headers alone, JSON-LD of other types, microdata.
WITHOUT_JOBS = (b'"headers"', b"NewsArticle", b'"data"', b"LocalBusiness", b"itemprop")


def read_saved(source_name: str, path: Path, answer: Callable[..., Response]) -> list[Posting]:
    """The postings of a saved answer, read as the first kind of page that fits; those of a list stand for their pages."""
    source = find(source_name)
    board = Board(source=source_name, board=path.stem, url="https://saved.example/")
    refused = []
    for step in source.steps:
        try:
            batch = source.read(answer(path.read_bytes(), step=step), board)
        except PayloadError as error:
            refused.append(error)
            continue
        assert len(batch.skipped) <= len(batch.postings) + len(batch.more)
        return [*batch.postings, *(request.carry for request in batch.more if request.carry)]
    raise refused[0]


@pytest.mark.parametrize(("source", "folders", "ending"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_every_collected_answer_gives_whole_postings(
    source: str, folders: tuple[str, ...], ending: str, shared: Path, answer: Callable[..., Response]
) -> None:
    files = sorted(path for folder in folders for path in (shared / "payloads" / folder).glob(f"*.{ending}"))
    assert files
    for path in files:
        try:
            postings = read_saved(source, path, answer)
        except PayloadError:
            if any(sign in path.read_bytes() for sign in WITHOUT_JOBS):
                continue
            raise
        assert postings, path.name
        for posting in postings:
            assert posting.key.strip(), path.name
            assert posting.title.strip(), path.name
            assert web_address(posting.apply_url or posting.url), (path.name, posting.key)
        assert len({posting.key for posting in postings}) == len(postings), path.name


def test_pages_without_a_job_are_refused_with_what_they_hold(shared: Path, answer: Callable[..., Response]) -> None:
    for path in sorted((shared / "payloads" / "jsonld_none").glob("*.html")):
        with pytest.raises(PayloadError, match="holds no JobPosting"):
            read_saved("jsonld", path, answer)
