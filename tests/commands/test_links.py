"""`rolecall links`: what a page changes in a job file, and what it must not change."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from click.testing import Result

JOB = """\
# Found by Ada.
title: {title}
company: Acme
apply_url: {url}   # the page
posted: 2026-10-01
"""
OPEN, CLOSED_PAGE = "<h1>{}</h1>", "<h1>This position has been filled</h1>"


class Board:
    """A board of people's jobs, and what their pages answer: a status, or a page."""

    def __init__(self, folder: Path, run: Callable[..., Result]) -> None:
        self.folder, self.run = folder, run
        self.pages: dict[str, int | str] = {}
        self.config("title: Jobs\n")

    def config(self, text: str) -> None:
        (self.folder / "config.yaml").write_text(text)

    def job(self, name: str, page: int | str = 200, *, url: str = "", more: str = "") -> Path:
        """A job file whose page answers so; 200 is a page that names the job."""
        url = url or f"https://{name}.example/jobs/1"
        self.pages[url] = OPEN.format(name) if page == 200 else page
        path = self.folder / "jobs" / "acme" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(JOB.format(title=name, url=url) + more)
        return path

    def links(self, day: str, *arguments: str) -> Result:
        answers = self.folder / "answers"
        answers.mkdir(exist_ok=True)
        lines = []
        for number, (url, page) in enumerate(self.pages.items()):
            body = answers / f"{number}.html"
            body.write_text(page if isinstance(page, str) else "")
            told = {"status": page if isinstance(page, int) else 200, "headers": {"content-type": "text/html"}}
            asked = {"request": {"method": "GET", "url": url}, "response": told | {"body": body.name}}
            lines.append(json.dumps(asked))
        (answers / "index.jsonl").write_text("\n".join(lines))
        result = self.run("links", "-C", self.folder, "--replay", answers, "--now", day, *arguments)
        assert result.exit_code in (0, 1), result.output
        return result

    def told(self, day: str, *arguments: str) -> Mapping[str, Any]:
        values: dict[str, Any] = json.loads(self.links(day, "--json", *arguments).stdout)
        return values


@pytest.fixture
def jobs(tmp_path: Path, run: Callable[..., Result]) -> Board:
    return Board(tmp_path, run)


def test_a_page_that_stands_changes_nothing(jobs: Board) -> None:
    path = jobs.job("cook")
    before = path.read_bytes()
    told = jobs.told("2026-11-22", "--write")
    assert (told["counts"]["open"], path.read_bytes()) == (1, before)


def test_the_first_time_a_page_is_gone_only_its_day_is_noted(jobs: Board) -> None:
    path = jobs.job("cook", 404)
    before = path.read_text()
    assert jobs.told("2026-11-22", "--write")["links"][0]["step"] == "marked"
    assert path.read_text() == before + "missing_since: 2026-11-22\n"
    assert jobs.told("2026-11-22", "--write")["links"][0]["step"] == "waiting"


def test_gone_for_close_after_days_closes_the_job_and_its_comments_stay(jobs: Board) -> None:
    path = jobs.job("cook", 404)
    jobs.links("2026-11-15", "--write")
    assert jobs.told("2026-11-17", "--write")["links"][0]["step"] == "waiting"
    assert jobs.told("2026-11-22", "--write")["links"][0]["step"] == "closed"
    text = path.read_text()
    assert text.startswith("# Found by Ada.\n")
    assert text.endswith("status: closed\nclosed_at: 2026-11-22\nclosed_reason: page gone (404)\n")
    assert "missing_since" not in text


def test_a_page_that_is_back_in_between_takes_the_note_away(jobs: Board) -> None:
    path = jobs.job("cook", 410)
    before = path.read_text()
    jobs.links("2026-11-15", "--write")
    jobs.pages["https://cook.example/jobs/1"] = OPEN.format("cook")
    assert jobs.told("2026-11-22", "--write")["links"][0]["step"] == "relisted"
    assert path.read_text() == before


