"""A job file as a person would have written it, made of words: of an issue form, another list, a command line."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from datetime import date

from rolecall import yaml_io
from rolecall.address import canonical
from rolecall.issues import Issue
from rolecall.model import Board, Job, Posting
from rolecall.normalise.description import MAX_CHARS
from rolecall.normalise.identity import company_slug, job_file
from rolecall.normalise.job import to_job
from rolecall.normalise.tags import Vocabulary
from rolecall.normalise.text import clean_line, cut, repair
from rolecall.schema import plain

# For editors; the path from jobs/<company>/<file> to the board's schema.
HEADER = "# yaml-language-server: $schema=../../schema/job.schema.json\n"


def draft(
    posting: Posting, origin: str, today: date, vocabulary: Vocabulary, *, markdown: str | None = None
) -> tuple[Job | None, list[Issue]]:
    """`posting` as a job of people's own (without `source`), and what was noticed; None when it cannot become one.

    `markdown` is the description where it is Markdown; it then stands for `posting.description`. `origin` names, in
    findings, where the words came from. A day that nobody stated is `today`, and `posted_estimated`. A posting without
    a company becomes no job.
    """
    if not clean_line(posting.company or ""):
        what = f"{clean_line(posting.title)[:60]!r} does not say who hires, so it is left out."
        return None, [Issue("unusable-posting", origin, what, "Name the company.")]
    if markdown is not None:
        posting = posting.but(description=markdown, description_is_text=True)
    made, issues = to_job(posting, Board("people", origin), today, vocabulary)
    if made is None:
        return None, issues
    changes: dict[str, object] = {"source": None}
    if markdown is not None:
        changes |= {"description_html": None, "description": _block(markdown)}
    return made.model_copy(update=changes), issues


def draft_file(job: Job, taken: Container[str] = frozenset()) -> str:
    """Where a new job of people's stands below jobs/: the same job, told by employer, title and address, the same file.

    When `taken` has that name already, a longer hash tells the two apart.
    """
    mark = f"{company_slug(job.company)}\0{job.title.casefold()}\0{_address(job)}\0{sorted(map(repr, job.places))}"
    hashed = hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()
    file = job_file(job.company, job.title, hashed)
    return file if file not in taken else file.replace(hashed[:8], hashed[:16])


def draft_text(job: Job) -> str:
    """The text of a new job file, with the line that tells an editor its schema."""
    return HEADER + yaml_io.dump(plain(job))


def _block(text: str) -> str | None:
    """Markdown as a file holds it: mended, without what is not seen, cut at what a file may hold."""
    clean = cut(repair(text).strip("\n"), MAX_CHARS)
    return f"{clean}\n" if clean.strip() else None


def _address(job: Job) -> str:
    return canonical(job.apply_url) if "://" in job.apply_url else job.apply_url
