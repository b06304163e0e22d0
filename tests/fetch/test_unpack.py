from __future__ import annotations

import tracemalloc

import pytest

from rolecall.errors import PayloadError, TooLarge, Unreachable
from rolecall.fetch.unpack import Body

URL = "https://a.example/"


def unpack(data: bytes, encoding: str = "gzip", max_bytes: int = 20_000_000, piece: int = 65_536) -> bytes:
    body = Body(URL, encoding, max_bytes)
    for start in range(0, len(data), piece):
        body.feed(data[start : start + piece])
    return body.whole()


@pytest.mark.parametrize("piece", [1, 7, 65_536])
def test_a_body_is_the_same_in_pieces_of_any_size(packed, piece: int) -> None:
    text = b'{"jobs": []}' * 50
    assert unpack(packed(text), piece=piece) == text
    assert unpack(packed(text) + packed(b"more"), piece=piece) == text + b"more"
    assert unpack(text, "", piece=piece) == text
    assert unpack(b"", "gzip") == b""


def test_a_bomb_is_stopped_at_the_cap_and_not_in_memory(packed) -> None:
    bomb = packed(bytes(64_000_000))
    tracemalloc.start()
    with pytest.raises(TooLarge, match="over 1,000,000 bytes"):
        unpack(bomb, max_bytes=1_000_000)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_the_bombs_of_the_attack_corpus_are_stopped(shared) -> None:
    folder = shared / "corpora/attacks/http"
    with pytest.raises(TooLarge):
        unpack((folder / "gzip_bomb_64M.gz").read_bytes())
    twice = unpack((folder / "gzip_double_64M.gz.gz").read_bytes())
    assert len(twice) < 100_000  # the second layer stays packed


def test_the_cap_counts_plain_bytes_too_and_lets_exactly_that_many_in() -> None:
    assert len(unpack(bytes(1000), "", max_bytes=1000)) == 1000
    with pytest.raises(TooLarge):
        unpack(bytes(1001), "", max_bytes=1000)


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "zstd", "deflate", "gzip,br"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(PayloadError, match="content-encoding"):
        Body(URL, encoding, 1000)


def test_a_packed_body_that_ends_early_or_is_broken_is_no_answer(packed) -> None:
    whole = packed(b"abc" * 1000)
    with pytest.raises(Unreachable, match="too early"):
        unpack(whole[:-9])
    with pytest.raises(Unreachable, match="too early"):
        unpack(whole[:4])
    with pytest.raises(Unreachable, match="broken"):
        unpack(b"[]")
