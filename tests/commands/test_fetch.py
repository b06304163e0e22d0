"""`rolecall fetch` from answers that were recorded: files, reports, exit codes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from rolecall.config import load_config

Run = Callable[..., Result]
URL = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"


def item(key: int, **changes: object) -> dict[str, object]:
    return {
        "id": key,
        "title": f"Baker {key}",
        "absolute_url": f"https://jobs.example/{key}",
        "location": {"name": "Oslo, Norway"},
        "first_published": "2026-10-01T09:00:00-04:00",
        "content": "&lt;p&gt;We bake.&lt;/p&gt;",
        "company_name": "Kneipp Bakery",
        "departments": [],
        "metadata": None,
        **changes,
    }


class Recording:
    """A folder of answers that a test writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []
        folder.mkdir()

    def answer(self, url: str, body: object, status: int = 200) -> None:
        name = f"{len(self.lines)}.json"
        (self.folder / name).write_text(body if isinstance(body, str) else json.dumps(body))
        response = {"status": status, "headers": {"content-type": "application/json"}, "body": name}
        self.lines.append(json.dumps({"request": {"method": "GET", "url": url}, "response": response}))
        (self.folder / "index.jsonl").write_text("\n".join(self.lines) + "\n")


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    return Recording(tmp_path / "answers")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "fresh"
    root.mkdir()
    (root / "config.yaml").write_text(
        "title: Jobs\nboards:\n  - {source: greenhouse, board: kneipp}\n  - {source: greenhouse, board: other}\n"
    )
    return root


def fetch(
    run: Run, folder: Path, recording: Recording, *more: object, now: str = "2026-11-22"
) -> tuple[int, dict[str, Any], str]:
    result = run("fetch", "-C", folder, "--replay", recording.folder, "--now", now, "--json", *more)
    return result.exit_code, json.loads(result.stdout), result.stderr


def test_jobs_become_files_and_a_second_run_changes_nothing(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1), item(2)]})
    recording.answer(URL.format("other"), {"jobs": [item(1, title="Smith")]})
    code, report, _ = fetch(run, folder, recording)
    assert code == 0
    assert [(board["board"], board["state"], board["new"]) for board in report["boards"]] == [
        ("greenhouse/kneipp", "read", 2),
        ("greenhouse/other", "read", 1),
    ]
    before = {path: path.read_bytes() for path in (folder / "jobs").rglob("*.yaml")}
    assert len(before) == 3
    assert fetch(run, folder, recording, now="2026-11-23")[1]["files_changed"] == 0
    assert before == {path: path.read_bytes() for path in (folder / "jobs").rglob("*.yaml")}


def test_a_board_that_fails_stops_no_other_and_loses_nothing(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1)]})
    recording.answer(URL.format("other"), {"jobs": [item(7)]})
    fetch(run, folder, recording)
    broken = Recording(folder.parent / "broken")
    broken.answer(URL.format("kneipp"), {"jobs": [item(1), item(2)]})
    broken.answer(URL.format("other"), "<html>Down for maintenance</html>")
    code, report, stderr = fetch(run, folder, broken, now="2026-12-22")
    assert code == 0
    assert [(board["state"], board["new"], board["missing"]) for board in report["boards"]] == [
        ("read", 1, 0),
        ("failed", 0, 0),
    ]
    assert "failed: greenhouse/other: " in stderr
    assert fetch(run, folder, broken, "--strict")[0] == 3
    assert len(list((folder / "jobs").rglob("*.yaml"))) == 3


def test_all_boards_failing_is_never_a_success(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer("https://boards-api.greenhouse.io/v1/boards/nobody/jobs", {"jobs": []})
    code, report, stderr = fetch(run, folder, recording)
    assert (code, [board["state"] for board in report["boards"]]) == (1, ["failed", "failed"])
    assert stderr.count("not in the recording") == 2


def test_a_missing_list_is_a_changed_api_and_closes_nothing(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1)]})
    recording.answer(URL.format("other"), {"error": "gone"})
    _, report, stderr = fetch(run, folder, recording)
    assert report["boards"][1]["state"] == "failed"
    assert "$.jobs: expected a list." in stderr


def test_only_the_named_board_is_read(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1)]})
    assert [board["board"] for board in fetch(run, folder, recording, "--board", "greenhouse/kneipp")[1]["boards"]] == [
        "greenhouse/kneipp"
    ]
    result = run("fetch", "-C", folder, "--replay", recording.folder, "--board", "greenhouse/knipp")
    assert (result.exit_code, result.stderr) == (
        1,
        'config.yaml: no board is called "greenhouse/knipp". Did you mean "greenhouse/kneipp"?\n',
    )