@pytest.mark.parametrize("page", [401, 403, 429, 500, 503, "", "<h1>Just a moment...</h1>", "<h1>Careers</h1>"])
def test_unsure_is_never_stored(jobs: Board, page: int | str) -> None:
    path = jobs.job("cook", page)
    before = path.read_bytes()
    for day in ("2026-11-15", "2026-11-22", "2026-11-29"):
        assert jobs.told(day, "--write")["counts"]["unsure"] == 1
    assert path.read_bytes() == before


def test_unsure_between_two_times_gone_neither_closes_nor_clears(jobs: Board) -> None:
    path = jobs.job("cook", 404)
    jobs.links("2026-11-15", "--write")
    noted = path.read_bytes()
    jobs.pages["https://cook.example/jobs/1"] = 503
    jobs.links("2026-11-22", "--write")
    assert path.read_bytes() == noted


def test_a_job_that_it_closed_is_listed_again_when_its_page_is_back(jobs: Board) -> None:
    path = jobs.job("cook", CLOSED_PAGE)
    before = path.read_text()
    for day in ("2026-11-15", "2026-11-22"):
        jobs.links(day, "--write")
    assert "closed_reason: page gone (it says so)" in path.read_text()
    jobs.pages["https://cook.example/jobs/1"] = OPEN.format("cook")
    assert jobs.told("2026-11-29", "--write")["links"][0]["step"] == "relisted"
    assert path.read_text() == before


def test_a_persons_decision_is_left_alone(jobs: Board) -> None:
    kept = jobs.job("cook", 404, more="status: open\nkeep: [status]\n")
    closed = jobs.job("smith", 200, more="status: closed\nclosed_reason: They called us.\n")
    before = kept.read_bytes(), closed.read_bytes()
    for day in ("2026-11-15", "2026-11-22"):
        told = jobs.told(day, "--write")
        assert [(link["file"], link["decides"]) for link in told["links"]] == [("jobs/acme/cook.yaml", False)]
    assert (kept.read_bytes(), closed.read_bytes()) == before


def test_without_write_no_file_changes(jobs: Board) -> None:
    path = jobs.job("cook", 404)
    before = path.read_bytes()
    result = jobs.links("2026-11-22")
    assert "gone: jobs/acme/cook.yaml:4:12: apply_url: https://cook.example/jobs/1 answered 404." in result.stderr
    assert "nothing written, add --write" in result.stdout
    assert path.read_bytes() == before


SOURCE = 'source: {name: greenhouse, board: acme, key: "1"}\n'


def test_a_boards_list_decides_of_its_own_jobs(jobs: Board) -> None:
    jobs.config("title: Jobs\nboards:\n  - {source: greenhouse, board: acme}\n")
    path = jobs.job("cook", 404, more=SOURCE)
    before = path.read_bytes()
    told = jobs.told("2026-11-22", "--write")
    assert (told["links"], told["skipped"]) == ([], {"decided by a board's list": 1})
    told = jobs.told("2026-11-22", "--write", "--all")
    assert (told["counts"]["gone"], told["links"][0]["step"], path.read_bytes()) == (1, "", before)


def test_a_job_whose_board_is_no_longer_read_is_asked_like_a_persons(jobs: Board) -> None:
    path = jobs.job("cook", 404, more=SOURCE)
    for day in ("2026-11-15", "2026-11-22"):
        jobs.links(day, "--write")
    assert "closed_reason: page gone (404)" in path.read_text()


def test_a_mail_address_is_counted_and_not_asked(jobs: Board) -> None:
    jobs.job("cook", url="mailto:jobs@acme.example")
    jobs.pages.clear()
    told = jobs.told("2026-11-22")
    assert (told["addresses"], told["skipped"]) == (0, {"mailto": 1})


def test_many_jobs_on_one_page_cost_one_request_and_are_judged_each(jobs: Board) -> None:
    url = "https://acme.example/careers"
    jobs.job("cook", "<h1>Careers</h1><p>cook</p>", url=url)
    jobs.job("smith", "<h1>Careers</h1><p>cook</p>", url=url)
    jobs.job("baker", "<h1>Careers</h1><p>cook</p>", url=f"{url}#baker")
    told = jobs.told("2026-11-22")
    standings = {link["file"]: link["standing"] for link in told["links"]}
    assert told["addresses"] == 1
    assert [standings[f"jobs/acme/{name}.yaml"] for name in ("cook", "smith", "baker")] == ["open", "unsure", "unsure"]


