"""`rolecall build`: the sample board, again, after changes, and when something is broken."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
NOW = ("--now", "2026-11-22")
JOB = "jobs/kelpline/backend-engineer-tides.yaml"


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of the output and the README, with its bytes and the time of its last write."""
    files = [*(path for path in (folder / "output").rglob("*") if path.is_file()), folder / "README.md"]
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def contents(folder: Path) -> dict[str, bytes]:
    return {name: data for name, (data, _) in tree(folder).items()}


def test_a_second_build_writes_nothing(run: Run, board: Path) -> None:
    first = json.loads(run("build", "-C", board, *NOW, "--json").stdout)
    before = tree(board)
    second = json.loads(run("build", "-C", board, *NOW, "--json").stdout)
    assert (first["jobs"], second["jobs"], second["written"], second["unchanged"]) == (19, 19, 0, 0)
    assert second["readme"] == first["readme"]
    assert tree(board) == before


def test_without_cache_and_output_the_same_bytes_come_again(run: Run, board: Path) -> None:
    run("build", "-C", board, *NOW)
    before = contents(board)
    shutil.rmtree(board / ".cache")
    shutil.rmtree(board / "output")
    run("build", "-C", board, *NOW)
    assert contents(board) == before


def test_texts_that_the_cache_holds_damaged_are_made_anew(run: Run, board: Path) -> None:
    run("build", "-C", board, *NOW)
    before = contents(board)
    for segment in (board / ".cache" / "build" / "job-views" / "texts").iterdir():
        segment.write_bytes(bytes(segment.stat().st_size))
    shutil.rmtree(board / "output")
    assert run("build", "-C", board, *NOW).exit_code == 0
    assert contents(board) == before


def test_workers_zone_locale_and_hash_seed_do_not_show(run: Run, board: Path) -> None:
    run("build", "-C", board, *NOW, "--workers", "1")
    before = contents(board)
    for seed, zone, locale in (("1", "Asia/Kolkata", "C"), ("2", "America/St_Johns", "tr_TR.UTF-8")):
        shutil.rmtree(board / ".cache")
        shutil.rmtree(board / "output")
        env = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": locale,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        command = [sys.executable, "-m", "rolecall", "build", "-C", str(board), *NOW, "--workers", "3"]
        subprocess.run(command, check=True, env=env, capture_output=True)
        assert contents(board) == before


def test_a_changed_job_changes_its_pages_and_no_other(run: Run, board: Path) -> None:
    run("build", "-C", board, *NOW)
    before = contents(board)
    path = board / JOB
    path.write_text(path.read_text().replace("title: Backend Engineer", "title: Chief Engineer", 1))
    run("build", "-C", board, *NOW)
    changed = {name for name, data in contents(board).items() if before.get(name) != data}
    assert "README.md" in changed
    assert "output/jobs/kelpline/backend-engineer-tides.html" in changed
    # Pages that do not name it: of another company's jobs, but for those to which it is similar.
    assert [name for name in changed if "brasswick" in name and b"Chief Engineer" not in contents(board)[name]] == []


def test_a_removed_job_is_swept(run: Run, board: Path) -> None:
    run("build", "-C", board, *NOW)
    (board / JOB).unlink()
    report = json.loads(run("build", "-C", board, *NOW, "--json").stdout)
    assert report["jobs"] == 18
    assert not (board / "output/jobs/kelpline/backend-engineer-tides.html").exists()
    assert "Tide Data" not in (board / "README.md").read_text()


# what is broken => the start of the message
BROKEN = {
    "job": f"{JOB}:3:12: apply_url: 'nowhere' is not a plain",
    "config": "config.yaml:",
    "template": "site/job.html:",
    "marker": "README.md:",
    "company": "jobs/kelpline/company.yaml:",
}


@pytest.mark.parametrize("what", BROKEN)
def test_whatever_is_broken_is_named_and_the_last_good_output_stays(run: Run, board: Path, what: str) -> None:
    run("build", "-C", board, *NOW)
    before = tree(board)
    breaks: dict[str, Callable[[], object]] = {
        "job": lambda: (board / JOB).write_text("title: A\ncompany: B\napply_url: nowhere\nposted: 2026-01-01\n"),
        "config": lambda: (board / "config.yaml").write_text("titel: Jobs\n"),
        "template": lambda: (board / "templates" / "site" / "job.html").write_text("{{ job.titel }}"),
        "marker": lambda: (board / "README.md").write_text("# No markers\n"),
        "company": lambda: (board / "jobs/kelpline/company.yaml").write_text("name: [\n"),
    }
    breaks[what]()
    readme = (board / "README.md").read_bytes()
    result = run("build", "-C", board, *NOW)
    assert result.exit_code == 1
    assert result.stderr.startswith(BROKEN[what]), result.stderr
    assert "Traceback" not in result.stderr
    assert (board / "README.md").read_bytes() == readme
    assert {name: kept for name, kept in tree(board).items() if name != "README.md"} == {
        name: kept for name, kept in before.items() if name != "README.md"
    }


def test_broken_jobs_may_be_left_out_and_still_fail_the_run(run: Run, board: Path) -> None:
    (board / JOB).write_text("title: A\n")
    result = run("build", "-C", board, *NOW, "--keep-going", "--json")
    assert (result.exit_code, json.loads(result.stdout)["jobs"]) == (1, 18)
    assert f"error: {JOB}:1:1: company: is missing." in result.stderr


def test_a_board_without_a_readme_gets_its_site_and_a_word(run: Run, board: Path) -> None:
    (board / "README.md").unlink()
    result = run("build", "-C", board, *NOW)
    assert result.exit_code == 0
    assert "README.md: is not there" in result.stderr
    assert (board / "output/index.html").exists()


def test_an_empty_board_builds(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("title: Jobs\n")
    (tmp_path / "README.md").write_text("<!-- rolecall:start -->\n<!-- rolecall:end -->\n")
    result = run("build", "-C", tmp_path, *NOW)
    assert result.exit_code == 0
    assert "0 open jobs" in result.stdout


def test_an_edit_around_the_markers_stays_and_the_table_is_made_again(run: Run, board: Path) -> None:
    run("build", "-C", board, *NOW)
    path = board / "README.md"
    path.write_text("Hello!\n" + path.read_text().replace("Tide Data", "Tide Date"))
    run("build", "-C", board, *NOW)
    assert path.read_text().startswith("Hello!\n")
    assert "Tide Date" not in path.read_text()


def test_both_layouts_show_every_open_job(run: Run, board: Path) -> None:
    config = board / "config.yaml"
    for layout in ("cards", "classic"):
        config.write_text(config.read_text().replace("layout: cards ", f"layout: {layout} "))
        run("build", "-C", board, *NOW)
        assert (board / "README.md").read_text().count("<summary>Description</summary>") == 19
