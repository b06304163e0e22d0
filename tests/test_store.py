"""jobs/: what a read changes, what it never changes, and when a job closes."""

from __future__ import annotations

import contextlib
import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from rolecall import yaml_io
from rolecall.errors import StoreError
from rolecall.model import Board, Company, Job, Salary, SourceRef, Status
from rolecall.schema import plain
from rolecall.store import BoardChange, JobStore, list_files, parse_job, read_job
from rolecall.store.read import sorted_files

BOARD = Board("greenhouse", "acme")
DAY = date(2026, 11, 1)


def job(key: str, **changes: object) -> Job:
    values: dict[str, object] = {
        "title": f"Cook {key}",
        "company": "Acme",
        "apply_url": f"https://acme.example/{key}",
        "posted": date(2026, 10, 1),
        "tags": ("python",),
        "description_html": "<p>Soup.</p>\n",
        "source": SourceRef(name="greenhouse", board="acme", key=key, url=f"https://acme.example/{key}"),
    }
    return Job.model_validate({**values, **changes})


def jobs(count: int) -> list[Job]:
    return [job(str(number)) for number in range(count)]


def read(
    root: Path,
    found: list[Job],
    day: date,
    *,
    complete: bool = True,
    accept_drop: bool = False,
    partial: frozenset[str] = frozenset(),
) -> tuple[BoardChange, int, JobStore]:
    """One run: load, merge, mark, save."""
    store = JobStore.load(root)
    keys = [entry.source.key for entry in found if entry.source]
    change = store.merge(BOARD, found, keys, partial=partial, today=day)
    if complete:
        store.mark_missing(BOARD, keys, change, today=day, close_after_days=3, accept_drop=accept_drop)
    return change, store.save(), store


def stored(root: Path, key: str) -> Job:
    return next(
        entry.job for entry in JobStore.load(root).jobs.values() if entry.job.source and entry.job.source.key == key
    )


def file_of(root: Path, key: str) -> Path:
    return next(
        root / entry.file
        for entry in JobStore.load(root).jobs.values()
        if entry.job.source and entry.job.source.key == key
    )


def test_a_second_read_of_the_same_changes_no_byte(tmp_path: Path) -> None:
    assert read(tmp_path, jobs(3), DAY)[1] == 3
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*.yaml")}
    change, written, _ = read(tmp_path, jobs(3), DAY + timedelta(days=1))
    assert (written, change.counts()["unchanged"]) == (0, 3)
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*.yaml")}


def test_a_missing_job_is_marked_and_nothing_else_of_it_changes(tmp_path: Path) -> None:
    read(tmp_path, jobs(3), DAY)
    before = file_of(tmp_path, "2").read_text()
    change, written, _ = read(tmp_path, jobs(2), DAY + timedelta(days=1))
    after = file_of(tmp_path, "2").read_text()
    assert (len(change.missing), written) == (1, 1)
    assert [line for line in after.splitlines() if line not in before.splitlines()] == ["missing_since: 2026-11-02"]
    assert len(after.splitlines()) == len(before.splitlines()) + 1


def test_a_job_closes_after_it_stayed_missing_long_enough(tmp_path: Path) -> None:
    read(tmp_path, jobs(3), DAY)
    for days, status in ((1, None), (3, None), (4, Status.CLOSED)):
        read(tmp_path, jobs(2), DAY + timedelta(days=days))
        assert stored(tmp_path, "2").status == status, days
    closed = stored(tmp_path, "2")
    assert (closed.closed_at, closed.closed_reason) == (date(2026, 11, 5), "not listed")


@pytest.mark.parametrize("days", [1, 40])
def test_a_job_that_is_listed_again_is_open_again(tmp_path: Path, days: int) -> None:
    read(tmp_path, jobs(3), DAY)
    before = file_of(tmp_path, "2").read_bytes()
    for passed in (0, days):
        read(tmp_path, jobs(2), DAY + timedelta(days=1 + passed))
    change, _, _ = read(tmp_path, jobs(3), DAY + timedelta(days=2 + days))
    assert len(change.relisted) == 1
    assert file_of(tmp_path, "2").read_bytes() == before


def test_a_read_of_a_part_marks_nothing_but_takes_what_it_saw(tmp_path: Path) -> None:
    read(tmp_path, jobs(3), DAY)
    change, _, _ = read(tmp_path, [job("2"), job("new")], DAY + timedelta(days=9), complete=False)
    assert change.counts() == {
        "new": 1,
        "changed": 0,
        "unchanged": 1,
        "missing": 0,
        "closed": 0,
        "relisted": 0,
        "kept": 0,
        "expired": 0,
        "filtered": 0,
        "held": 0,
    }


