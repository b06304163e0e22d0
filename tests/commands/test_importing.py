"""rolecall import: every entry is written, there already, changed or left out, and nothing that stands is touched."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rolecall import importers, yaml_io
from rolecall.commands.import_files import addresses_of
from rolecall.commands.import_report import ImportOptions, ImportReport
from rolecall.commands.importing import bring_in
from rolecall.errors import ConfigError, RolecallError
from rolecall.model import Job
from rolecall.normalise.tags import Vocabulary
from rolecall.schema import validate
from rolecall.store import JobStore

if TYPE_CHECKING:
    from click.testing import Result

LISTS = Path(__file__).parent.parent / "importers" / "lists"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
ALL = sorted(path.name for path in LISTS.iterdir())
Run = Callable[..., "Result"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A board without jobs."""
    board = tmp_path / "board"
    board.mkdir()
    (board / "config.yaml").write_text("title: Harbour jobs\n")
    (board / "README.md").write_text("# Harbour jobs\n\n<!-- rolecall:start -->\n<!-- rolecall:end -->\n")
    return board


def jobs_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted((folder / "jobs").rglob("*.yaml"))
    }


def bring(folder: Path, *sources: Path | str, **options: Any) -> ImportReport:
    return bring_in(folder, [str(source) for source in sources], NOW, ImportOptions(**options))


def adds_up(report: ImportReport) -> bool:
    parts = (report.written, report.there, report.changed, report.left_out)
    return report.entries == sum(map(len, parts))


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("name", ALL)
def test_every_entry_is_accounted_for(folder: Path, name: str, closed: bool) -> None:
    report = bring(folder, LISTS / name, closed=closed)
    assert report.entries > 0
    assert adds_up(report)
    assert adds_up(bring(folder, LISTS / name, closed=closed))
    assert all(entry.why.endswith(".") and entry.reason for entry in report.left_out)


def test_what_is_written_can_be_checked_and_built(folder: Path, run: Run) -> None:
    report = bring(folder, *(LISTS / name for name in ALL), closed=True)
    assert set(report.written) | set(report.companies) == set(jobs_of(folder))
    assert run("check", "--now", "2026-11-25", folder=folder).exit_code == 0
    assert run("build", "--now", "2026-11-25", folder=folder).exit_code == 0
    assert "Senior Backend Engineer" in (folder / "README.md").read_text()


def test_a_list_imported_again_changes_nothing(folder: Path) -> None:
    first = bring(folder, *(LISTS / name for name in ALL))
    before = jobs_of(folder)
    again = bring_in(folder, [str(LISTS / name) for name in ALL], datetime(2026, 11, 27, tzinfo=UTC), ImportOptions())
    assert (again.written, again.changed, again.companies) == ([], [], [])
    assert sorted(again.there) == first.written
    assert jobs_of(folder) == before


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path) -> None:
    dry = bring(folder, LISTS / "tables.md", dry_run=True)
    assert not (folder / "jobs").exists()
    wet = bring(folder, LISTS / "tables.md")
    assert (dry.written, dry.companies, dry.left_out) == (wet.written, wet.companies, wet.left_out)


def test_closed_and_expired_jobs_stay_out_unless_asked_for(folder: Path) -> None:
    report = bring(folder, LISTS / "listings.json", LISTS / "jobs.yml")
    assert {"closed", "expired", "hidden"} <= set(report.reasons)
    more = bring(folder, LISTS / "listings.json", LISTS / "jobs.yml", closed=True)
    texts = [(folder / file).read_text() for file in more.written]
    assert sorted(re.findall(r"(?m)^title: (.*)", "".join(texts))) == ["Old Engineer", "Past Engineer"]
    store = JobStore.load(folder / "jobs")
    assert sum(stored.job.is_open(NOW.date()) for stored in store.jobs.values()) == len(report.written)


