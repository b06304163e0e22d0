"""What a reader would see change between two states of a board."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.commands import diff_words
from rolecall.commands.diff import KINDS, Change, DiffReport, Fact, diff
from rolecall.errors import RolecallError
from rolecall.issues import Issues
from rolecall.site.view import JobView

TODAY = date(2026, 11, 22)
Run = Callable[..., Any]


def kinds(report: DiffReport) -> list[tuple[str, str]]:
    return [(change.kind, change.view.title) for change in report.changes]


def facts(report: DiffReport) -> dict[str, tuple[str, str]]:
    (change,) = report.changes
    return {fact.name: (fact.before, fact.after) for fact in change.facts}


def test_nothing_changed_is_said(git_board: Any, run: Run) -> None:
    git_board.job("larkspur/cook.yaml")
    git_board.commit()
    result = run("diff", "-C", git_board.folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "From HEAD to the working tree: nothing that a reader sees changed.\n"
    found = json.loads(run("diff", "-C", git_board.folder, "--json").stdout)
    assert (found["changes"], found["renamed"]) == ([], [])


def test_each_kind_of_change_is_told_in_the_order_of_the_board(git_board: Any) -> None:
    git_board.job("larkspur/closing.yaml", title="Closing")
    git_board.job("larkspur/coming.yaml", title="Coming back", status="closed")
    git_board.job("larkspur/gone.yaml", title="Gone")
    git_board.job("larkspur/other.yaml", title="Other", posted="2026-11-02")
    git_board.job("larkspur/same.yaml", title="Same")
    git_board.commit()
    git_board.job("larkspur/closing.yaml", title="Closing", status="closed")
    git_board.job("larkspur/coming.yaml", title="Coming back")
    (git_board.folder / "jobs/larkspur/gone.yaml").unlink()
    git_board.job("larkspur/other.yaml", title="Another", posted="2026-11-02")
    git_board.job("larkspur/new-1.yaml", title="Older", posted="2026-11-10")
    git_board.job("larkspur/new-2.yaml", title="Newer", posted="2026-11-20")
    git_board.job("larkspur/new-3.yaml", title="First", posted="2026-10-20", featured="true")
    git_board.job("larkspur/new-4.yaml", title="Over", posted="2026-10-20", closes="2026-10-21")
    assert kinds(diff(git_board.folder, TODAY)) == [
        ("new", "First"),
        ("new", "Newer"),
        ("new", "Older"),
        ("reopened", "Coming back"),
        ("changed", "Another"),
        ("closed", "Closing"),
        ("gone", "Gone"),
    ]


def test_a_job_whose_last_day_comes_nearer_is_closed_on_the_day_it_is_over(git_board: Any) -> None:
    git_board.job("larkspur/cook.yaml", closes="2026-12-24")
    git_board.commit()
    git_board.job("larkspur/cook.yaml", closes="2026-11-21")
    assert kinds(diff(git_board.folder, TODAY)) == [("closed", "Cook")]
    assert facts(diff(git_board.folder, date(2026, 11, 21))) == {"closes": ("2026-12-24", "2026-11-21")}


def test_every_fact_that_a_reader_sees_is_told_in_words(git_board: Any) -> None:
    git_board.job("larkspur/cook.yaml", description='"You bake the bread of the house."')
    git_board.commit()
    git_board.job(
        "larkspur/cook.yaml",
        title="Head Cook",
        places="[{city: Ghent, country: BE}]",
        workplace="hybrid",
        salary="{min: 90000, currency: EUR, per: year}",
        tags="[python]",
        employment="[part_time]",
        level="senior",
        closes="2026-12-01",
        apply_url="https://other.example/1",
        description='"You bake the bread and the cakes of the house."',
    )
    assert facts(diff(git_board.folder, TODAY)) == {
        "title": ("Cook", "Head Cook"),
        "where": ("", "Hybrid, Ghent, Belgium"),
        "pay": ("", "from €90,000 a year"),
        "employment": ("", "Part time"),
        "level": ("", "Senior"),
        "tags": ("", "Python"),
        "closes": ("", "2026-12-01"),
        "apply address": ("https://larkspur.example/larkspur/cook.yaml", "https://other.example/1"),
        "description": ("7 words", "10 words: 3 added, 0 removed"),
    }


def test_what_no_reader_sees_is_no_change(git_board: Any) -> None:
    git_board.job("larkspur/cook.yaml")
    git_board.commit()
    file = git_board.job("larkspur/cook.yaml", keep="[tags]")
    file.write_text(f"# a comment\n{file.read_text()}")
    assert diff(git_board.folder, TODAY).is_empty


def test_a_job_that_moved_to_another_file_is_one_change(git_board: Any) -> None:
    file = git_board.job("larkspur/cook.yaml", apply_url="https://larkspur.example/1")
    git_board.commit()
    file.rename(file.with_name("head-cook.yaml"))
    assert facts(diff(git_board.folder, TODAY)) == {"page": ("jobs/larkspur/cook.html", "jobs/larkspur/head-cook.html")}


def test_a_company_with_another_name_is_told(git_board: Any) -> None:
    git_board.write("jobs/larkspur/company.yaml", "name: Larkspur\n")
    git_board.job("larkspur/cook.yaml")
    git_board.commit()
    git_board.write("jobs/larkspur/company.yaml", "name: Larkspur & Daughters\n")
    git_board.job("larkspur/cook.yaml", company="Larkspur & Daughters")
    report = diff(git_board.folder, TODAY)
    assert report.renamed == (("Larkspur", "Larkspur & Daughters"),)
    assert facts(report)["company"] == ("Larkspur", "Larkspur & Daughters")


def test_a_broken_file_is_named_and_is_neither_gone_nor_new(git_board: Any, run: Run) -> None:
    git_board.job("larkspur/cook.yaml")
    git_board.job("larkspur/baker.yaml", title="")
    git_board.job("larkspur/ahead.yaml", posted="2027-01-01")
    git_board.commit()
    git_board.job("larkspur/cook.yaml", posted="yesterday")
    git_board.job("larkspur/baker.yaml", title="Baker")
    git_board.job("larkspur/host.yaml", title="Host")
    git_board.write("jobs/larkspur/bytes.yaml", b"\xff\xfe")
    git_board.write("jobs/larkspur/large.yaml", "x" * 70_000)
    result = run("diff", "-C", git_board.folder, "--now", "2026-11-22", "--json")
    assert result.exit_code == 0
    assert [change["title"] for change in json.loads(result.stdout)["changes"]] == ["Host"]
    for name in ("cook.yaml:4", "baker.yaml", "bytes.yaml", "large.yaml"):
        assert f"not compared: jobs/larkspur/{name}" in result.stderr


def test_names_in_a_commit_that_are_no_files_of_jobs_are_refused(git_board: Any) -> None:
    git_board.job("larkspur/cook.yaml")
    before = git_board.commit()
    (git_board.folder / "jobs/larkspur/link.yaml").symlink_to("cook.yaml")
    git_board.job("larkspur/li\u202ene.yaml")
    git_board.job(".hidden/cook.yaml")
    git_board.write("jobs/larkspur/notes.txt", "no job")
    after = git_board.commit()
    report = diff(git_board.folder, TODAY, before, after)
    assert report.is_empty
    assert sorted(issue.what for issue in report.issues) == [
        "has a name that is not UTF-8, or holds an invisible character.",
        "is not a regular file.",
    ]
    assert all(issue.where.isascii() for issue in report.issues)


def test_states_are_commits_branches_or_folders(git_board: Any, tmp_path: Path) -> None:
    git_board.job("larkspur/cook.yaml")
    first = git_board.commit()
    shutil.copytree(git_board.folder, tmp_path / "before", ignore=shutil.ignore_patterns(".git"))
    git_board.git("switch", "-q", "-c", "side")
    git_board.job("larkspur/baker.yaml", title="Baker")
    git_board.commit()
    git_board.git("switch", "-q", "main")
    here = git_board.folder
    assert kinds(diff(here, TODAY, "main", "side")) == [("new", "Baker")]
    assert kinds(diff(here, TODAY, "side", first)) == [("gone", "Baker")]
    assert kinds(diff(here, TODAY, "side")) == [("gone", "Baker")]
    assert kinds(diff(here, TODAY, str(tmp_path / "before"), "side")) == [("new", "Baker")]
    assert kinds(diff(here, TODAY, "side", str(tmp_path / "before"))) == [("gone", "Baker")]
    assert diff(here, TODAY, str(tmp_path / "before"), str(here)).is_empty


def test_a_board_in_a_folder_of_its_repository_is_found(board_in_a_folder: Any) -> None:
    board_in_a_folder.job("larkspur/cook.yaml")
    board_in_a_folder.commit()
    board_in_a_folder.job("larkspur/baker.yaml", title="Baker")
    report = diff(board_in_a_folder.folder, TODAY)
    assert kinds(report) == [("new", "Baker")]
    assert report.readme_bytes == (46, 46)


def test_nothing_is_checked_out_or_written(git_board: Any) -> None:
    git_board.job("larkspur/cook.yaml")
    first = git_board.commit()
    git_board.job("larkspur/baker.yaml", title="Baker")
    before = git_board.git("status", "--porcelain")
    diff(git_board.folder, TODAY, first)
    assert git_board.git("status", "--porcelain") == before


@pytest.mark.parametrize("ref", ["nope", "--all", "-h", "HEAD^{tree}", "", "a b", "HEAD\n--all", "$(id)", ":/x"])
def test_a_name_that_is_no_commit_is_refused_with_the_mend(git_board: Any, ref: str) -> None:
    git_board.commit()
    with pytest.raises(RolecallError, match=r"names no commit of this repository\. Check its spelling"):
        diff(git_board.folder, TODAY, ref)


def test_without_git_it_says_what_to_do(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "jobs").mkdir()
    result = run("diff", "-C", tmp_path)
    assert result.exit_code == 1
    assert "not a git repository" in result.stderr
    monkeypatch.setenv("PATH", os.devnull)
    result = run("diff", "-C", tmp_path)
    assert result.stderr == "git: cannot be started: Not a directory. Install it, or name two folders.\n"


def test_the_text_names_kinds_facts_and_the_readme(git_board: Any, run: Run) -> None:
    git_board.job("larkspur/cook.yaml")
    git_board.commit()
    git_board.job("larkspur/cook.yaml", title="Head Cook")
    git_board.job("larkspur/baker.yaml", title="Baker", workplace="remote")
    git_board.write("README.md", "longer " * 20)
    assert run("diff", "-C", git_board.folder, "--now", "2026-11-22").stdout == (
        "From HEAD to the working tree: 1 new, 1 changed.\n"
        "\nNew\n"
        "  Baker, Larkspur (Remote)\n"
        "\nChanged\n"
        "  Head Cook, Larkspur\n"
        "    title: Cook -> Head Cook\n"
        "\nREADME: 46 bytes before, 140 after.\n"
    )


def test_two_forms_at_once_are_wrong_usage(git_board: Any, run: Run) -> None:
    assert run("diff", "-C", git_board.folder, "--json", "--markdown").exit_code == 2


def report_of(text: str, count: int = 1) -> DiffReport:
    views = [
        JobView(id=f"{number:012x}", file="jobs/a/b.yaml", page="", title=text, company=text, company_slug="a", apply_url=text, apply_host="", posted="2026-11-19", where=text, pay=text)
        for number in range(count)
    ]  # fmt: skip
    changes = [
        Change(kind, view, (Fact("title", text, text), Fact("pay", "", text))) for kind in KINDS for view in views
    ]
    issues = Issues()
    issues.warn("x", text, text, text)
    return DiffReport(text, text, tuple(changes), ((text, text),), (1, 2), issues)


HOSTILE = (
    "<script>alert(1)</script>",
    "</code></ul><img src=x onerror=alert(1)>",
    "@everyone @octocat/team",
    "[x](https://evil.example)",
    "https://evil.example www.evil.example",
    "**bold** `code` # head\n\n# real head",
    "fixes #1 GH-1 owner/repo#1",
    ":smile: | a | b |\n|---|---|",
    "\u202e\u200b\x1b[31m",
    "&lt;b&gt; &#60;b&#62;",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_strangers_text_is_only_text_in_a_comment(hostile: str) -> None:
    made = diff_words.markdown(report_of(hostile))
    assert_harmless(made)


@given(st.text(max_size=80))
def test_no_text_acts_in_a_comment(hostile: str) -> None:
    assert_harmless(diff_words.markdown(report_of(hostile)))


def assert_harmless(made: str) -> None:
    html = cmarkgfm.github_flavored_markdown_to_html(made, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    assert set(re.findall(r"<(/?[a-z0-9]+)", html)) <= {
        f"{slash}{tag}" for slash in ("", "/") for tag in ("p", "b", "ul", "li", "code")
    }
    assert "\n\n" not in made.rstrip("\n")
    assert not re.search(r"@\w", made)
    assert "://" not in made


def test_a_comment_stays_below_githubs_limit() -> None:
    made = diff_words.markdown(report_of("$" * 200, 100))
    assert len(made) < diff_words.MAX_CHARS
    assert len(re.findall(r"<li>and \d+ more</li>", made)) == len(KINDS)
    assert made.count("<ul>") == made.count("</ul>")


def test_the_text_obeys_no_terminal() -> None:
    shown = "\n".join(diff_words.text(report_of("a\x1b[31m\nb\u202e")))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
