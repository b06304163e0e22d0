"""`rolecall read`: one source and the normaliser over saved answers; for whoever writes or mends a source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rolecall import sources
from rolecall.errors import PayloadError, RolecallError
from rolecall.issues import Issues
from rolecall.model import Board, Job, Posting
from rolecall.normalise.identity import slug
from rolecall.normalise.job import to_job
from rolecall.normalise.tags import Vocabulary
from rolecall.schema import did_you_mean
from rolecall.sources.base import Request, Response, Source

SAVED = "https://saved.example/"


def read(
    source_name: str, files: Sequence[Path], today: date, *, company: str | None = None, url: str | None = None
) -> tuple[list[Job], Issues]:
    """Run one source and the normaliser over saved answers, in the order given; for whoever writes or mends a source.

    A file may hold a list or one job's own page; a page fills the list's entry of the same key, whichever comes first.
    """
    try:
        source = sources.find(source_name)
    except KeyError as error:
        near = did_you_mean(source_name, sources.names()) or f"Allowed: {', '.join(sources.names())}."
        raise RolecallError("read", f'no source is called "{source_name}".', near) from error
    board = _saved_board(source_name, files[0], company, url)
    found: dict[str, Posting] = {}
    issues = Issues()
    for file in files:
        for posting in _postings_in(file, source, board, issues):
            known = found.get(posting.key)
            if known is None or known.partial:
                found[posting.key] = posting
    jobs = []
    for posting in found.values():
        job, problems = to_job(
            posting,
            board,
            today,
            Vocabulary.default(),
            apply_via_source=source.terms_of(board).apply_via_source,
            employer=source.employer_of(board) if url else files[0].stem,
        )
        issues.extend(problems)
        if job is not None:
            jobs.append(job)
    return jobs, issues


def _saved_board(source: str, file: Path, company: str | None, url: str | None) -> Board:
    address = url or SAVED
    return Board(source=source, board=slug(company or file.stem), url=address, company=company)


def _postings_in(file: Path, source: Source, board: Board, issues: Issues) -> list[Posting]:
    """The postings of one saved answer: as the first kind of page of the source that it can be read as."""
    try:
        body = file.read_bytes()
    except OSError as error:
        raise RolecallError(str(file), f"cannot be read: {error.strerror}.", "Check the path.") from error
    refusals: list[PayloadError] = []
    for step in source.steps:
        request = Request(url=board.url or SAVED, step=step)
        response = Response(request=request, url=request.url, status=200, headers={}, body=body)
        try:
            batch = source.read(response, board)
        except PayloadError as error:
            refusals.append(error)
            continue
        issues.extend(batch.skipped)
        return [*batch.postings, *(wanted.carry.but(partial=True) for wanted in batch.more if wanted.carry)]
    first = refusals[0]
    raise PayloadError(f"{file}: {first.where}", first.what, first.hint) from first
