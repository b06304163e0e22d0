"""`rolecall serve` in a browser: open pages follow what somebody writes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPO = Path(__file__).resolve().parents[2]
JOB = """title: {title}
company: Kelpline
apply_url: https://kelpline.example/jobs/new
posted: 2026-11-22
"""


@pytest.fixture
def page(chromium: Browser, bare_board: Path, offline_env: dict[str, str]) -> Iterator[Page]:
    """The front page of the preview of `bare_board`. At its end no page may have broken its own policy."""
    command = [sys.executable, "-m", "rolecall", "serve", "--port", "0", "--now", "2026-11-22"]
    process = subprocess.Popen(
        command, cwd=bare_board, env=offline_env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    url = next(line for line in iter(process.stderr.readline, "") if "http://" in line).split()[0]
    context = chromium.new_context(viewport={"width": 1280, "height": 500})
    context.set_default_timeout(30_000)
    opened, broken = context.new_page(), []
    opened.on(
        "console",
        lambda message: broken.append(message.text) if message.type == "error" and "404" not in message.text else None,
    )
    with opened.expect_request("**/_rolecall/events"):
        opened.goto(url)
    yield opened
    context.close()
    process.terminate()
    process.wait(30)
    process.stderr.close()
    assert broken == []


def test_a_new_job_appears_by_itself_and_the_reader_stays_where_they_were(page: Page, bare_board: Path) -> None:
    page.evaluate("scrollTo(0, 700)")
    page.evaluate("window.before = true")
    (bare_board / "jobs" / "kelpline" / "diver.yaml").write_text(JOB.format(title="Diver of the preview"))
    page.get_by_role("link", name="Diver of the preview").wait_for()
    assert page.evaluate("window.before") is None
    page.wait_for_function("scrollY === 700")


def test_what_is_wrong_stands_on_the_page_as_text_until_it_is_mended(page: Page, bare_board: Path) -> None:
    broken = bare_board / "jobs" / "kelpline" / "diver.yaml"
    broken.write_text(JOB.format(title="Diver") + "workplace: <img src=x onerror=document.title='owned'>\n")
    note = page.get_by_role("alert")
    note.wait_for()
    assert "jobs/kelpline/diver.yaml:5" in note.inner_text()
    assert "<img src=x" in note.inner_text()
    assert note.locator("img").count() == 0
    broken.unlink()
    note.wait_for(state="detached")


def test_a_broken_template_leaves_the_last_good_site(page: Page, bare_board: Path) -> None:
    (bare_board / "templates" / "site").mkdir(parents=True)
    (bare_board / "templates" / "site" / "index.html").write_text("{% block %}")
    page.get_by_role("alert").wait_for()
    assert "index.html" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("link", name="Data Engineer").first.is_visible()


def test_the_page_for_missing_addresses_finds_its_style_below_the_base(page: Page) -> None:
    with page.expect_response("**/rolecall/static/*.css") as style:
        page.goto(f"{page.url}no/such/page.html")
    assert style.value.status == 200
