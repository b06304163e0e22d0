"""`rolecall from-issue`: an issue that was made with a form becomes files, or an answer that says what to mend."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolecall.github import issue_comment
from rolecall.github.forms import FORMS
from rolecall.issues import Issue, Spot
from rolecall.model import Job
from rolecall.schema import validate
from rolecall.yaml_io import load

Desk = Any  # conftest.py has it
Run = Callable[..., Any]
COOK = {"title": "Senior Cook", "company": "Acme", "apply_url": "https://jobs.acme.example/7"}
PERSONS = "jobs/kelpline/harbour-cook.yaml"
FETCHED = "jobs/acme/cook-7f3a1c22.yaml"


# --- A new job ---


def test_a_filled_form_becomes_a_job_file_with_the_day_of_the_issue(desk: Desk) -> None:
    done = desk.form(
        "new-job",
        "--write",
        **COOK,
        places="Berlin, Germany\nOslo, Norway",
        workplace="Hybrid",
        employment="Full time, Part time",
        salary="EUR 90,000 - 120,000 per year",
        sponsorship="Yes",
        tags="Golang",
        closes="2026-12-31",
        description="Soup.",
    )
    assert done.exit_code == 0, done.stderr
    (file,) = (path for path in desk.state() if path.startswith("jobs/acme/senior-cook"))
    job, problems = validate(Job, load(desk.state()[file], file))
    assert job is not None, problems
    assert (job.posted.isoformat(), job.posted_estimated, job.tags) == ("2026-11-20", True, ("go",))
    assert desk.outputs == {
        "state": "written",
        "form": "new-job",
        "number": "12",
        "title": "Add a job from issue #12",
        "login": "ada",
        "user_id": "1815",
    }
    assert "Approved." in desk.comment
    assert "€90,000–120,000 a year" in desk.comment
    assert f"# {file}\n" in desk.comment


def test_checking_writes_no_job(desk: Desk) -> None:
    before = desk.state()
    done = desk.form("new-job", **COOK)
    assert (done.exit_code, desk.outputs["state"], desk.state()) == (0, "ready", before)
    assert "`approved`" in desk.comment


def test_the_same_issue_makes_the_same_bytes_on_another_day(desk: Desk) -> None:
    desk.form("new-job", "--write", **COOK)
    first = desk.state()
    desk.form("new-job", "--check", "--now", "2026-12-09", **COOK)
    assert desk.outputs["state"] == "refused"
    assert "is on the board already: jobs/acme/senior-cook" in desk.comment.replace("\n  ", " ")
    assert desk.state() == first


def test_every_problem_is_told_at_once_by_the_labels_of_the_form(desk: Desk) -> None:
    done = desk.form(
        "new-job",
        title="Cook",
        apply_url="javascript:alert(1)",
        salary="a lot",
        closes="soon",
        workplace="Moon",
        posted="2027-05-01",
    )
    assert done.exit_code == 1
    named = [line.split(":")[1].strip() for line in done.stderr.splitlines()[1:]]
    wrong = ["Company", "Where to apply", "Workplace", "Pay", "First published", "Last day to apply"]
    assert named[: len(wrong)] == wrong  # what is only doubtful comes after it
    for label in wrong:
        assert f"{label}: " in desk.comment
    assert "apply_url" not in desk.comment
    assert desk.outputs["title"] == ""


def test_a_mailbox_and_a_bare_host_are_taken_as_people_write_them(desk: Desk) -> None:
    desk.form("new-job", **{**COOK, "apply_url": "jobs@acme.example"})
    assert "apply_url: mailto:jobs@\u200bacme.example" in desk.comment
    desk.form("new-job", **{**COOK, "apply_url": "acme.example/jobs"})
    assert "apply_url: https://acme.example/jobs" in desk.comment


def test_an_issue_without_a_form_is_left_alone(desk: Desk) -> None:
    before = desk.state()
    for body in ("The site is slow.", "", None):
        assert desk.send(body, "--write").exit_code == 0
        assert desk.outputs["state"] == "no-form"
    assert not desk.comment_file.exists()
    assert desk.state() == before


def test_a_text_that_was_edited_after_approval_is_not_written(github: Any, desk: Desk, tmp_path: Path) -> None:
    before, current = desk.state(), tmp_path / "now.json"
    current.write_text(json.dumps(github.issue_of(github.body_of("new-job", **COOK) + "\n\nand more")))
    assert desk.form("new-job", "--write", "--current", current, **COOK).exit_code == 1
    assert (desk.outputs["state"], desk.state()) == ("edited", before)
    current.write_text(json.dumps(github.issue_of(github.body_of("new-job", **COOK))))
    assert desk.form("new-job", "--write", "--current", current, **COOK).exit_code == 0


def test_the_rules_for_new_files_hold_in_a_form_too(desk: Desk) -> None:
    done = desk.form(
        "new-job", **{**COOK, "apply_url": "https://bit.ly/3xyz"}, tags="Frobnicate", salary="EUR 1 per year"
    )
    assert done.exit_code == 1
    wrong, _, doubtful = desk.comment.partition("Worth a second look")
    assert "Where to apply: " in wrong
    assert "Skills: 'frobnicate' is not in the vocabulary." in wrong + doubtful


def test_a_change_is_judged_like_a_new_file_and_the_rest_of_the_file_is_not(desk: Desk) -> None:
    assert desk.form("edit-job", job=FETCHED, title="Chef").exit_code == 0
    assert desk.form("edit-job", job=FETCHED, apply_url="https://bit.ly/3xyz").exit_code == 1
    assert "Where to apply: " in desk.comment


def test_an_address_that_another_job_has_is_pointed_out(desk: Desk) -> None:
    desk.form("new-job", "--write", **COOK)
    assert desk.form("new-job", **{**COOK, "title": "Baker"}).exit_code == 0
    doubtful = " ".join(desk.comment.partition("Worth a second look")[2].split())
    assert re.search(r"Where to apply: is the address of jobs/acme/senior-cook-\w+\.yaml, too\.", doubtful)


def test_help_has_examples(run: Run) -> None:
    assert "rolecall from-issue" in run("from-issue", "--help").output.partition("Examples:")[2]


# --- Changes ---


def test_a_persons_file_changes_in_what_was_filled_in_alone(desk: Desk) -> None:
    before = desk.text(PERSONS)
    done = desk.form("edit-job", "--write", job=PERSONS, title="Head Cook", tags="-", salary="EUR 25 per hour")
    assert done.exit_code == 0, done.stderr
    changed = before.replace("Harbour Cook", "Head Cook").replace("tags: [python]\n", "")
    salary = "salary: {min: 25, max: 25, currency: EUR, per: hour}\n"
    assert desk.text(PERSONS) == changed.replace("description:", f"{salary}description:")
    assert "# without tags" in desk.comment


def test_a_fetched_file_keeps_what_a_person_decided(desk: Desk) -> None:
    page = "https://o.github.io/r/jobs/acme/cook-7f3a1c22.html"
    done = desk.form("edit-job", "--write", job=page, salary="EUR 50,000 - 60,000 per year", description="Stew.")
    assert done.exit_code == 0, done.stderr
    job, _ = validate(Job, load(desk.text(FETCHED).encode(), FETCHED))
    assert job is not None
    assert job.keep == ("description_html", "salary")
    assert (job.description, job.description_html) == ("Stew.\n", None)
    assert job.title == "Cook"


@pytest.mark.parametrize("job", ["jobs/acme/none.yaml", "../config.yaml", "/etc/passwd", "https://elsewhere.example/"])
def test_a_job_that_is_not_there_is_not_guessed(desk: Desk, job: str) -> None:
    before = desk.state()
    assert desk.form("edit-job", "--write", job=job, title="Chef").exit_code == 1
    assert "is no job of this board." in desk.comment.replace("\n  ", " ")
    assert desk.state() == before


def test_a_change_that_changes_nothing_or_removes_what_is_needed_is_refused(desk: Desk) -> None:
    assert desk.form("edit-job", job=PERSONS, title="Harbour Cook").exit_code == 1
    assert "changes nothing" in desk.comment
    assert desk.form("edit-job", job=PERSONS, title="-").exit_code == 1
    assert "Job title: cannot be removed." in desk.comment


# --- Closing ---

SEEN = "The employer's page says that it is closed or filled"


@pytest.mark.parametrize(
    "job",
    [
        FETCHED,
        "acme/cook-7f3a1c22.yaml",
        "https://o.github.io/r/jobs/acme/cook-7f3a1c22.html",
        "https://github.com/o/r/blob/main/jobs/acme/cook-7f3a1c22.yaml",
        "https://boards.greenhouse.io/acme/jobs/1?utm_source=x",
    ],
)
def test_a_job_is_closed_by_any_name_that_people_have_for_it(desk: Desk, job: str) -> None:
    assert desk.form("close-job", "--write", job=job, reason=SEEN, details="::error::x @ada").exit_code == 0
    lines = desk.text(FETCHED).splitlines()
    assert {"status: closed", "closed_at: 2026-11-20", "closed_reason: closed or filled"} <= set(lines)
    assert desk.outputs["title"] == "Close a job from issue #12"
    assert "ada" not in desk.comment


def test_many_jobs_are_closed_at_once_and_unknown_ones_are_listed(desk: Desk) -> None:
    asked = f"- {FETCHED}\n- {PERSONS}\n- {PERSONS}\n- https://elsewhere.example/1\n"
    assert desk.form("close-jobs", "--write", jobs=asked, reason="The link leads nowhere").exit_code == 0
    assert desk.outputs["title"] == "Close 2 jobs from issue #12"
    assert all("status: closed" in desk.text(file) for file in (FETCHED, PERSONS))
    assert desk.text(PERSONS).startswith("# Sea food only.\n")
    assert "'https://elsewhere.example/1' is no job of this board." in desk.comment.replace("\n  ", " ")
    assert desk.form("close-jobs", jobs=asked, reason=SEEN).exit_code == 1
    assert "is closed already" in desk.comment


def test_an_address_of_several_jobs_closes_none(desk: Desk) -> None:
    (desk.folder / "jobs/kelpline/baker.yaml").write_text(desk.text(PERSONS).replace("Harbour Cook", "Baker"))
    assert desk.form("close-job", "--write", job="mailto:jobs@kelpline.example", reason=SEEN).exit_code == 1
    assert "is the address of 2 jobs." in desk.comment


def test_hundreds_of_lines_are_refused(desk: Desk) -> None:
    assert desk.form("close-jobs", jobs="\n".join(f"x{n}" for n in range(201)), reason=SEEN).exit_code == 1
    assert "names 201 jobs, at most 200." in desk.comment


# --- Boards ---


def test_a_known_vendors_address_becomes_a_line_of_the_config(desk: Desk) -> None:
    done = desk.form("add-board", "--write", board="https://boards.greenhouse.io/umbel/", company="Umbel: [GmbH] # x")
    assert done.exit_code == 0, done.stderr
    config = load(desk.text("config.yaml").encode(), "config.yaml").value
    assert config["boards"] == [{"source": "greenhouse", "board": "umbel", "company": "Umbel: [GmbH] # x"}]
    assert desk.text("config.yaml").startswith("title: Jobs\nbase_url: https://o.github.io/r/\n")
    assert desk.form("add-board", board="boards.greenhouse.io/umbel").exit_code == 1
    assert "is read already: boards[0]: greenhouse/umbel." in desk.comment


@pytest.mark.parametrize(
    "address", ["https://unknown.example/careers", "http://169.254.169.254/latest", "file:///etc/passwd", "x", "a b"]
)
def test_an_address_of_no_known_vendor_is_refused_and_not_opened(
    desk: Desk, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(*_: object, **__: object) -> None:
        pytest.fail("an address of an issue was opened")

    monkeypatch.setattr("socket.getaddrinfo", opened)
    before = desk.state()
    assert desk.form("add-board", "--write", board=address).exit_code == 1
    assert desk.state() == before


# --- Hostile events ---


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"issue": []}',
        '{"issue": {"number": "12", "body": ""}}',
        '{"issue": {"number": true, "body": ""}}',
        '{"issue": {"number": -1, "body": ""}}',
        '{"issue": {"number": 12, "body": 7}}',
        '{"issue": {"number": NaN, "body": ""}}',
        "[" * 100_000,
        '{"issue": {"number": ' + "9" * 5_000 + "}}",
    ],
)
def test_a_broken_event_is_an_error_without_a_trace(run: Run, desk: Desk, tmp_path: Path, text: str) -> None:
    event = tmp_path / "broken.json"
    event.write_text(text)
    done = run("from-issue", event, "-C", desk.folder)
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)


def test_an_endless_event_is_refused_unread(run: Run, desk: Desk, tmp_path: Path) -> None:
    event = tmp_path / "long.json"
    event.write_text('{"issue": "' + "x" * 3_000_001 + '"}')
    assert "over the limit" in run("from-issue", event, "-C", desk.folder).stderr


@pytest.mark.parametrize(
    "user",
    [
        {"login": "a b", "id": 1},
        {"login": "x\nstate=written", "id": 1},
        {"login": "ada", "id": "1"},
        {"login": []},
        None,
    ],
)
def test_an_author_of_another_form_is_not_named(github: Any, desk: Desk, user: Any) -> None:
    assert desk.send(github.body_of("new-job", **COOK), user=user).exit_code == 0
    assert (desk.outputs["login"], desk.outputs["user_id"]) == ("", "")
    assert len(desk.outputs_file.read_text().splitlines()) == 6


def test_half_a_surrogate_pair_is_no_crash(github: Any, desk: Desk, tmp_path: Path, run: Run) -> None:
    event = github.event_of(
        tmp_path / "half.json", github.issue_of(github.body_of("new-job", **{**COOK, "title": "Cook \ud800"}))
    )
    assert run("from-issue", event, "-C", desk.folder, "--comment", desk.comment_file).exit_code in (0, 1)
    desk.comment.encode()


# --- Hostile words ---

HOSTILE = (
    "::error::x",
    "##[add-mask]e",
    "a\n::set-env name=PATH::/tmp",
    "x=1\nstate=written",
    "```\n@github #1",
    "\u2028::x",
)


def in_every_field(github: Any, desk: Desk, words: str) -> None:
    """Each form is sent once for each of its fields, with `words` there and sound answers elsewhere."""
    for form in FORMS:
        for question in form.questions:
            sound = {
                "new-job": COOK,
                "edit-job": {"job": PERSONS},
                "add-board": {"board": "boards.greenhouse.io/umbel"},
            }
            answers = {**sound.get(form.name, {"job": PERSONS, "reason": SEEN})}
            if form.name == "close-jobs":
                answers["jobs"] = answers.pop("job")
            before = desk.state()
            done = desk.form(form.name, **{**answers, question.id: words})
            assert done.exit_code in (0, 1)
            assert desk.state() == before
            assert all(line.startswith(("Issue #12: ", "issue: ", "  ")) for line in done.output.splitlines())
            assert set(desk.outputs) == {"state", "form", "number", "title", "login", "user_id"}
            assert desk.outputs["state"] in ("ready", "refused")
            assert re.fullmatch(r"((Add|Change|Close) (a|1) (job|board) from issue #12)?", desk.outputs["title"])
            assert not re.search(r"@(?!\u200b)", desk.comment)
            bare = github.outside_fences(desk.comment)
            assert not re.search(r"[#@]|::|pwned", bare.replace("<!-- rolecall:", ""))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_any_field_of_any_form_are_refused_or_harmless(github: Any, desk: Desk, words: str) -> None:
    in_every_field(github, desk, words)


def test_the_collection_in_any_field_of_any_form_is_refused_or_harmless(github: Any, desk: Desk, shared: Path) -> None:
    for words in json.loads((shared / "corpora" / "attacks" / "log_and_commit_injection.json").read_text()):
        in_every_field(github, desk, words)


def test_every_body_of_the_collection_of_forms_is_left_alone(desk: Desk, shared: Path) -> None:
    bodies = sorted((shared / "corpora" / "issue_forms").rglob("issue-body.md"))
    assert len(bodies) >= 7
    before = desk.state()
    for body in bodies:
        assert desk.send(body.read_text(encoding="utf-8"), "--write").exit_code == 0
        assert (desk.outputs["state"], desk.state()) == ("no-form", before)


# --- Comments ---


@given(texts=st.lists(st.text(alphabet=st.sampled_from("`~@#<> \n\r\u2028ab")), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_gets_out_of_a_fence(github: Any, texts: list[str]) -> None:
    def comments(text: str) -> Iterator[str]:
        finding = Issue.at("x", Spot("issue", field="Pay"), text, text)
        yield issue_comment.refused([finding], [finding])
        yield issue_comment.ready("new-job", text, text, [finding], approved=True)

    for hostile, harmless in zip(comments("\n".join(["x", *texts])), comments("x"), strict=True):
        assert not re.search(r"@(?!\u200b)", hostile)
        assert github.outside_fences(hostile) == github.outside_fences(harmless)


def test_a_comment_is_short_enough_for_github_and_says_what_it_leaves_out() -> None:
    many = [Issue("x", "issue", "@" * 100)] * 200
    comment = issue_comment.ready("new-job", "@a\n" * 25_000, "row", many, approved=False)
    assert len(comment) < 65_000
    assert re.search(r"The rest, [\d,]+ characters, is left out here\.", comment)
    assert "And 150 more." in comment
