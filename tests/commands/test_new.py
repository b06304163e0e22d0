"""`rolecall new`: one job file from words; what cannot be read is said, and nothing is written over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from click.testing import Result

Run = Callable[..., "Result"]
NOW = ("--now", "2026-11-22")
COOK = ("new", "--title", "Cook", "--company", "Harbour Inn", "--url", "https://inn.harbour.example/cook")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text("title: Harbour jobs\n")
    return tmp_path


def jobs(folder: Path) -> list[Path]:
    return sorted((folder / "jobs").rglob("*.yaml"))


def test_words_become_a_file_that_passes_every_check(run: Run, folder: Path) -> None:
    more = ("--place", "Bergen, Norway", "--place", "Oslo", "--workplace", "hybrid", "--pay", "60000-75000 EUR a year")
    also = ("--tag", "golang", "--employment", "full time", "--closes", "24 December 2026", "--posted", "2026-11-20")
    done = run(*COOK, *more, *also, *NOW, folder=folder)
    assert done.exit_code == 0, done.output
    (file,) = jobs(folder)
    assert done.stdout.splitlines()[0] == file.relative_to(folder).as_posix()
    assert file.read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../../schema/job.schema.json\n"
        "title: Cook\n"
        "company: Harbour Inn\n"
        "apply_url: https://inn.harbour.example/cook\n"
        "posted: 2026-11-20\n"
        "places:\n"
        "  - {city: Bergen, country: 'NO'}\n"
        "  - {city: Oslo, country: 'NO'}\n"
        "workplace: hybrid\n"
        "employment: [full_time]\n"
        "salary: {min: 60000, max: 75000, currency: EUR, per: year}\n"
        "tags: [go]\n"
        "closes: 2026-12-24\n"
    )
    assert run("check", *NOW, folder=folder).exit_code == 0


def test_the_same_job_is_not_written_over(run: Run, folder: Path) -> None:
    run(*COOK, *NOW, folder=folder)
    (file,) = jobs(folder)
    file.write_text(file.read_text() + "level: senior\n")
    before = file.read_bytes()
    done = run(*COOK, *NOW, folder=folder)
    assert done.exit_code == 1
    assert f"{file.relative_to(folder).as_posix()}: is there already" in done.stderr
    assert file.read_bytes() == before


def test_a_known_company_keeps_its_name_and_folder(run: Run, folder: Path) -> None:
    run(*COOK, "--website", "https://www.harbour.example/", *NOW, folder=folder)
    done = run("new", "--title", "Waiter", "--company", "HARBOUR INN, Ltd", "--url", "https://inn.harbour.example/w", *NOW, folder=folder)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert {path.parent.name for path in jobs(folder)} == {"harbour-inn"}
    assert all("Harbour Inn\n" in path.read_text() for path in jobs(folder))


def test_a_new_company_with_a_website_gets_its_own_file(run: Run, folder: Path) -> None:
    done = run(*COOK, "--website", "https://www.harbour.example/", *NOW, folder=folder)
    company = folder / "jobs" / "harbour-inn" / "company.yaml"
    assert "jobs/harbour-inn/company.yaml" in done.stdout.splitlines()
    assert (
        company.read_text() == "name: Harbour Inn\nwebsite: https://www.harbour.example/\ndomains: [harbour.example]\n"
    )


def test_what_cannot_be_read_is_said_all_at_once_and_nothing_is_lost(run: Run, folder: Path) -> None:
    done = run(*COOK, "--pay", "lots", "--tag", "net mending", "--closes", "soonish", *NOW, folder=folder)
    assert done.exit_code == 1
    for said in ("--pay: 'lots'", "--tag: 'net mending'", "--closes: 'soonish'"):
        assert f"error: {said}" in done.stderr
    assert "title: Cook\n" in done.stdout
    assert jobs(folder) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "inn.harbour.example/cook", "file:///etc/passwd"])
def test_an_address_that_cannot_be_linked_makes_no_job(run: Run, folder: Path, url: str) -> None:
    done = run("new", "--title", "Cook", "--company", "Harbour Inn", "--url", url, *NOW, folder=folder)
    assert done.exit_code == 1
    assert "cannot be linked" in done.stderr
    assert jobs(folder) == []


def test_a_website_that_is_none_stops_it(run: Run, folder: Path) -> None:
    done = run(*COOK, "--website", "javascript:alert(1)", *NOW, folder=folder)
    assert done.exit_code == 1
    assert "jobs/harbour-inn/company.yaml:2" in done.stderr
    assert jobs(folder) == []


def test_without_a_terminal_nothing_is_asked_and_what_is_missing_is_named(run: Run, folder: Path) -> None:
    done = run("new", "--title", "Cook", *NOW, folder=folder)
    assert done.exit_code == 2
    assert "--company, --url are missing." in done.stderr


def test_at_a_terminal_it_asks_for_the_rest(folder: Path) -> None:
    from click.testing import CliRunner

    from rolecall.cli import main

    answers = [
        "Harbour Inn",
        "https://inn.harbour.example/cook",
        "https://harbour.example",
        "Bergen, Norway; Oslo, Norway",
    ]
    answers += ["on_site", "25 EUR an hour", "python, go", "Soup **daily**.", "", "- Fish", "."]
    arguments = ["new", "-C", str(folder), "--title", "Cook", "--interactive", *NOW]
    done = CliRunner().invoke(main, arguments, input="\n".join(answers) + "\n", catch_exceptions=False)
    assert done.exit_code == 0, done.output
    company, job = jobs(folder)
    assert "website: https://harbour.example\n" in company.read_text()
    text = job.read_text()
    assert text.endswith("description: |\n  Soup **daily**.\n\n  - Fish\n")
    for line in ("  - {city: Oslo, country: 'NO'}\n", "workplace: on_site\n", "per: hour", "tags: [python, go]\n"):
        assert line in text


def test_a_description_comes_from_a_file(run: Run, folder: Path) -> None:
    (folder / "cook.md").write_text("# Soup\n\nDaily.\n")
    done = run(*COOK, "--description-file", "cook.md", *NOW, folder=folder)
    assert done.exit_code == 0, done.output
    assert jobs(folder)[0].read_text().endswith("description: |\n  # Soup\n\n  Daily.\n")


def test_an_edited_file_is_checked_again(run: Run, folder: Path) -> None:
    editor = folder / "editor"
    editor.write_text('#!/bin/sh\nsed -i.old "s/^posted: .*/posted: never/" "$1"\n')
    editor.chmod(0o755)
    done = run(*COOK, "--edit", *NOW, folder=folder, env={"EDITOR": str(editor), "VISUAL": str(editor)})
    assert done.exit_code == 1
    assert "posted: 'never' is not a date." in done.stderr
    assert "posted: never" in done.stdout
    assert jobs(folder) == []


def test_the_report_for_machines_holds_file_and_text(run: Run, folder: Path) -> None:
    report = json.loads(run(*COOK, "--json", *NOW, folder=folder).stdout)
    assert report["written"] is True
    assert (folder / report["file"]).read_text() == report["text"]
