"""`rolecall init`: a board in an empty folder, or beside a list; nothing that is there already is lost."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rolecall.scaffold.shipped import shipped_files

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[..., "Result"]
NOW = ("--now", "2026-11-22")
LIST = (
    "# Harbour jobs\r\n\r\nHello.\r\n\r\n## List\r\n\r\n| Company | Role |\r\n|---|---|\r\n"
    + "| [Acme](https://acme.example) | Cook |\r\n" * 6
)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    kept = (path for path in paths if not {".git", ".cache"} & set(path.relative_to(folder).parts))
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in kept}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "harbour-jobs"
    folder.mkdir()
    return folder


def test_an_empty_folder_becomes_a_board_that_builds_and_passes_every_check(run: Run, empty: Path) -> None:
    assert run("init", *NOW, folder=empty).exit_code == 0
    assert run("check", *NOW, folder=empty).exit_code == 0
    assert run("build", *NOW, folder=empty).exit_code == 0
    assert "<b>Baker</b>" in (empty / "README.md").read_text(encoding="utf-8")
    assert "Harbour jobs" in (empty / "output" / "index.html").read_text(encoding="utf-8")


def test_the_folder_need_not_be_there(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "a" / "b", *NOW).exit_code == 0
    assert (tmp_path / "a" / "b" / "config.yaml").is_file()


def test_workflows_and_forms_are_those_of_this_repository_and_scripts_can_be_started(run: Run, empty: Path) -> None:
    run("init", *NOW, folder=empty)
    for file, data in shipped_files().items():
        assert (empty / file).read_bytes() == data
        if file.startswith(".github/scripts/"):
            assert os.access(empty / file, os.X_OK)


def test_a_second_run_changes_nothing(run: Run, empty: Path) -> None:
    run("init", *NOW, folder=empty)
    before = snapshot(empty)
    done = run("init", "--now", "2026-12-24", folder=empty)
    assert done.exit_code == 0
    assert "0 files written" in done.output
    assert snapshot(empty) == before


def test_the_example_does_not_come_back_once_it_is_removed(run: Run, empty: Path) -> None:
    run("init", *NOW, folder=empty)
    (empty / "jobs" / "example-company" / "baker.yaml").unlink()
    run("init", *NOW, folder=empty)
    assert not list((empty / "jobs").rglob("*.yaml"))


def test_without_an_example_there_is_no_job_and_the_board_still_builds(run: Run, empty: Path) -> None:
    run("init", "--no-example", *NOW, folder=empty)
    assert not (empty / "jobs").exists()
    assert run("build", *NOW, folder=empty).exit_code == 0


def test_a_readme_keeps_every_byte_and_gets_the_markers_above_its_table(run: Run, empty: Path) -> None:
    (empty / "README.md").write_bytes(LIST.encode())
    done = run("init", *NOW, folder=empty)
    after = (empty / "README.md").read_bytes().decode()
    assert after.replace("<!-- rolecall:start -->\r\n<!-- rolecall:end -->\r\n\r\n", "") == LIST
    assert after.index("rolecall:end") < after.index("| Company | Role |")
    assert "README.md (changed): the two markers stand on lines 7 and 8" in done.output
    assert "The table of 6 rows below them (line 10) stays" in done.output
    assert run("build", *NOW, folder=empty).exit_code == 0


def test_a_readme_with_markers_is_left_alone(run: Run, empty: Path) -> None:
    text = b"<!-- rolecall:start -->\n<!-- rolecall:end -->\n"
    (empty / "README.md").write_bytes(text)
    run("init", *NOW, folder=empty)
    assert (empty / "README.md").read_bytes() == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"<!-- rolecall:start -->\n", "README.md: the line <!-- rolecall:end --> is missing."),
        (b"<!-- rolecall:start -->\n<!-- rolecall:start -->\n<!-- rolecall:end -->\n", "README.md:2: <!-- rolecall:start --> stands here again"),
        (b"# Jobs\xff\n", "README.md: byte 6 is not UTF-8."),
    ],
)  # fmt: skip
def test_a_readme_that_cannot_be_used_stops_it_before_a_file_is_written(
    run: Run, empty: Path, text: bytes, said: str
) -> None:
    (empty / "README.md").write_bytes(text)
    done = run("init", *NOW, folder=empty)
    assert done.exit_code == 1
    assert said in done.stderr
    assert [path.name for path in empty.iterdir()] == ["README.md"]


def test_all_problems_are_said_at_once(run: Run, empty: Path) -> None:
    (empty / "README.md").write_bytes(b"\xff")
    (empty / ".github").write_text("a file")
    (empty / "schema").symlink_to("/")
    done = run("init", "--base-url", "ftp://x", "--repository", "no", *NOW, folder=empty)
    assert done.exit_code == 1
    for said in ("base_url", "repository", "README.md: byte 0", ".github: is a file", "schema: is a symbolic link"):
        assert said in done.stderr
    assert not (empty / "config.yaml").exists()


def test_files_of_people_are_left_and_named(run: Run, empty: Path) -> None:
    workflow = empty / ".github" / "workflows" / "update.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text("name: mine\n")
    (empty / ".gitignore").write_text("*.log\n")
    done = run("init", *NOW, folder=empty)
    assert workflow.read_text() == "name: mine\n"
    assert (empty / ".gitignore").read_text() == "*.log\n"
    assert ".github/workflows/update.yml (left): differs from the one of this rolecall" in done.output
    assert ".gitignore (left): is yours" in done.output


def test_the_remote_gives_repository_and_address(run: Run, empty: Path) -> None:
    git(empty, "init", "--quiet")
    git(empty, "remote", "add", "origin", "https://ada:hunter2@github.com/Ada/harbour.git")
    run("init", *NOW, folder=empty)
    config = (empty / "config.yaml").read_text(encoding="utf-8")
    assert "\nrepository: Ada/harbour " in config
    assert "\nbase_url: https://ada.github.io/harbour/ " in config
    assert "hunter2" not in "".join(data.decode("utf-8", "replace") for data, _ in snapshot(empty).values())


def test_a_remote_elsewhere_gives_neither(run: Run, empty: Path) -> None:
    git(empty, "init", "--quiet")
    git(empty, "remote", "add", "origin", "https://gitlab.com/ada/harbour.git")
    run("init", *NOW, folder=empty)
    assert "\n# repository: you/jobs" in (empty / "config.yaml").read_text(encoding="utf-8")


def test_a_folder_inside_another_repository_is_warned_of_and_takes_nothing_from_it(run: Run, empty: Path) -> None:
    git(empty, "init", "--quiet")
    git(empty, "remote", "add", "origin", "https://github.com/ada/harbour.git")
    done = run("init", empty / "board", *NOW)
    assert "is not the top of its repository" in done.stderr
    assert "\n# repository: you/jobs" in (empty / "board" / "config.yaml").read_text(encoding="utf-8")


def test_a_domain_of_ones_own_is_the_address(run: Run, empty: Path) -> None:
    (empty / "CNAME").write_text("jobs.harbour.example\n")
    run("init", "--repository", "ada/harbour", *NOW, folder=empty)
    assert "\nbase_url: https://jobs.harbour.example/ " in (empty / "config.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("title", ['Ada\'s: "jobs" # 1', "no", "- {a: b}", "<b>Jobs</b> | [x](y)", "工作"])
def test_any_title_is_the_title(run: Run, empty: Path, title: str) -> None:
    assert run("init", "--title", title, *NOW, folder=empty).exit_code == 0
    assert json.loads(run("init", "--json", *NOW, folder=empty).stdout)["title"]
    from rolecall.config import load_config

    assert load_config(empty / "config.yaml").title == title


def test_the_heading_of_a_readme_is_the_title_and_its_own_spelling_the_file(run: Run, empty: Path) -> None:
    (empty / "readme.md").write_text("# Jobs at the sea #\n")
    run("init", *NOW, folder=empty)
    from rolecall.config import load_config

    config = load_config(empty / "config.yaml")
    assert config.title == "Jobs at the sea"
    assert config.readme.file == "readme.md"
    assert not (empty / "README.md").exists()
    assert run("build", *NOW, folder=empty).exit_code == 0


def test_options_that_come_too_late_are_named(run: Run, empty: Path) -> None:
    (empty / "config.yaml").write_text("title: Mine\n")
    done = run("init", "--title", "Yours", *NOW, folder=empty)
    assert "config.yaml: was there already, so --title" in done.stderr
    assert (empty / "config.yaml").read_text() == "title: Mine\n"


def test_a_fork_of_rolecall_runs_its_own(run: Run, empty: Path) -> None:
    (empty / "src" / "rolecall").mkdir(parents=True)
    run("init", *NOW, folder=empty)
    assert not (empty / ".github" / "rolecall.txt").exists()


def test_the_report_for_machines_names_each_file_and_the_next_steps(run: Run, empty: Path) -> None:
    report = json.loads(run("init", "--json", *NOW, folder=empty).stdout)
    states = {made["file"]: made["state"] for made in report["files"]}
    assert states["config.yaml"] == states["README.md"] == states[".github/scripts/install"] == "written"
    assert len(report["next"]) == 3
    assert run("init", "--quiet", *NOW, folder=empty).output == ""


def test_a_list_is_brought_in_and_no_example_comes_with_it(run: Run, empty: Path) -> None:
    (empty / "README.md").write_text(LIST.replace("| Role |", "| Role | Location | Link |").replace("|---|---|", "|---|---|---|---|").replace("| Cook |", "| Cook | Bergen, Norway | [Apply](https://acme.example/cook) |"))  # fmt: skip
    done = run("init", "--from", "README.md", *NOW, folder=empty)
    assert done.exit_code == 0, done.output
    (file,) = (path for path in (empty / "jobs").rglob("*.yaml") if path.name != "company.yaml")
    assert "title: Cook\n" in file.read_text(encoding="utf-8")
    assert "6 entries, read as" in done.output
    assert "once its jobs are in jobs/, remove it" in done.output
    assert run("build", *NOW, folder=empty).exit_code == 0


def test_a_list_that_cannot_be_read_leaves_a_whole_board_and_an_error(run: Run, empty: Path) -> None:
    done = run("init", "--from", "nowhere.csv", *NOW, folder=empty)
    assert done.exit_code == 1
    assert "error: nowhere.csv: was not brought in" in done.stderr
    assert run("check", *NOW, folder=empty).exit_code == 0
    assert run("build", *NOW, folder=empty).exit_code == 0
