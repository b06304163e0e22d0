"""A local preview: output/ on the loopback address, built again when a file of the board changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path

from rolecall.errors import RolecallError

HOST = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Files of output/, with the site's own page for what is not there, and nothing in the log."""

    def list_directory(self, path: str | PathLike[str]) -> None:
        """The site has no lists of files; a folder without a page is not there."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Requests of one's own browser are no news."""


def serve(
    output: Path, watched: Sequence[Path], port: int, build: Callable[[], None], say: Callable[[str], None]
) -> None:
    """Build, and serve `output` until Ctrl-C. When a later build fails it says why, and the last good site stays."""
    build()
    handler = partial(_Handler, directory=str(output))
    try:
        server = ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        raise RolecallError(
            f"port {port}", f"cannot be used: {error.strerror}.", "Choose another with --port."
        ) from error
    with server:
        say(f"http://{HOST}:{server.server_address[1]}/  (Ctrl-C ends)")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            _watch(watched, build, say)
        except KeyboardInterrupt:
            say("Ended.")
        finally:
            server.shutdown()


def _watch(watched: Sequence[Path], build: Callable[[], None], say: Callable[[str], None]) -> None:
    from watchfiles import watch

    for changes in watch(*(path for path in watched if path.exists()), raise_interrupt=True):
        names = sorted({Path(path).name for _, path in changes})
        say(f"Changed: {', '.join(names[:5])}{' ...' if len(names) > 5 else ''}")
        _build(build, say)


def _build(build: Callable[[], None], say: Callable[[str], None]) -> None:
    try:
        build()
    except RolecallError as error:
        for problem in error.problems:
            say(str(problem))
