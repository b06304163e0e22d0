"""The texts of jobs between builds: kept once, read when asked for, and never half."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from rolecall.errors import DamagedCache
from rolecall.site import texts
from rolecall.site.texts import StoredText, TextStore
from rolecall.site.workers import aside


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "texts"


def kept(store: TextStore, html: str, pieces: bytes = b"") -> StoredText:
    text = store.keep(html, pieces)
    assert text is not None
    return text


def test_a_text_is_given_back_with_its_pieces(folder: Path) -> None:
    text = kept(TextStore(folder), "<p>Zürich</p>\n", "zürich 東京".encode())
    again = StoredText(TextStore(folder), text.place)
    assert (again.html(), again.pieces().decode()) == ("<p>Zürich</p>\n", "zürich 東京")


def test_each_process_writes_a_segment_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # a thread of another test may still be there
    store = TextStore(folder)
    with aside(lambda: kept(store, "<p>Theirs</p>").place, 2) as theirs:
        ours = kept(store, "<p>Ours</p>")
        assert (StoredText(store, theirs()).html(), ours.html()) == ("<p>Theirs</p>", "<p>Ours</p>")
    assert len(list(folder.iterdir())) == 2


def test_a_text_whose_segment_is_gone_or_cut_is_not_held(folder: Path) -> None:
    text = kept(TextStore(folder), "<p>Soup</p>")
    assert TextStore(folder).holds(text.place)
    os.truncate(folder / "0000", 5)
    assert not TextStore(folder).holds(text.place)
    (folder / "0000").unlink()
    assert not TextStore(folder).holds(text.place)
    assert TextStore(folder).holds("<p>at hand</p>")


@pytest.mark.parametrize("damage", [b"<p>Sour</p>", b"<p>", b""])
def test_a_damaged_text_is_never_shown(folder: Path, damage: bytes) -> None:
    text = kept(TextStore(folder), "<p>Soup</p>")
    (folder / "0000").write_bytes(damage)
    with pytest.raises(DamagedCache, match="0000: is damaged"):
        StoredText(TextStore(folder), text.place).html()


def test_segments_that_nothing_stands_in_are_removed(folder: Path) -> None:
    old = kept(TextStore(folder), "<p>Old</p>")
    store = TextStore(folder)
    new = kept(store, "<p>New</p>")
    assert store.tidy([new.place]) == {}
    assert [path.name for path in folder.iterdir()] == ["0001"]
    assert (new.html(), StoredText(store, old.place).html()) == ("<p>New</p>", "<p>Old</p>")


def test_many_segments_become_one(folder: Path) -> None:
    held = [kept(TextStore(folder), f"<p>{number}</p>", b"a b") for number in range(20)]
    store = TextStore(folder)
    moved = store.tidy([text.place for text in held])
    assert len(list(folder.iterdir())) == 1
    again = TextStore(folder)
    assert [StoredText(again, moved[text.place]).html() for text in held] == [f"<p>{n}</p>" for n in range(20)]


def test_a_segment_that_is_mostly_unused_is_written_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_SLACK_BYTES", 100)
    store = TextStore(folder)
    held = [kept(store, f"<p>{'soup ' * 20}{number}</p>") for number in range(9)]
    moved = store.tidy([text.place for text in held[:2]])
    assert set(moved) == {text.place for text in held[:2]}
    assert sum(path.stat().st_size for path in folder.iterdir()) < 300


def test_after_a_text_that_was_cut_none_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = TextStore(folder)
    first = kept(store, "<p>Soup</p>")
    write = os.write
    with monkeypatch.context() as full:
        full.setattr(texts.os, "write", lambda handle, data: write(handle, data[:3]))
        assert store.keep("<p>Bread</p>", b"") is None
    assert store.keep("<p>Salt</p>", b"") is None
    assert first.html() == "<p>Soup</p>"


def test_without_room_texts_are_not_kept_and_nothing_is_lost(folder: Path) -> None:
    folder.write_text("in the way")
    store = TextStore(folder)
    assert store.keep("<p>Soup</p>", b"soup") is None
    assert store.tidy([]) == {}
    assert folder.read_text() == "in the way"
