"""`rolecall check` over whole boards."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from rolecall.checks import CODES

Run = Callable[..., Result]
NOW = ("--now", "2026-11-22")
COOK = """\
title: Cook
company: Kelpline
apply_url: https://jobs.kelpline.example/cook
posted: 2026-11-19
tags: [golang]
description: |
  A kitchen for two hundred guests a day, by the harbour. You start at ten and are home by eight.
"""
COOK_FILE = "jobs/kelpline/cook.yaml"


def write(board: Path, file: str, text: str | bytes) -> Path:
    path = board / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def found(run: Run, board: Path, *arguments: object) -> list[tuple[str, str]]:
    values = json.loads(run("check", *NOW, "--json", *arguments, folder=board).stdout)
    return [(issue["code"], issue["where"].partition(":")[0]) for issue in values["issues"]]


def git(board: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=A", "-c", "user.email=a@acme.example", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *settings, *arguments], cwd=board, check=True, capture_output=True)


def test_the_sample_board_gives_no_finding_at_all(run: Run, board: Path) -> None:
    assert found(run, board) == []


def test_text_names_level_and_code_and_ends_with_a_sum(run: Run, board: Path) -> None:
    write(board, COOK_FILE, COOK.replace("Cook", "🚀 Cook").replace("2026-11-19", "2027-01-01"))
    result = run("check", *NOW, folder=board)
    assert result.stderr.splitlines() == [
        f'{COOK_FILE}:1:8: title: begins with a picture. Write "Cook". [warning: emoji]',
        f"{COOK_FILE}:4:9: posted: 2027-01-01 is in the future. Write the day of publication. [error: date-ahead]",
        f"{COOK_FILE}:5:8: tags[0]: 'golang' is another writing of go. Write go. [info: tag-alias]",
    ]
    assert result.stdout.startswith("1 error, 1 warning, 1 remark in 1 of ")
    assert result.stdout.endswith("2 can be repaired: rolecall check --fix\n")
    assert "tag-alias" not in run("check", *NOW, "--quiet", folder=board).stderr


def test_only_errors_fail_unless_it_is_strict(run: Run, board: Path) -> None:
    write(board, COOK_FILE, COOK)
    assert [run("check", *NOW, *more, folder=board).exit_code for more in ((), ("--strict",))] == [0, 0]
    write(board, COOK_FILE, COOK.replace("title: Cook", "title: 🚀 Cook"))
    assert [run("check", *NOW, *more, folder=board).exit_code for more in ((), ("--strict",))] == [0, 1]
    write(board, COOK_FILE, COOK.replace("2026-11-19", "2027-01-01"))
    assert run("check", *NOW, folder=board).exit_code == 1


def test_what_keeps_a_file_from_being_read_is_an_error(run: Run, board: Path) -> None:
    write(board, "jobs/kelpline/one.yml", COOK)
    write(board, "jobs/kelpline/two.YAML", COOK)
    write(board, "jobs/kelpline/notes.txt", "x")
    (board / "jobs/kelpline/link.yaml").symlink_to(board / "config.yaml")
    write(board, "jobs/kelpline/large.yaml", COOK + "#" * 70_000)
    assert found(run, board) == [
        ("store", "jobs/kelpline/large.yaml"),
        ("store", "jobs/kelpline/link.yaml"),
        ("not-a-job", "jobs/kelpline/notes.txt"),
        ("extension", "jobs/kelpline/one.yml"),
        ("extension", "jobs/kelpline/two.YAML"),
    ]


def test_a_file_that_is_a_program_is_told(run: Run, board: Path) -> None:
    write(board, COOK_FILE, COOK.replace("golang", "go")).chmod(0o755)
    assert found(run, board) == [("executable", COOK_FILE)]


def test_the_same_id_twice_and_a_logo_that_is_not_there_are_found(run: Run, board: Path) -> None:
    write(board, COOK_FILE, COOK.replace("golang", "go") + "id: 0123456789ab\n")
    write(board, "jobs/kelpline/stoker.yaml", COOK.replace("golang", "go").replace("ook", "ake") + "id: 0123456789ab\n")
    write(
        board, "jobs/kelpline/company.yaml", (board / "jobs/kelpline/company.yaml").read_text().replace(".png", ".jpg")
    )
    assert {code for code, _ in found(run, board)} == {"same-id", "no-logo"}


def test_a_broken_config_does_not_hide_the_jobs(run: Run, board: Path) -> None:
    write(board, "config.yaml", "title: Jobs\nboards: [{source: greenhose}]\n")
    write(board, COOK_FILE, COOK.replace("2026-11-19", "2027-01-01"))
    assert [file for _, file in found(run, board)][:2] == ["config.yaml", COOK_FILE]


def test_files_and_folders_restrict_the_findings_but_not_the_knowledge(run: Run, board: Path) -> None:
    write(board, COOK_FILE, COOK.replace("golang", "go"))
    write(board, "jobs/kelpline/chef.yaml", COOK.replace("golang", "go"))
    write(board, "jobs/qamar/x.yaml", "title: X\n")
    assert found(run, board, COOK_FILE) == [("duplicate", COOK_FILE)]
    assert {file for _, file in found(run, board, "jobs/qamar")} == {"jobs/qamar/x.yaml"}
    assert found(run, board, board / "jobs" / "kelpline" / "company.yaml") == []


def test_what_is_named_and_not_there_is_an_error(run: Run, board: Path) -> None:
    assert found(run, board, "jobs/kelpline/none.yaml", "README.md") == [
        ("not-a-job", "README.md"),
        ("no-file", "jobs/kelpline/none.yaml"),
    ]
    assert run("check", "/", folder=board).exit_code == 2


def test_since_a_commit_new_files_are_judged_as_new(run: Run, board: Path) -> None:
    git(board, "init")
    write(board, "jobs/kelpline/old.yaml", COOK.replace("2026-11-19", "2024-11-19"))
    git(board, "add", ".")
    git(board, "commit", "-m", "A board")
    git(board, "checkout", "-b", "job")
    write(board, COOK_FILE, COOK.replace("2026-11-19", "2024-11-19").replace("/cook", "/chef").replace("Cook", "Chef"))
    assert found(run, board, "--since", "main") == [("posted-long-ago", COOK_FILE), ("tag-alias", COOK_FILE)]
    git(board, "add", ".")
    git(board, "commit", "-m", "A job")
    (board / "jobs/kelpline/old.yaml").write_text(COOK.replace("2026-11-19", "2027-01-01"))
    (board / "README.md").write_text("x")
    assert {file for _, file in found(run, board, "--since", "main")} == {COOK_FILE, "jobs/kelpline/old.yaml"}
    assert ("posted-long-ago", "jobs/kelpline/old.yaml") not in found(run, board, "--since", "main")


def test_a_request_that_says_itself_whose_a_host_is_is_pointed_out(run: Run, board: Path) -> None:
    git(board, "init")
    git(board, "add", ".")
    git(board, "commit", "-m", "A board")
    company = board / "jobs" / "kelpline" / "company.yaml"
    company.write_text(company.read_text().replace("[kelpline.example]", "[kelpline.example, kelpline-jobs.example]"))
    write(board, COOK_FILE, COOK.replace("jobs.kelpline.example", "kelpline-jobs.example").replace("golang", "go"))
    assert found(run, board, "--since", "HEAD") == [("employer-changed", "jobs/kelpline/company.yaml")]


def test_a_fetched_file_that_a_person_changed_is_judged_like_one_of_theirs(run: Run, board: Path) -> None:
    fetched = COOK.replace("golang", "go") + "source: {name: greenhouse, board: kelpline, key: '7'}\n"
    write(board, COOK_FILE, fetched)
    git(board, "init")
    git(board, "add", ".")
    git(board, "commit", "-m", "A board")
    write(board, COOK_FILE, fetched.replace("jobs.kelpline.example", "kelpline-jobs.example"))
    assert found(run, board) == []
    assert found(run, board, "--since", "HEAD") == [("lookalike-host", COOK_FILE)]


@pytest.mark.parametrize("folder", ["aa", "zz"])
def test_a_second_word_on_who_a_company_is_does_not_count(run: Run, board: Path, folder: str) -> None:
    write(board, f"jobs/{folder}/company.yaml", "name: Kelpline\ndomains: [kelpline-jobs.example]\n")
    write(board, COOK_FILE, COOK.replace("jobs.kelpline.example", "kelpline-jobs.example").replace("golang", "go"))
    assert found(run, board) == [
        *([("same-company", "jobs/aa/company.yaml")] if folder == "aa" else []),
        ("lookalike-host", COOK_FILE),
        *([("same-company", "jobs/zz/company.yaml")] if folder == "zz" else []),
    ]


@pytest.mark.parametrize("ref", ["no-such-branch", "--output=x", "main..x", ""])
def test_a_ref_that_is_none_is_a_clear_error(run: Run, board: Path, ref: str) -> None:
    git(board, "init")
    result = run("check", *NOW, f"--since={ref}", folder=board)
    assert result.exit_code == 1
    assert "git knows no commit called" in result.stderr
    assert not (board / "x").exists()


def test_fix_shows_a_difference_writes_it_and_is_done(run: Run, board: Path) -> None:
    text = COOK.replace("tags:", "workplace: onsite  # here\ntags:")
    path = write(board, COOK_FILE, text)
    tried = run("check", *NOW, "--fix", "--dry-run", folder=board)
    assert path.read_text() == text
    assert "-workplace: onsite  # here\n-tags: [golang]\n+workplace: on_site  # here\n+tags: [go]\n" in tried.stdout
    assert tried.exit_code == 1
    done = run("check", *NOW, "--fix", folder=board)
    assert path.read_text() == text.replace("onsite", "on_site").replace("golang", "go")
    assert (done.exit_code, done.stdout.splitlines()[-2:]) == (0, ["2 findings in 1 file repaired.", "No problems."])
    assert run("check", *NOW, "--fix", folder=board).stdout == "Nothing to repair.\nNo problems.\n"


def test_fix_renames_what_only_its_ending_keeps_from_being_read(run: Run, board: Path) -> None:
    write(board, "jobs/kelpline/cook.yml", COOK)
    write(board, "jobs/kelpline/other.yml", COOK)
    write(board, "jobs/kelpline/other.yaml", COOK.replace("/cook", "/other").replace("Cook", "Other"))
    run("check", *NOW, "--fix", "--dry-run", folder=board)
    assert (board / "jobs/kelpline/cook.yml").is_file()
    result = run("check", *NOW, "--fix", folder=board)
    assert "rename to jobs/kelpline/cook.yaml" in result.stdout
    assert (board / COOK_FILE).read_text() == COOK.replace("golang", "go")
    assert (board / "jobs/kelpline/other.yml").read_text() == COOK  # nothing is written over


def test_fix_touches_only_what_was_named(run: Run, board: Path) -> None:
    paths = [write(board, f"jobs/kelpline/{name}.yaml", COOK.replace("ook", name)) for name in ("one", "two")]
    run("check", *NOW, "--fix", paths[0], folder=board)
    assert ["golang" in path.read_text() for path in paths] == [False, True]


def test_dry_run_alone_is_wrong_usage(run: Run, board: Path) -> None:
    assert run("check", "--dry-run", folder=board).exit_code == 2


def test_github_and_sarif_say_the_same_as_json(run: Run, board: Path) -> None:
    write(board, COOK_FILE, COOK.replace("2026-11-19", "2027-01-01"))
    lines = run("check", *NOW, "--format", "github", folder=board).stdout.splitlines()
    assert f"::error file={COOK_FILE},line=4,col=9,title=date-ahead::posted: 2027-01-01 is in the future." in lines[0]
    log = json.loads(run("check", *NOW, "--format", "sarif", folder=board).stdout)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == [code for code, _ in found(run, board)]


# Files that nobody should write; each gives findings, never a traceback.
HOSTILE = {
    "nothing": b"",
    "not text": bytes(range(256)) * 20,
    "deep": b"title: " + b"[" * 30_000,
    "brackets in fields": b"title: {a: {b: [c]}}\ncompany: [x]\napply_url: {}\nposted: []\nsalary: x\nplaces: {a: b}\n",
    "numbers without end": b"title: 1\ncompany: 1\napply_url: 1\nposted: " + b"9" * 5_000 + b"\nsalary: {min: " + b"9" * 5_000 + b"}\n",
    "keys like paths": b"a[0].b: x\n'[1]': y\n'': z\ntags: {'0': x}\n",
    "a list of lists": b"title: a\ncompany: b\napply_url: c\nposted: d\ntags: [[a], {b: c}, ~, '']\nemployment: [[full-time]]\n",
    "strange addresses": b"title: a\ncompany: b\napply_url: 'https://xn--a:99999999/[::1'\nposted: 2026-11-22\n",
    "half a host": b"title: a\ncompany: b\napply_url: https://./\nposted: 2026-11-22\n",
    "a date that is none": b"title: a\ncompany: b\napply_url: https://a.example\nposted: 0000-99-99\ncloses: 99/99/9999\n",
    "digits of other scripts": "title: ٣\ncompany: ٣\napply_url: https://٣.example\nposted: ٢٠٢٦-١١-٢٢\nsalary: {min: ٩٠k, currency: ₨}\n".encode(),
    "many entities": b"title: '" + b"&amp;" * 40 + b"'\ncompany: '" + b"<" * 100 + b"'\ndescription: '" + b"<a " * 9_000 + b"'\n",
    "backquotes": b"title: a\ncompany: b\napply_url: https://a.example\nposted: 2026-11-22\ndescription: '" + b"` `` ``` " * 4_000 + b"'\n",
    "backquotes without end": b"title: a\ncompany: b\napply_url: https://a.example\nposted: 2026-11-22\ndescription: 'a " + b"`" * 24_000 + b" x" * 12_000 + b"'\n",
    "thousands of fields": b"title: a\n" + b"".join(b"k%d: x\n" % at for at in range(2_400)),
    "broken characters": ("title: " + "Ã" * 150 + "\ncompany: " + "â€" * 50 + "\napply_url: https://a.example\nposted: 2026-11-22\n").encode(),
}  # fmt: skip


def survives(run: Run, board: Path, data: bytes) -> None:
    write(board, COOK_FILE, data)
    for arguments in ((), ("--fix", "--dry-run"), ("--format", "github"), ("--format", "sarif")):
        result = run("check", *NOW, *arguments, COOK_FILE, folder=board)
        assert result.exit_code in (0, 1)
    assert {code for code, _ in found(run, board, COOK_FILE)} <= set(CODES)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    write(tmp_path, "config.yaml", "title: Jobs\n")
    return tmp_path


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_breaks_it(run: Run, small: Path, name: str) -> None:
    survives(run, small, HOSTILE[name])
    assert found(run, small, COOK_FILE) != []


def test_no_attack_of_the_collection_breaks_it(run: Run, small: Path, shared: Path) -> None:
    files = [path for path in sorted((shared / "corpora" / "attacks" / "yaml").iterdir()) if path.is_file()]
    for path in files:
        survives(run, small, path.read_bytes())
    assert len(files) >= 40


@pytest.mark.skipif(os.name != "posix", reason="names of bytes are for POSIX")
def test_a_name_that_is_no_text_is_told(run: Run, small: Path) -> None:
    write(small, "jobs/kelpline/x.yaml", COOK)
    try:
        (small / "jobs" / "kelpline" / os.fsdecode(b"\xff.yaml")).write_text(COOK)
    except OSError:
        pytest.skip("this disk knows only names of text")
    assert "file-name" in {code for code, _ in found(run, small)}
