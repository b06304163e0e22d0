"""Each shape of list, as a small invented file: the job files that come of it, and what was left out and lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rolecall import importers
from rolecall.importers import Imported, Made
from rolecall.normalise.tags import Vocabulary

HERE = Path(__file__).parent
LISTS = HERE / "lists"
TODAY = date(2026, 11, 25)
SHAPES = {
    "listings.json": "simplify",
    "jobs.yml": "us-rse",
    "designer.md": "front-matter",
    "lighthouse_dev.html": "front-matter",
    "tables.md": "table",
    "classic.md": "classic",
    "jobs.csv": "columns",
}


def imported(name: str) -> Imported:
    data = (LISTS / name).read_bytes()
    importer = importers.recognise(name, data)
    assert importer is not None
    return importers.read(importer, name, data, TODAY)


def made_of(name: str) -> list[Made]:
    vocabulary = Vocabulary.default()
    return [importers.make(draft, name, TODAY, vocabulary) for draft in imported(name).drafts]


def told(name: str) -> str:
    """All that an importer says of a file, as text that a reviewer can read."""
    found = imported(name)
    lines = [f"read as {SHAPES[name]}: {len(found.drafts)} drafts, {len(found.left_out)} left out", ""]
    lines += [f"left out: {one.line}: {one.title}: {one.reason}: {one.why}" for one in found.left_out]
    lines += [f"lost: {one.field}: {one.why} {one.count} {list(one.examples)}" for one in found.lost]
    for draft, one in zip(found.drafts, made_of(name), strict=True):
        lines += ["", f"--- line {draft.line}: {one.file or 'refused'}"]
        lines += [f"issue: {issue.code}: {issue.what}" for issue in one.issues]
        lines += [f"lost: {field}: {why} {example!r}" for field, why, example in one.lost]
        facts = {key: value for key in ("website", "github", "logo") if (value := getattr(draft.facts, key))}
        lines += [f"company: {facts}"] if facts else []
        lines += one.text.splitlines()[1:]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", SHAPES)
def test_a_list_becomes_these_files(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(HERE / "expected" / f"{name}.txt", told(name))


@pytest.mark.parametrize(("name", "shape"), SHAPES.items())
def test_a_file_is_known_by_its_shape(name: str, shape: str) -> None:
    importer = importers.recognise(name, (LISTS / name).read_bytes())
    assert importer is not None
    assert importer.name == shape


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("README.md", b"# A project\n\n| Option | Meaning |\n|---|---|\n| a | b |\n"),
        ("package.json", b'{"name": "x", "version": "1"}'),
        ("data.csv", b"a,b\n1,2\n"),
        ("config.yaml", b"title: A board\nboards:\n  - {source: greenhouse, board: acme}\n"),
        ("post.md", b"---\ntitle: How we sail\nauthor: Jo\n---\nText\n"),
        ("job.yaml", b"title: Cook\ncompany: Acme\napply_url: https://acme.example/cook\nposted: 2026-11-20\n"),
        ("listings.json", b"[" * 100_000),
        ("empty.csv", b""),
        ("bytes.md", bytes(range(256)) * 40),
    ],
)
def test_other_files_are_not_known(name: str, data: bytes) -> None:
    assert importers.recognise(name, data) is None


@pytest.mark.parametrize("name", SHAPES)
def test_the_files_of_one_foreign_file_are_given_for_review(name: str) -> None:
    data = (LISTS / name).read_bytes()
    files = importers.convert(name, data, TODAY, Vocabulary.default())
    assert [file for file, _ in files] == sorted({f"jobs/{one.file}" for one in made_of(name) if one.job})
    assert importers.convert("notes.txt", b"nothing", TODAY, Vocabulary.default()) == []


def test_the_command_line_offers_every_importer(run: Callable[..., object]) -> None:
    from rolecall.cli import main

    (choice,) = [option.type for option in main.commands["import"].params if option.name == "form"]
    assert tuple(choice.choices) == importers.names()  # type: ignore[attr-defined]


def test_a_cell_that_hangs_over_several_rows_counts_for_each_of_them() -> None:
    rows = (
        '<tr><td rowspan="2">Harbour Studio</td><td>Sailmaker</td><td><a href="https://h.example/1">Apply</a></td></tr>',
        '<tr><td>Rigger</td><td rowspan="9999999">-</td></tr>',
        '<tr><td>Lantern</td><td>Keeper</td><td><a href="https://l.example/3">Apply</a></td></tr>',
    )
    head = "<tr><th>Studio</th><th>Job</th><th>Apply</th></tr>"
    data = f"<table>{head}{''.join(rows)}</table>".encode()
    importer = importers.recognise("README.md", data)
    assert importer is not None
    found = importers.read(importer, "README.md", data, TODAY)
    assert [(draft.posting.company, draft.posting.title) for draft in found.drafts] == [
        ("Harbour Studio", "Sailmaker"),
        ("Lantern", "Keeper"),
    ]
    assert [one.title for one in found.left_out] == ["Harbour Studio: Rigger"]


def test_a_table_without_a_known_column_says_which_one_is_missing() -> None:
    data = b"| Crew | Job | Apply |\n|---|---|---|\n| Sail | Cook | [Apply](https://s.example/1) |\n"
    found = importers.read(importers.find("table"), "README.md", data, TODAY)
    assert [one.why for one in found.left_out] == ["It has no company. No column is known to hold it."]


@pytest.mark.parametrize("data", [b"title\rcompany\r\nCook\rInn\n"])
def test_a_table_with_odd_line_ends_is_no_crash(data: bytes) -> None:
    assert importers.recognise("jobs.csv", data) is None


def test_an_empty_heading_above_a_table_is_no_crash() -> None:
    table = b"## \n\n| Company | Role | Link |\n|---|---|---|\n| Inn | Cook | [Apply](https://inn.example/1) |\n"
    importer = importers.recognise("README.md", table)
    assert importer is not None
    assert [one.posting.title for one in importers.read(importer, "README.md", table, TODAY).drafts] == ["Cook"]
