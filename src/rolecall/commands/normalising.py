"""Postings become jobs on all cores: reading their texts is most of the work of a fetch."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rolecall.issues import Issue
from rolecall.model import Board, Job, Posting
from rolecall.normalise.identity import job_id, stored_key
from rolecall.normalise.job import to_job
from rolecall.normalise.tags import Vocabulary
from rolecall.site.workers import spread, worker_count

# Below this a second process costs more than it saves; a part is what one goes for at a time.
WORTH_FORKING = 400
PART = 50


@dataclass(frozen=True, slots=True)
class Task:
    """A posting to read, with what else the reading depends on."""

    posting: Posting
    board: Board
    apply_via_source: bool
    employer: str
    id: str  # of the job that comes of it

    @classmethod
    def of(cls, posting: Posting, board: Board, apply_via_source: bool, employer: str) -> Task:
        return cls(
            posting, board, apply_via_source, employer, job_id(board.source, board.board, stored_key(posting.key))
        )

    @property
    def way(self) -> str:
        """What the reading depends on beside the posting, as text."""
        return f"{self.board.company!r} {self.apply_via_source} {self.employer!r}"


def normalise(tasks: Sequence[Task], today: date, vocabulary: Vocabulary) -> list[tuple[Job | None, list[Issue]]]:
    """What `to_job` makes of each task, in order."""

    def work(part: int) -> bytes:
        made = [_job(task, today, vocabulary) for task in tasks[part * PART : (part + 1) * PART]]
        return pickle.dumps(made)

    if len(tasks) < WORTH_FORKING or (workers := worker_count(None)) < 2:
        return [_job(task, today, vocabulary) for task in tasks]
    parts = spread(work, -(-len(tasks) // PART), workers)
    # Made by our own child a moment ago; nothing from outside is ever unpickled.
    return [made for part in parts for made in pickle.loads(part)]  # noqa: S301


def _job(task: Task, today: date, vocabulary: Vocabulary) -> tuple[Job | None, list[Issue]]:
    return to_job(
        task.posting,
        task.board,
        today,
        vocabulary,
        apply_via_source=task.apply_via_source,
        employer=task.employer,
    )
