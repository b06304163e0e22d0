"""The preview: what it answers and to whom, what it watches, and that open pages follow."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rolecall.errors import AnotherRun, RolecallError
from rolecall.serve import Built, Server, Stage, Watched, serve
from rolecall.serve.server import own_names, with_script
from rolecall.serve.watching import Changes

REPO = Path(__file__).resolve().parent.parent
PAGE = "<!doctype html><title>Jobs</title><body><p>Cook</p></body></html>"
LONG_S = 60  # how long a test waits for what must happen; it goes on as soon as it does


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str


class Preview:
    """A running server of a small site, and questions to it."""

    def __init__(self, output: Path, *, reload: bool = True) -> None:
        self.output = output
        self.stage = Stage()
        self.server = Server(output, 0, self.stage, reload=reload)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def ask(self, path: str, method: str = "GET", host: str | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG_S)
        connection.putrequest(method, path, skip_host=True)
        if host != "":
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        found = Answer(answer.status, dict(answer.headers), answer.read().decode("utf-8", "replace"))
        connection.close()
        return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    output = tmp_path / "board" / "output"
    (output / "tags").mkdir(parents=True)
    (output / "empty").mkdir()
    (output / "index.html").write_text(PAGE)
    (output / "tags" / "index.html").write_text(PAGE.replace("Cook", "Tags"))
    (output / "404.html").write_text(PAGE.replace("Cook", "Not here"))
    (output / "feed.xml").write_text("<feed/>")
    (output / "tags.html").write_text("no </body> <p>twice</p></body>")
    (output / ".gitignore").write_text("*")
    (tmp_path / "board" / "config.yaml").write_text("title: secret")
    return output


@pytest.fixture
def preview(site: Path) -> Iterator[Preview]:
    running = Preview(site)
    yield running
    running.server.close()


def test_a_page_is_served_with_the_script_and_stays_as_it_is_on_the_disk(preview: Preview) -> None:
    answer = preview.ask("/")
    assert answer.status == 200
    assert f'<script type="module" src="/_rolecall/reload.js?built={preview.stage.version}"></script>' in answer.body
    assert answer.headers["Cache-Control"] == "no-store"
    assert (preview.output / "index.html").read_text() == PAGE


def test_only_pages_get_the_script(preview: Preview) -> None:
    assert preview.ask("/feed.xml").body == "<feed/>"
    assert preview.ask("/feed.xml").headers["Content-Type"].startswith("application/xml")


def test_the_script_stands_before_the_last_end_of_the_body() -> None:
    assert with_script(b"a</body>b</body>", "1").startswith(b"a</body>b<script ")
    assert with_script(b"no end", "1").startswith(b"no end<script ")


def test_without_reload_pages_are_served_as_they_are(site: Path) -> None:
    running = Preview(site, reload=False)
    assert running.ask("/").body == PAGE
    assert running.ask("/_rolecall/reload.js").status == 404
    assert running.ask("/_rolecall/events").status == 404
    running.server.close()


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "[::1]:{}"])
def test_this_machine_is_answered_by_its_own_names(preview: Preview, host: str) -> None:
    assert preview.ask("/", host=host.format(preview.port)).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{}", "127.0.0.1:1", "127.0.0.1", "", "localhost.evil.example:{}"]
)
def test_a_name_that_somebody_points_here_is_refused(preview: Preview, host: str) -> None:
    for path in ("/", "/_rolecall/events", "/_rolecall/reload.js", "/feed.xml"):
        answer = preview.ask(path, host=host.format(preview.port))
        assert answer.status == 403
        assert "Cook" not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/../config.yaml",
        "/%2e%2e/config.yaml",
        "/tags/../../config.yaml",
        "/..%2fconfig.yaml",
        "/..%5cconfig.yaml",
        "//../config.yaml",
        "/.gitignore",
        "/empty/",
        "/empty",
        "/index.html%00",
        "/" + "a" * 3000,
    ],
)
def test_nothing_outside_the_site_and_no_list_of_files_is_served(preview: Preview, path: str) -> None:
    answer = preview.ask(path)
    assert answer.status == 404
    assert "Not here" in answer.body


def test_a_link_out_of_the_site_is_not_followed(preview: Preview) -> None:
    (preview.output / "leak.html").symlink_to(preview.output.parent / "config.yaml")
    assert preview.ask("/leak.html").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_a_preview_only_shows(preview: Preview, method: str) -> None:
    assert preview.ask("/", method).status == 501


def test_a_head_is_the_answer_without_its_body(preview: Preview) -> None:
    head, get = preview.ask("/", "HEAD"), preview.ask("/")
    assert (head.status, head.body) == (200, "")
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.body))
    assert preview.ask("/_rolecall/events", "HEAD").body == ""


def test_a_folder_is_shown_with_a_slash_and_the_redirect_stays_on_the_host(preview: Preview) -> None:
    assert preview.ask("/tags").headers["Location"] == "/tags/"
    assert preview.ask("//tags").headers["Location"] == "/tags/"
    assert "Tags" in preview.ask("/tags/").body


def test_a_site_that_will_stand_below_a_path_is_found_there_too(preview: Preview) -> None:
    preview.stage.show(Built(True, base_path="/repo/"))
    assert preview.ask("/repo/feed.xml").body == "<feed/>"
    assert "Cook" in preview.ask("/repo/").body
    assert preview.ask("/repo/../../config.yaml").status == 404
    assert preview.ask("/feed.xml").body == "<feed/>"


def test_a_port_that_is_taken_is_named_with_the_mend(preview: Preview, site: Path) -> None:
    with pytest.raises(RolecallError, match=r"cannot be used: .* Choose another with --port"):
        Server(site, preview.port, Stage())


def events(preview: Preview) -> Iterator[dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=LONG_S)
    connection.request("GET", "/_rolecall/events")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    for line in answer:
        if line.startswith(b"data: "):
            yield json.loads(line[6:])
    connection.close()


def test_open_pages_hear_of_a_build_and_of_what_is_wrong(preview: Preview) -> None:
    heard = events(preview)
    first = next(heard)
    assert first == {"built": preview.stage.version, "problem": ""}
    preview.stage.show(Built(True))
    assert next(heard)["built"] != first["built"]
    preview.stage.show(Built(False, "config.yaml:1: title: is missing.\n<b>"))
    said = next(heard)
    assert said == {"built": preview.stage.version, "problem": "config.yaml:1: title: is missing.\n<b>"}
    preview.server.close()
    assert list(heard) in ([], [said])


def test_a_build_that_changed_nothing_loads_no_page_again(preview: Preview) -> None:
    before = preview.stage.version
    preview.stage.show(Built(False))
    assert preview.stage.version == before


def test_a_browser_leaves_out_the_port_of_http() -> None:
    assert own_names(80) == {"127.0.0.1", "localhost", "[::1]"}
    assert own_names(8000) == {"127.0.0.1:8000", "localhost:8000", "[::1]:8000"}


# What is watched


@dataclass
class Builds:
    """A stand-in for the build: notes that it ran, and does what it is told."""

    ran: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    count: int = 0
    hold: threading.Event = field(default_factory=threading.Event)
    act: Callable[[], None] = lambda: None

    def __call__(self) -> Built:
        self.count += 1
        self.act()
        self.ran.release()
        assert self.hold.wait(LONG_S)
        return Built(True)

    def wait(self) -> None:
        assert self.ran.acquire(timeout=LONG_S), "no build came"


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[tuple[Path, Builds, list[str]]]:
    """A board's folder, its builds, and what is said, while `serve` is at work on it."""
    folder = tmp_path / "work"
    (folder / "jobs").mkdir(parents=True)
    (folder / "README.md").write_text("one")
    builds, said, ready = Builds(), [], threading.Event()
    builds.hold.set()
    server = Server(folder, 0, Stage())
    watched = Watched(folder, ("config.yaml",), ("jobs", "templates"), "README.md")
    end = threading.Event()

    def say(text: str) -> None:
        said.append(text)
        if end.is_set() and text != "Ended.":
            raise KeyboardInterrupt

    thread = threading.Thread(target=serve, args=(server, watched, builds, say, ready.set))
    thread.start()
    assert ready.wait(LONG_S)
    builds.wait()
    yield folder, builds, said
    end.set()
    builds.hold.set()
    (folder / "config.yaml").write_text("title: the end")
    thread.join(LONG_S)
    assert not thread.is_alive()
    assert said[-1] == "Ended."