def test_a_great_loss_closes_late_unless_the_owner_accepts_it(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(number) for number in range(1, 31)]})
    fetch(run, folder, recording, "--board", "greenhouse/kneipp")
    less = Recording(folder.parent / "less")
    less.answer(URL.format("kneipp"), {"jobs": [item(1)]})

    def closed(now: str, *more: str) -> tuple[int, str]:
        _, report, _ = fetch(run, folder, less, "--board", "greenhouse/kneipp", *more, now=now)
        return report["boards"][0]["closed"], report["boards"][0]["why"]

    assert closed("2026-11-23") == (0, "29 of 30 open jobs are gone at once; they close after 14 days")
    assert closed("2026-11-30")[0] == 0
    assert closed("2026-11-30", "--accept-drop", "greenhouse/kneipp")[0] == 29


def test_the_report_on_a_terminal_and_in_the_step_summary(
    run: Run, folder: Path, recording: Recording, tmp_path: Path
) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1)]})
    summary = tmp_path / "summary.md"
    result = run(
        "fetch",
        "-C",
        folder,
        "--replay",
        recording.folder,
        "--now",
        "2026-11-22",
        env={"GITHUB_STEP_SUMMARY": str(summary)},
    )
    assert "greenhouse/kneipp  state=read  postings=1  new=1" in result.stdout
    assert "1 of 2 boards read; 1 new" in result.stdout
    assert "<td>greenhouse/kneipp</td>" in summary.read_text()
    assert run("fetch", "-C", folder, "--replay", recording.folder, "--now", "2026-11-22", "--quiet").stdout == ""


def test_a_workflow_learns_whether_any_board_could_be_read(
    run: Run, folder: Path, recording: Recording, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    arguments = ("fetch", "-C", folder, "--replay", recording.folder, "--now", "2026-11-22")
    recording.answer(URL.format("kneipp"), {"jobs": [item(1)]})
    run(*arguments, env={"GITHUB_OUTPUT": str(output)})
    assert output.read_text() == "boards=2\nfailed=1\nusable=1\n"
    run(*arguments, "--board", "greenhouse/other", env={"GITHUB_OUTPUT": str(output)})
    assert output.read_text().endswith("boards=1\nfailed=1\nusable=0\n")


def test_recording_and_replaying_exclude_each_other(run: Run, folder: Path, recording: Recording) -> None:
    assert run("fetch", "-C", folder, "--replay", recording.folder, "--record", folder / "x").exit_code == 2


def test_no_boards_is_said_with_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("title: Jobs\n")
    result = run("fetch", "-C", tmp_path)
    assert (result.exit_code, result.stderr) == (
        0,
        "warning: config.yaml: names no boards to read. Add one below `boards:`; docs/config.md shows how.\n",
    )


def test_a_copy_on_a_second_board_is_one_job_with_two_addresses(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1)]})
    recording.answer(
        URL.format("other"), {"jobs": [item(9, title="Baker 1", absolute_url="https://jobs.example/1?utm_source=x")]}
    )
    for day in ("2026-11-22", "2026-11-23"):
        fetch(run, folder, recording, now=day)
        files = [path for path in (folder / "jobs").rglob("*.yaml") if path.name != "company.yaml"]
        assert len(files) == 1
        assert "alternates:" in files[0].read_text()
    assert fetch(run, folder, recording, now="2026-11-24")[1]["files_changed"] == 0


def test_an_opening_that_is_over_on_one_board_stands_on_the_other(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1, application_deadline="2026-11-01T00:00:00-04:00")]})
    recording.answer(URL.format("other"), {"jobs": [item(9, title="Baker 1", absolute_url="https://jobs.example/1")]})
    _, report, _ = fetch(run, folder, recording)
    assert [(board["new"], board["expired"]) for board in report["boards"]] == [(0, 1), (1, 0)]


def test_reading_one_board_alone_does_not_bring_its_copies_back(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1)]})
    recording.answer(URL.format("other"), {"jobs": [item(9, title="Baker 1", absolute_url="https://jobs.example/1")]})
    fetch(run, folder, recording)
    assert fetch(run, folder, recording, "--board", "greenhouse/other")[1]["files_changed"] == 0


