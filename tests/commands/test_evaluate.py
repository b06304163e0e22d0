"""`rolecall eval`: figures as whoever labelled counts them, and every miss by name."""

from __future__ import annotations

import json
import random
import runpy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from rolecall.commands.evaluate import evaluate, facts_found, judge_pairs, read_labels
from rolecall.commands.scoring import score
from rolecall.errors import RolecallError

TODAY = date(2026, 11, 22)
Run = Callable[..., Result]


def posting(key: str, **values: Any) -> dict[str, Any]:
    return {
        "id": key,
        "title": "Senior Baker",
        "absolute_url": f"https://bakery.example/jobs/{key}",
        "location": {"name": "Oslo, Norway"},
        "first_published": "2026-11-02T09:00:00Z",
        "content": "We bake with Python and PostgreSQL on Kubernetes.",
    } | values


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    (tmp_path / "greenhouse").mkdir()
    jobs = [posting("7"), posting("8", title="Baker", location={"name": "Remote - Norway"})]
    (tmp_path / "greenhouse" / "bakery.json").write_text(json.dumps({"jobs": jobs}))
    return tmp_path


def label(key: str, **values: Any) -> dict[str, Any]:
    return {
        "file": "greenhouse/bakery.json",
        "key": key,
        "tags": ["postgres", "python", "k8s"],
        "places": [{"city": "Oslo", "country": "NO"}],
        "level": "senior",
        "posted": "2026-11-02",
    } | values


def written(folder: Path, *labels: dict[str, Any]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in labels))
    return path


def test_what_is_read_as_labelled_misses_nothing(answers: Path) -> None:
    found = evaluate(written(answers, label("7")), answers, TODAY)
    assert (found.misses, found.figures["tags"]["f1"], found.figures["posted"]["accuracy"]) == ([], 1.0, 1.0)


def test_every_miss_is_named(run: Run, answers: Path) -> None:
    wrong = label("7", tags=["python", "go"], workplace="hybrid", places=[])
    result = run("eval", written(answers, wrong), "--payloads", answers, "--json")
    misses = json.loads(result.stdout)["misses"]
    assert [(miss["field"], miss["expected"], miss["got"]) for miss in misses] == [
        ("tags", "go", None),
        ("tags", None, "kubernetes"),
        ("tags", None, "postgresql"),
        ("places", [], ["oslo, NO"]),
        ("workplace", "hybrid", None),
    ]
    assert {(miss["file"], miss["key"]) for miss in misses} == {("greenhouse/bakery.json", "7")}


def test_the_misses_stand_below_the_figures(run: Run, answers: Path) -> None:
    labels = written(answers, label("7", level="junior"))
    assert run("eval", labels, "--payloads", answers).stdout.splitlines()[-1] == (
        "greenhouse/bakery.json 7 level: expected junior, got senior"
    )
    assert "expected" not in run("eval", labels, "--payloads", answers, "--quiet").stdout


def test_a_label_may_name_the_posting_by_its_address_or_title(answers: Path) -> None:
    named = [label("https://bakery.example/jobs/7"), label("Senior Baker")]
    assert not evaluate(written(answers, *named), answers, TODAY).misses


def test_a_posting_that_is_not_there_is_wrong_in_every_field(answers: Path) -> None:
    found = evaluate(written(answers, label("99")), answers, TODAY)
    assert found.figures["missing_predictions"] == 1
    assert found.figures["level"]["accuracy"] == 0.0


def test_a_file_that_no_source_reads_is_named(answers: Path) -> None:
    (answers / "greenhouse" / "other.json").write_text("[]")
    found = evaluate(written(answers, label("7", file="greenhouse/other.json")), answers, TODAY)
    assert len(found.unread) == 1
    assert found.unread[0].startswith("greenhouse/other.json: ")


