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
    _plain: dict[str, tuple[Posting, str]] = field(default_factory=dict)

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
        if stored is None or self.known.get(found) != _hash(posting, way, stored.text):
            return None
        self._plain[found] = posting, way
        return stored.job

    def note(self, found: str, posting: Posting, way: str, job: Job, today: date) -> None:
        """Remember a posting that was read without a finding, if another day would read it the same."""
        yesterday = today - timedelta(days=1)
        is_fixed = read_date(posting.posted, today) == read_date(posting.posted, yesterday)
        is_whole = (posting.posted is None or not job.posted_estimated) and (posting.closes is None or job.closes)
        if is_fixed and is_whole:
            self._plain[found] = posting, way

    def save(self, store: JobStore) -> None:
        """Keep the hashes for the next run; of boards that were not read this time, those of the last."""
        hashes = {found: hashed for found, hashed in self.known.items() if found in store.jobs}
        for found, (posting, way) in self._plain.items():
            if found in store.jobs:
                hashes[found] = _hash(posting, way, store.jobs[found].text)
        if hashes != self.known:
            cache_file.save(self.path, self.key, hashes)


def _hash(posting: Posting, way: str, text: str) -> bytes:
    return hashlib.sha256(f"{posting!r}\0{way}\0{text}".encode("utf-8", "surrogatepass")).digest()[:16]
