"""`rolecall why`: why a job is as it is, and why a posting has no file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
URL = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"


def item(key: int, **changes: object) -> dict[str, object]:
    return {
        "id": key,
        "title": f"Baker {key}",
        "absolute_url": f"https://jobs.example/{key}",
        "location": {"name": "Oslo, Norway"},
        "first_published": "2026-10-01T09:00:00-04:00",
        "content": "We bake.",
        "company_name": "Kneipp Bakery",
        **changes,
    }


@pytest.fixture
def fetch(run: Run, tmp_path: Path) -> Callable[..., None]:
    (tmp_path / "answers").mkdir()
    (tmp_path / "config.yaml").write_text(
        "title: Jobs\nfilters: {exclude: {title: smith}}\nboards:\n"
        "  - {source: greenhouse, board: kneipp}\n  - {source: greenhouse, board: other}\n"
    )

    def call(now: str, **boards: list[dict[str, object]]) -> None:
        lines = []
        for name, items in boards.items():
            (tmp_path / "answers" / name).write_text(json.dumps({"jobs": items}))
            told = {"status": 200, "headers": {"content-type": "application/json"}, "body": name}
            lines.append(json.dumps({"request": {"method": "GET", "url": URL.format(name)}, "response": told}))
        (tmp_path / "answers" / "index.jsonl").write_text("\n".join(lines) + "\n")
        result = run("fetch", "-C", tmp_path, "--replay", tmp_path / "answers", "--now", now)
        assert result.exit_code == 0, result.stderr

    return call


def why(run: Run, folder: Path, job: str, now: str = "2026-11-22") -> list[dict[str, object]]:
    result = run("why", job, "-C", folder, "--now", now, "--json")
    assert result.exit_code == 0, result.stderr
    answers: list[dict[str, object]] = json.loads(result.stdout)
    return answers


def facts(answer: dict[str, object]) -> dict[str, str]:
    return {fact["what"]: fact["why"] for fact in answer["facts"]}


def test_a_job_is_found_by_title_file_and_id(run: Run, tmp_path: Path, fetch: Callable[..., None]) -> None:
    fetch("2026-11-22", kneipp=[item(1), item(2)], other=[])
    (one,) = why(run, tmp_path, "baker 1")
    assert (one["state"], one["file"][:25]) == ("open", "jobs/kneipp-bakery/baker-")
    assert facts(one)["from"] == "greenhouse/kneipp, key 1, https://jobs.example/1"
    assert facts(one)["published"] == "2026-10-01"
    for name in (one["id"], one["id"][:8], one["file"], one["file"].removeprefix("jobs/")):
        assert why(run, tmp_path, name) == [one]
    assert len(why(run, tmp_path, "BAKER")) == 2


def test_missing_and_closed_are_told_with_their_days(run: Run, tmp_path: Path, fetch: Callable[..., None]) -> None:
    several = [item(key) for key in range(1, 4)]
    fetch("2026-11-01", kneipp=several, other=[])
    fetch("2026-11-02", kneipp=several[1:], other=[])
    (one,) = why(run, tmp_path, "Baker 1", "2026-11-02")
    assert one["state"] == "open, missing since 2026-11-02"
    assert "2026-11-05" in facts(one)["why"]
    fetch("2026-11-05", kneipp=several[1:], other=[])
    (one,) = why(run, tmp_path, "Baker 1", "2026-11-05")
    assert one["state"] == "closed on 2026-11-05"
    assert facts(one)["why"] == "its board did not list it (not listed), missing since 2026-11-02"


def test_a_posting_that_a_rule_hid_is_told_with_the_rule(run: Run, tmp_path: Path, fetch: Callable[..., None]) -> None:
    fetch("2026-11-22", kneipp=[item(1), item(7, title="Smith")], other=[])
    (one,) = why(run, tmp_path, "smith")
    assert (one["state"], one["file"]) == ("left out (filtered)", None)
    assert facts(one)["why"] == 'filters.exclude.title: "Smith" is one of "smith"'
    assert facts(one)["decided"] == "by the fetch of 2026-11-22"


def test_a_copy_is_told_with_the_job_that_stands_for_it(run: Run, tmp_path: Path, fetch: Callable[..., None]) -> None:
    fetch("2026-11-22", kneipp=[item(1)], other=[item(1)])
    standing, copy = why(run, tmp_path, "Baker")
    assert (standing["state"], copy["state"]) == ("open", "left out (copy)")
    assert facts(copy)["see"] == standing["file"]
    assert "stands for" in facts(standing)


def test_what_looks_alike_is_told_with_its_reason(run: Run, tmp_path: Path, fetch: Callable[..., None]) -> None:
    fetch("2026-11-22", kneipp=[item(1, title="Cook")], other=[item(2, title="Cook")])
    first, second = why(run, tmp_path, "cook")
    assert facts(first)["looks like"].startswith(f"{second['file']}: same employer and title")


def test_a_failed_board_keeps_what_was_decided_before(run: Run, tmp_path: Path, fetch: Callable[..., None]) -> None:
    fetch("2026-11-21", kneipp=[item(7, title="Smith")], other=[])
    fetch("2026-11-22", other=[])
    assert facts(why(run, tmp_path, "smith")[0])["decided"] == "by the fetch of 2026-11-21"


def test_a_persons_file_and_a_persons_closing_are_told(run: Run, tmp_path: Path, fetch: Callable[..., None]) -> None:
    own = tmp_path / "jobs" / "acme" / "cook.yaml"
    own.parent.mkdir(parents=True)
    text = "title: Cook\ncompany: Acme\napply_url: https://acme.example/1\nposted: 2026-11-01\n"
    own.write_text(text)
    (one,) = why(run, tmp_path, "cook")
    assert (one["state"], facts(one)["from"]) == ("open", "a file that a person wrote")
    own.write_text(f"{text}status: closed\nclosed_reason: filled\n")
    assert facts(why(run, tmp_path, "cook")[0])["why"] == "a person closed it (filled)"
    own.write_text(f"{text}closes: 2026-11-20\n")
    assert why(run, tmp_path, "cook")[0]["state"] == "closed since 2026-11-20"


def test_nothing_of_that_name_is_an_error_and_the_cache_may_be_broken(
    run: Run, tmp_path: Path, fetch: Callable[..., None]
) -> None:
    fetch("2026-11-22", kneipp=[item(1)], other=[])
    (tmp_path / ".cache" / "fetch" / "decisions").write_text("[1]\nnot json\n")
    result = run("why", "Bakr 1", "-C", tmp_path)
    assert (result.exit_code, 'Did you mean "baker 1"?' in result.stderr) == (1, True)


def test_a_person_reads_lines(run: Run, tmp_path: Path, fetch: Callable[..., None]) -> None:
    fetch("2026-11-22", kneipp=[item(1)], other=[])
    lines = run("why", "baker", "-C", tmp_path, "--now", "2026-11-22").stdout.splitlines()
    assert lines[0].startswith("Baker 1, Kneipp Bakery (")
    assert "  published: 2026-10-01" in lines
