"""Boards that are far larger than anybody's: they work, or are refused in words, and no file is made that cannot be read.

How long it takes, and that twice as much takes twice as long, is measured by `bench/load.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rolecall.yaml_io import MAX_BYTES

DAY, NEXT = "2026-11-22", "2026-11-23"
CONFIG = "title: Jobs\nbase_url: https://o.github.io/r/\nrepository: o/r\nboards:\n"
BOARD = "  - {{source: greenhouse, board: acme{n}, company: Acme}}\n"
OWN = "title: Diver\ncompany: Tide\napply_url: https://tide.example/1\nposted: 2026-11-01\n"


class Crowd:
    """A board whose sources answer what they are told."""

    def __init__(self, folder: Path, run: Callable[..., Any]) -> None:
        self.folder, self._run = folder / "board", run
        (self.folder / "jobs").mkdir(parents=True)
        self.answers = folder / "answers"
        self.answers.mkdir()
        (self.folder / "README.md").write_text("# Jobs\n\n<!-- rolecall:start -->\n<!-- rolecall:end -->\n")

    def boards(self, names: list[str], say: Callable[[str], list[dict[str, Any]]]) -> None:
        (self.folder / "config.yaml").write_text(CONFIG + "".join(BOARD.format(n=name) for name in names))
        lines = []
        for name in names:
            (self.answers / f"{name}.json").write_text(json.dumps({"jobs": say(name)}))
            url = f"https://boards-api.greenhouse.io/v1/boards/acme{name}/jobs"
            told = {"status": 200, "headers": {"content-type": "application/json"}, "body": f"{name}.json"}
            lines.append(json.dumps({"request": {"method": "GET", "url": url}, "response": told}) + "\n")
        (self.answers / "index.jsonl").write_text("".join(lines))

    def own(self, text: str) -> None:
        path = self.folder / "jobs" / "tide" / "diver.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(OWN + text)

    def go(self, *words: object, code: int = 0) -> str:
        done = self._run(*words, "-C", self.folder)
        assert done.exit_code == code, done.output[-3000:]
        return str(done.output)

    def fetch(self, day: str = DAY) -> str:
        return self.go("fetch", "--replay", self.answers, "--now", day)

    def jobs_built(self) -> int:
        return int(json.loads(self.go("build", "--now", NEXT, "--json", "--quiet"))["jobs"])

    def files(self) -> list[Path]:
        return sorted((self.folder / "jobs").rglob("*-*.yaml"))


@pytest.fixture
def crowd(tmp_path: Path, run: Callable[..., Any]) -> Crowd:
    return Crowd(tmp_path, run)


def posting(key: int, title: str = "Cook", **more: Any) -> dict[str, Any]:
    return {
        "absolute_url": f"https://job-boards.greenhouse.io/acme/jobs/{key}",
        "id": key,
        "title": title,
        "location": {"name": "Hamburg, Germany"},
        "first_published": "2026-10-01T09:30:00-04:00",
        "updated_at": "2026-11-02T10:00:00-05:00",
        "content": "&lt;p&gt;Two hundred people a day eat what you cook, in a kitchen with windows on three sides.&lt;/p&gt;",
        "metadata": [],
    } | more


def words(count: int) -> str:
    return " ".join(f"word{number}" for number in range(count))


def test_a_fetched_description_of_20_000_words_is_cut_so_that_one_sees_it(crowd: Crowd) -> None:
    crowd.boards(["1"], lambda _: [posting(1, content=f"&lt;p&gt;{words(20_000)}&lt;/p&gt;")])
    crowd.fetch()
    [file] = crowd.files()
    assert "<p>…</p>" in file.read_text()
    assert crowd.jobs_built() == 1


def test_a_persons_description_of_20_000_words_is_refused_with_both_sizes(crowd: Crowd) -> None:
    crowd.boards([], lambda _: [])
    crowd.own(f"description: |\n  {words(20_000)}\n")
    said = crowd.go("check", "--now", DAY, code=1)
    assert "jobs/tide/diver.yaml: is " in said
    assert f"over the limit of {MAX_BYTES:,}" in said


def test_a_job_with_200_places_is_cut_to_what_a_file_may_hold_which_is_said(crowd: Crowd) -> None:
    places = "; ".join(f"Town{number}, Germany" for number in range(200))
    crowd.boards(["1"], lambda _: [posting(1, location={"name": places})])
    cut = "greenhouse/acme1 1: names 200 places, and the job keeps the first 50: 150 are left out."
    assert cut in crowd.fetch()
    assert cut in crowd.fetch(NEXT)  # as long as it is so
    [file] = crowd.files()
    noticed = f"jobs/acme/{file.name}:"
    assert noticed in (said := crowd.go("check", "--now", DAY))
    assert "places: has 50 places, the most that fetch keeps: the posting may name more." in said
    assert crowd.jobs_built() == 1


def test_a_persons_job_with_200_places_is_refused_with_the_limit(crowd: Crowd) -> None:
    crowd.boards([], lambda _: [])
    crowd.own("places:\n" + "".join(f"  - {{city: Town {number}, country: DE}}\n" for number in range(200)))
    assert "places: is too long: 200, the limit is 100" in crowd.go("check", "--now", DAY, code=1)


def test_an_opening_that_a_hundred_boards_list_is_one_file_that_can_be_read(crowd: Crowd) -> None:
    """Each names the opening under an address of its own, as long as one may be."""
    crowd.boards([f"{n}" for n in range(100)], lambda name: [posting(1, absolute_url=address(name))])
    crowd.fetch()
    [file] = crowd.files()
    assert "alternates:" in file.read_text()
    assert file.stat().st_size < MAX_BYTES
    before = file.read_bytes()
    assert "error" not in crowd.fetch(NEXT)
    assert file.read_bytes() == before
    assert crowd.jobs_built() == 1


def address(name: str) -> str:
    return f"https://job-boards.greenhouse.io/acme/jobs/1?board={name}&{'x' * 1500}="


def test_an_address_that_is_another_every_day_makes_no_file_grow_for_ever(crowd: Crowd) -> None:
    sizes = []
    for day in range(1, 29):
        today = {"1": "1", "2": f"2-{day}"}
        crowd.boards(["1", "2"], lambda name, today=today: [posting(1, absolute_url=address(today[name]))])
        crowd.fetch(f"2026-11-{day:02}")
        sizes.append(sum(file.stat().st_size for file in crowd.files()))
    assert sizes[0] < sizes[2]
    assert sizes[-1] == sizes[-10]


@pytest.mark.thorough
def test_a_company_with_5_000_openings_is_built(crowd: Crowd) -> None:
    crowd.boards(["1"], lambda _: [posting(key, f"Cook {key}") for key in range(1, 5001)])
    crowd.fetch()
    assert crowd.jobs_built() == 5000


@pytest.mark.thorough
def test_5_000_boards_are_read(crowd: Crowd) -> None:
    crowd.boards([f"{n}" for n in range(5000)], lambda name: [posting(int(name) + 1, f"Cook {name}")])
    assert "No problems" in crowd.go("check", "--now", DAY)
    assert "5000 of 5000 boards read" in crowd.fetch()
