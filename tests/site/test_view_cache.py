"""The views of the last run, and files that only save time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rolecall.site import cache_file
from rolecall.site.view import JobView
from rolecall.site.view_cache import ViewCache


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".cache" / "views"


def got(cache: ViewCache, file: str, mtime_ns: int, size: int) -> JobView | None:
    """What the cache has of a file that stands there so."""
    return cache.untouched({file: (mtime_ns, size)}).get(file)


def test_an_untouched_file_gives_its_view_back(path: Path, view: Callable) -> None:
    shown = view(1, timezones=("-3", "3"), alternates=(("https://a.example/", "same title"),))
    first = ViewCache(path)
    first.put("acme/cook.yaml", 10, 20, "digest", shown)
    first.tidy()
    first.save()
    assert got(ViewCache(path), "acme/cook.yaml", 10, 20) == shown


@pytest.mark.parametrize(("mtime_ns", "size"), [(11, 20), (10, 21)])
def test_a_touched_file_is_known_by_its_bytes(path: Path, view: Callable, mtime_ns: int, size: int) -> None:
    first = ViewCache(path)
    first.put("cook.yaml", 10, 20, "digest", view(1))
    first.tidy()
    first.save()
    second = ViewCache(path)
    assert got(second, "cook.yaml", mtime_ns, size) is None
    assert second.get_same("cook.yaml", mtime_ns, size, "other") is None
    assert second.get_same("cook.yaml", mtime_ns, size, "digest") == view(1)
    second.tidy()
    second.save()
    assert got(ViewCache(path), "cook.yaml", mtime_ns, size) == view(1)


def test_what_is_gone_is_forgotten_and_nothing_is_written_when_nothing_changed(path: Path, view: Callable) -> None:
    first = ViewCache(path)
    first.put("a.yaml", 1, 1, "a", view(1))
    first.put("b.yaml", 1, 1, "b", view(2))
    first.tidy()
    first.save()
    second = ViewCache(path)
    got(second, "a.yaml", 1, 1)
    second.tidy()
    second.save()
    third = ViewCache(path)
    assert got(third, "b.yaml", 1, 1) is None
    got(third, "a.yaml", 1, 1)
    before = path.stat().st_mtime_ns
    third.tidy()
    third.save()
    assert path.stat().st_mtime_ns == before


def test_other_settings_or_another_rolecall_know_nothing(
    path: Path, view: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ViewCache(path, "tags one")
    first.put("a.yaml", 1, 1, "a", view(1))
    first.tidy()
    first.save()
    assert got(ViewCache(path, "tags two"), "a.yaml", 1, 1) is None
    monkeypatch.setattr(cache_file, "tool_key", lambda: "another")
    assert got(ViewCache(path, "tags one"), "a.yaml", 1, 1) is None


def test_damage_counts_as_absence_wherever_it_is(path: Path) -> None:
    cache_file.save(path, "key", {"a": [1, 2, ("b", None)]})
    whole = path.read_bytes()
    assert cache_file.load(path, "key") == {"a": [1, 2, ("b", None)]}
    for position in range(len(whole)):
        path.write_bytes(whole[:position])
        assert cache_file.load(path, "key") is None
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        assert cache_file.load(path, "key") is None


def test_an_unchanged_build_needs_neither_pydantic_nor_jinja2() -> None:
    program = (
        "import sys, rolecall.site.view_cache, rolecall.site.artifact, rolecall.site.site, rolecall.site.build\n"
        "heavy = {'pydantic', 'jinja2', 'yaml', 'markdown_it', 'nh3', 'selectolax', 'markupsafe'}\n"
        "sys.exit(str(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False).stderr == ""
