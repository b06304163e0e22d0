"""Rows of jobs that were printed ahead, in one piece of memory: processes that are forked afterwards share it.

Texts of their own would be copied in each process that uses them, for there is a count in each of who holds it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

_ERRORS = "replace"  # what is half a character, as `Renderer.page` does


class Printed:
    """Rows by the ids of their jobs: most of them printed ahead, further ones kept as they come."""

    def __init__(self, ids: Sequence[str] = (), rows: Iterable[str] = ()) -> None:
        self._place = {job_id: place for place, job_id in enumerate(ids)}
        self._ahead = bytearray()
        self._ends = array("Q", [0])
        for row in rows:
            self._ahead += row.encode("utf-8", _ERRORS)
            self._ends.append(len(self._ahead))
        self._later: dict[str, bytes] = {}

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._place or job_id in self._later

    def add(self, job_id: str, row: str) -> None:
        """A row that was not printed ahead."""
        self._later[job_id] = row.encode("utf-8", _ERRORS)

    def joined(self, ids: Iterable[str]) -> bytes:
        """The rows of these jobs, one after the other, in UTF-8. Each must be there."""
        places, ends = self._place, self._ends
        with memoryview(self._ahead) as ahead:
            found = [
                self._later[job_id] if (at := places.get(job_id)) is None else ahead[ends[at] : ends[at + 1]]
                for job_id in ids
            ]
            return b"".join(found)
