"""`rolecall add`: from an address to a line of config.yaml."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from rolecall import sources
from rolecall.commands.config_line import with_board
from rolecall.commands.recognise import recognise
from rolecall.config import load_config, load_document
from rolecall.errors import ConfigError

Run = Callable[..., Result]
API = "https://boards-api.greenhouse.io/v1/boards/kneipp/jobs?content=true"
LINE = "- {source: greenhouse, board: kneipp}"
ENTRY = {"source": "greenhouse", "board": "kneipp"}
ITEM = {
    "absolute_url": "https://jobs.example/1",
    "location": {"name": "Oslo, Norway"},
    "first_published": "2026-10-01T09:00:00-04:00",
    "content": "We bake. EUR 50,000 - 60,000 per year.",
    "company_name": "Kneipp Bakery",
}
JOBS = {"jobs": [{**ITEM, "id": key, "title": f"Baker {key}"} for key in range(7)]}


class Recording:
    """A folder of answers that a test writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []
        folder.mkdir()
        (folder / "index.jsonl").write_text("")

    def answer(self, url: str, body: object, kind: str = "text/html", status: int = 200, location: str = "") -> None:
        name = f"{len(self.lines)}.txt"
        (self.folder / name).write_text(body if isinstance(body, str) else json.dumps(body))
        headers = {"content-type": kind} | ({"location": location} if location else {})
        response = {"status": status, "headers": headers, "body": name}
        self.lines.append(json.dumps({"request": {"method": "GET", "url": url}, "response": response}))
        (self.folder / "index.jsonl").write_text("\n".join(self.lines) + "\n")


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    made = Recording(tmp_path / "answers")
    made.answer(API, JOBS, "application/json")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "fresh"
    root.mkdir()
    (root / "config.yaml").write_text("title: Jobs # ours\n\nboards:  # what fetch reads\n  # none yet\nlanguage: en\n")
    return root


def add(run: Run, folder: Path, recording: Recording, url: str, *more: object) -> Result:
    return run("add", url, "-C", folder, "--replay", recording.folder, "--now", "2026-11-22", *more)


def test_a_known_address_becomes_a_line_and_shows_the_first_jobs(run: Run, folder: Path, recording: Recording) -> None:
    result = add(run, folder, recording, "boards.greenhouse.io/kneipp/jobs/1?gh_src=x")
    assert result.exit_code == 0, result.stderr
    assert (folder / "config.yaml").read_text() == (
        f"title: Jobs # ours\n\nboards:  # what fetch reads\n  {LINE}\n  # none yet\nlanguage: en\n"
    )
    lines = result.stdout.splitlines()
    assert lines[0] == LINE
    assert "7 read, 7 jobs." in lines
    assert next(line for line in lines if line.startswith("  Baker")).startswith("  Baker 0 (Oslo, Norway")
    assert sum(line.startswith("  Baker") for line in lines) == 5
    assert not (folder / "jobs").exists()


def test_a_report_is_json_too_and_counts_what_filters_leave_out(run: Run, folder: Path, recording: Recording) -> None:
    (folder / "config.yaml").write_text("title: Jobs\nfilters: {exclude: {title: ['3', '4']}}\n")
    report = json.loads(add(run, folder, recording, "boards.greenhouse.io/kneipp", "--json").stdout)
    assert (report["board"], report["postings"], report["jobs"], report["left_out"], report["written"]) == (
        "greenhouse/kneipp",
        7,
        5,
        2,
        True,
    )


def test_a_board_that_is_there_is_not_added_twice(run: Run, folder: Path, recording: Recording) -> None:
    add(run, folder, recording, "boards.greenhouse.io/kneipp")
    before = (folder / "config.yaml").read_bytes()
    result = add(run, folder, recording, "https://boards-api.greenhouse.io/v1/boards/kneipp/jobs")
    assert (result.exit_code, (folder / "config.yaml").read_bytes()) == (1, before)
    assert "names this board already: greenhouse/kneipp" in result.stderr


def test_the_same_list_under_another_name_is_the_same_board(run: Run, folder: Path, recording: Recording) -> None:
    (folder / "config.yaml").write_text("title: Jobs\nboards: [{source: workday, board: acme.wd5/Careers}]\n")
    result = add(run, folder, recording, "https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/Oslo/Cook_R1")
    assert "names this board already: workday/acme.wd5/Careers" in result.stderr


def test_a_board_that_cannot_be_read_is_not_written(run: Run, folder: Path, recording: Recording) -> None:
    before = (folder / "config.yaml").read_bytes()
    result = add(run, folder, recording, "boards.greenhouse.io/nobody")
    assert (result.exit_code, (folder / "config.yaml").read_bytes()) == (1, before)
    assert "- {source: greenhouse, board: nobody}" in result.stderr


def test_dry_run_writes_nothing_and_board_only_reads_nothing(run: Run, folder: Path, recording: Recording) -> None:
    before = (folder / "config.yaml").read_bytes()
    result = add(run, folder, recording, "boards.greenhouse.io/kneipp", "--dry-run")
    assert (result.exit_code, (folder / "config.yaml").read_bytes()) == (0, before)
    assert "7 read" in result.stdout
    result = add(run, folder, recording, "boards.greenhouse.io/nobody", "--board-only", "--company", "No: body")
    assert result.exit_code == 0
    assert load_config(folder / "config.yaml").boards[0].company == "No: body"
    assert add(run, folder, recording, "boards.greenhouse.io/x", "--board-only", "--dry-run").exit_code == 2


