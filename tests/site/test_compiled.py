"""The code of templates between builds: of packaged ones only, and never of another text."""

from __future__ import annotations

import marshal
import shutil
from pathlib import Path

import pytest

from rolecall.errors import TemplateError
from rolecall.files import own_cache
from rolecall.site import cache_file
from rolecall.site import compile as compiling
from rolecall.site.render import Renderer


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def warm(kept: Path, templates: Path, language: str = "en") -> None:
    renderer = Renderer.of_board(templates, language, kept)
    renderer.compile("site")
    renderer.keep()


def test_a_template_is_compiled_once(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warm(kept, tmp_path)
    made: list[str] = []
    compile_ = compiling.QuickEnvironment.compile
    monkeypatch.setattr(
        compiling.QuickEnvironment, "compile", lambda self, *given: made.append(given[1]) or compile_(self, *given)
    )
    warm(kept, tmp_path)
    assert made == []
    warm(kept, tmp_path, "de")
    assert "site/job.html" in made


def test_a_template_of_the_board_is_never_kept(kept: Path, tmp_path: Path) -> None:
    board = tmp_path / "templates"
    (board / "site").mkdir(parents=True)
    (board / "site" / "404.html").write_text("the owner's words")
    warm(kept, board)
    assert b"the owner's words" not in (kept / "templates-en").read_bytes()
    (board / "site" / "404.html").write_text("second")
    assert Renderer.of_board(board, kept=kept).render("site/404.html") == "second"
    (board / "site" / "404.html").write_text("{% if %}")
    with pytest.raises(TemplateError, match=r"site/404\.html:1"):
        Renderer.of_board(board, kept=kept).render("site/404.html")


def test_another_text_of_a_packaged_template_is_compiled_anew(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = tmp_path / "packaged"
    (packaged / "site").mkdir(parents=True)
    monkeypatch.setattr("rolecall.site.render.packaged_templates", lambda: packaged)
    for text in ("first", "second"):
        (packaged / "site" / "404.html").write_text(text)
        renderer = Renderer.of_board(tmp_path, kept=kept)
        assert renderer.render("site/404.html") == text
        renderer.keep()


def test_what_is_kept_can_be_read_by_any_python(kept: Path, tmp_path: Path) -> None:
    warm(kept, tmp_path)
    data = (kept / "templates-en").read_bytes()
    key, codes = marshal.loads(data[data.index(b"\n") + 5 :])
    assert cache_file.tool_key() in key
    assert {type(code) for _, code in codes.values()} == {bytes}


def test_a_damaged_file_or_none_at_all_costs_time_only(kept: Path, tmp_path: Path) -> None:
    warm(kept, tmp_path)
    (kept / "templates-en").write_bytes(b"rolecall cache 1\n\0\0\0\0{")
    warm(kept, tmp_path)
    shutil.rmtree(kept)
    kept.write_text("in the way")
    warm(kept, tmp_path)


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert own_cache() == tmp_path / "rolecall"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert own_cache() == tmp_path / ".cache" / "rolecall"
