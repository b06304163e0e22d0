"""Rows that were printed before are found again, or count as not printed; never is another text taken for one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from rolecall.site.readme_store import Rows

TEXT = "<tr><td>Köchin – Küste</td></tr>\n"


def kept(path: Path, **rows: str) -> None:
    with Rows(path, "settings") as store:
        for key, text in rows.items():
            store.keep(key, text)


def found(path: Path, *keys: str, settings: str = "settings") -> list[str | None]:
    with Rows(path, settings) as store:
        return [store.get(key) for key in keys]


def test_a_row_is_found_again_with_its_size(tmp_path: Path) -> None:
    kept(tmp_path / "rows", one=TEXT, two="two\n\n")
    assert found(tmp_path / "rows", "two", "one", "three") == ["two\n\n", TEXT, None]
    with Rows(tmp_path / "rows", "settings") as store:
        assert store.size("one") == (len(TEXT.encode()), 1)
        store.keep("three", "3")
    with Rows(tmp_path / "rows", "settings") as store:
        assert (store.get("one"), store.get("two"), store.get("three")) == (TEXT, None, "3")
        assert store.size("three") == (1, 0)
        store.keep("four", TEXT)
        assert store.size("four") == (len(TEXT.encode()), 1)
        assert (store.get("three"), store.get("four")) == ("3", TEXT)


def test_rows_of_other_settings_are_not_found(tmp_path: Path) -> None:
    kept(tmp_path / "rows", one=TEXT)
    assert found(tmp_path / "rows", "one", settings="others") == [None]
    assert (tmp_path / "rows").read_bytes() == b""


@pytest.mark.parametrize("damage", [b"", b"x" * 10, b"x" * 500])
def test_a_damaged_file_has_no_rows(tmp_path: Path, damage: bytes) -> None:
    kept(tmp_path / "rows", one=TEXT)
    (tmp_path / "rows").write_bytes(damage)
    assert found(tmp_path / "rows", "one") == [None]
    kept(tmp_path / "rows", one=TEXT, two="two")
    assert found(tmp_path / "rows", "one", "two")[0] in (TEXT, None)


def test_rows_that_nobody_asks_for_any_more_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(40):
        kept(tmp_path / "rows", **{f"row-{number}": "x" * 1000})
    assert (tmp_path / "rows").stat().st_size < 4_000


@pytest.mark.parametrize("damage", [b"", b"x" * 2000])
def test_rows_that_were_lost_are_printed_once_and_then_found(tmp_path: Path, damage: bytes) -> None:
    rows = {"one": "1" * 1000, "two": "2" * 1000}
    kept(tmp_path / "rows", **rows)
    (tmp_path / "rows").write_bytes(damage)
    with Rows(tmp_path / "rows", "settings") as store:
        for key in ("two", "one"):
            assert store.get(key) is None
            store.keep(key, rows[key])
    assert found(tmp_path / "rows", "one", "two") == [rows["one"], rows["two"]]


def test_runs_that_fail_do_not_pile_up(tmp_path: Path) -> None:
    kept(tmp_path / "rows", one=TEXT)
    before = (tmp_path / "rows").read_bytes()
    for _ in range(3):
        with suppress(KeyError), Rows(tmp_path / "rows", "settings") as store:
            store.keep("two", TEXT)
            raise KeyError
    assert (tmp_path / "rows").read_bytes() == before
    assert found(tmp_path / "rows", "one", "two") == [TEXT, None]


def test_a_link_in_the_place_of_the_file_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "rows").symlink_to(tmp_path / "theirs")
    with Rows(tmp_path / "rows", "settings") as store:
        store.keep("one", TEXT)
        assert store.get("one") == TEXT
    assert (tmp_path / "theirs").read_text() == "theirs"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_loses_no_row_of_this_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Rows(tmp_path / "rows", "settings") as store:
        full = Path("/dev/full").open("r+b", buffering=8)  # noqa: SIM115 -- the store closes it
        store._file.close()
        monkeypatch.setattr(store, "_file", full)
        store.keep("one", TEXT)
        store.keep("two", TEXT)
        assert store.get("two") == TEXT
        assert store.get("one") in (TEXT, None)
    assert found(tmp_path / "rows", "one") == [None]
