"""Every source over all real answers that were collected for it: postings, or words that say why there are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rolecall.address import web_address
from rolecall.errors import PayloadError
from rolecall.model import Board, Posting
from rolecall.sources import find, names
from rolecall.sources.base import Response

# Where the folder of the answers is not called like the source; `feed` and `jsonld` read those of their kind.
FOLDERS = {
    "feed": ("weworkremotely", "rwfa", "rss_generic", "nodesk", "wpjobmanager", "teamtailor"),
    "jsonld": ("jsonld", "jsonld_malformed"),
    "jobs_xml": ("indeed_xml",),
    "realworkfromanywhere": ("rwfa",),
    "hackernews": ("hn",),
}
ENDINGS = {"feed": ("xml",), "weworkremotely": ("xml",), "usajobs": ("json",)}
# What maps any shape by options of the board has no answers of its own.
SHAPELESS = frozenset({"mapped", "html", "file", "microdata"})
# No answer of these was collected; their own fixtures must do.
WITHOUT_ANSWERS = frozenset({"gem", "homerun", "icims", "jazzhr", "jobvite"})
# Files that are not the vendor's answer, with the reason.
NOT_ANSWERS = {
    "greenhouse/canonical_response_headers.json": "response headers alone",
    "smartrecruiters/04_automationanywhere_detail.json": "sections of a text, without id and title",
    "personio/10_demo_account_faulty_NOT_WELLFORMED.xml": "broken XML",
    "recruitee/05_everdrop_embedded.json": "the state of a page, not the answer of the API",
    "recruitee/06_constellr_embedded.json": "the state of a page, not the answer of the API",
    "rippling/03_adiabatic_detail.json": "date and pay of a job page, without id and title",
    "themuse/1_lcarlini_202_raw_jobs.json": "jobs of many answers, wrapped anew",
}
# Files that hold no job, by what is seen in them: JSON-LD of other types, microdata.
WITHOUT_JOBS = (b"NewsArticle", b'"data"', b"LocalBusiness", b"itemprop")
SOURCES = [name for name in names() if name not in SHAPELESS]


def answers_of(source: str, shared: Path) -> list[Path]:
    """The collected answers that the source should be able to read."""
    folders = [shared / "payloads" / name for name in FOLDERS.get(source, (source,))]
    endings = ENDINGS.get(source, ("json", "xml", "html"))
    found = sorted(path for folder in folders for path in folder.glob("*.*") if path.suffix[1:] in endings)
    return [path for path in found if f"{path.parent.name}/{path.name}" not in NOT_ANSWERS]


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


@pytest.mark.parametrize("source", SOURCES)
def test_every_collected_answer_gives_whole_postings(
    source: str, shared: Path, answer: Callable[..., Response]
) -> None:
    files = answers_of(source, shared)
    assert bool(files) != (source in WITHOUT_ANSWERS)
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


def test_what_is_not_an_answer_of_the_vendor_is_refused(shared: Path, answer: Callable[..., Response]) -> None:
    for name in NOT_ANSWERS:
        source, path = name.partition("/")[0], shared / "payloads" / name
        with pytest.raises((PayloadError, AssertionError)):
            read_saved(source, path, answer)


def test_pages_without_a_job_are_refused_with_what_they_hold(shared: Path, answer: Callable[..., Response]) -> None:
    for path in sorted((shared / "payloads" / "jsonld_none").glob("*.html")):
        with pytest.raises(PayloadError, match="holds no JobPosting"):
            read_saved("jsonld", path, answer)
