"""A small board of invented jobs, and a build of it into a temporary folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from rolecall import markup
from rolecall.config import Config
from rolecall.model import Company
from rolecall.site.artifact import Published
from rolecall.site.build import build_site
from rolecall.site.logos import find_logos
from rolecall.site.render import Renderer
from rolecall.site.site import Site
from rolecall.site.view import JobView
from rolecall.site.views import stamped

TODAY = date(2026, 11, 22)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def make_view(number: int = 1, **changes: Any) -> JobView:
    """A complete open job; whatever `changes` names is different, `description` (safe HTML) too."""
    values: dict[str, Any] = {
        "id": f"{number:012x}",
        "file": f"jobs/larkspur/cook-{number:08x}.yaml",
        "page": f"jobs/larkspur/cook-{number:08x}.html",
        "title": "Cook",
        "company": "Larkspur Kitchens",
        "company_slug": "larkspur-kitchens",
        "apply_url": "https://larkspur.example/apply",
        "apply_host": "larkspur.example",
        "posted": "2026-11-19",
        "workplace": "on_site",
        "places": ("Ghent, Belgium",),
        "place_parts": (("Ghent", "", "BE"),),
        "place_pages": (("belgium", "Belgium"), ("ghent-belgium", "Ghent, Belgium")),
        "may_live": ("BE",),
        "where": "On site, Ghent, Belgium",
        "employment": ("full_time",),
        "salary": ("16", "19.50", "EUR", "hour"),
        "pay": "€16–19.50 an hour",
        "tags": ("baking", "c++"),
        "tag_names": ("Baking", "C++"),
        "tag_slugs": ("baking", "c-plus-plus"),
        "language": "en",
    }
    body = changes.pop("description", "<p>You bake the bread of the house.</p>\n")
    view = JobView(**(values | changes), body=body, described=bool(markup.beginning(body, 1)))
    return stamped(view)


@pytest.fixture
def view() -> Callable[..., JobView]:
    return make_view


def make_config(**changes: Any) -> Config:
    values = {
        "title": "Kitchen jobs",
        "description": "Work for people who cook.",
        "base_url": "https://kitchens.example/jobs/",
        "repository": "kitchens/jobs",
    }
    return Config.model_validate(values | changes)


@pytest.fixture
def config() -> Callable[..., Config]:
    return make_config


@dataclass
class Board:
    """What is built, and where. Change a field, then call `build` again."""

    folder: Path
    views: list[JobView] = field(default_factory=list)
    companies: dict[str, Company] = field(default_factory=dict)
    config: Config = field(default_factory=make_config)
    today: date = TODAY

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def cache(self) -> Path:
        return self.folder / ".cache"

    def site(self) -> Site:
        return Site.of(
            self.views, self.companies, self.config, self.today, find_logos(self.folder / "logos", self.companies)
        )

    def build(self, workers: int | None = 1) -> Published:
        renderer = Renderer.of_board(self.folder / "templates", self.config.language)
        return build_site(self.site(), renderer, self.output, self.cache, workers)

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in sorted(found)}

    def page(self, path: str) -> str:
        return (self.output / path).read_text(encoding="utf-8")

    def theme(self, name: str, text: str) -> None:
        """Override a template of the board."""
        path = self.folder / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def empty_board(tmp_path: Path) -> Board:
    return Board(tmp_path)


@pytest.fixture
def kitchen(tmp_path: Path) -> Board:
    """Six jobs of three companies that together show what pages can show."""
    board = Board(tmp_path)
    quay = {"company": "Quay & Daughters", "company_slug": "quay-and-daughters"}
    board.views = [
        make_view(1),
        make_view(
            2, title="Pastry Chef, nights", closes="2026-11-25", department="Bakery", requisition_id="R-7", **quay
        ),
        make_view(
            3,
            title="كاتب وصفات",
            language="ar",
            workplace="remote",
            places=(),
            place_parts=(),
            place_pages=(("qatar", "Qatar"), ("kuwait", "Kuwait")),
            may_live=("KW", "QA"),
            remote_countries=("QA", "KW"),
            remote_names=("Qatar", "Kuwait"),
            where="Remote: Qatar, Kuwait",
            description="<p>تكتب الوصفات.</p>\n",
            salary=None,
            pay="",
            tags=(),
            tag_names=(),
            tag_slugs=(),
        ),
        make_view(
            4,
            title="Menu Editor",
            posted_estimated=True,
            featured=True,
            apply_url="mailto:menu@quay.example",
            apply_host="",
            **quay,
        ),
        make_view(
            5,
            title="Host",
            status_closed=True,
            closed_at="2026-11-20",
            alternates=(("https://agency.example/5", "same title"),),
        ),
        make_view(6, title="Porter", company="Old Mill", company_slug="old-mill", closes="2026-11-21"),
    ]
    board.companies = {
        "larkspur-kitchens": Company(name="Larkspur Kitchens", website="https://larkspur.example/", github="larkspur")
    }
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / "larkspur-kitchens.png").write_bytes(PNG)
    return board


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.in_script = False
        self.in_template = False  # what stands there is not on the page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_template = self.in_template or tag == "template"
        if self.in_template:
            return
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "script" and not any(name == "src" for name, _ in attrs):
            self.in_script = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.in_template = self.in_template and tag != "template"
        self.in_script = self.in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.in_script:
            self.scripts[-1] += data


@dataclass(frozen=True)
class Dom:
    """The elements of a page in their order, as html.parser sees them."""

    elements: tuple[tuple[str, dict[str, str]], ...]
    scripts: tuple[str, ...]

    def each(self, tag: str, **having: str) -> Iterator[dict[str, str]]:
        for name, attributes in self.elements:
            if name == tag and all(attributes.get(key) == value for key, value in having.items()):
                yield attributes

    def rows(self) -> list[str]:
        return [attributes["data-job-id"] for _, attributes in self.elements if "data-job-id" in attributes]


@pytest.fixture
def dom() -> Callable[[str], Dom]:
    def parse(html: str) -> Dom:
        collector = _Collector()
        collector.feed(html)
        collector.close()
        return Dom(tuple(collector.found), tuple(collector.scripts))

    return parse


@pytest.fixture
def pages_of() -> Callable[[Board], Iterable[str]]:
    """The paths of all HTML pages of a built board."""
    return lambda board: [path for path in board.files() if path.endswith(".html")]
