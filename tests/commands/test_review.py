"""`rolecall review`: what a pull request changes is read as data, judged, and shown; nothing of it is run or obeyed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rolecall.commands.review import review
from rolecall.github.annotations import MOST, annotation_lines
from rolecall.github.changes import MAX_FILES, Change, Changes, read_changes
from rolecall.github.quiet import NOTHING_SEEN
from rolecall.github.review_texts import MARKER, MAX_COMMENT_CHARS, comment, summary

NOW = ("--now", "2026-11-25")
GOOD = """\
title: Cook
company: Larkspur Kitchens
apply_url: https://larkspur.example/cook
posted: 2026-11-20
places:
  - {city: Ghent, country: BE}
description: |
  You cook for two hundred people a day, with five others, in a kitchen that has windows on three sides.
"""
COMPANY = "name: Larkspur Kitchens\nwebsite: https://larkspur.example/\n"
FRONT_MATTER = """\
---
title: Baker
company: Larkspur Kitchens
location: Ghent, Belgium
url: https://larkspur.example/baker
date: 2026-11-20
---
You bake the bread of the house, for two hundred people a day, in a kitchen that has windows on three sides.
"""


class Fork:
    """The board as a repository: `main` is what is judged against, `offer` what somebody wants to add."""

    def __init__(self, folder: Path, run: Callable[..., Any]) -> None:
        self.folder, self._run = folder, run
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("The board")
        self.git("checkout", "--quiet", "-b", "offer")

    def git(self, *arguments: str, stdin: str = "") -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        env = kept | {"HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": "2026-11-25T00:00:00Z"}
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.folder, env=env, input=stdin, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, message: str = "Offer") -> None:
        self.git("add", "--all", "--force", "--", ".")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)

    def write(self, **files: str) -> None:
        for name, text in files.items():
            self.put(name, text.encode())
        self.commit()

    def put(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def offer(self, files: Mapping[str, str]) -> None:
        """Commit `files` as the offer, and go back to the board as it was."""
        self.write(**files)
        self.main()

    def main(self) -> None:
        self.git("checkout", "--quiet", "main")

    def review(self, *arguments: object, code: int | None = 0) -> Any:
        done = self._run(
            "review", "--base", "main", "--head", "offer", *NOW, *arguments, folder=self.folder, env={"COLUMNS": "200"}
        )
        assert code is None or done.exit_code == code, done.output
        return done

    def report(self, *arguments: object) -> Any:
        return json.loads(self.review("--json", *arguments, code=None).stdout)

    def codes(self) -> dict[str, set[str]]:
        return {file["path"]: {issue["code"] for issue in file["issues"]} for file in self.report()["files"]}

    def texts(self) -> tuple[str, str]:
        """(step summary, comment)"""
        summary, comment = self.folder.parent / "summary.md", self.folder.parent / "comment.md"
        summary.unlink(missing_ok=True)
        self.review("--summary", summary, "--comment", comment, code=None)
        return summary.read_text(encoding="utf-8"), comment.read_text(encoding="utf-8")


@pytest.fixture
def fork(board: Path, run: Callable[..., Any]) -> Fork:
    return Fork(board, run)


def test_a_good_job_is_shown_as_it_will_look(fork: Fork) -> None:
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": GOOD, "jobs/larkspur-kitchens/company.yaml": COMPANY})
    done = fork.review()
    assert "2 job files: nothing that must be mended." in done.stdout
    summary, comment = fork.texts()
    assert "<b>Cook</b>" in summary
    assert "Ghent, Belgium" in summary
    assert "You cook for two hundred people a day" in summary
    assert "Cook · Larkspur Kitchens · Ghent, Belgium" in comment
    assert comment.startswith(MARKER)


def test_only_what_changes_is_judged(fork: Fork) -> None:
    fork.git("checkout", "--quiet", "main")
    fork.put("jobs/acme/broken.yaml", b"title: [")
    fork.commit("A broken file that was there before")
    fork.git("checkout", "--quiet", "-b", "other")
    fork.git("branch", "--force", "offer")
    fork.git("checkout", "--quiet", "offer")
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": GOOD})
    fork.put("jobs/acme/later.yaml", b"title: [")
    fork.commit("What main got since then")
    assert set(fork.codes()) == {"jobs/larkspur-kitchens/cook.yaml"}


def test_a_finding_stands_on_its_line_and_says_what_to_write(fork: Fork) -> None:
    text = GOOD + "salary: {min: 9, max: 12, currency: euros, per: hour}\n"
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": text})
    lines = fork.review("--format", "github", code=1).stdout.splitlines()
    found = [line for line in lines if line.startswith("::error ")]
    assert len(found) == 1
    assert "file=jobs/larkspur-kitchens/cook.yaml,line=9,col=" in found[0]
    assert "EUR" in found[0]


def test_what_is_no_plain_file_is_refused_unread(fork: Fork) -> None:
    fork.put("jobs/acme/program.yaml", GOOD.replace("/cook", "/program").encode())
    (fork.folder / "jobs/acme/program.yaml").chmod(0o755)
    (fork.folder / "jobs/acme/link.yaml").symlink_to("/etc/passwd")
    fork.put("jobs/acme/notes.txt", b"hello")
    fork.put("jobs/acme/cook.yml", GOOD.encode())
    fork.put("jobs/acme/latin.yaml", "title: Köchin\n".encode("latin-1"))
    fork.put("jobs/acme/long.yaml", b"title: " + b"x" * 70_000)
    fork.put("jobs/.hidden/cook.yaml", GOOD.encode())
    fork.commit()
    head = fork.git("rev-parse", "HEAD")
    fork.git("update-index", "--add", "--cacheinfo", f"160000,{head},jobs/acme/sub.yaml")
    fork.git("commit", "--quiet", "--message", "A submodule")
    fork.git("checkout", "--quiet", "--force", "main")
    codes = fork.codes()
    assert "link" in codes["jobs/acme/link.yaml"]
    assert "not-a-job" in codes["jobs/acme/sub.yaml"]
    assert "not-a-job" in codes["jobs/acme/notes.txt"]
    assert "not-a-job" in codes["jobs/.hidden/cook.yaml"]
    assert "extension" in codes["jobs/acme/cook.yml"]
    assert "executable" in codes["jobs/acme/program.yaml"]
    assert "store" in codes["jobs/acme/latin.yaml"]
    assert "store" in codes["jobs/acme/long.yaml"]
    summary, comment = fork.texts()
    assert "root:" not in summary + comment


def test_a_moved_file_is_one_that_went_and_one_that_came(fork: Fork) -> None:
    before = "jobs/brasswick-rail/staff-platform-engineer.yaml"
    after = "jobs/brasswick-rail/platform-engineer.yaml"
    fork.git("mv", before, after)
    fork.commit()
    fork.main()
    report = {file["path"]: file for file in fork.report()["files"]}
    assert report[before]["status"] == "deleted"
    assert report[after]["status"] == "added"
    assert [issue["code"] for issue in report[after]["issues"] if issue["level"] == "error"] == []
    assert "This file is removed" in fork.texts()[0]


def test_two_new_files_of_one_job_are_found(fork: Fork) -> None:
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": GOOD, "jobs/larkspur-kitchens/cook-two.yaml": GOOD})
    assert all("duplicate" in codes for codes in fork.codes().values())


def test_a_file_name_that_nobody_sees_is_refused(fork: Fork) -> None:
    fork.put("jobs/acme/co\u202eok.yaml", GOOD.encode())
    fork.put("jobs/acme/ca\nke.yaml", GOOD.encode())
    fork.put(os.fsdecode(b"jobs/acme/c\xff.yaml"), GOOD.encode())
    fork.commit()
    fork.main()
    codes = fork.codes()
    assert len(codes) == 3
    assert all("file-name" in found for found in codes.values())


def test_files_outside_jobs_are_pointed_out(fork: Fork) -> None:
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": GOOD, ".github/workflows/mine.yml": "on: push\n", "a@b#1.txt": "x"})
    summary, comment = fork.texts()
    assert fork.report()["outside"] == [".github/workflows/mine.yml", "a@b#1.txt"]
    assert "gets no automation" in summary
    assert "gets no automation" in comment
    assert f"a@{NOTHING_SEEN}b#{NOTHING_SEEN}1.txt" in comment


def test_a_pull_request_without_job_files_gets_no_comment(fork: Fork) -> None:
    fork.offer({"src/rolecall/new.py": "raise SystemExit\n", "docs/new.md": "# New\n"})
    done = fork.review()
    assert "No job file is changed." in done.stdout
    summary, comment = fork.texts()
    assert comment == ""
    assert "no job file" in summary


def test_more_files_than_anybody_reads_are_counted(fork: Fork) -> None:
    fork.offer({f"jobs/larkspur-kitchens/cook-{n}.yaml": GOOD.replace("/cook", f"/{n}") for n in range(MAX_FILES + 7)})
    report = fork.report()
    assert len(report["files"]) == MAX_FILES
    assert [issue["code"] for issue in report["issues"]] == ["too-many-files"]
    assert "7 more files" in report["issues"][0]["what"]
    assert fork.review(code=1)


def test_a_job_in_another_form_comes_back_as_the_file_that_should_have_been_sent(fork: Fork) -> None:
    fork.offer({"jobs/baker.md": FRONT_MATTER})
    report = fork.report()
    assert [one["origin"] for one in report["suggested"]] == ["jobs/baker.md"]
    suggested = report["suggested"][0]
    assert re.fullmatch(r"jobs/larkspur-kitchens/baker-[0-9a-f]{8}\.yaml", suggested["path"])
    assert "title: Baker\n" in suggested["text"]
    for text in fork.texts():
        assert "title: Baker\n" in text
        assert suggested["path"] in text


def test_only_the_new_rows_of_a_list_come_back(fork: Fork) -> None:
    row = "| {0} | {1} | Ghent, Belgium | [Apply](https://{2}.example/job) | 2026-11-20 |\n"
    head = "# Jobs\n\n| Company | Role | Location | Apply | Date |\n|---|---|---|---|---|\n"
    old = head + row.format("Larkspur", "Cook", "larkspur")
    fork.git("checkout", "--quiet", "main")
    fork.put("LIST.md", old.encode())
    fork.commit("A list")
    fork.git("checkout", "--quiet", "-B", "offer")
    fork.offer({"LIST.md": old + row.format("Brindle", "Baker", "brindle")})
    report = fork.report()
    assert ["title: Baker" in one["text"] for one in report["suggested"]] == [True]
    assert report["outside"] == ["LIST.md"]


def test_a_row_written_into_the_readme_is_told_to_become_a_file(fork: Fork) -> None:
    readme = (fork.folder / "README.md").read_text(encoding="utf-8")
    fork.offer({"README.md": readme.replace("<tr valign", "<tr><td>My own job</td></tr>\n<tr valign", 1)})
    assert "send a job file" in fork.review().stdout
    for text in fork.texts():
        assert "is lost with the next" in text
    fork.git("checkout", "--quiet", "-B", "offer", "main")
    fork.offer({"README.md": f"A word above the list.\n\n{readme}"})
    assert fork.texts()[1] == ""


def test_an_entry_of_a_real_list_comes_back_as_a_file(fork: Fork, shared: Path) -> None:
    data = json.loads((shared / "payloads/lists/simplify/listings.json").read_text(encoding="utf-8"))
    fork.git("checkout", "--quiet", "main")
    fork.put("listings.json", json.dumps(data).encode())
    fork.commit("A list")
    fork.git("checkout", "--quiet", "-B", "offer")
    mine = {"company_name": "Brindle", "title": "Baker", "url": "https://brindle.example/jobs/1"}
    fork.offer({"listings.json": json.dumps([*data, data[0] | mine | {"active": True, "id": "x"}])})
    assert ["title: Baker" in one["text"] for one in fork.report()["suggested"]] == [True]


def test_the_commit_is_found_even_when_its_name_looks_like_an_option(fork: Fork) -> None:
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": GOOD})
    done = fork._run("review", "--base", "--output=x", "--head", "offer", *NOW, folder=fork.folder)
    assert done.exit_code == 1
    assert "names no commit here" in done.stderr
    assert not (fork.folder / "x").exists()


def test_two_histories_without_a_common_commit_are_an_error_that_says_what_to_do(fork: Fork) -> None:
    fork.git("checkout", "--quiet", "--orphan", "elsewhere")
    fork.commit("Another beginning")
    done = fork._run("review", "--base", "main", *NOW, folder=fork.folder)
    assert done.exit_code == 1
    assert "fetch-depth" in done.stderr


# What the second workflow does with what the first left behind.


def handed_over(fork: Fork) -> Path:
    path = fork.folder.parent / "changes.json"
    fork.review("--changes", path, "--number", 12, code=None)
    return path


def judge_again(fork: Fork, path: Path, *arguments: object) -> Any:
    comment = fork.folder.parent / "again.md"
    comment.unlink(missing_ok=True)
    done = fork._run("review", "--from", path, "--comment", comment, "--json", *NOW, *arguments, folder=fork.folder)
    return done, comment.read_text(encoding="utf-8") if comment.exists() else None


def test_what_is_handed_over_is_judged_to_the_same_words(fork: Fork) -> None:
    fork.offer(
        {
            "jobs/larkspur-kitchens/cook.yaml": GOOD,
            "jobs/larkspur-kitchens/bad.yaml": "title: X\n",
            "jobs/baker.md": FRONT_MATTER,
            "README.md": "hello\n",
        }
    )
    path = handed_over(fork)
    done, comment = judge_again(fork, path)
    assert json.loads(done.stdout) == fork.report("--number", 12)
    assert comment == fork.texts()[1]
    packed = path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "changes.json")
    assert judge_again(fork, packed)[1] == comment


def test_a_verdict_in_what_is_handed_over_counts_for_nothing(fork: Fork) -> None:
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": "title: Cook\n"})
    path = handed_over(fork)
    data = json.loads(path.read_text())
    data["files"][0]["status"] = "changed"
    path.write_text(json.dumps(data))
    done, comment = judge_again(fork, path)
    assert done.exit_code == 1
    assert "apply_url: is missing" in str(comment)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"head": "main"},
        {"head": "a" * 40 + "\n"},
        {"number": "12"},
        {"number": -1},
        {"extra": 1},
        {"files": [{"path": "jobs/a.yaml", "status": "added", "text": "x" * 70_000}]},
        {"files": [{"path": "jobs/a\nb.yaml", "status": "added"}]},
        {"files": [{"path": "jobs/a.yaml", "status": "merged"}]},
        {"files": [{"path": "jobs/a.yaml", "status": "added"}] * (MAX_FILES + 1)},
        {"files": "x"},
        {"outside": [""]},
        {"converted": [{"origin": "a", "path": "b"}]},
    ],
)
def test_what_is_handed_over_in_another_shape_is_not_read(change: dict[str, Any], fork: Fork) -> None:
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": GOOD})
    path = handed_over(fork)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    done, comment = judge_again(fork, path)
    assert done.exit_code == 1
    assert "changes.json: " in done.stderr
    assert comment is None


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"PK\x03\x04broken", b"[" * 100_000, b'{"a":' * 100_000])
def test_rubbish_that_is_handed_over_is_not_read(data: bytes, fork: Fork, tmp_path: Path) -> None:
    path = tmp_path / "changes.json"
    path.write_bytes(data)
    done, comment = judge_again(fork, path)
    assert done.exit_code == 1
    assert done.stderr.startswith("changes.json: ")
    assert comment is None


def test_a_zip_that_unfolds_without_end_is_not_read(tmp_path: Path, fork: Fork) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../changes.json", "{}")
        archive.writestr("changes.json", " " * 50_000_000)
    done, comment = judge_again(fork, path)
    assert done.exit_code == 1
    assert "over the limit" in done.stderr
    assert comment is None


def test_what_is_handed_over_must_be_about_the_commit_that_was_run(fork: Fork) -> None:
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": GOOD})
    path = handed_over(fork)
    assert judge_again(fork, path, "--head", read_changes(path).head)[0].exit_code == 0
    done, comment = judge_again(fork, path, "--head", "0" * 40)
    assert done.exit_code == 1
    assert comment is None


def test_sound_files_can_be_taken_into_the_board_and_others_are_not(fork: Fork) -> None:
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": GOOD, "jobs/larkspur-kitchens/bad.yaml": "title: X\n", "a.txt": ""})
    fork.review("--take", code=1)
    assert (fork.folder / "jobs/larkspur-kitchens/cook.yaml").read_text() == GOOD
    assert not (fork.folder / "jobs/larkspur-kitchens/bad.yaml").exists()
    assert not (fork.folder / "a.txt").exists()


def test_nothing_is_taken_to_a_place_outside_jobs(fork: Fork) -> None:
    fork.offer({"jobs/larkspur-kitchens/cook.yaml": GOOD})
    path = handed_over(fork)
    for place in ("jobs/../../cook.yaml", "jobs/./cook.yaml", "../cook.yaml", "/tmp/cook.yaml"):
        data = json.loads(path.read_text())
        data["files"][0]["path"] = place
        path.write_text(json.dumps(data))
        fork._run("review", "--from", path, "--take", *NOW, folder=fork.folder)
    assert fork.git("status", "--porcelain", "--", "jobs") == ""
    assert not (fork.folder.parent / "cook.yaml").exists()


# Text from outside stays text.

ATTACKS = (
    "```\n@everyone closes #1\n```",
    "````````\n</details></table><script>alert(1)</script>\n# Big",
    "<!-- rolecall:review -->",
    "![x](https://evil.example/x.png) [a](javascript:alert(1))",
    "::error::x\n::stop-commands::y",
    "\x1b[31m red \u202e reversed",
    "| a | b |\n|---|---|\n| 1 | 2 |",
)


def outside_of_fences(text: str) -> str:
    """The part of Markdown that acts."""
    kept, fence = [], ""
    for line in text.splitlines():
        found = re.match(r"`{3,}", line)
        if fence:
            fence = "" if line == fence else fence
        elif found:
            fence = found[0]
        else:
            kept.append(line)
    assert fence == ""
    return "\n".join(kept)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_from_the_files_acts_in_comment_summary_or_log(attack: str, fork: Fork) -> None:
    quoted = json.dumps(attack)
    indented = "".join(f"  {line}\n" for line in attack.replace("\x1b", "").splitlines())
    fork.offer(
        {
            "jobs/acme/title.yaml": f"title: {quoted}\ncompany: {quoted}\napply_url: {quoted}\nposted: {quoted}\n",
            "jobs/acme/key.yaml": f"{quoted}: 1\n",
            "jobs/acme/text.yaml": re.sub(r"(?s)description: .*", f"description: |\n{indented}", GOOD),
            "jobs/acme/front.md": FRONT_MATTER + attack.replace("\x1b", "") + "\n",
        }
    )
    summary, comment = fork.texts()
    acting = outside_of_fences(comment)
    assert acting.count(MARKER) == 1
    for sign in ("@", "alert", "evil", "::", "\x1b", "\u202e"):
        assert sign not in acting
    assert not re.search(r"@(?!\u200b)", comment)
    assert not re.search(r"(?<!&)#(?=\d)", comment)
    shown = outside_of_fences(summary)
    assert not re.search(r"<script|=.?javascript:|src=|@everyone|!\[|\x1b|\u202e|^# ", shown, re.MULTILINE)
    assert MARKER not in shown
    lines = fork.review("--format", "github", code=None).stdout.splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert commands
    assert all(re.match(r"::(?:error|warning|notice) (?:file|title)=", line) for line in commands)
    issues = [issue for file in fork.report()["files"] for issue in file["issues"]]
    levels = Counter(issue["level"] for issue in issues)
    assert len(commands) == sum(min(MOST, count) for count in levels.values())


def test_no_known_attack_acts(board: Path, shared: Path) -> None:
    """Every string that has fooled a log, a summary or a comment somewhere, in every place of a file."""
    corpus = json.loads((shared / "corpora/attacks/log_and_commit_injection.json").read_text(encoding="utf-8"))
    attacks = sorted({text for text in strings_in(corpus) if len(text) > 2})
    assert len(attacks) > 20
    for start in range(0, len(attacks), MAX_FILES):
        files = [
            Change(path=f"jobs/acme/cook-{number}.yaml", status="added", size=1, text=yaml_of(attack))
            for number, attack in enumerate(attacks[start : start + MAX_FILES])
        ]
        found = review(board, Changes(head="a" * 40, files=files, number=1), date(2026, 11, 25))
        acting = outside_of_fences(comment(found)) + outside_of_fences(summary(found))
        assert acting.count(MARKER) == 1
        assert not re.search(r"<script|=.?javascript:|src=|!\[|\x1b|^::|^# |@(?!\u200b)", acting, re.MULTILINE)
        for line in annotation_lines(list(found.findings())):
            assert not re.match(r"\s*::(?!(?:error|warning|notice) (?:file|title)=)", line)
            assert line.isprintable()


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings_in(item)


def yaml_of(attack: str) -> str:
    """A job file that says `attack` wherever it can."""
    quoted = json.dumps(attack.encode("utf-8", "replace").decode())
    address = json.dumps(f"https://acme.example/{attack}")
    return f"title: {quoted}\ncompany: {quoted}\napply_url: {address}\nposted: {quoted}\n{quoted}: 1\n"


def test_a_suggested_file_can_be_copied_out_of_the_comment(fork: Fork) -> None:
    mail = FRONT_MATTER.replace("url: https://larkspur.example/baker", "email: jobs@larkspur.example")
    fork.offer({"jobs/baker.md": mail + "\nAsk ann@larkspur.example about #1.\n"})
    comment = fork.texts()[1]
    block = re.search(r"(?s)```yaml\n(.*?)\n```", comment)
    assert block is not None
    from rolecall import yaml_io

    value = yaml_io.load(block[1].encode(), "x").value
    assert value["apply_url"] == "mailto:jobs@larkspur.example"
    assert "ann&#64;larkspur.example about &#35;1." in value["description"]
    assert NOTHING_SEEN not in block[1]


def test_a_comment_is_never_longer_than_github_takes(fork: Fork) -> None:
    rows = {f"jobs/acme/cook-{n}.yaml": "".join(f"k{n}x{m}: {'@`#1' * 20}\n" for m in range(60)) for n in range(40)}
    fork.offer(rows | {f"jobs/{n}.md": FRONT_MATTER.replace("Baker", f"Baker {n}") * 30 for n in range(12)})
    comment = fork.texts()[1]
    assert 1_000 < len(comment) <= MAX_COMMENT_CHARS
    assert outside_of_fences(comment)
