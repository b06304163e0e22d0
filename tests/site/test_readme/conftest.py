"""Boards for the README's tests, and two readers of what was written: our own, and the emulator of GitHub."""

from __future__ import annotations

import html.parser
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rolecall.config import Config, ReadmeConfig
from rolecall.site.readme import ReadmeBlock, render_readme
from rolecall.site.render import Renderer
from rolecall.site.site import Site
from rolecall.site.view import JobView

TODAY = date(2026, 11, 22)


def job_view(number: int = 1, **changes: Any) -> JobView:
    """An open job; whatever `changes` names is different, `description` (safe HTML) too."""
    values: dict[str, Any] = {
        "id": f"{number:012x}",
        "file": f"jobs/acme/cook-{number}.yaml",
        "page": f"jobs/acme/cook-{number}.html",
        "title": "Cook",
        "company": "Acme",
        "company_slug": "acme",
        "apply_url": f"https://jobs.acme.example/{number}",
        "apply_host": "jobs.acme.example",
        "posted": "2026-11-19",
        **changes,
    }
    body = values.pop("description", "")
    return JobView(**values, body=body, described=bool(body))


@pytest.fixture
def view() -> Callable[..., JobView]:
    """`view(3, title="Baker")`: the third job of a board, with these fields."""
    return job_view


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture
def site() -> Callable[..., Site]:
    """`site(views, base_url=...)`: a board of these jobs under this configuration, on 22 November 2026."""

    def make(views: Iterable[JobView], **config: Any) -> Site:
        values = {"title": "Kitchens", "base_url": "https://kitchens.example/", **config}
        return Site.of(views, {}, Config.model_validate(values), TODAY)

    return make


@pytest.fixture
def block(renderer: Renderer, site: Callable[..., Site]) -> Callable[..., ReadmeBlock]:
    """`block(views, layout="classic", sections=[...])`: what stands between the markers of such a board."""

    def make(
        views: Iterable[JobView],
        *,
        sections: Any = (),
        base_url: str | None = "https://kitchens.example/",
        **readme: Any,
    ) -> ReadmeBlock:
        board = site(views, sections=sections, base_url=base_url)
        return render_readme(board, renderer, ReadmeConfig.model_validate(readme))

    return make


@dataclass
class Seen(html.parser.HTMLParser):
    """The tables of a README, read as HTML: the rows with a title, links, headings inside tables, stray tags."""

    rows: int = 0
    links: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    text: str = ""
    open_tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.rows += tag == "tr" and ("valign", "top") in attrs
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in ("br", "img"):
            self.open_tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags, f"</{tag}> closes nothing"
        assert self.open_tags.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def read() -> Callable[[str], Seen]:
    """`read(text)`: what stands in the tables, which must be one tight block of balanced HTML each."""

    def parse(text: str) -> Seen:
        seen = Seen()
        for table in re.findall(r"^<table>\n.*?^</table>$", text, re.DOTALL | re.MULTILINE):
            assert not re.search(r"^[ \t]*$", table, re.MULTILINE), "a blank line ends GitHub's HTML block"
            assert not re.search(r"^[ \t]", table, re.MULTILINE), "indentation may begin a block of code"
            assert not re.search(r"[\r\v\f\x85\u2028\u2029]", table), "another kind of line end"
            seen.feed(table)
        seen.close()
        assert seen.open_tags == []
        return seen

    return parse


@pytest.fixture
def github(shared: Path) -> Callable[[str], dict[str, Any]]:
    """`github(text)`: the emulator's report on a README, with `html` as GitHub would show it; skipped without it."""
    for name in ("cmarkgfm", "html5lib"):
        pytest.importorskip(name, reason=f"the emulator of GitHub needs {name}")
    sys.path.insert(0, str(shared / "tools" / "ghrender"))
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        import render_readme as emulator
    finally:
        sys.path.pop(0)
        sys.dont_write_bytecode = writes

    def look(text: str) -> dict[str, Any]:
        html, _, report = emulator.render(text.encode())
        return {**report, "html": html}

    return look
