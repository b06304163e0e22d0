"""What answers the browser: files of output/, and the news that there is a newer build.

Nothing in output/ is changed for the reload: the line with the script is added to a page on its way. Only this machine
is answered, and only by its own name, so that no website reads a preview through a name that it points at 127.0.0.1.
"""

from __future__ import annotations

import json
import mimetypes
import secrets
import threading
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from rolecall.errors import RolecallError

HOST = "127.0.0.1"
SCRIPT, EVENTS = "/_rolecall/reload.js", "/_rolecall/events"
_HEARTBEAT_S, _HTTP_PORT = 15, 80
_TYPES = {".js": "text/javascript", ".xml": "application/xml", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: whether the site changed, what went wrong ("": nothing), where the site will stand."""

    changed: bool
    problem: str = ""
    base_path: str = "/"


class Stage:
    """What open pages are told: which build they would see, and what is wrong with the newest one."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._run, self._builds = secrets.token_hex(4), 0  # a page of an earlier run is out of date
        self.problem, self.base_path, self.is_closed = "", "/", False

    @property
    def version(self) -> str:
        return f"{self._run}-{self._builds}"

    def show(self, built: Built) -> None:
        """Tell all open pages of a build."""
        with self._news:
            self._builds += built.changed
            self.problem, self.base_path = built.problem, built.base_path
            self._news.notify_all()

    def close(self) -> None:
        with self._news:
            self.is_closed = True
            self._news.notify_all()

    def message(self) -> str:
        return json.dumps({"built": self.version, "problem": self.problem})

    def next_message(self, known: str) -> str:
        """What is to be said to whoever was told `known`; the same again after a while in which nothing happened."""
        with self._news:
            self._news.wait_for(lambda: self.is_closed or self.message() != known, _HEARTBEAT_S)
            return self.message()


class _Handler(BaseHTTPRequestHandler):
    """GET and HEAD of the files in `output`, with the site's own page for what is not there; nothing in the log."""

    server_version, sys_version = "rolecall", ""

    def __init__(self, *arguments: Any, output: Path, stage: Stage, reload: bool) -> None:
        self.output, self.stage, self.reload = output, stage, reload
        super().__init__(*arguments)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if self.headers.get("Host") not in own_names(self.connection.getsockname()[1]):
            self._answer(403, b"Only this machine is answered: open http://127.0.0.1 with the port.\n", "text/plain")
        elif self.reload and path == SCRIPT:
            self._answer(200, Path(__file__).with_name("reload.js").read_bytes(), "text/javascript")
        elif self.reload and path == EVENTS:
            self._tell_news()
        else:
            self._answer_file(path)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer_file(self, path: str) -> None:
        version = self.stage.version  # before the file is read: what changes meanwhile is then seen as news
        base = self.stage.base_path
        found = self._find(path)
        if found is None and path.startswith(base):  # as it will stand on the web, below base_url
            found = self._find(path[len(base) - 1 :])
        if found is None and self._find(f"{path}/") is not None:
            self._answer(301, b"", "text/plain", Location=f"/{quote(unquote(path).strip('/'))}/")
            return
        status = 200 if found is not None else 404
        found = found or self._find("/404.html")
        kind = "text/html" if found is None else _type_of(found)
        try:
            body = found.read_bytes() if found is not None else b"<!doctype html><title>404</title><p>Not here.</p>"
        except OSError:  # swept by a build between two lines
            status, body, kind = 404, b"<!doctype html><title>404</title><p>Not here.</p>", "text/html"
        if self.reload and kind == "text/html":
            body = with_script(body, version)
        self._answer(status, body, kind)

    def _find(self, path: str) -> Path | None:
        """The file at `path`, for a folder its index.html; None for all that is not a plain file inside the site."""
        steps = [step for step in unquote(path).split("/") if step]
        if any(step.startswith(".") or "\0" in step or "\\" in step for step in steps):
            return None
        found = self.output.joinpath(*steps)
        if path.endswith("/"):
            found /= "index.html"
        try:
            inside = found.resolve().is_relative_to(self.output.resolve()) and found.is_file()
        except OSError:  # a name that is too long
            return None
        return found if inside else None

    def _tell_news(self) -> None:
        self._head(200, {"Content-Type": "text/event-stream"})
        if self.command == "HEAD":
            return
        said = ""
        try:
            while not self.stage.is_closed:
                self.wfile.write(f"retry: 1000\ndata: {(said := self.stage.next_message(said))}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return  # the page was closed

    def _answer(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        is_text = kind.startswith("text/")
        kind = f"{kind}; charset=utf-8" if is_text else kind
        self._head(status, {"Content-Type": kind, "Content-Length": str(len(body)), **headers})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        safe = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        for name, value in (headers | safe | {"Cross-Origin-Resource-Policy": "same-origin"}).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Requests of one's own browser are no news."""


def own_names(port: int) -> set[str]:
    """What a browser on this machine calls the preview."""
    return {f"{name}:{port}" if port != _HTTP_PORT else name for name in (HOST, "localhost", "[::1]")}


def _type_of(file: Path) -> str:
    return _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def with_script(page: bytes, version: str) -> bytes:
    """`page` with the script that loads it again; a script from the same host is what the pages' policy allows."""
    line = f'<script type="module" src="{SCRIPT}?built={version}"></script>\n'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + line + end + after if end else page + line


class Server(ThreadingHTTPServer):
    """A preview of `output` at a port of this machine (0: a free one), not yet running."""

    daemon_threads = True

    def __init__(self, output: Path, port: int, stage: Stage, *, reload: bool = True) -> None:
        self.stage, self._is_running = stage, False
        try:
            super().__init__((HOST, port), partial(_Handler, output=output, stage=stage, reload=reload))
        except OSError as error:
            what = f"cannot be used: {error.strerror}."
            raise RolecallError(f"port {port}", what, "Choose another with --port.") from error

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}/"

    def serve_forever(self, poll_interval: float = 0.1) -> None:
        self._is_running = True
        super().serve_forever(poll_interval)

    def close(self) -> None:
        """Stop answering; open pages are let go."""
        self.stage.close()
        if self._is_running:  # else it would wait for the end of what never began
            self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up in the middle of an answer is no news."""