def test_two_addresses_that_look_alike_are_two_boards(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        "title: J\nboards:\n  - {source: feed, url: 'https://a.example/x?y=1'}\n  - {source: feed, url: 'https://a.example/x/y/1'}\n"
    )
    names = [board.name for board in load_config(tmp_path / "config.yaml").to_boards()]
    assert len(set(names)) == 2
    assert "y=1" not in "".join(names)


def test_text_from_outside_cannot_start_a_line_of_the_log(run: Run, board: Path) -> None:
    (board / "jobs" / "kelpline" / "bad.yaml").write_text('"x\\n::error file=x::pwned": 1\ntitle: A\n')
    for command in ("check", "build"):
        assert not [line for line in run(command, "-C", board).stderr.splitlines() if line.startswith("::")]


def test_a_step_summary_that_cannot_be_written_is_a_plain_error(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1)]})
    env = {"GITHUB_STEP_SUMMARY": str(folder)}
    result = run("fetch", "-C", folder, "--replay", recording.folder, "--now", "2026-11-22", env=env)
    assert (result.exit_code, "Traceback" in result.stderr) == (1, False)
    assert "step summary cannot be written" in result.stderr


def test_a_file_in_the_boards_folder_is_a_board(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "jobs.csv").write_text("key,title,company,url\n1,Baker,Kneipp,https://jobs.example/1\n")
    config = "title: J\nboards:\n  - {source: file, board: ours, path: data/jobs.csv}\n"
    (tmp_path / "config.yaml").write_text(config)
    result = run("fetch", "-C", tmp_path, "--now", "2026-11-22", "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["boards"][0]["new"] == 1
    (tmp_path / "config.yaml").write_text(config.replace("data/jobs.csv", "../jobs.csv"))
    assert run("fetch", "-C", tmp_path, "--now", "2026-11-22").exit_code == 1


def test_what_did_not_change_is_not_read_anew(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1), item(2), item(3, first_published=None)]})
    fetch(run, folder, recording)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("rolecall.commands.normalising.to_job", None)  # a call would raise
        _, report, _ = fetch(run, folder, recording, now="2026-11-25")
    assert (report["boards"][0]["unchanged"], report["files_changed"]) == (3, 0)


def test_a_changed_posting_file_or_vocabulary_is_read_anew(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(
        URL.format("kneipp"), {"jobs": [item(1, content="&lt;p&gt;We bake with Python.&lt;/p&gt;"), item(2)]}
    )
    fetch(run, folder, recording)
    path = next((folder / "jobs").rglob("baker-1-*.yaml"))
    path.write_text(path.read_text().replace("tags: [python]", "tags: [cooking]"))
    _, report, _ = fetch(run, folder, recording)
    assert (report["boards"][0]["kept"], "keep: [tags]" in path.read_text()) == (1, True)
    again = Recording(folder.parent / "again")
    again.answer(URL.format("kneipp"), {"jobs": [item(1), item(2, title="Smith")]})
    assert fetch(run, folder, again)[1]["boards"][0]["changed"] == 2
    config = folder / "config.yaml"
    config.write_text(config.read_text() + "tags: {add: {bread: [bake]}}\n")
    assert fetch(run, folder, again)[1]["boards"][0]["changed"] == 1


def test_without_the_cache_the_same_files_come_out(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(1), item(2, first_published="2026-11-24")]})
    for day in ("2026-11-20", "2026-11-21", "2026-11-23"):
        fetch(run, folder, recording, now=day)
    kept = {path.name: path.read_bytes() for path in (folder / "jobs").rglob("*.yaml")}
    for path in (folder / "jobs").rglob("*.yaml"):
        path.unlink()
    for day in ("2026-11-20", "2026-11-21", "2026-11-23"):
        shutil.rmtree(folder / ".cache")
        fetch(run, folder, recording, now=day)
    assert kept == {path.name: path.read_bytes() for path in (folder / "jobs").rglob("*.yaml")}


def test_many_processes_make_the_same_files_as_one(
    run: Run, folder: Path, recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording.answer(URL.format("kneipp"), {"jobs": [item(number) for number in range(1, 131)]})
    fetch(run, folder, recording)
    one = {path.name: path.read_bytes() for path in (folder / "jobs").rglob("*.yaml")}
    shutil.rmtree(folder / "jobs")
    monkeypatch.setattr("rolecall.commands.normalising.WORTH_FORKING", 1)
    monkeypatch.setattr("rolecall.commands.normalising.worker_count", lambda _: 3)
    fetch(run, folder, recording)
    assert len(one) == 130
    assert one == {path.name: path.read_bytes() for path in (folder / "jobs").rglob("*.yaml")}
