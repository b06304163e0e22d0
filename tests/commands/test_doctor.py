"""`rolecall doctor`: each thing that goes wrong with a board is found, and a sound board is left in peace."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[..., "Result"]
NOW = ("--now", "2026-11-22T12:00:00Z")
COMMITTED = "2026-11-21T12:00:00Z"


class Board:
    """A board that `rolecall init` made, in a repository with a remote, all committed."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.run = folder, run
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("remote", "add", "origin", "git@github.com:ada/harbour.git")
        assert run("init", "--title", "Harbour jobs", *NOW, folder=folder).exit_code == 0
        (folder / "logos" / "example-company.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
        self.commit()

    def git(self, *arguments: str, date: str = COMMITTED) -> None:
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        env |= {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
        for role in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{role}_NAME": "Ada", f"GIT_{role}_EMAIL": "ada@example.org"}
        subprocess.run(["git", *arguments], cwd=self.folder, env=env, check=True, capture_output=True)

    def commit(self, date: str = COMMITTED) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Board", date=date)

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / file).write_text(text, encoding="utf-8")

    def report(self, *, now: str = NOW[1]) -> dict[str, Any]:
        done = self.run("doctor", "--json", "--now", now, folder=self.folder)
        report: dict[str, Any] = json.loads(done.stdout)
        levels = {finding["level"] for finding in report["findings"]}
        assert done.exit_code == (1 if "error" in levels else 0)
        assert all(finding["where"] and finding["what"] and finding["hint"] for finding in report["findings"])
        return report

    def findings(self, **options: str) -> dict[str, str]:
        """By code, the level of each finding."""
        return {finding["code"]: finding["level"] for finding in self.report(**options)["findings"]}


@pytest.fixture
def sick(tmp_path: Path, run: Run) -> Board:
    """A board for a test to break."""
    return Board(tmp_path, run)


def fetched(title: str, board: str, **more: str) -> str:
    lines = {"title": title, "company": "Example Company", "apply_url": "https://example.com/1", "posted": "2026-11-01"}
    lines |= more | {"source": f"{{name: greenhouse, board: {board}, key: {title}}}"}
    return "".join(f"{key}: {value}\n" for key, value in lines.items())


def test_a_sound_board_has_nothing_to_mend(sick: Board) -> None:
    assert sick.findings() == {}
    done = sick.run("doctor", *NOW, folder=sick.folder)
    assert done.stdout.splitlines()[-1] == "Nothing to mend."
    assert "data as of 2026-11-21" in done.stdout


def test_the_doctor_changes_nothing(sick: Board) -> None:
    before = {path: path.stat().st_mtime_ns for path in sick.folder.rglob("*") if ".git" not in path.parts}
    sick.findings()
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert {path for path in sick.folder.rglob("*") if ".git" not in path.parts} == set(before)


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "level"),
    [
        ("config.yaml", "title:", "titel:", "schema", "error"),
        ("config.yaml", "repository: ada/harbour", "repository: eve/harbour", "other-repository", "warning"),
        ("config.yaml", "repository: ada/harbour", "# none", "no-repository", "warning"),
        ("config.yaml", "base_url: https://ada.github.io/harbour/", "base_url: https://ada.github.io/", "base-url-differs", "warning"),
        ("config.yaml", "base_url: https://", "base_url: http://", "base-url-http", "warning"),
        ("config.yaml", "boards: []", "boards: [{source: greenhouse, board: acme}]", "no-jobs", "info"),
        ("README.md", "<!-- rolecall:end -->", "", "marker", "error"),
        (".github/workflows/update.yml", "23 5,17", "0 5,17", "cron-minute-0", "warning"),
        (".github/workflows/update.yml", "name: update", "name: mine", "workflow-differs", "warning"),
        (".github/workflows/update.yml", "permissions: {}\n", "", "workflow-differs", "warning"),
        (".github/workflows/pages.yml", "[main, master]", "[trunk]", "other-branch", "warning"),
        (".github/scripts/push-changes", "3", "4", "workflow-differs", "warning"),
        (".github/rolecall.txt", "rolecall==0.1.0", "rolecall==0.0.9", "other-version", "info"),
        (".github/rolecall.txt", "rolecall", "rollcall", "no-rolecall", "error"),
        (".github/requirements.txt", "\nclick==8", "\nclick==7", "pin", "error"),
        (".github/requirements.txt", "\njinja2==", "\njinja-2==", "pin", "error"),
        ("jobs/example-company/baker.yaml", "workplace: on_site", "closes: 2026-11-22\nworkplace: on_site", None, None),
        ("jobs/example-company/baker.yaml", "posted: 2026-11-22", "posted: 2026-11-01\ncloses: 2026-11-21", "over", "info"),
        ("jobs/example-company/baker.yaml", "title:", "titel:", "schema", "error"),
        ("jobs/example-company/baker.yaml", "**This is", "é" * 26_000 + " **This is", "large-jobs", "warning"),
    ],
)  # fmt: skip
def test_a_change_that_harms_the_board_is_found(
    sick: Board, file: str, old: str, new: str, code: str | None, level: str | None
) -> None:
    sick.change(file, old, new)
    sick.commit()
    findings = sick.findings()
    assert findings.get(code) == level if code else findings == {}