def test_an_unknown_host_is_looked_at(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(
        "https://kneipp.example/careers", '<iframe src="https://boards.greenhouse.io/embed/job_board?for=kneipp">'
    )
    assert add(run, folder, recording, "kneipp.example/careers").exit_code == 0
    assert load_config(folder / "config.yaml").to_boards()[0].name == "greenhouse/kneipp"


def test_a_page_without_jobs_says_what_it_has(run: Run, folder: Path, recording: Recording) -> None:
    recording.answer(
        "https://kneipp.example/about",
        '<link rel="alternate" type="application/rss+xml" title="Blog" href="/blog.xml"><p>We bake.',
    )
    before = (folder / "config.yaml").read_bytes()
    result = add(run, folder, recording, "kneipp.example/about")
    assert (result.exit_code, (folder / "config.yaml").read_bytes()) == (1, before)
    assert "no board was found there (other feed: https://kneipp.example/blog.xml (Blog))" in result.stderr
    assert add(run, folder, recording, "file:///etc/passwd").exit_code == 1
    assert add(run, folder, recording, "kneipp").exit_code == 1


WRITTEN = [
    ("title: a\n", f"title: a\n\nboards:\n  {LINE}\n"),
    ("title: a", f"title: a\n\nboards:\n  {LINE}\n"),
    ("title: a\nboards: []  # none\nlogos: none\n", f"title: a\nboards:  # none\n  {LINE}\nlogos: none\n"),
    ("title: a\nboards:\n# - {x: y}\nlogos: none\n", f"title: a\nboards:\n  {LINE}\n# - {{x: y}}\nlogos: none\n"),
    (
        "title: a\nboards:\n- source: ashby\n  board: x  # why\n\n# next\nlogos: none\n",
        f"title: a\nboards:\n- source: ashby\n  board: x  # why\n{LINE}\n\n# next\nlogos: none\n",
    ),
    (
        "title: a\nboards:\n    # first\n    - {source: ashby, board: x}\n    # - off\n    - source: feed\n      url: https://a.example/\n",
        f"title: a\nboards:\n    # first\n    - {{source: ashby, board: x}}\n    # - off\n    - source: feed\n      url: https://a.example/\n    {LINE}\n",
    ),
    (
        "title: a\nboards: [{source: ashby, board: x}]  # y\n",
        "title: a\nboards: [{source: ashby, board: x}, {source: greenhouse, board: kneipp}]  # y\n",
    ),
    (
        "title: a\r\nboards:\r\n  - {source: ashby, board: x}\r\n",
        f"title: a\r\nboards:\r\n  - {{source: ashby, board: x}}\r\n  {LINE}\r\n",
    ),
    (
        "title: a\nboards:\n  - {source: ashby, board: x}",
        f"title: a\nboards:\n  - {{source: ashby, board: x}}\n  {LINE}",
    ),
]


@pytest.mark.parametrize(("before", "after"), WRITTEN)
def test_the_line_goes_where_boards_stand_and_all_else_stays(before: str, after: str) -> None:
    assert with_board(before.encode(), ENTRY, LINE, "config.yaml").decode() == after


@pytest.mark.parametrize(
    "text",
    [
        "{title: a, boards: []}\n",
        "title: a\nboards: [\n  {source: ashby, board: x},\n]\n",
        "title: a\nboards:\n  [{source: ashby, board: x}]\n",
        '"title": a\n"boards": []\n',
    ],
)
def test_a_form_that_is_not_safe_is_refused_with_the_line(text: str) -> None:
    with pytest.raises(ConfigError, match="cannot be added safely") as raised:
        with_board(text.encode(), ENTRY, LINE, "config.yaml")
    assert LINE in str(raised.value)


def test_the_repositorys_own_config_takes_a_line(repo: Path) -> None:
    before = (repo / "config.yaml").read_bytes()
    after = with_board(before, ENTRY, LINE, "config.yaml")
    assert load_document(after, "config.yaml").value["boards"][-1] == ENTRY
    assert len(after.splitlines()) - len(before.splitlines()) == 1


KNOWN = [
    ("https://boards.greenhouse.io/acme/jobs/12", LINE.replace("kneipp", "acme")),
    ("https://job-boards.eu.greenhouse.io/acme", LINE.replace("kneipp", "acme")),
    ("https://boards.greenhouse.io/embed/job_board?x=1&for=acme", LINE.replace("kneipp", "acme")),
    (
        "https://acme.wd5.myworkdayjobs.com/Careers#top",
        "- {source: workday, board: acme.wd5/Careers}",
    ),
    ("https://jobs.lever.co/acme/1", "- {source: lever, board: acme}"),
    ("https://jobs.eu.lever.co/acme/1", "- {source: lever, url: 'https://jobs.eu.lever.co/acme'}"),
    ("https://acme.example/greenhouse.io/boards", None),
    ("https://boards.greenhouse.io/embed", None),
]


@pytest.mark.parametrize(("address", "line"), KNOWN)
def test_an_address_names_its_board(address: str, line: str | None) -> None:
    found = recognise(address)
    assert (found.line if found else None) == line


def test_the_addresses_of_sources_are_written_without_scheme_and_start() -> None:
    for name in sources.names():
        for pattern in sources.find(name).addresses:
            assert "://" not in pattern, name
            assert not pattern.startswith(("^", "www")), name