def settle(folder: Path, builds: Builds) -> None:
    """Wait until what is watched stands: the watch begins a moment after the server does."""
    number = 0
    while not builds.ran.acquire(timeout=0.3):
        number += 1
        assert number < 200
        (folder / "jobs" / "begin.yaml").write_text(str(number))


def test_a_change_builds_again(at_work: tuple[Path, Builds, list[str]]) -> None:
    folder, builds, said = at_work
    settle(folder, builds)
    (folder / "config.yaml").write_text("title: A")
    builds.wait()
    assert any("config.yaml" in line or "begin.yaml" in line for line in said)


def test_a_folder_that_is_made_later_is_watched_to_its_bottom(at_work: tuple[Path, Builds, list[str]]) -> None:
    folder, builds, _ = at_work
    settle(folder, builds)
    late, seen = folder / "templates" / "site" / "late.html", []
    builds.act = lambda: seen.append(late.read_text() if late.exists() else "")
    late.parent.mkdir(parents=True)
    late.write_text("one")
    while seen[-1:] != ["one"]:
        builds.wait()
    late.write_text("two")
    while seen[-1:] != ["two"]:
        builds.wait()
    shutil.rmtree(folder / "templates")
    while seen[-1:] != [""]:
        builds.wait()


def test_changes_during_a_build_are_built_after_it(at_work: tuple[Path, Builds, list[str]]) -> None:
    folder, builds, said = at_work
    settle(folder, builds)
    (folder / "jobs" / "first.yaml").write_text("1")
    while not any("first.yaml" in line for line in said):
        builds.wait()
    builds.hold.clear()
    (folder / "jobs" / "second.yaml").write_text("2")
    while not any("second.yaml" in line for line in said):
        builds.wait()
    names = [f"burst-{number}.yaml" for number in range(40)]
    for name in names:
        (folder / "jobs" / name).write_text("3")
    before = len(said)
    builds.hold.set()
    builds.wait()
    while not said[before:]:
        builds.wait()
    assert "burst-0.yaml" in said[before]