def test_an_empty_answer_is_suspicious_and_waits_longer(tmp_path: Path) -> None:
    read(tmp_path, jobs(2), DAY)
    change, _, _ = read(tmp_path, [], DAY + timedelta(days=1))
    assert change.suspicious == "2 of 2 open jobs are gone at once; they close after 14 days"
    held, _, _ = read(tmp_path, [], DAY + timedelta(days=14))
    assert (held.closed, len(held.held)) == ([], 2)
    assert len(read(tmp_path, [], DAY + timedelta(days=15))[0].closed) == 2


def test_a_great_loss_is_suspicious_unless_it_is_accepted(tmp_path: Path) -> None:
    read(tmp_path, jobs(21), DAY)
    change, _, _ = read(tmp_path, jobs(10), DAY + timedelta(days=1))
    assert change.suspicious
    assert read(tmp_path, jobs(10), DAY + timedelta(days=8))[0].closed == []
    assert len(read(tmp_path, jobs(10), DAY + timedelta(days=9), accept_drop=True)[0].closed) == 11


@pytest.mark.parametrize(("had", "left"), [(20, 10), (18, 9)])
def test_half_or_a_few_are_no_suspicious_loss(tmp_path: Path, had: int, left: int) -> None:
    read(tmp_path, jobs(had), DAY)
    assert read(tmp_path, jobs(left), DAY + timedelta(days=1))[0].suspicious is None