def test_what_people_wrote_meanwhile_is_not_written_over_and_the_change_is_told(folder: Path) -> None:
    (file,) = bring(folder, LISTS / "lighthouse_dev.html").written
    company = folder / "jobs" / "lighthouse-and-sons" / "company.yaml"
    company.write_text("name: Lighthouse and Sons\n")
    text = (folder / file).read_text().replace("[python, django]", "[python]")
    (folder / file).write_text(text)
    report = bring(folder, LISTS / "lighthouse_dev.html")
    assert (folder / file).read_text() == text
    assert company.read_text() == "name: Lighthouse and Sons\n"
    (entry,) = report.changed
    assert file in entry.why
    assert "tags" in entry.why


def test_an_entry_with_a_new_title_or_place_is_known_again_by_its_address(folder: Path, tmp_path: Path) -> None:
    bring(folder, LISTS / "lighthouse_dev.html")
    before = jobs_of(folder)
    changed = tmp_path / "lighthouse_dev.html"
    text = (LISTS / "lighthouse_dev.html").read_text()
    changed.write_text(text.replace("Edinburgh, Scotland", "Leith, Scotland").replace("Senior Py", "Lead Py"))
    report = bring(folder, changed)
    assert jobs_of(folder) == before
    assert ["title" in entry.why and "places" in entry.why for entry in report.changed] == [True]


def test_a_job_that_stands_twice_in_a_list_is_written_once(folder: Path) -> None:
    report = bring(folder, LISTS / "jobs.csv")
    assert report.reasons["duplicate"] == 1
    assert [entry.why for entry in report.left_out if entry.reason == "duplicate"] == [
        f"It is the same as {LISTS / 'jobs.csv'}:3."
    ]


def test_a_file_in_the_way_is_left_alone(folder: Path) -> None:
    (file,) = bring(folder, LISTS / "lighthouse_dev.html", dry_run=True).written
    (folder / file).parent.mkdir(parents=True)
    (folder / file).write_text("title: [broken")
    report = bring(folder, LISTS / "lighthouse_dev.html")
    assert report.reasons == {"file-in-the-way": 1}
    assert (folder / file).read_text() == "title: [broken"


def test_nothing_is_written_through_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "jobs").mkdir()
    (folder / "jobs" / "lighthouse-and-sons").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(RolecallError, match="symbolic link"):
        bring(folder, LISTS / "lighthouse_dev.html")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_ages_count_from_the_day_of_the_list(folder: Path) -> None:
    bring(folder, LISTS / "classic.md", dated=datetime(2026, 10, 10, tzinfo=UTC).date())
    (text,) = (text for file, text in jobs_of(folder).items() if "senior" in file)
    assert b"posted: 2026-10-07\nposted_estimated: true\n" in text


# --- Sources ---


def test_of_a_checkout_the_data_is_read_and_not_what_is_made_of_it(folder: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / ".github" / "scripts").mkdir(parents=True)
    shutil.copy(LISTS / "listings.json", checkout / ".github" / "scripts")
    shutil.copy(LISTS / "tables.md", checkout / "README.md")
    assert [read.form for read in bring(folder, checkout).files] == ["simplify"]
    assert [read.form for read in bring(folder, checkout, form="table", dry_run=True).files] == ["table"]


def test_a_folder_of_job_files_is_one_list(folder: Path, tmp_path: Path) -> None:
    jobs = tmp_path / "site" / "_jobs"
    jobs.mkdir(parents=True)
    for name in ("designer.md", "lighthouse_dev.html"):
        shutil.copy(LISTS / name, jobs)
    (jobs / "notes.md").write_text("Nothing here\n")
    (jobs / "link.md").symlink_to(LISTS / "designer.md")
    report = bring(folder, tmp_path / "site")
    assert [Path(read.file).name for read in report.files] == ["designer.md", "lighthouse_dev.html"]
    assert len(report.written) == 2


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("https://github.com/a/b/blob/main/docs/jobs.csv", "https://raw.githubusercontent.com/a/b/main/docs/jobs.csv"),
        (
            "https://github.com/a/b/blob/main/x%20y.md?plain=1#L3",
            "https://raw.githubusercontent.com/a/b/main/x%20y.md",
        ),
        ("https://github.com/a/b.git", "https://raw.githubusercontent.com/a/b/HEAD/.github/scripts/listings.json"),
        ("https://github.com/a/b/tree/dev", "https://raw.githubusercontent.com/a/b/dev/.github/scripts/listings.json"),
        ("https://acme.example/jobs.csv", "https://acme.example/jobs.csv"),
    ],
)
def test_pages_of_github_lead_to_the_file_itself(address: str, first: str) -> None:
    assert addresses_of(address)[0] == first