@pytest.mark.parametrize(
    ("file", "code", "level"),
    [
        (".github/workflows/update.yml", "workflow-missing", "warning"),
        (".github/scripts/install", "workflow-missing", "warning"),
        (".github/ISSUE_TEMPLATE/config.yml", "form-missing", "info"),
        (".github/rolecall.txt", "no-rolecall", "error"),
        ("README.md", "no-readme", "warning"),
        ("config.yaml", "config", "error"),
        ("logos/example-company.png", "no-logo", "info"),
    ],
)
def test_a_file_that_is_gone_is_missed_and_init_brings_back_what_it_wrote(
    sick: Board, file: str, code: str, level: str
) -> None:
    (sick.folder / file).unlink()
    sick.commit()
    assert sick.findings()[code] == level
    if not file.startswith("logos/"):
        sick.run("init", "--title", "Harbour jobs", *NOW, folder=sick.folder)
        sick.commit()
        assert sick.findings() == {}


@pytest.mark.parametrize(
    ("file", "text", "code", "level"),
    [
        (".nojekyll", "", "nojekyll", "info"),
        ("CNAME", "jobs.harbour.example\n", "base-url-differs", "warning"),
        (".github/README.md", "# Hello\n", "hidden-readme", "warning"),
        (".github/workflows/mine.yml", "on: push\njobs: {a: {steps: []}}\n", "workflow-permissions", "warning"),
        (".github/workflows/mine.yml", "permissions: {}\njobs:\n  a:\n    steps:\n      - uses: a/b@v1\n", "action-not-pinned", "warning"),
        (".github/workflows/mine.yml", "a: &b 1\n", "workflow-unread", "info"),
        ("jobs/acme/cook.yaml", fetched("cook", "gone"), "orphans", "warning"),
        ("README.md", "<!-- rolecall:start -->\n<!-- rolecall:end -->\n" + "x" * 512_000, "readme-cut", "error"),
        ("README.md", "<!-- rolecall:start -->\n<!-- rolecall:end -->\n" + "x" * 490_000, "readme-large", "warning"),
    ],
)  # fmt: skip
def test_a_file_that_should_not_be_there_is_found(sick: Board, file: str, text: str, code: str, level: str) -> None:
    sick.write(file, text)
    sick.commit()
    assert sick.findings()[code] == level


def test_other_pins_of_the_same_workflow_are_no_difference(sick: Board) -> None:
    path = sick.folder / ".github" / "workflows" / "update.yml"
    lines = path.read_text().splitlines()
    moved = [line.split("@")[0] + f"@{'0' * 40} # v99.1.0" if "uses:" in line else line for line in lines]
    assert moved != lines
    path.write_text("\r\n".join(moved) + "\r\n")
    sick.commit()
    assert sick.findings() == {}


def test_a_script_that_git_does_not_know_as_a_program_is_an_error(sick: Board) -> None:
    sick.git("update-index", "--chmod=-x", ".github/scripts/install")
    assert sick.findings()["not-executable"] == "error"


def test_jobs_that_are_not_committed_are_found(sick: Board) -> None:
    sick.write(
        "jobs/example-company/cook.yaml",
        "title: Cook\ncompany: Example Company\napply_url: https://example.com/2\nposted: 2026-11-20\n",
    )
    (finding,) = sick.report()["findings"]
    assert finding["code"] == "uncommitted"
    assert "jobs/example-company/cook.yaml" in finding["what"]


