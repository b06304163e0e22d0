"""Postings that are as they were, beside files that are as they were: the daily case, in which nothing is read anew.

What is kept is a hash for each job, in `.cache/fetch/unchanged`: of the posting, of the file that came of it, and of
whatever else decides how a posting is read. It only saves time. A posting whose reading depends on the day (a relative
date, a date ahead) or raised a finding is never remembered.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from rolecall.commands import CACHE
from rolecall.config import Config
from rolecall.model import Job, Posting
from rolecall.normalise.dates import read_date
from rolecall.site import cache_file
from rolecall.store import JobStore


@dataclass(slots=True)
class Unchanged:
    """The hashes of the last run, by the id of the job, and those of this one."""

    path: Path
    key: str
    known: dict[str, bytes]
    _read: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path, config: Config) -> Unchanged:
        """What the last run remembered; nothing when rolecall or the vocabulary is another one."""
        path = folder / CACHE / "fetch" / "unchanged"
        key = f"unchanged {cache_file.tool_key()} {config.tags!r}"
        return cls(path, key, cache_file.load(path, key) or {})

    def job(self, found: str, posting: Posting, way: str, store: JobStore) -> Job | None:
        """The job as it stands, when reading `posting` again would give just that; None when that is not known.

        `way` is what else the reading depends on: the board's company, the source's terms.
        """
        stored = store.jobs.get(found)
        if stored is None or found not in self.known:
            return None
        read = _hash(f"{posting!r}\0{way}")
        if self.known[found] != _with_file(read, stored.text):
            return None
        self._read[found] = read
        return stored.job

    def note(self, found: str, posting: Posting, way: str, job: Job, today: date) -> None:
        """Remember a posting that was read without a finding, if another day would read it the same."""
        yesterday = today - timedelta(days=1)
        is_fixed = read_date(posting.posted, today) == read_date(posting.posted, yesterday)
        is_whole = (posting.posted is None or not job.posted_estimated) and (posting.closes is None or job.closes)
        if is_fixed and is_whole:
            self._read[found] = _hash(f"{posting!r}\0{way}")

    def save(self, store: JobStore) -> None:
        """Keep the hashes for the next run; of boards that were not read this time, those of the last."""
        hashes = {found: hashed for found, hashed in self.known.items() if found in store.jobs}
        for found, read in self._read.items():
            if found in store.jobs:
                hashes[found] = _with_file(read, store.jobs[found].text)
        if hashes != self.known:
            cache_file.save(self.path, self.key, hashes)


def _with_file(read: bytes, text: str) -> bytes:
    """The hash of a posting together with that of its file."""
    return _hash(f"{read.hex()}\0{text}")


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
