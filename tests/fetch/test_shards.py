"""A run split over machines: every board has one reader, every file one writer, and the sum is the whole run."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rolecall.commands.fetch import FetchOptions, FetchReport, fetch
from rolecall.errors import ConfigError
from rolecall.fetch.shards import Shard

URL = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"
NAMES = tuple(f"b{number}" for number in range(12))
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def job(key: int, board: str, **changes: object) -> dict[str, object]:
    return {
        "id": key,
        "title": f"Baker {key}",
        "absolute_url": f"https://jobs.example/{board}/{key}",
        "location": {"name": "Oslo, Norway"},
        "first_published": "2026-10-01T09:00:00-04:00",
        "content": "&lt;p&gt;We bake.&lt;/p&gt;",
        "company_name": board,
        **changes,
    }


@pytest.fixture
def answers(tmp_path: Path) -> dict[str, list[dict[str, object]]]:
    return {name: [job(key, name) for key in range(3)] for name in NAMES}


def run(
    folder: Path, answers: dict[str, list[dict[str, object]]], shard: str | None = None, **more: object
) -> FetchReport:
    folder.mkdir(exist_ok=True)
    boards = "".join(f"  - {{source: greenhouse, board: {name}}}\n" for name in answers)
    (folder / "config.yaml").write_text(f"title: Jobs\nlogos: none\nboards:\n{boards}")
    told = folder / "answers"
    told.mkdir(exist_ok=True)
    lines = []
    for name, jobs in answers.items():
        (told / name).write_text(json.dumps({"jobs": jobs}))
        lines.append({"request": {"method": "GET", "url": URL.format(name)}, "response": {"status": 200, "body": name}})
    (told / "index.jsonl").write_text("\n".join(map(json.dumps, lines)))
    now = more.pop("now", NOW)
    options = FetchOptions(replay=told, shard=Shard.parse(shard) if shard else None, **more)  # type: ignore[arg-type]
    return fetch(folder, now, options)


def files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in sorted((folder / "jobs").rglob("*.yaml"))}


def split(folder: Path, answers: dict[str, list[dict[str, object]]], count: int, **more: object) -> dict[str, str]:
    """Each shard in its own copy of the folder; then every change goes back. A file that two shards change fails."""
    before, changed = files(folder), {}
    for number in range(1, count + 1):
        copy = folder.parent / f"{folder.name}-{number}"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        run(copy, answers, f"{number}/{count}", **more)
        after = files(copy)
        mine = {name: after.get(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        assert not mine.keys() & changed.keys()
        changed.update(mine)
    for name, text in changed.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return {name: text for name, text in {**before, **changed}.items() if text is not None}


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "1/257", "-1/2", "1/2/3", "²/3"])
def test_what_is_no_shard_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="Write 3/8"):
        Shard.parse(text)


def test_every_board_and_every_company_has_one_shard_and_a_company_comes_round_to_all() -> None:
    shards = [Shard(number, 3) for number in (1, 2, 3)]
    assert str(Shard.parse(" 2/3 ")) == "2/3"
    names = [f"greenhouse/{number}" for number in range(300)]
    owned = [[name for name in names if shard.has_board(name)] for shard in shards]
    assert sorted(name for some in owned for name in some) == sorted(names)
    assert all(70 < len(some) < 130 for some in owned)
    for day in (20, 21, 22):
        assert sum(shard.has_company("acme", date(2026, 11, day)) for shard in shards) == 1
    assert all(any(shard.has_company("acme", date(2026, 11, day)) for day in (20, 21, 22)) for shard in shards)


def test_the_shards_together_write_what_one_run_writes(tmp_path: Path, answers) -> None:
    run(tmp_path / "whole", answers)
    (tmp_path / "parts").mkdir()
    parts = split(tmp_path / "parts", answers, 3)
    assert len(parts) == 36
    assert parts == files(tmp_path / "whole")
    assert split(tmp_path / "parts", answers, 3) == parts


def test_copies_on_boards_of_two_shards_are_one_job_in_the_end(tmp_path: Path, answers) -> None:
    for name in NAMES:
        answers[name].append(job(9, "shared", title="Shared", company_name="Shared"))
    folder = tmp_path / "parts"
    folder.mkdir()
    for _ in range(len(NAMES)):
        split(folder, answers, 3)
    assert len([name for name in files(folder) if "/shared/" in name and "company" not in name]) == 1


def test_a_shard_prunes_and_accepts_drops_for_its_own_boards_alone(tmp_path: Path, answers) -> None:
    folder = tmp_path / "parts"
    run(folder, answers)
    names = [f"greenhouse/{name}" for name in NAMES]
    none: dict[str, list[dict[str, object]]] = {name: [] for name in NAMES}
    later = [datetime(2026, 11, day, tzinfo=UTC) for day in (23, 27)]
    for now in later:
        run(folder, none, "1/3", now=now, accept_drop=frozenset(names))
    ours = {name for name in names if Shard(1, 3).has_board(name)}
    closed = {name for name, text in files(folder).items() if "status: closed" in text}
    assert len(closed) == 3 * len(ours)
    for number in (2, 3):
        assert run(folder, none, f"{number}/3", now=datetime(2027, 2, 1, tzinfo=UTC)).pruned == ()
    assert len(run(folder, none, "1/3", now=datetime(2027, 2, 1, tzinfo=UTC)).pruned) == len(closed)
    with pytest.raises(ConfigError, match="no board is called"):
        run(folder, none, "1/3", accept_drop=frozenset(["greenhouse/nobody"]))


def test_the_time_of_a_run_can_be_said_for_once(host, told, settings, monkeypatch, tmp_path: Path) -> None:
    from rolecall.commands import fetch as command
    from rolecall.fetch.settings import FetchSettings
    from rolecall.sources import greenhouse
    from rolecall.sources.base import Request

    url = host.tell("/slow", told(hang=True))
    monkeypatch.setattr(greenhouse.SOURCE, "first", lambda board: Request(url=url), raising=False)
    monkeypatch.setattr(command, "FetchSettings", lambda **said: FetchSettings(**{**said, "allow_private": True}))
    (tmp_path / "config.yaml").write_text("title: J\nboards:\n  - {source: greenhouse, board: slow}\n")
    report = fetch(tmp_path, NOW, FetchOptions(max_time_s=0.2))
    assert "the run's time of 0.2 s is over, and nothing was read" in str(report.failed[0].error)