@pytest.fixture
def answers(tmp_path: Path) -> Callable[[Mapping[str, tuple[int, bytes]]], Path]:
    """Recorded answers: `answers({address: (status, body)})`."""
    from rolecall.fetch.answers import Answer
    from rolecall.fetch.recording import Recorder
    from rolecall.sources.base import Request

    def record(given: Mapping[str, tuple[int, bytes]]) -> Path:
        import asyncio

        async def exchange(request: Request) -> Answer:
            status, body = given[request.url]
            return Answer(url=request.url, status=status, headers={}, body=body)

        async def ask_all() -> None:
            with Recorder(tmp_path / "answers", exchange) as recorder:
                for address in given:
                    headers = {"Accept": "*/*"}
                    await recorder.exchange(Request(url=address, expect="json", step="list", headers=headers))

        asyncio.run(ask_all())
        return tmp_path / "answers"

    return record


def test_an_address_is_fetched_and_of_a_repository_its_list_is_found(
    folder: Path, answers: Callable[..., Path]
) -> None:
    base = "https://raw.githubusercontent.com/harbour/jobs/HEAD"
    replay = answers(
        {
            f"{base}/.github/scripts/listings.json": (404, b""),
            f"{base}/_data/jobs.yml": (404, b""),
            f"{base}/README.md": (200, (LISTS / "tables.md").read_bytes()),
        }
    )
    report = bring(folder, "https://github.com/harbour/jobs", replay=replay)
    assert [(read.file, read.form) for read in report.files] == [(f"{base}/README.md", "table")]
    assert len(report.written) == 4


def test_a_page_for_people_is_no_list(folder: Path, answers: Callable[..., Path]) -> None:
    replay = answers({"https://acme.example/jobs": (200, b"<!doctype html><title>Jobs</title>")})
    with pytest.raises(RolecallError, match="Name the address of the file itself"):
        bring(folder, "https://acme.example/jobs", replay=replay)