def test_all_that_changed_meanwhile_is_taken_at_once() -> None:
    changes = Changes()
    for number in (2, 1, 2):
        changes.add([f"jobs/{number}.yaml"])
    assert changes.take() == ["jobs/1.yaml", "jobs/2.yaml"]
    threading.Timer(0.01, changes.add, [["config.yaml"]]).start()
    assert changes.take() == ["config.yaml"]


def test_what_the_build_writes_itself_builds_nothing(at_work: tuple[Path, Builds, list[str]]) -> None:
    folder, builds, said = at_work
    settle(folder, builds)
    builds.act = lambda: (folder / "README.md").write_text(f"table {builds.count}")
    (folder / "jobs" / "a.yaml").write_text("1")
    while not any("a.yaml" in line for line in said):
        builds.wait()
    (folder / "jobs" / "b.yaml").write_text("1")
    while not any("b.yaml" in line for line in said):
        builds.wait()
    assert "Changed: README.md" not in said


def test_a_build_waits_for_another_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rolecall.serve._TRY_AGAIN_S", 0)
    from rolecall.serve import _patiently

    answers = [AnotherRun("lock", "another run is at work in this folder."), Built(True)]
    said: list[str] = []

    def build() -> Built:
        answer = answers.pop(0)
        if isinstance(answer, AnotherRun):
            raise answer
        return answer

    assert _patiently(build, said.append) == Built(True)
    assert said == ["another run is at work in this folder. It builds when that has ended."]


# The command itself


class Running:
    """`rolecall serve` in a process of its own; `said` grows with its words."""

    def __init__(self, folder: Path, env: dict[str, str], *options: str) -> None:
        command = [sys.executable, "-m", "rolecall", "serve", "--port", "0", "--now", "2026-11-22", *options]
        # A shell that starts the tests in the background makes them, and what they start, deaf to Ctrl-C.
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        assert self.process.stderr is not None
        self.lines = iter(self.process.stderr.readline, "")
        self.url = self.until("http://").split()[0]

    def until(self, part: str) -> str:
        return next(line for line in self.lines if part in line)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()


@pytest.fixture
def running(bare_board: Path, offline_env: dict[str, str]) -> Iterator[Running]:
    started = Running(bare_board, offline_env)
    yield started
    started.end()


def test_ctrl_c_ends_it_cleanly_while_a_page_is_open(running: Running) -> None:
    connection = http.client.HTTPConnection(running.url.split("/")[2], timeout=LONG_S)
    connection.request("GET", "/_rolecall/events")
    answer = connection.getresponse()
    assert answer.readline().startswith(b"retry:")
    running.process.send_signal(signal.SIGINT)
    assert running.until("Ended.") == "Ended.\n"
    assert running.process.wait(LONG_S) == 0
    connection.close()


def test_without_a_board_it_says_so_and_ends(tmp_path: Path, run: Callable[..., object]) -> None:
    result = run("serve", "--port", "0", "-C", tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith("config.yaml") or "config.yaml" in result.stderr


def test_the_browser_is_opened_only_when_that_is_asked(
    bare_board: Path, run: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def serve_once(
        server: Server, _: Watched, build: Callable[[], Built], __: object, ready: Callable[[], None]
    ) -> None:
        assert build().changed
        ready()
        server.close()

    monkeypatch.setattr("rolecall.commands.preview.serve", serve_once)
    monkeypatch.setattr("webbrowser.open", opened.append)
    options = ("--port", "0", "--now", "2026-11-22", "-C", bare_board)
    result = run("serve", *options)
    assert (opened, "http://127.0.0.1:" in result.stderr) == ([], True)
    shutil.rmtree(bare_board / "output")
    shutil.rmtree(bare_board / ".cache")
    assert run("serve", "--open", *options).exit_code == 0
    assert [url.rpartition(":")[0] for url in opened] == ["http://127.0.0.1"]


def test_a_build_that_fails_keeps_the_last_site_and_says_why(
    bare_board: Path, run: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Built] = []

    def serve_once(server: Server, _: Watched, build: Callable[[], Built], *__: object) -> None:
        built.append(build())
        (bare_board / "config.yaml").write_text("titel: Jobs\nbase_url: https://harbour.example/repo/\n")
        built.append(build())
        server.close()

    monkeypatch.setattr("rolecall.commands.preview.serve", serve_once)
    result = run("serve", "--port", "0", "--now", "2026-11-22", "-C", bare_board)
    assert [(made.changed, made.base_path) for made in built] == [(True, "/rolecall/"), (False, "/")]
    assert built[0].problem == ""
    assert "config.yaml:1" in built[1].problem
    assert built[1].problem in result.stderr
    assert (bare_board / "output" / "index.html").is_file()
