"""Fields of a new file that are not the contributor's to write."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.checks.ground import Finding, Ground, JobFile

_OF_FETCH = ("source", "missing_since", "closed_at", "keep", "id")


def machine(file: JobFile, _: Ground, *, new: bool) -> Iterator[Finding]:
    """What only fetch writes, and what only the owner decides."""
    for name in _OF_FETCH:
        if name in file.document.value:
            what = "is written by fetch, not by people."
            yield file.says("written-by-fetch", (name,), what, "Remove the line.", new=new)
    if file.job.featured is not None:
        what = "is for the board's owner to decide."
        yield file.says("owners-word", ("featured",), what, "Remove the line.", new=new)