def test_an_edit_by_a_person_wins_for_ever_and_the_rest_follows_the_source(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text(path.read_text().replace("tags: [python]", "tags: [cooking]  # Ana"))
    change, _, store = read(tmp_path, [job("1")], DAY)
    assert len(change.kept) == 1
    assert "whose word stands, now and later: tags." in str(next(iter(store.issues)))
    assert "tags: [cooking]  # Ana" in path.read_text()
    read(tmp_path, [job("1", title="Head Cook", tags=("sql",))], DAY)
    after = stored(tmp_path, "1")
    assert (after.title, after.tags, after.keep) == ("Head Cook", ("cooking",), ("tags",))
    assert read(tmp_path, [job("1", title="Head Cook", tags=("sql",))], DAY)[1] == 0


@pytest.mark.parametrize(
    ("name", "line", "edited"),
    [("title", "title: COOK (m/w/d)", "title: Chef"), ("level", "tags: [python]", "tags: [python]\nlevel: senior")],
)
def test_an_edit_is_told_from_what_a_newer_version_reads(tmp_path: Path, name: str, line: str, edited: str) -> None:
    read(tmp_path, [job("1", title="COOK (m/w/d)")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text(path.read_text().replace(line, edited))
    given = SourceRef(name="greenhouse", board="acme", key="1", title="COOK (m/w/d)")
    newer = job("1", title="Cook", source=given, tags=("sql",), level="junior")
    read(tmp_path, [newer], DAY)
    after = stored(tmp_path, "1")
    assert (after.tags, after.keep) == (("sql",), (name,))
    assert read(tmp_path, [newer], DAY)[1] == 0


def test_a_person_may_put_markdown_in_place_of_the_fetched_text(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text(path.read_text().replace("description_html: |\n  <p>Soup.</p>", "description: |\n  Better soup."))
    for _ in range(2):
        read(tmp_path, [job("1", description_html="<p>New soup.</p>\n")], DAY)
    assert (stored(tmp_path, "1").description, stored(tmp_path, "1").description_html) == ("Better soup.\n", None)


def test_a_job_that_a_person_closed_stays_closed(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text(path.read_text() + "status: closed\nclosed_reason: a scam\n")
    change, written, _ = read(tmp_path, [job("1")], DAY)
    assert (change.relisted, written, stored(tmp_path, "1").status) == ([], 0, Status.CLOSED)


def test_a_page_that_could_not_be_read_loses_no_field(tmp_path: Path) -> None:
    full = job("1", salary=Salary(min=10, currency="EUR"), department="Kitchen")
    read(tmp_path, [full], DAY)
    less = job("1", description_html=None, tags=(), posted=DAY, posted_estimated=True, title="Chief Cook")
    read(tmp_path, [less], DAY, partial=frozenset({"1"}))
    after = stored(tmp_path, "1")
    assert after.title == "Chief Cook"
    assert (after.salary, after.department, after.tags, after.description_html) == (
        full.salary,
        "Kitchen",
        ("python",),
        full.description_html,
    )
    assert after.posted == full.posted


def test_a_field_that_the_source_no_longer_states_is_gone(tmp_path: Path) -> None:
    read(tmp_path, [job("1", department="Kitchen")], DAY)
    read(tmp_path, [job("1")], DAY)
    assert "department" not in file_of(tmp_path, "1").read_text()


def test_the_day_on_which_a_job_was_first_seen_never_moves(tmp_path: Path) -> None:
    read(tmp_path, [job("1", posted=DAY, posted_estimated=True)], DAY)
    assert read(tmp_path, [job("1", posted=DAY + timedelta(days=5), posted_estimated=True)], DAY)[1] == 0
    read(tmp_path, [job("1", posted=DAY - timedelta(days=9))], DAY)
    assert (stored(tmp_path, "1").posted, stored(tmp_path, "1").posted_estimated) == (DAY - timedelta(days=9), None)


def test_a_broken_file_is_named_and_never_overwritten(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text("title: [\n")
    _, written, store = read(tmp_path, [job("1")], DAY)
    assert (written, path.read_text()) == (0, "title: [\n")
    assert [issue.code for issue in store.issues] == ["store", "file-in-the-way"]


def test_closed_jobs_of_sources_are_pruned_and_files_of_people_stay(tmp_path: Path) -> None:
    read(tmp_path, [job("1", closes=DAY)], DAY)
    own = tmp_path / "acme" / "own.yaml"
    own.write_text(
        "title: Baker\ncompany: Acme\napply_url: https://acme.example/b\nposted: 2026-01-01\ncloses: 2026-01-02\n"
    )
    store = JobStore.load(tmp_path)
    assert store.prune(DAY + timedelta(days=30), 30) == []
    assert len(store.prune(DAY + timedelta(days=31), 30)) == 1
    store.save()
    assert [path.name for path in tmp_path.rglob("*.yaml")] == ["own.yaml"]


def test_one_source_cannot_touch_the_jobs_of_another(tmp_path: Path) -> None:
    read(tmp_path, jobs(2), DAY)
    other = Board("greenhouse", "other")
    store = JobStore.load(tmp_path)
    change = store.merge(other, [], [], partial=frozenset(), today=DAY)
    store.mark_missing(other, [], change, today=DAY, close_after_days=1)
    assert (change.missing, store.save()) == ([], 0)


def test_two_files_of_one_job_are_an_error_that_names_both(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.with_name("z-copy.yaml").write_bytes(path.read_bytes())
    store = JobStore.load(tmp_path)
    assert [str(issue).split(" (id")[0] for issue in store.issues.errors] == [
        f"jobs/acme/z-copy.yaml: is the same job as jobs/acme/{path.name}"
    ]


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "root" / "acme").mkdir(parents=True)
    (tmp_path / "secret").write_text("title: x\n")
    (tmp_path / "root" / "acme" / "job.yaml").symlink_to(tmp_path / "secret")
    store = JobStore.load(tmp_path / "root")
    assert [issue.what for issue in store.issues.errors] == ["is a symbolic link."]


def test_a_company_file_is_written_once_and_then_belongs_to_people(tmp_path: Path) -> None:
    store = JobStore.load(tmp_path)
    store.learn_company(Company(name="Acme", website="https://acme.example/"))
    store.save()
    path = tmp_path / "acme" / "company.yaml"
    path.write_text("name: Acme\n")
    again = JobStore.load(tmp_path)
    again.learn_company(Company(name="Acme", website="https://other.example/"))
    assert (again.save(), path.read_text()) == (0, "name: Acme\n")


def test_a_fetched_file_reads_well(tmp_path: Path) -> None:
    read(
        tmp_path,
        [
            job(
                "1",
                salary=Salary(min=90000, max=120000, currency="EUR", per="year"),
                places=[{"city": "Oslo", "country": "NO"}],
            )
        ],
        DAY,
    )
    text = file_of(tmp_path, "1").read_text()
    head, _, tail = text.partition("source: ")
    assert head == (
        "title: Cook 1\ncompany: Acme\napply_url: https://acme.example/1\nposted: 2026-10-01\n"
        "places:\n  - {city: Oslo, country: 'NO'}\nsalary: {min: 90000, max: 120000, currency: EUR, per: year}\n"
        "tags: [python]\ndescription_html: |\n  <p>Soup.</p>\n"
    )
    assert tail.startswith("{name: greenhouse, board: acme, key: '1', url: 'https://acme.example/1', digest: ")
    assert yaml_io.load(text.encode(), "x").value["title"] == plain(stored(tmp_path, "1"))["title"]


def test_a_posting_whose_last_day_is_over_is_not_added(tmp_path: Path) -> None:
    change, written, _ = read(tmp_path, [job("1", closes=DAY - timedelta(days=1)), job("2", closes=DAY)], DAY)
    assert (len(change.new), len(change.expired), written) == (1, 1, 1)


def test_what_a_person_closed_is_never_pruned_and_so_never_comes_back(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text(path.read_text() + "status: closed\nclosed_reason: taken down\nclosed_at: 2026-11-01\n")
    for days in (1, 60, 400):
        store = JobStore.load(tmp_path)
        assert store.prune(DAY + timedelta(days=days), 30) == []
        change, written, _ = read(tmp_path, [job("1")], DAY + timedelta(days=days))
        assert (change.new, change.relisted, written) == ([], [], 0)


def test_a_file_that_a_person_took_over_is_not_written_over(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    text = "\n".join(line for line in path.read_text().splitlines() if not line.startswith("source:")) + "\n"
    path.write_text(text)
    change, written, store = read(tmp_path, [job("1")], DAY)
    assert (change.new, written, path.read_text()) == ([], 0, text)
    assert [issue.code for issue in store.issues] == ["file-in-the-way"]


def test_only_the_field_that_a_person_changed_stays_when_the_source_changes_another(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text(path.read_text().replace("tags: [python]", "tags: [cooking]"))
    read(tmp_path, [job("1", title="Head Cook", department="Kitchen")], DAY)
    after = stored(tmp_path, "1")
    assert (after.title, after.department, after.tags, after.keep) == ("Head Cook", "Kitchen", ("cooking",), ("tags",))


def test_when_source_and_person_changed_the_same_field_the_person_wins(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text(path.read_text().replace("tags: [python]", "tags: [cooking]"))
    read(tmp_path, [job("1", tags=("sql",))], DAY)
    assert stored(tmp_path, "1").tags == ("cooking",)


def test_a_field_that_is_no_longer_kept_follows_the_source_again(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text(path.read_text().replace("tags: [python]", "tags: [cooking]"))
    read(tmp_path, [job("1")], DAY)
    path.write_text(path.read_text().replace("keep: [tags]\n", ""))
    read(tmp_path, [job("1")], DAY)
    assert (stored(tmp_path, "1").tags, stored(tmp_path, "1").keep) == (("python",), ())


def test_keep_written_by_hand_freezes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    path = file_of(tmp_path, "1")
    path.write_text(path.read_text().replace("tags: [python]", "tags: [cooking]") + "keep: [tags]\n")
    read(tmp_path, [job("1", title="Head Cook")], DAY)
    after = stored(tmp_path, "1")
    assert (after.title, after.tags, after.keep) == ("Head Cook", ("cooking",), ("tags",))


def test_a_status_that_a_person_keeps_is_neither_closed_nor_opened(tmp_path: Path) -> None:
    read(tmp_path, jobs(3), DAY)
    path = file_of(tmp_path, "2")
    path.write_text(path.read_text() + "status: open\nkeep: [status]\n")
    for days in (1, 9):
        assert read(tmp_path, jobs(2), DAY + timedelta(days=days))[1] == 0


def test_a_page_that_could_not_be_read_makes_nothing_worse(tmp_path: Path) -> None:
    full = job("1", tags=("go", "python"), places=[{"city": "Berlin"}, {"city": "Paris"}], workplace="remote")
    read(tmp_path, [full], DAY)
    less = job("1", tags=("go",), places=[{"city": "Berlin"}], workplace="on_site", department="Kitchen")
    read(tmp_path, [less], DAY, partial=frozenset({"1"}))
    after = stored(tmp_path, "1")
    assert (after.tags, after.places, after.workplace) == (full.tags, full.places, full.workplace)
    assert after.department == "Kitchen"


def test_a_file_in_flow_style_is_rewritten_whole_and_still_loads(tmp_path: Path) -> None:
    read(tmp_path, jobs(2), DAY)
    path = file_of(tmp_path, "1")
    values = yaml_io.load(path.read_bytes(), "x").value
    inner = ", ".join(f"{key}: {json.dumps(value)}" for key, value in values.items())
    path.write_text(f"{{{inner}}}\n")
    read(tmp_path, jobs(1), DAY + timedelta(days=1))
    assert stored(tmp_path, "1").missing_since == DAY + timedelta(days=1)


def test_an_id_borrowed_by_a_person_is_an_error_and_the_fetched_job_goes_on(tmp_path: Path) -> None:
    read(tmp_path, [job("1")], DAY)
    fetched = JobStore.load(tmp_path)
    taken = next(iter(fetched.jobs))
    (tmp_path / "acme" / "a.yaml").write_text(
        f"title: A\ncompany: Acme\napply_url: https://acme.example/a\nposted: 2026-01-01\nid: {taken}\n"
    )
    change, _, store = read(tmp_path, [job("1", title="Head Cook")], DAY)
    assert len(change.changed) == 1
    assert [issue.where for issue in store.issues.errors] == ["jobs/acme/a.yaml"]


def test_a_linked_folder_is_reported_and_never_written_through(tmp_path: Path) -> None:
    root, out = tmp_path / "jobs", tmp_path / "out"
    root.mkdir()
    out.mkdir()
    (root / "acme").symlink_to(out)
    store = JobStore.load(root)
    assert [str(issue) for issue in store.issues] == ["jobs/acme: is a symbolic link. Put the folder itself here."]
    store.merge(BOARD, [job("1")], ["1"], partial=frozenset(), today=DAY)
    with pytest.raises(StoreError, match="symbolic link"):
        store.save()
    assert list(out.iterdir()) == []


def test_a_file_name_that_nobody_can_write_down_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    with contextlib.suppress(OSError):  # some disks refuse such names themselves
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/acme/x\xff.yaml")).write_text("title: A\n")
        (tmp_path / "acme" / "x\n::error::y.yaml").write_text("title: A\n")
        assert [issue.code for issue in JobStore.load(tmp_path).issues.errors] == ["file-name", "file-name"]


class _Killed(BaseException):
    """What ends a process in the middle: no handler of ours may catch it."""


def test_a_run_that_is_killed_at_any_write_leaves_whole_files_and_the_next_one_repairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def later(root: Path) -> None:
        read(root, [job("1", title="Head Cook"), job("3"), job("4")], DAY + timedelta(days=1))

    def contents(root: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in root.rglob("*.yaml")}

    read(tmp_path / "old", jobs(3), DAY)
    read(tmp_path / "new", jobs(3), DAY)
    later(tmp_path / "new")
    old, new = contents(tmp_path / "old"), contents(tmp_path / "new")
    replace, killed_at = os.replace, 0
    while True:
        killed_at += 1
        root, writes = tmp_path / f"killed-{killed_at}", 0
        read(root, jobs(3), DAY)

        def dies(source: str, target: str, at: int = killed_at) -> None:
            nonlocal writes
            writes += 1
            if writes == at:
                raise _Killed
            replace(source, target)

        monkeypatch.setattr(os, "replace", dies)
        try:
            later(root)
        except _Killed:
            monkeypatch.setattr(os, "replace", replace)
        else:
            break
        between = contents(root)
        assert all(data in (old.get(name), new.get(name)) for name, data in between.items())
        later(root)
        assert contents(root) == new
    assert killed_at > 3


def test_the_bytes_of_a_file_give_the_same_job_as_the_file(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbftitle: Cook\ncompany: Acme\napply_url: https://acme.example/1\nposted: 2026-10-01\n"
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "cook.yaml").write_bytes(data)
    assert parse_job(data, "acme/cook.yaml") == read_job(tmp_path, "acme/cook.yaml")
    stored, problems = parse_job(data, "acme/cook.yaml")
    assert stored is not None
    assert (stored.job.title, problems) == ("Cook", [])


def test_the_problems_of_bytes_name_the_file_that_they_are_of() -> None:
    found, [problem] = parse_job(b"title: [", "acme/cook.yaml", "boards/jobs")
    assert found is None
    assert problem.where.startswith("boards/jobs/acme/cook.yaml:")


def test_files_that_were_seen_are_sorted_as_those_that_are_listed(tmp_path: Path) -> None:
    files = ["acme/company.yaml", "acme/b/company.yaml", "acme/b/cook.yaml", "acme-2/company.yaml", "porter.yaml"]
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    seen, listed = sorted_files(files[::-1]), list_files(tmp_path)
    assert seen is not None
    assert (sorted(seen.jobs), seen.companies) == (sorted(listed.jobs), listed.companies)
    assert [sorted_files([*files, other]) for other in ("acme/.cook.yaml", "a\u200b.yaml", "notes.txt")] == [None] * 3
