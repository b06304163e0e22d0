"""Each assertion of the attack suite can fail: a fault is planted in a sound board, and must be found."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def checks() -> Any:
    """The tests of the attack, without a cache of pages that were read."""
    spec = importlib.util.spec_from_file_location("attack_checks", HERE / "test_attack.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def inside(file: str, old: str, new: str) -> Callable[[Any], None]:
    """Plants `new` for the first `old` in a file of the board."""

    def plant(board: Any) -> None:
        path = next(iter(sorted(board.folder.glob(file))))
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return plant


def said(line: str) -> Callable[[Any], None]:
    return lambda board: board.said.append(line)


def shown(text: str) -> Callable[[Any], None]:
    return lambda board: board.shown.update({"comment-1.md": text})


def named(path: str) -> Callable[[Any], None]:
    return lambda board: (board.output / path).write_text("x")


PAGE, INDEX = "output/jobs/*/*.html", "output/index.html"
ELEMENTS = "test_no_page_holds_an_element_or_attribute_that_the_theme_does_not_write"
SCRIPTS = "test_no_script_style_or_handler_stands_in_a_page"
LINKS = "test_links_lead_to_pages_of_ours_or_carry_their_rel"
ROWS = "test_every_list_has_a_row_for_each_job_and_each_job_a_page"
DATA = "test_structured_data_says_the_title_that_the_page_says"
FEEDS = "test_feeds_are_well_formed_and_whole"
TABLES = "test_tables_hold_a_line_for_each_job_and_no_formula"
FILES = "test_names_of_files_are_plain"
README = "test_the_readme_has_its_rows_and_nothing_that_acts"
LOG = "test_nothing_that_is_said_commands_a_terminal_or_a_runner"
COMMENTS = "test_comments_and_summaries_hold_nothing_that_acts"
PLANTED: list[tuple[str, Callable[[Any], None]]] = [
    (ELEMENTS, inside(PAGE, "</main>", "<marquee></marquee></main>")),
    (ELEMENTS, inside(PAGE, "<main", "<main lang=x id=search")),
    (SCRIPTS, inside(PAGE, "</main>", "<script>alert(1)</script></main>")),
    (SCRIPTS, inside(PAGE, "</main>", "<b onclick=x>x</b></main>")),
    (SCRIPTS, inside(PAGE, "</main>", "<b style=color:red>x</b></main>")),
    (SCRIPTS, inside(PAGE, "</main>", '<script src="https://evil.invalid/x.js"></script></main>')),
    (LINKS, inside(PAGE, "</main>", '<a href="https://evil.invalid/">x</a></main>')),
    (LINKS, inside(PAGE, "</main>", '<a rel="noopener nofollow" href="javascript:alert(1)">x</a></main>')),
    (LINKS, inside(PAGE, "</main>", '<img src="https://evil.invalid/p.png"></main>')),
    (ROWS, inside(INDEX, 'data-job-id="', 'data-job-id="0')),
    (ROWS, inside(PAGE, "</main>", "</main><main></main>")),
    (ROWS, inside(PAGE, "</main>", "<plaintext></main>")),
    (ROWS, inside(PAGE, "</title>", "</title><title>Another</title>")),
    (DATA, inside(PAGE, '"JobPosting","title":"', '"JobPosting","title":"Another ')),
    (FEEDS, inside("output/feed.xml", "</entry>", "")),
    (FEEDS, inside("output/feed.xml", "<title>", "<title>\ufdd0")),
    (FEEDS, inside("output/feed.xml", "</entry>", "<script xmlns='http://www.w3.org/1999/xhtml'/></entry>")),
    (TABLES, inside("output/jobs.csv", "\n", "\n=1+1,")),
    (TABLES, inside("output/feed.json", '"title":', '"n": NaN, "title":')),
    (FILES, named("A b.html")),
    (FILES, named("x" * 130)),
    (README, inside("README.md", "<!-- rolecall:end -->", "<!-- x -->\n<!-- rolecall:end -->")),
    (README, inside("README.md", "<!-- rolecall:end -->", '<img src="http://evil.invalid/p">\n<!-- rolecall:end -->')),
    (README, inside("README.md", "<!-- rolecall:end -->", "<textarea>\n<!-- rolecall:end -->")),
    (LOG, said("a\n::add-mask::x")),
    (LOG, said("##[error]x")),
    (LOG, said("\x1b[2J")),
    (COMMENTS, shown("Thanks, @octocat.")),
    (COMMENTS, shown("It fixes #1.")),
    (COMMENTS, shown("<!-- a --><!-- b -->")),
    (COMMENTS, shown("<form action=https://evil.invalid>")),
    (COMMENTS, shown("![x](http://evil.invalid/p.png)")),
]


def verdict(module: Any, check: str, board: Any, tame: Any) -> None:
    function = getattr(module, check)
    function(board, tame) if check in (ELEMENTS, FEEDS) else function(board)


@pytest.mark.parametrize(("check", "plant"), PLANTED)
def test_a_planted_fault_is_found(check: str, plant: Callable[[Any], None], tame: Any, tmp_path: Path) -> None:
    shutil.copytree(tame.folder, tmp_path / "board")
    board, module = replace(tame, folder=tmp_path / "board", said=[], shown={}, way="file"), checks()
    plant(board)
    found: tuple[type[BaseException], ...] = (AssertionError, ValueError, SyntaxError, pytest.fail.Exception)
    with pytest.raises(found):
        verdict(module, check, board, tame)


def test_a_sound_board_passes(tame: Any) -> None:
    module, board = checks(), replace(tame, way="file")
    for check in dict(PLANTED):
        verdict(module, check, board, tame)