def test_a_host_whose_pages_are_all_gone_at_once_is_not_believed(jobs: Board) -> None:
    at_one_host = [jobs.job(f"cook-{n}", 404, url=f"https://acme.example/jobs/{n}") for n in range(3)]
    alone = jobs.job("smith", 404)
    told = jobs.told("2026-11-22", "--write")
    (said,) = told["held"]
    assert said.startswith("acme.example: all 3 pages are gone at once; nothing is noted for them.")
    assert said.endswith("--accept-gone acme.example")
    assert ["missing_since" in path.read_text() for path in (*at_one_host, alone)] == [False, False, False, True]
    jobs.links("2026-11-22", "--write", "--accept-gone", "acme.example")
    assert all("missing_since: 2026-11-22" in path.read_text() for path in at_one_host)


def test_when_most_pages_are_gone_at_once_nothing_is_noted(jobs: Board) -> None:
    gone = [jobs.job(f"cook-{n}", 404) for n in range(10)]
    for n in range(9):
        jobs.job(f"smith-{n}")
    told = jobs.told("2026-11-22", "--write")
    assert told["held"] == ["10 of 19 pages are gone at once; nothing is noted for any of them."]
    assert not any("missing_since" in path.read_text() for path in gone)
    jobs.job("smith-9")
    assert jobs.told("2026-11-22", "--write")["held"] == []
    assert all("missing_since" in path.read_text() for path in gone)


def test_max_asks_missing_ones_first_and_in_some_weeks_all(jobs: Board) -> None:
    missing = jobs.job("cook", 404)
    jobs.links("2026-11-01", "--write")
    others = {f"https://smith-{n}.example/jobs/1" for n in range(7)}
    for n in range(7):
        jobs.job(f"smith-{n}")
    asked: set[str] = set()
    for day in ("02", "09", "16", "23"):
        told = jobs.told(f"2026-11-{day}", "--max", "3")
        urls = {link["url"] for link in told["links"]}
        assert ("https://cook.example/jobs/1" in urls, len(urls), told["skipped"]) == (True, 3, {"over --max": 5})
        asked |= urls
    assert others <= asked
    assert missing.exists()


def test_strict_exits_with_1_when_a_page_is_gone(jobs: Board) -> None:
    jobs.job("cook")
    assert jobs.links("2026-11-22", "--strict").exit_code == 0
    jobs.job("smith", 404)
    assert jobs.links("2026-11-22", "--strict").exit_code == 1
    assert jobs.links("2026-11-22").exit_code == 0


def test_a_broken_file_is_named_and_the_others_are_asked(jobs: Board) -> None:
    jobs.job("cook")
    (jobs.folder / "jobs" / "acme" / "broken.yaml").write_text("title: [\n")
    result = jobs.links("2026-11-22")
    assert "error: jobs/acme/broken.yaml" in result.stderr
    assert "1 page of 1 jobs asked: 1 open, 0 gone, 0 unsure." in result.stdout


def test_the_step_summary_is_a_block_in_which_a_page_cannot_act(jobs: Board, tmp_path: Path) -> None:
    jobs.job("cook", "<h1>``` @everyone ::error::x This job is closed</h1>")
    summary = tmp_path / "summary.md"
    answers = jobs.folder / "answers"
    jobs.links("2026-11-22")
    jobs.run("links", "-C", jobs.folder, "--replay", answers, env={"GITHUB_STEP_SUMMARY": str(summary)})
    text = summary.read_text()
    assert text.count("```") == 2
    assert "@everyone" not in text
    assert not any(line.startswith("::") for line in text.splitlines())


def test_two_ways_of_answering_exclude_each_other(jobs: Board, tmp_path: Path) -> None:
    result = jobs.run("links", "-C", jobs.folder, "--replay", tmp_path, "--record", tmp_path)
    assert result.exit_code == 2
