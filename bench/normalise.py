# ruff: noqa: T201 -- a script that prints
"""What reading a posting costs, part by part, in microseconds: the least of several rounds over the same postings.

    python bench/normalise.py [--payloads DIR] [--rounds 5]

Without `--payloads` the postings are invented; with it, they are all that the sources read in the answers below DIR.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rolecall.model import Board, PlaceText, Posting, Workplace
from rolecall.normalise.body import read_body
from rolecall.normalise.closes_said import closes_said
from rolecall.normalise.contract_said import employment_said, sponsorship_said
from rolecall.normalise.dates import read_date
from rolecall.normalise.description import for_readers, whole_description
from rolecall.normalise.employment import read_employment
from rolecall.normalise.job import to_job
from rolecall.normalise.language import language_of
from rolecall.normalise.level import read_level
from rolecall.normalise.pay_in_text import salary_in
from rolecall.normalise.place import read_places
from rolecall.normalise.remote_from import read_remote_from
from rolecall.normalise.salary import read_salary
from rolecall.normalise.tags import Vocabulary
from rolecall.normalise.title import Known, read_title
from rolecall.normalise.workplace import read_workplace

TODAY = date(2026, 11, 22)
SENTENCES = (
    "We look after the harbour ledger in Python, Go and PostgreSQL on Kubernetes, and write down what we decide.",
    "You review with care, ship small changes every day, and know CI/CD, Terraform and AWS or another cloud well.",
    "The salary is €60,000 to €75,000 a year; you may work from Germany or Portugal, two days a week in the office.",
)


def invented(count: int) -> list[tuple[Board, Posting]]:
    board = Board("greenhouse", "harbour")
    part = "".join(
        f"<p><strong>{at}</strong> {sentence}</p>" for at, sentence in enumerate((*SENTENCES[:2] * 8, SENTENCES[2]))
    )
    body = f"<h3>What you do</h3>{part}<h3>What you bring</h3><ul><li>Java</li><li>Kafka</li><li>SQL</li></ul>"
    return [
        (
            board,
            Posting(
                key=str(at),
                title=f"Senior Backend Engineer {at}",
                url=f"https://harbour.example/{at}",
                places=(PlaceText(text="Remote - Germany"), PlaceText(text="Lisbon, Portugal")),
                description=body.replace("harbour", f"harbour {at}"),
                employment=("Full-time",),
                posted="2026-10-02T09:00:00Z",
            ),
        )
        for at in range(count)
    ]


def collected(payloads: Path) -> list[tuple[Board, Posting]]:
    from rolecall.commands.saved_postings import postings_of
    from rolecall.errors import RolecallError

    found: list[tuple[Board, Posting]] = []
    for path in sorted(payloads.glob("*/*.*")):
        try:
            board, postings = postings_of(payloads, path.relative_to(payloads).as_posix())
        except RolecallError:
            continue
        found += [(board, posting) for posting in postings]
    return found


def least_us(work: Callable[[Any], object], items: Sequence[Any], rounds: int) -> float:
    """The least processor time of several rounds, per item."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for item in items:
            work(item)
        best = min(best, time.process_time() - started)
    return best / len(items) * 1e6


def parts(postings: Sequence[tuple[Board, Posting]]) -> Iterable[tuple[str, Callable[[Any], object], Sequence[Any]]]:
    vocabulary = Vocabulary.default()
    only = [posting for _, posting in postings]
    wholes = [whole_description(posting) for posting in only]
    read = [(posting, read_body(html)) for posting, html in zip(only, wholes, strict=True)]
    bodies = [body for _, body in read]
    titles = [(posting.title, Known("Harbour", read_places(posting.places))) for posting in only]
    yield "description", whole_description, only
    yield "  tidied", for_readers, wholes
    yield "parts of it", read_body, wholes
    yield "tags", lambda one: vocabulary.read(one[0].title, one[1], one[0].tags), read
    yield "pay: fields", lambda one: read_salary(one.salary), only
    yield "pay: text", lambda body: salary_in(body.text), bodies
    yield "places", lambda one: read_places(one.places), only
    yield "workplace", lambda one: read_workplace(*one), read
    yield "remote_from", lambda one: read_remote_from(one[0], Workplace.REMOTE, one[1]), read
    yield "employment", lambda one: (read_employment(one[0].employment), employment_said(one[1])), read
    yield "sponsorship", sponsorship_said, bodies
    yield "language", language_of, bodies
    yield "last day", lambda body: closes_said(body, TODAY), bodies
    yield "level", lambda one: read_level(one.title), only
    yield "title", lambda one: read_title(*one), titles
    yield "dates", lambda one: read_date(one.posted, TODAY), only
    yield "to_job", lambda one: to_job(one[1], one[0], TODAY, vocabulary), postings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--payloads", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    said = parser.parse_args()
    postings = collected(said.payloads) if said.payloads else invented(300)
    size = sum(len(posting.description or "") for _, posting in postings) // len(postings)
    print(f"{len(postings)} postings, {size:,} characters of description each; microseconds a posting")
    for name, work, items in parts(postings):
        print(f"{name:<14}{least_us(work, items, said.rounds):9.1f}")


if __name__ == "__main__":
    main()
