"""The site in a real browser: Debian's Chromium, driven by Playwright.

    def test_a_tag_leads_to_its_jobs(visit):
        page = visit("tags/index.html", phone=True, dark=True)
        page.get_by_role("link", name="Python").click()
        assert "Python" in page.title()

`visit(path, ...)` opens a page of the sample board, as GitHub Pages serves it, in a browser profile of its own. `phone`
is 400x800 instead of 1280x800, `dark` the dark scheme, `still` reduced motion, `scripts=False` turns JavaScript off.
`beside=page` opens it in the profile of another page, with the same localStorage. `at=crowd` is another board than the
sample: `crowd` has 1,000 jobs. `throttle=4` makes the processor that much slower.

At its end each test fails when any of its pages asked another host for anything, broke its own content security policy,
logged an error or had an uncaught one. Pages in between may do so on purpose: `visit.seen.clear()` forgets it.

A test that asks for `any_page` runs once for each line of `PAGES` and gets its path, for `visit(any_page)`; one that asks
for `any_list` runs for those that list jobs.

Without Chromium or node the tests are skipped; with CI=1 they fail.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from rolecall.commands.read_days import note_read_days
from rolecall.issues import Issues
from rolecall.model import Board, FetchResult

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

REPO = Path(__file__).resolve().parents[2]
BENCH = REPO / "bench"
MODULES = REPO / ".cache" / "node" / "node_modules"
IS_CI = bool(os.environ.get("CI"))
TODAY = "2026-11-22"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 400, "height": 800}

# One page of each kind. A new kind is a new line here: accessibility, width, policy and links are tested for it at once.
PAGES = {
    "index": "",
    "page of a list": "page/2.html",
    "job": "jobs/saltmarsh-mutual/data-engineer.html",
    "job in Arabic": "jobs/qamar/senior-software-engineer.html",
    "closed job": "jobs/kelpline/field-technician.html",
    "company": "companies/saltmarsh-mutual.html",
    "companies": "companies/index.html",
    "tag": "tags/python.html",
    "tags": "tags/index.html",
    "place": "places/ireland.html",
    "places": "places/index.html",
    "workplace": "work/remote.html",
    "section": "sections/backend.html",
    "stats": "stats.html",
    "feeds": "feeds.html",
    "my jobs": "saved.html",
    "404": "no/such/page.html",
}
# Those that list jobs.
LISTS = ("index", "page of a list", "company", "tag", "place", "workplace", "section")

REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`securitypolicyviolation ${event.violatedDirective} ${event.blockedURI}`));
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "any_page" in metafunc.fixturenames:
        metafunc.parametrize("any_page", PAGES.values(), ids=PAGES)
    if "any_list" in metafunc.fixturenames:
        metafunc.parametrize("any_list", [PAGES[kind] for kind in LISTS], ids=LISTS)


def lacking(what: str) -> None:
    """Skip the test, or fail it where everything must be there."""
    if IS_CI:
        pytest.fail(f"{what} is not there", pytrace=False)
    pytest.skip(f"needs {what}")


def _bench_module(name: str) -> Any:
    # pytest's importlib mode puts no folder on sys.path; the bench scripts import each other by name.
    if str(BENCH) not in sys.path:
        sys.path.append(str(BENCH))
    return importlib.import_module(name)


# Sites


@dataclass(frozen=True)
class Site:
    """A built board: `root` is its address, with a slash at its end, `folder` its files."""

    root: str
    folder: Path

    def files(self, pattern: str) -> list[Path]:
        return sorted(self.folder.rglob(pattern))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, offline_env: dict[str, str]) -> Iterator[Site]:
    """The sample board of this repository, a dozen jobs on a page, below /repo/ of a server on this machine."""
    board = tmp_path_factory.mktemp("sample")
    for name in ("jobs", "logos"):
        shutil.copytree(REPO / name, board / name)
    shutil.copy(REPO / "README.md", board)
    config = (REPO / "config.yaml").read_text(encoding="utf-8")
    for old, new in (("per_page: 100 ", "per_page: 12 "), (".github.io/rolecall/", ".github.io/repo/")):
        assert config.count(old) == 1
        config = config.replace(old, new)
    (board / "config.yaml").write_text(config, encoding="utf-8")
    yield from _built(board, offline_env)


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory, offline_env: dict[str, str]) -> Iterator[Site]:
    """A made-up board of 1,000 jobs."""
    board = tmp_path_factory.mktemp("crowd")
    _bench_module("corpus").write_board(1000, board, date.fromisoformat(TODAY), languages=True)
    config = (board / "config.yaml").read_text(encoding="utf-8")
    (board / "config.yaml").write_text(config.replace(".github.io/corpus/", ".github.io/repo/"), encoding="utf-8")
    note_read_days(
        board,
        [FetchResult(Board("greenhouse", "alderbank-robotics"), complete=True)],
        date.fromisoformat(TODAY),
        Issues(),
    )
    yield from _built(board, offline_env)


def _built(board: Path, env: dict[str, str]) -> Iterator[Site]:
    command = [sys.executable, "-m", "rolecall", "build", "--now", TODAY]
    done = subprocess.run(command, cwd=board, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with _bench_module("pages_server").serving(board / "output") as root:
        yield Site(root, board / "output")


# The browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running Chromium that can reach this machine only.

    One for each module: while Playwright runs, asyncio.run() is refused in this process, and other tests need it.
    """
    # On Debian, on Ubuntu and on GitHub's runners.
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        lacking("Chromium (on Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    offline = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[offline, "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Visits:
    """Opens pages and sees what they do; `seen` is what no page may do."""

    browser: Browser
    site: Site
    seen: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        path: str = "",
        *,
        phone: bool = False,
        dark: bool = False,
        still: bool = False,
        scripts: bool = True,
        beside: Page | None = None,
        at: Site | None = None,
        throttle: int = 1,
    ) -> Page:
        context = beside.context if beside else self._profile(phone, dark, still, scripts)
        page = context.new_page()
        if throttle > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        page.goto((at or self.site).root + path)
        return page

    def _profile(self, phone: bool, dark: bool, still: bool, scripts: bool) -> BrowserContext:
        context = self.browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            device_scale_factor=2 if phone else 1,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if still else "no-preference",
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="UTC",
        )
        context.set_default_timeout(10_000)
        context.clock.set_fixed_time(f"{TODAY}T12:00:00Z")  # the sample's day, whatever today is
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("request", lambda request: self._note_request(request.url))
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.seen.append(f"uncaught: {error.error}"))
        self.contexts.append(context)
        return context

    def _note_request(self, url: str) -> None:
        if urlsplit(url).hostname != "127.0.0.1" and not url.startswith(("data:", "blob:")):
            self.seen.append(f"asked another host: {url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        # The page for missing addresses is itself answered with 404, which Chromium logs.
        is_missing_page = message.page is not None and message.location["url"] == message.page.url
        if message.type in ("error", "warning") and not (is_missing_page and "404" in message.text):
            self.seen.append(f"console {message.type}: {message.text}")


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Visits]:
    """`visit("tags/index.html", phone=True)`: a page of the sample board; see the head of this file."""
    visits = Visits(chromium, site)
    yield visits
    for context in visits.contexts:
        context.close()
    assert visits.seen == []


# What runs in node


@pytest.fixture(scope="session")
def modules() -> Path:
    """The folder of the packages that package.json names."""
    if not MODULES.is_dir():
        lacking("what package.json names (make test installs it)")
    return MODULES


@pytest.fixture(scope="session")
def node(modules: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`node("typescript/bin/tsc", "--noEmit", ...)`: a program of one of the packages in package.json."""
    program = shutil.which("node")
    if program is None:
        lacking("node (on Debian: apt install nodejs npm)")

    def run(script: str, *arguments: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [program, str(modules / script), *map(str, arguments)]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def axe(modules: Path) -> Callable[[Page], list[str]]:
    """`axe(page)`: what axe-core finds against the page as it is now, one line for each element."""
    source = (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def check(page: Page) -> list[str]:
        page.evaluate(f"() => {{ {source} }}")
        # WCAG 2.2's size of what one taps is off by default; Lighthouse counts it.
        options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
        found = page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{rule['id']}: {part['html'][:200]} {json.dumps(part['failureSummary'])}"
            for rule in found["violations"]
            for part in rule["nodes"]
        ]

    return check
