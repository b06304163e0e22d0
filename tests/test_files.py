"""Whole files or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rolecall.errors import RolecallError, StoreError
from rolecall.files import only_one, read_regular, write_atomic


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.txt"
    assert write_atomic(path, b"one")
    before = path.stat().st_mtime_ns
    assert not write_atomic(path, b"one")
    assert path.stat().st_mtime_ns == before
    assert write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert [found.name for found in path.parent.iterdir()] == ["a.txt"]


def test_a_write_that_fails_leaves_the_old_bytes_and_nothing_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(RolecallError, match="No space left on device"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]


def test_links_are_neither_written_through_nor_read(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(RolecallError, match="symbolic link"):
        write_atomic(tmp_path / "link", b"new")
    with pytest.raises(StoreError, match="symbolic link"):
        read_regular(tmp_path / "link", max_bytes=9)
    assert (tmp_path / "target").read_bytes() == b"old"


def test_a_link_where_the_new_bytes_are_gathered_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "config").write_bytes(b"mine")
    (tmp_path / ".cook.yaml.new").symlink_to("config")
    write_atomic(tmp_path / "cook.yaml", b"theirs")
    assert (tmp_path / "config").read_bytes() == b"mine"
    assert (tmp_path / "cook.yaml").read_bytes() == b"theirs"
    assert not (tmp_path / "cook.yaml").is_symlink()


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="not a regular file"):
        read_regular(tmp_path / "pipe", max_bytes=9)


@pytest.mark.parametrize("size", [0, 1, 8, 9, 10, 11, 5_000])
def test_a_file_is_read_up_to_one_byte_over_the_limit(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    assert read_regular(tmp_path / "a", max_bytes=9) == b"x" * min(size, 10)


def test_a_file_that_comes_piece_by_piece_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"one two")
    read = os.read
    monkeypatch.setattr(os, "read", lambda handle, count: read(handle, min(count, 3)))
    assert read_regular(tmp_path / "a", max_bytes=9) == b"one two"
    assert read_regular(tmp_path / "a", max_bytes=4) == b"one t"


def test_a_second_run_is_told_to_wait_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with only_one(lock), pytest.raises(RolecallError, match="another run"), only_one(lock):
        pass
    script = f"from rolecall.files import only_one\nfrom pathlib import Path\nimport os\nwith only_one(Path({str(lock)!r})): os._exit(1)"
    subprocess.run(
        [sys.executable, "-c", script], check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    with only_one(lock):
        pass