# --- What cannot be read ---


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("listings.json", '[\n{"company_name": "A", "active": true,\n}]', "listings.json:3:1: is not JSON"),
        ("jobs.yml", "- name: a\n  location: b\n  url: [c\n", "jobs.yml:"),
        ("jobs.csv", 'Company,Title,Link\nA,"B,https://a.example/\n', "jobs.csv:2: is not CSV"),
        ("notes.txt", "Nothing to see", "is no list of jobs that rolecall knows"),
        ("jobs.tsv", "a\tb\n1\t2\n", "is no list of jobs that rolecall knows"),
    ],
)
def test_a_broken_file_is_one_clear_error(folder: Path, tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(RolecallError, match=re.escape(said)) as error:
        bring(folder, tmp_path / name)
    assert str(error.value).startswith(f"{tmp_path}/{name}")
    assert error.value.hint


def test_all_files_are_looked_at_before_the_first_is_written(folder: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text('Company,Title,Link\nA,"B\n')
    with pytest.raises(RolecallError) as error:
        bring(folder, LISTS / "jobs.csv", tmp_path / "a.csv", tmp_path / "b.csv")
    assert len(error.value.problems) == 2
    assert not (folder / "jobs").exists()


def test_a_folder_that_is_no_board_is_not_made_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        bring(tmp_path, LISTS / "jobs.csv")
    assert list(tmp_path.iterdir()) == []


# --- The command line ---


def test_the_report_for_people_adds_up_and_is_json_too(folder: Path, run: Run) -> None:
    dry = run("import", LISTS / "tables.md", "-C", folder, "--now", "2026-11-25", "--dry-run")
    assert dry.exit_code == 0
    assert dry.stdout.splitlines()[-1] == (
        "9 entries: 4 to write, 5 left out (1 broken-row, 2 closed, 1 no-title, 1 refused-address). "
        "1 company file to write. Nothing was written, as asked."
    )
    told = json.loads(run("import", LISTS / "tables.md", "-C", folder, "--now", "2026-11-25", "--json").stdout)
    counts = told["counts"]
    assert told["entries"] == sum(counts[name] for name in ("written", "there", "changed", "left_out"))
    assert {"field": "column Mood", "why": "no field for it", "count": 2, "examples": ["blue", "red"]} in told["lost"]
    assert run("import", LISTS / "tables.md", "-C", folder, "--quiet").stdout == ""


ATTACKS = (
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "a | b\n::error::x",
    "[a](javascript:alert(1))",
    "../../../etc/passwd",
    "\x1b]0;t\x07\x1b[2J",
    "--- \n- &a *a !!python/object:os.system",
    "{{ 7*7 }} ${HOME} `id` $(id)",
    '"><img src=x onerror=alert(1)>',
    "\u202egnp.exe\u200b",
    "https://user:pw@evil.example/",
    "con",
    "",
)


def hostile(name: str) -> Iterator[bytes]:
    """The list with an attack in place of one of its words, for every attack and word."""
    text = (LISTS / name).read_text()
    for word in ("Harbour Labs", "Lighthouse", "https://", "Engineer", "2026-11", "Oslo", "Python"):
        if word in text:
            yield from (text.replace(word, attack).encode("utf-8", "replace") for attack in ATTACKS)


def converted(name: str, data: bytes) -> list[tuple[str, str]]:
    """The job files; none when the file is refused as a whole, with a hint."""
    try:
        return importers.convert(name, data, NOW.date(), Vocabulary.default())
    except RolecallError as error:
        return [] if error.hint else [("refused without a hint", "")]


@pytest.mark.parametrize("name", ALL)
def test_hostile_words_in_any_place_are_refused_or_harmless(name: str) -> None:
    for data in hostile(name):
        for file, text in converted(name, data):
            assert re.fullmatch(r"jobs/[a-z0-9-]+/[a-z0-9-]+\.yaml", file)
            job, problems = validate(Job, yaml_io.load(text.encode(), file))
            assert problems == []
            assert job is not None
            assert re.match("https?://|mailto:", job.apply_url)
            assert "<script" not in (job.description_html or "")


def test_the_report_holds_nothing_that_a_terminal_obeys(folder: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "jobs.csv").write_text("Company,Title,Link,Mood\nAcme\x1b[2J,\x1b]0;t\x07Cook,nowhere,\x1b[31mred\n")
    shown = run("import", tmp_path / "jobs.csv", "-C", folder).output
    assert "1 refused-address" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("source", "entries"),
    [
        ("simplify/listings.json", 1288),
        ("usrse", 29),
        ("opensourcedesign", 20),
        ("pythonjobs", 25),
        ("speedyapply", 144),
        ("../../seed", 1),
    ],
)
def test_real_lists_become_boards_that_build(folder: Path, shared: Path, run: Run, source: str, entries: int) -> None:
    lists = shared / "payloads" / "lists"
    if not lists.is_dir():
        pytest.skip("needs the lists of the reference material, which are not there")
    report = bring_in(folder, str(lists / source), datetime(2026, 8, 25, tzinfo=UTC), ImportOptions(closed=True))
    assert report.entries == entries
    assert adds_up(report)
    assert not set(report.reasons) - {"hidden", "closed", "short-link"}
    assert run("check", "--now", "2026-08-25", folder=folder).exit_code == 0
    assert run("build", "--now", "2026-08-25", folder=folder).exit_code == 0
