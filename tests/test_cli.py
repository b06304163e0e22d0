"""The command line as a person or a machine meets it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from rolecall.cli import main
from rolecall.cli.group import GROUPS, REST, grouped

Run = Callable[..., Result]
COMMANDS = tuple(sorted(main.commands))


def test_help_names_every_command_and_the_exit_codes(run: Run) -> None:
    text = run("--help").stdout
    for command in COMMANDS:
        assert re.search(rf"^  {command} +[A-Z]", text, re.MULTILINE)
    assert "Exit codes: 0 good, 1 findings" in " ".join(text.split())


def test_help_lists_each_command_once_by_what_it_is_for(run: Run) -> None:
    parts = grouped(COMMANDS)
    assert sorted(name for _, names in parts for name in names) == list(COMMANDS)
    assert REST not in dict(parts), f"give it a group in cli/group.py: {dict(parts).get(REST)}"
    members = [name for _, names in GROUPS for name in names]
    assert len(members) == len(set(members))
    text = run("--help").stdout
    at = [text.index(f"\n{title}:") for title, _ in parts]
    assert at == sorted(at)


def test_no_line_of_the_help_is_cut_off(run: Run) -> None:
    assert [line for line in run("--help").stdout.splitlines() if re.search(r"\w\.\.\.$", line)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does_and_the_same_everywhere(command: str) -> None:
    options = [option for option in main.commands[command].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []
    shared = {"--now": "The day to work for.", "--quiet": "Say nothing but problems."}
    told = {name: option.help for option in options for name in option.opts}
    assert {name: told[name] for name in shared.keys() & told.keys()} == {
        name: shared[name] for name in shared.keys() & told.keys()
    }
    assert ("--folder" in told) == ("-C" in told)


def test_a_command_without_a_group_is_still_listed() -> None:
    assert grouped(["fetch", "novelty"]) == [("Read boards", ["fetch"]), (REST, ["novelty"])]


def test_the_reference_of_the_commands_is_what_the_commands_say(
    run: Run, repo: Path, golden: Callable[[Path, str], None]
) -> None:
    golden(repo / "docs" / "cli.md", run("commands").stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_option_of_a_command_says_what_it_does(command: str) -> None:
    options = [param for param in main.commands[command].params if isinstance(param, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_examples(run: Run, command: str) -> None:
    assert f"rolecall {command}" in run(command, "--help").stdout.partition("Examples:")[2]


def test_a_wrong_option_is_wrong_usage(run: Run) -> None:
    assert run("build", "--colour").exit_code == 2
    assert run("build", "--now", "yesterday").exit_code == 2


@pytest.mark.parametrize("day", ["1970-01-01", "2100-01-01"])
def test_a_clock_that_no_file_could_hold_is_refused(run: Run, day: str) -> None:
    result = run("build", "--now", day)
    assert result.exit_code == 2
    assert "is not between 2000 and 2100" in result.stderr


def test_checking_the_sample_finds_nothing(run: Run, board: Path) -> None:
    result = run("check", "-C", board)
    assert (result.exit_code, result.stdout) == (0, "No problems.\n")


def test_checking_names_every_problem_of_every_file(run: Run, board: Path) -> None:
    (board / "config.yaml").write_text("title: Jobs\nboards: [{source: greenhose}]\n")
    broken = board / "jobs" / "kelpline" / "broken.yaml"
    broken.write_text("title: A\ncompany: B\napply_url: x\nposted: today\n")
    result = run("check", "-C", board)
    assert result.exit_code == 1
    errors = [line for line in result.stdout.splitlines() if "[error: " in line]
    assert [line.split(" ")[0] for line in errors] == [
        "config.yaml:2:19:",
        "jobs/kelpline/broken.yaml:3:12:",
        "jobs/kelpline/broken.yaml:4:9:",
    ]
    found = json.loads(run("check", "-C", board, "--json").stdout)["issues"]
    assert [issue["where"] for issue in found if issue["level"] == "error"][1:] == [
        "jobs/kelpline/broken.yaml:3:12: apply_url",
        "jobs/kelpline/broken.yaml:4:9: posted",
    ]


def test_reading_a_saved_answer_prints_the_jobs(run: Run, tmp_path: Path) -> None:
    answer = tmp_path / "answer.json"
    item = {
        "id": 7,
        "title": "Baker ",
        "absolute_url": "https://jobs.example/7",
        "location": {"name": "Oslo, Norway"},
        "content": "&lt;p&gt;Bread.&lt;/p&gt;",
    }
    answer.write_text(json.dumps({"jobs": [item]}))
    result = run("read", "greenhouse", answer, "--company", "Kneipp", "--json", "--now", "2026-11-22")
    assert result.exit_code == 0
    (job,) = json.loads(result.stdout)
    assert (job["title"], job["company"], job["places"], job["source"]["key"]) == (
        "Baker",
        "Kneipp",
        [{"city": "Oslo", "country": "NO"}],
        "7",
    )
    assert (job["posted"], job["posted_estimated"]) == ("2026-11-22", True)
    assert "title: Baker\n" in run("read", "greenhouse", answer, "--company", "Kneipp").stdout


def test_reading_with_an_unknown_source_or_a_broken_answer_says_what_to_do(run: Run, tmp_path: Path) -> None:
    answer = tmp_path / "answer.json"
    answer.write_text("<html>")
    result = run("read", "greenhose", answer)
    assert (result.exit_code, result.stderr) == (
        1,
        'read: no source is called "greenhose". Did you mean "greenhouse"?\n',
    )
    result = run("read", "greenhouse", answer)
    assert result.exit_code == 1
    assert str(answer) in result.stderr
    assert "is not JSON" in result.stderr


def test_every_source_has_an_example_line(run: Run) -> None:
    listed = json.loads(run("sources", "--json").stdout)
    assert {"greenhouse", "workday", "feed", "jsonld"} <= listed.keys()
    assert all(f"source: {name}" in source["example"] for name, source in listed.items())
    lines = run("sources").stdout.splitlines()
    assert len(lines) == len(listed)
    assert "employer" in next(line for line in lines if " greenhouse " in line)


def test_the_schema_in_the_repository_is_the_one_that_is_checked(run: Run, repo: Path) -> None:
    assert (repo / "schema" / "job.schema.json").read_text(encoding="utf-8") == run("schema").stdout


def test_the_schema_asks_for_what_the_checker_asks_for(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    assert sorted(schema["required"]) == ["apply_url", "company", "posted", "title"]
    assert schema["additionalProperties"] is False
    assert "null" not in json.dumps(schema)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("arguments", [["--json"], []])
def test_a_report_is_shown_whole_in_any_encoding_and_obeyed_in_none(
    tmp_path: Path, encoding: str, arguments: list[str]
) -> None:
    (tmp_path / "config.yaml").write_text("title: Jobs\n")
    (tmp_path / "jobs" / "acme").mkdir(parents=True)
    word = "\u5de5 ##[add-mask]e"
    (tmp_path / "jobs" / "acme" / "cook.yaml").write_text(f"workplace: '{word}'\n", encoding="utf-8")
    env = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [sys.executable, "-m", "rolecall", "check", *arguments], cwd=tmp_path, env=env, capture_output=True, check=False
    )
    said = (done.stdout + done.stderr).decode(encoding)
    assert done.returncode == 1
    assert "add-mask" in said
    assert "Traceback" not in said
    assert "##[" not in said
    if arguments:
        assert word in " ".join(issue["what"] for issue in json.loads(done.stdout.decode(encoding))["issues"])


def test_a_command_ends_at_once_with_all_that_it_had_to_say_and_do(repo: Path) -> None:
    program = (
        "import atexit, sys, threading; atexit.register(print, 'bye'); sys.argv = ['rolecall', *sys.argv[1:]]\n"
        "from rolecall.__main__ import run; run()"
    )
    for arguments, code in ((["--version"], 0), (["build", "-C", "nowhere"], 2)):
        command = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(command, cwd=repo, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.splitlines()[-1]) == (code, "bye")
