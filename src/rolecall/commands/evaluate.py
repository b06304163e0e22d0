"""`rolecall eval`: source and normaliser over saved answers, compared with what people read in the same postings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rolecall.commands.saved_postings import called, employer_of, postings_of
from rolecall.commands.scoring import EXACT, Facts, Ident, Miss, score
from rolecall.dedupe import dedupe
from rolecall.errors import PayloadError, RolecallError
from rolecall.model import Job
from rolecall.normalise.job import to_job
from rolecall.normalise.tags import Vocabulary
from rolecall.schema import json_ready, plain


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one comparison, field by field, and every miss."""

    figures: Mapping[str, Any]
    misses: Sequence[Miss]
    unread: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        return {**self.figures, "misses": [miss.as_dict() for miss in self.misses], "unread": list(self.unread)}

    def lines(self, *, misses: bool = True) -> Iterator[str]:
        """The comparison for a terminal: a line for each field, then one for each miss."""
        figures = self.figures
        left_out = "uncertain fields count" if figures["strict"] else "uncertain fields left out"
        yield f"{figures['items']} labels, {figures['missing_predictions']} without a job; {left_out}"
        for name in ("tags", "places"):
            found = figures[name]
            yield (
                f"{name:<12} precision {found['precision']:.3f}  recall {found['recall']:.3f}  F1 {found['f1']:.3f}"
                f"   ({found['tp']} right, {found['fp']} too many, {found['fn']} lacking)"
            )
        for name in EXACT:
            found = figures[name]
            yield (
                f"{name:<12} {_shown(found['accuracy'])} of {found['n']}   stated {_shown(found['accuracy_stated'])} "
                f"of {found['n_stated']}   not stated {_shown(found['accuracy_null'])} of {found['n_null']}"
            )
        for miss in self.misses if misses else ():
            yield f"{miss.file} {miss.key[:60]} {miss.field}: expected {miss.expected}, got {miss.got}"
        yield from (f"not read: {name}" for name in self.unread)


def _shown(share: float | None) -> str:
    return "  -  " if share is None else f"{share:.3f}"


def evaluate(labels: Path, payloads: Path, today: date, *, strict: bool = False) -> Evaluation:
    """How the jobs made of the files below `payloads` agree with `labels` (JSON lines).

    Raises `RolecallError` for a broken labels file, and `StoreError` for a label whose file leads out of the folder.
    """
    wanted = read_labels(labels)
    found, unread = facts_found(wanted, payloads, today)
    figures, misses = score(wanted, found, strict=strict)
    return Evaluation(figures, misses, unread)


def read_labels(path: Path) -> dict[Ident, Facts]:
    """The labels of a file of JSON lines, by file and key. Raises `RolecallError` that names the line."""
    found: dict[Ident, Facts] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
                found[str(row["file"]), str(row["key"])] = row
            except (ValueError, KeyError, TypeError) as error:
                hint = 'Write one JSON object a line, with "file" and "key".'
                raise RolecallError(f"{path}:{number}", "is no label.", hint) from error
    return found


def facts_found(wanted: Iterable[Ident], payloads: Path, today: date) -> tuple[dict[Ident, Facts], list[str]]:
    """What source and normaliser make of the postings `wanted`, and the files that no source reads, with the reason."""
    found: dict[Ident, Facts] = {}
    unread: list[str] = []
    vocabulary = Vocabulary.default()
    keys: dict[str, list[str]] = {}
    for name, key in wanted:
        keys.setdefault(name, []).append(key)
    for name in keys:
        try:
            board, postings = postings_of(payloads, name)
        except (PayloadError, OSError) as error:
            unread.append(f"{name}: {error}")
            continue
        for key in keys[name]:
            posting = called(key, postings)
            job = to_job(posting, board, today, vocabulary, employer=employer_of(name))[0] if posting else None
            if job is not None:
                found[name, key] = facts_of(job)
    return found, unread


@dataclass(frozen=True, slots=True)
class PairsJudged:
    """How the merging of copies agrees with pairs that people judged: `wrong` are those judged otherwise."""

    right: int
    false_merges: int
    wrong: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        return {"right": self.right, "false_merges": self.false_merges, "wrong": list(self.wrong)}

    def lines(self) -> Iterator[str]:
        yield f"{self.right} of {self.right + len(self.wrong)} pairs as labelled, {self.false_merges} false merges"
        yield from self.wrong


def judge_pairs(pairs: Path, payloads: Path, today: date) -> PairsJudged:
    """Whether each pair of a file of JSON lines (`a` and `b`: file and key; `same_opening`) is merged as it says.

    Two postings with one key of one source are one opening for rolecall, too.
    """
    right, merged, wrong = 0, 0, []
    for line in pairs.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        sides = [(str(pair[side]["file"]), str(pair[side]["key"])) for side in ("a", "b")]
        jobs = [_job_of(payloads, *side, today) for side in sides]
        if None in jobs:
            wrong.append(f"{sides}: no job")
            continue
        sources = {(name.partition("/")[0], key) for name, key in sides}
        one, other = (job for job in jobs if job is not None)
        is_one = len(sources) == 1 or bool(dedupe([("a", one), ("b", other)]).copies)
        if is_one == pair["same_opening"]:
            right += 1
        else:
            merged += is_one
            wrong.append(f"{one.company}: {one.title}: {'merged' if is_one else 'not merged'}")
    return PairsJudged(right, merged, wrong)


def _job_of(payloads: Path, name: str, key: str, today: date) -> Job | None:
    board, postings = postings_of(payloads, name)
    posting = called(key, postings)
    return to_job(posting, board, today, Vocabulary.default(), employer=employer_of(name))[0] if posting else None


def facts_of(job: Job) -> Facts:
    """A job as a label writes it down; a day that is only estimated is no day."""
    told = json_ready(plain(job))
    facts: dict[str, Any] = {name: told.get(name) for name in ("tags", "places", *EXACT)}
    facts["posted"] = None if job.posted_estimated else facts["posted"]
    return facts