def test_a_board_that_lists_none_of_its_jobs_any_more_is_found(sick: Board) -> None:
    sick.change(
        "config.yaml", "boards: []", "boards: [{source: greenhouse, board: acme}, {source: greenhouse, board: fine}]"
    )
    for title in ("cook", "baker"):
        sick.write(f"jobs/acme/{title}.yaml", fetched(title, "acme", missing_since="2026-11-20"))
        sick.write(f"jobs/fine/{title}.yaml", fetched(title, "fine"))
    sick.write("jobs/fine/gone.yaml", fetched("gone", "fine", missing_since="2026-11-20"))
    sick.commit()
    (finding,) = sick.report()["findings"]
    assert (finding["code"], finding["level"]) == ("all-missing", "warning")
    assert finding["where"] == "config.yaml: boards[0] (greenhouse/acme)"


def test_a_board_without_news_and_one_that_is_not_read_are_found(sick: Board) -> None:
    sick.change("config.yaml", "boards: []", "boards: [{source: greenhouse, board: acme}]")
    sick.write("jobs/acme/cook.yaml", fetched("cook", "acme", posted="2026-06-01"))
    sick.write(".cache/fetch/read-days", '{"greenhouse/acme": "2026-11-10"}')
    sick.commit()
    assert sick.findings() == {"stale-board": "info", "unread-board": "warning"}


def test_a_quiet_repository_loses_its_schedules(sick: Board) -> None:
    assert "schedules-stop" not in sick.findings(now="2027-01-09")
    assert sick.findings(now="2027-01-12")["schedules-stop"] == "warning"


def test_a_clock_behind_the_last_commit_is_found(sick: Board) -> None:
    assert sick.findings(now="2026-11-19")["clock"] == "warning"


def test_outside_of_git_and_without_a_remote_the_doctor_says_so(sick: Board, tmp_path: Path, run: Run) -> None:
    sick.git("remote", "remove", "origin")
    assert sick.findings()["no-remote"] == "warning"
    (sick.folder / ".git").rename(tmp_path / "moved")
    assert sick.findings()["no-git"] == "warning"


def test_a_site_that_is_too_large_for_pages_is_found(sick: Board) -> None:
    with (sick.folder / "output" / "large.bin").open("wb") as file:
        file.truncate(900_000_000)
    assert sick.findings()["site-large"] == "warning"
    with (sick.folder / "output" / "large.bin").open("wb") as file:
        file.truncate(1_100_000_000)
    assert sick.findings()["site-large"] == "error"


def test_an_old_library_is_found(sick: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    monkeypatch.setattr(
        metadata, "requires", lambda _: ["click>=99.0", "rich>=1", "no-such-library>=1", "x>=1; extra == 'y'"]
    )
    found = [finding for finding in sick.report()["findings"] if finding["code"] == "library"]
    assert [finding["where"] for finding in found] == ["click", "no-such-library"]


@pytest.mark.parametrize("broken", ["examine", "parse_config"])
@pytest.mark.parametrize("always", ["takes", "refuses"])
def test_the_doctor_notices_when_the_checks_themselves_are_broken(
    sick: Board, monkeypatch: pytest.MonkeyPatch, broken: str, always: str
) -> None:
    from rolecall.commands import canary
    from rolecall.errors import ConfigError
    from rolecall.issues import Issue, Level

    def refusing(*_: object, **options: object) -> object:
        if broken == "examine":
            return None, [Issue("any", "canary.yaml", "is refused.", "", Level.ERROR)]
        raise ConfigError("canary.yaml", "is refused.", "")

    def taking(*_: object, **options: object) -> object:
        return object(), []

    monkeypatch.setattr(canary, broken, refusing if always == "refuses" else taking)
    found = [finding for finding in sick.report()["findings"] if finding["code"] == "canary"]
    assert found
    assert all(always in finding["what"] for finding in found)


def test_errors_come_first_and_quiet_says_nothing_of_what_could_be_better(sick: Board) -> None:
    (sick.folder / "logos" / "example-company.png").unlink()
    sick.change("README.md", "<!-- rolecall:end -->", "")
    levels = [finding["level"] for finding in sick.report()["findings"]]
    assert levels[0] == "error"
    assert levels[-1] == "info"
    done = sick.run("doctor", "--quiet", *NOW, folder=sick.folder)
    assert done.stdout == ""
    assert done.stderr.startswith("error: README.md")