def test_a_list_that_was_wrapped_anew_is_read(answers: Path) -> None:
    (answers / "elsewhere").mkdir()
    item = {"id": 7, "title": "Senior Baker", "url": "https://bakery.example/7", "location": "Oslo, Norway"}
    item |= {"description": "We bake with Python, PostgreSQL and Kubernetes.", "posted_at": "2026-11-02"}
    (answers / "elsewhere" / "all.json").write_text(json.dumps({"count": 1, "data": [item]}))
    assert not evaluate(written(answers, label("7", file="elsewhere/all.json")), answers, TODAY).misses


def test_a_broken_label_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"file": "a", "key": "1"}\n{"file": "a"}\n')
    with pytest.raises(RolecallError, match=r"labels\.jsonl:2: is no label"):
        read_labels(path)


def test_what_two_people_would_label_differently_counts_only_when_asked(answers: Path) -> None:
    labels = written(answers, label("7", level="junior", uncertain=["level"]))
    assert not evaluate(labels, answers, TODAY).misses
    assert len(evaluate(labels, answers, TODAY, strict=True).misses) == 1


def test_pairs_are_judged_by_whether_they_are_merged(run: Run, answers: Path) -> None:
    labels = written(answers, label("7"))
    pair = {side: {"file": "greenhouse/bakery.json", "key": key} for side, key in (("a", "7"), ("b", "8"))}
    pairs = answers / "pairs.jsonl"
    pairs.write_text(f"{json.dumps({**pair, 'same_opening': True})}\n{json.dumps({**pair, 'same_opening': False})}\n")
    found = run("eval", labels, "--payloads", answers, "--pairs", pairs, "--json")
    assert json.loads(found.stdout)["pairs"] == {
        "right": 1,
        "false_merges": 0,
        "wrong": ["Bakery: Senior Baker: not merged"],
    }


def test_no_pair_of_the_labels_is_merged_falsely(shared: Path) -> None:
    judged = judge_pairs(shared / "labels" / "DUPES.jsonl", shared / "payloads", TODAY)
    assert judged.false_merges == 0
    assert judged.right >= 28


def test_the_figures_are_those_of_the_labels_own_scorer(shared: Path) -> None:
    theirs = runpy.run_path(str(shared / "labels" / "score.py"))
    labels = read_labels(shared / "labels" / "open.jsonl")
    for seed in range(8):
        guesses = _guesses(labels, random.Random(seed))
        for strict in (False, True):
            figures, misses = score(labels, guesses, strict=strict)
            expected, _, _, wrong = theirs["score"](labels, guesses, strict)
            assert figures == expected
            assert len([miss for miss in misses if miss.field != "tags"]) == len(wrong)


def test_our_figures_are_those_of_the_labels_own_scorer(shared: Path) -> None:
    theirs = runpy.run_path(str(shared / "labels" / "score.py"))
    labels = read_labels(shared / "labels" / "open.jsonl")
    found, unread = facts_found(labels, shared / "payloads", TODAY)
    assert not unread
    assert score(labels, found)[0] == theirs["score"](labels, found)[0]


def _guesses(labels: dict[tuple[str, str], Any], chance: random.Random) -> dict[tuple[str, str], Any]:
    """Labels as somebody would read them who errs: values of other labels, other writings, lines left out."""
    others = list(labels.values())
    writings = {"kubernetes": "k8s", "go": "Golang", "machine learning": "Machine-Learning", "rest": "RESTful APIs"}
    found: dict[tuple[str, str], Any] = {}
    for ident, given in labels.items():
        if chance.random() < 0.1:
            continue
        guess = dict(given)
        for name in ("tags", "places", "salary", "workplace", "remote_from", "employment", "level", "posted"):
            if chance.random() < 0.3:
                guess[name] = chance.choice(others).get(name)
        guess["tags"] = [writings.get(tag, tag) for tag in guess["tags"] or []] + guess["tags_optional"][:1]
        found[ident] = guess
    return found
