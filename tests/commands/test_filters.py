"""`filters` of config.yaml: which jobs fetch takes, and the rule that left one out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from rolecall.config import load_config
from rolecall.filters import Filters, Sieve
from rolecall.model import Job
from rolecall.normalise.tags import Vocabulary

Run = Callable[..., Result]
TODAY = date(2026, 11, 22)
URL = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"


def job(**fields: Any) -> Job:
    values = {"title": "Senior Baker", "company": "Kneipp", "apply_url": "https://jobs.example/1", "posted": TODAY}
    return Job.model_validate(values | fields)


def rule(filters: dict[str, Any], one: Job) -> str | None:
    found = Sieve(Filters.model_validate(filters), Vocabulary.default().canonical).left_out(one, TODAY)
    return found.rule if found else None


BERLIN = {"city": "Berlin", "country": "DE"}
AUSTIN = {"city": "Austin", "region": "Texas", "country": "US"}
CASES = [
    ({"include": {"title": ["baker", "cook"]}}, {}, None),
    ({"include": {"title": "bake"}}, {}, "filters.include.title"),
    ({"exclude": {"title": "SENIOR baker"}}, {}, "filters.exclude.title"),
    ({"include": {"title": "C++"}}, {"title": "C++ Developer"}, None),
    ({"include": {"title": "Köchin"}}, {"title": "Kochin"}, None),
    ({"include": {"tags": "golang"}}, {"tags": ["go"]}, None),
    ({"include": {"tags": "golang"}}, {"tags": ["rust"]}, "filters.include.tags"),
    ({"exclude": {"tags": ["Go"]}}, {"tags": ["go", "rust"]}, "filters.exclude.tags"),
    ({"include": {"places": "Germany"}}, {"places": [BERLIN]}, None),
    ({"include": {"places": "de"}}, {"places": [AUSTIN, BERLIN]}, None),
    ({"include": {"places": "DACH"}}, {"places": [BERLIN]}, None),
    ({"include": {"places": "berlin"}}, {"places": [{"text": "Berlin or Hamburg"}]}, None),
    ({"include": {"places": "Berlin"}}, {"places": [AUSTIN]}, "filters.include.places"),
    ({"include": {"places": "Berlin"}}, {}, "filters.include.places"),
    ({"include": {"places": "DE"}}, {"remote_from": {"countries": ["DE"]}}, None),
    ({"include": {"places": "Europe"}}, {"remote_from": {"regions": ["EUROPE"]}}, None),
    ({"include": {"places": ["DE", "worldwide"]}}, {"remote_from": {"worldwide": True}}, None),
    ({"include": {"places": "DE"}}, {"remote_from": {"worldwide": True}}, "filters.include.places"),
    ({"exclude": {"places": "US"}}, {"places": [AUSTIN]}, "filters.exclude.places"),
    ({"exclude": {"places": "US"}}, {"places": [AUSTIN, BERLIN]}, None),
    ({"exclude": {"places": "US"}}, {}, None),
    ({"include": {"workplace": "remote"}}, {"workplace": "remote"}, None),
    ({"include": {"workplace": ["remote", "hybrid"]}}, {"workplace": "on_site"}, "filters.include.workplace"),
    ({"include": {"workplace": "remote"}}, {}, "filters.include.workplace"),
    ({"exclude": {"workplace": "on_site"}}, {}, None),
    ({"include": {"employment": "full_time"}}, {"employment": ["part_time", "full_time"]}, None),
    ({"exclude": {"employment": "intern"}}, {"employment": ["intern"]}, "filters.exclude.employment"),
    ({"include": {"language": "en"}}, {"language": "en-GB"}, None),
    ({"include": {"language": "en-GB"}}, {"language": "en"}, "filters.include.language"),
    ({"include": {"level": ["senior", "lead"]}}, {"level": "senior"}, None),
    ({"exclude": {"level": "intern"}}, {"level": "intern"}, "filters.exclude.level"),
    ({"max_age_days": 30}, {"posted": "2026-10-23"}, None),
    ({"max_age_days": 30}, {"posted": "2026-10-22"}, "filters.max_age_days"),
    ({"max_age_days": 30}, {"posted": "2026-10-01", "posted_estimated": True}, None),
    ({"salary_stated": "true"}, {}, "filters.salary_stated"),
    ({"salary_stated": True}, {"salary": {"min": 1}}, None),
    ({"include": {"title": "baker", "level": "lead"}}, {"level": "senior"}, "filters.include.level"),
]


@pytest.mark.parametrize(("filters", "fields", "expected"), CASES)
def test_a_rule_leaves_out_what_it_names(filters: dict[str, Any], fields: dict[str, Any], expected: str | None) -> None:
    assert rule(filters, job(**fields)) == expected


def test_a_job_that_is_left_out_is_told_what_was_found() -> None:
    sieve = Sieve(Filters.model_validate({"include": {"places": ["Oslo"]}}), Vocabulary.default().canonical)
    assert str(sieve.left_out(job(places=[AUSTIN]), TODAY)) == (
        'filters.include.places: "Austin, Texas, US" is none of "Oslo"'
    )


def test_a_wrong_rule_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "title: Jobs\nfilters:\n  include:\n    titel: [x]\nboards:\n"
        "  - {source: greenhouse, board: a, filters: {include: {workplace: onsite}}}\n"
    )
    stderr = run("check", "-C", tmp_path).stdout
    assert 'config.yaml:4:5: filters.include.titel: no field is called "titel"' in stderr.replace("'", '"')
    assert "config.yaml:6:67: boards[0].filters.include.workplace" in stderr


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


def record(folder: Path, boards: dict[str, list[dict[str, object]]]) -> Path:
    folder.mkdir(exist_ok=True)
    lines = []
    for name, items in boards.items():
        (folder / f"{name}.json").write_text(json.dumps({"jobs": items}))
        response = {"status": 200, "headers": {"content-type": "application/json"}, "body": f"{name}.json"}
        lines.append(json.dumps({"request": {"method": "GET", "url": URL.format(name)}, "response": response}))
    (folder / "index.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def config(folder: Path, filters: str, own: str = "{}") -> None:
    (folder / "config.yaml").write_text(
        f"title: Jobs\nfilters: {filters}\nboards:\n"
        f"  - {{source: greenhouse, board: kneipp, filters: {own}}}\n  - {{source: greenhouse, board: other}}\n"
    )


def fetch(run: Run, folder: Path, answers: Path, *more: object, now: str = "2026-11-22") -> dict[str, Any]:
    result = run("fetch", "-C", folder, "--replay", answers, "--now", now, "--json", *more)
    assert result.exit_code == 0, result.stderr
    report: dict[str, Any] = json.loads(result.stdout)
    return report


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return record(
        tmp_path / "answers",
        {"kneipp": [item(1), item(2, title="Smith"), item(3, title="Cook")], "other": [item(9, title="Smith")]},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "fresh"
    root.mkdir()
    return root


def files(folder: Path) -> list[str]:
    return sorted(path.name.rpartition("-")[0] for path in (folder / "jobs").rglob("*-*.yaml"))


def test_a_job_that_is_left_out_is_not_added_and_is_counted(run: Run, folder: Path, answers: Path) -> None:
    config(folder, "{exclude: {title: cook}}", "{exclude: {title: smith}}")
    report = fetch(run, folder, answers, "--explain")
    assert [(row["new"], row["filtered"], row["missing"]) for row in report["boards"]] == [(1, 2, 0), (1, 0, 0)]
    assert files(folder) == ["baker-1", "smith"]
    assert [(made["title"], made["why"].partition(":")[0]) for made in report["left_out"]] == [
        ("Smith", "boards[0].filters.exclude.title"),
        ("Cook", "filters.exclude.title"),
    ]
    assert fetch(run, folder, answers)["files_changed"] == 0


def test_explain_prints_a_line_for_each(run: Run, folder: Path, answers: Path) -> None:
    config(folder, "{include: {title: baker}}")
    text = run("fetch", "-C", folder, "--replay", answers, "--now", "2026-11-22", "--explain").stdout
    line = (
        'left out: greenhouse/other: Smith (https://jobs.example/9): filters.include.title: "Smith" is none of "baker"'
    )
    assert line in text.splitlines()
    text = run("fetch", "-C", folder, "--replay", answers, "--now", "2026-11-22").stdout
    assert "left out" not in text


def test_a_new_filter_drops_what_no_longer_fits_and_calls_it_neither_missing_nor_closed(
    run: Run, folder: Path, answers: Path
) -> None:
    config(folder, "{}")
    fetch(run, folder, answers)
    assert files(folder) == ["baker-1", "cook", "smith", "smith"]
    config(folder, "{include: {title: [baker]}}")
    report = fetch(run, folder, answers)
    assert [(row["filtered"], row["missing"], row["closed"], row["state"]) for row in report["boards"]] == [
        (2, 0, 0, "read"),
        (1, 0, 0, "read"),
    ]
    assert files(folder) == ["baker-1"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Cook\n", "title: Head of the kitchen\n"),
        ("title: Cook\n", "title: Cook\nfeatured: true\n"),
        ("title: Cook\n", "title: Cook\nstatus: closed\nclosed_reason: filled\n"),
    ],
)
def test_a_job_that_a_person_edited_is_never_filtered(
    run: Run, folder: Path, answers: Path, before: str, after: str
) -> None:
    config(folder, "{}")
    fetch(run, folder, answers)
    (path,) = (folder / "jobs").rglob("cook-*.yaml")
    path.write_text(path.read_text().replace(before, after))
    config(folder, "{include: {title: [baker]}}")
    assert fetch(run, folder, answers)["boards"][0]["filtered"] == 1
    assert path.exists()


def test_files_of_people_are_never_filtered(run: Run, folder: Path, answers: Path) -> None:
    own = folder / "jobs" / "acme" / "smith.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("title: Smith\ncompany: Acme\napply_url: https://acme.example/1\nposted: 2020-01-01\n")
    config(folder, "{include: {title: baker}, max_age_days: 100}")
    fetch(run, folder, answers)
    assert own.exists()


def test_a_board_that_fails_keeps_what_the_new_filter_would_drop(run: Run, folder: Path, answers: Path) -> None:
    config(folder, "{}")
    fetch(run, folder, answers)
    config(folder, "{include: {title: baker}}")
    fetch(run, folder, record(folder.parent / "half", {"kneipp": [item(1)]}))
    assert files(folder) == ["baker-1", "cook", "smith", "smith"]


def test_a_job_whose_own_page_could_not_be_read_is_not_dropped(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "config.yaml").write_text(
        "title: Jobs\nfilters: {include: {employment: full_time}}\nboards: [{source: workday, board: acme.wd5/Careers}]\n"
    )
    api = "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers"
    answers = tmp_path / "workday"
    answers.mkdir()
    path = "/job/Oslo/Cook_R1"
    bodies = {
        f"POST {api}/jobs": {
            "total": 1,
            "jobPostings": [{"title": "Cook", "externalPath": path, "bulletFields": ["R1"]}],
        },
        f"GET {api}{path}": {"jobPostingInfo": {"title": "Cook", "timeType": "Full time", "startDate": "2026-11-01"}},
    }
    lines = []
    for number, (asked, body) in enumerate(bodies.items()):
        (answers / f"{number}.json").write_text(json.dumps(body))
        method, url = asked.split()
        told = {"status": 200, "headers": {"content-type": "application/json"}, "body": f"{number}.json"}
        lines.append(json.dumps({"request": {"method": method, "url": url}, "response": told}))
    (answers / "index.jsonl").write_text("\n".join(lines))
    assert fetch(run, folder, answers)["boards"][0]["new"] == 1
    (answers / "index.jsonl").write_text(lines[0])
    assert fetch(run, folder, answers)["boards"][0]["filtered"] == 0
    assert files(folder) == ["cook"]


def test_what_one_boards_filter_hides_another_board_still_shows(run: Run, folder: Path, tmp_path: Path) -> None:
    both = record(tmp_path / "both", {"kneipp": [item(1)], "other": [item(1)]})
    config(folder, "{}", "{exclude: {title: baker}}")
    report = fetch(run, folder, both)
    assert [(row["new"], row["filtered"]) for row in report["boards"]] == [(0, 1), (1, 0)]


def test_the_sieves_of_a_config_go_by_the_boards_names(folder: Path) -> None:
    config(folder, "{salary_stated: true}", "{max_age_days: 3}")
    whole, own = load_config(folder / "config.yaml").sieves()["greenhouse/kneipp"]
    assert (whole.filters.salary_stated, own.filters.max_age_days, own.where) == (True, 3, "boards[0].filters")
