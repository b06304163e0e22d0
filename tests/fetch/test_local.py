"""Files as answers: inside the folder, regular, not too large, and for no other source."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from rolecall.errors import FetchError, ForbiddenAddress, Gone, TooLarge
from rolecall.fetch.answers import Answer
from rolecall.fetch.local import read_local, with_files
from rolecall.sources.base import Request

CAP = 100


def ask(folder: Path, url: str) -> Answer:
    return read_local(folder, Request(url=url), max_bytes=CAP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    board = tmp_path / "board"
    (board / "data").mkdir(parents=True)
    (board / "data" / "my jobs.json").write_bytes(b"[]")
    (tmp_path / "secret.json").write_bytes(b"secret")
    return board


def test_a_file_of_the_folder_is_an_answer_of_200(folder: Path) -> None:
    answer = ask(folder, "file:data/my%20jobs.json")
    assert (answer.status, answer.body, answer.url) == (200, b"[]", "data/my jobs.json")


@pytest.mark.parametrize(
    "url",
    [
        "file:../secret.json",
        "file:data/../../secret.json",
        "file:%2e%2e/secret.json",
        "file:data/%2E%2E%2F..%2Fsecret.json",
        "file:/etc/passwd",
        "file:///etc/passwd",
        "file://host/data/jobs.json",
        "file:..\\secret.json",
        "file:c:/secret.json",
        "file:data/my jobs.json%00",
        "file:",
        "file:data",
        "https://acme.example/jobs.json",
    ],
)
def test_nothing_else_is_read(url: str, folder: Path) -> None:
    with pytest.raises(ForbiddenAddress):
        ask(folder, url)


def test_a_missing_file_is_gone(folder: Path) -> None:
    with pytest.raises(Gone, match="is not in the board's folder"):
        ask(folder, "file:data/none.json")


@pytest.mark.parametrize("name", ["link.json", "folder/secret.json", "broken.json"])
def test_no_link_is_followed(name: str, folder: Path) -> None:
    (folder / "link.json").symlink_to(folder.parent / "secret.json")
    (folder / "folder").symlink_to(folder.parent)
    (folder / "broken.json").symlink_to(folder / "nothing")
    with pytest.raises(ForbiddenAddress, match="is a symbolic link"):
        ask(folder, f"file:{name}")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.json")
    with pytest.raises(ForbiddenAddress, match="is not a regular file"):
        ask(folder, "file:pipe.json")


def test_the_cap_holds(folder: Path) -> None:
    (folder / "most.json").write_bytes(b"x" * CAP)
    (folder / "more.json").write_bytes(b"x" * (CAP + 1))
    assert len(ask(folder, "file:most.json").body) == CAP
    with pytest.raises(TooLarge, match="is over 100 bytes"):
        ask(folder, "file:more.json")


def test_all_other_requests_go_on_to_the_network(folder: Path) -> None:
    async def network(request: Request) -> Answer:
        return Answer(url=request.url, status=200, headers={}, body=b"from the network")

    async def both() -> list[bytes]:
        exchange = with_files(network, folder, max_bytes=CAP)
        urls = ("file:data/my%20jobs.json", "https://acme.example/jobs")
        return [(await exchange(Request(url=url))).body for url in urls]

    assert asyncio.run(both()) == [b"[]", b"from the network"]


def test_a_refusal_is_a_failure_of_the_board_alone(folder: Path) -> None:
    with pytest.raises(FetchError):
        ask(folder, "file:data/none.json")
