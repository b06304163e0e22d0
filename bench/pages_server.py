"""A site of files as GitHub Pages serves it: below a repository's name, compressed, 404.html for what is missing."""

from __future__ import annotations

import gzip
import mimetypes
import posixpath
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

# The types that GitHub Pages compresses; pictures and fonts go as they are.
COMPRESSED = (
    "text/",
    "application/json",
    "application/javascript",
    "application/xml",
    "image/svg+xml",
    "application/wasm",
)
TYPES = {
    ".xml": "application/xml",
    ".js": "application/javascript; charset=utf-8",
    ".mjs": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".woff2": "font/woff2",
    ".csv": "text/csv; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
}


@contextmanager
def serving(folder: Path, below: str = "/repo/") -> Iterator[str]:
    """The address at which the files of `folder` stand while the context lasts: `http://127.0.0.1:<port>/repo/`."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.folder, server.below = folder.resolve(), below
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{below}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    folder: Path
    below: str
    # A browser opens connections ahead of need and keeps them; nobody waits for those at the end.
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A browser that is closed hangs up in the middle of an answer.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == self.server.below.rstrip("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", self.server.below)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = self._file(path)
        if file is not None:
            self._send(HTTPStatus.OK, file)
        else:
            self._send(HTTPStatus.NOT_FOUND, self.server.folder / "404.html")

    do_HEAD = do_GET  # noqa: N815 -- http.server calls it so

    def _file(self, path: str) -> Path | None:
        if not path.startswith(self.server.below):
            return None
        inside = posixpath.normpath("/" + path.removeprefix(self.server.below)).lstrip("/")
        asked = self.server.folder / inside
        if path.endswith("/"):
            asked /= "index.html"
        # GitHub Pages answers `about` with about.html.
        for file in (asked, asked.with_name(f"{asked.name}.html")):
            if file.is_file() and file.resolve().is_relative_to(self.server.folder):
                return file
        return None

    def _send(self, status: HTTPStatus, file: Path) -> None:
        kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind.startswith("text/") and "charset" not in kind:
            kind += "; charset=utf-8"
        body = file.read_bytes() if file.is_file() else b"404"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Access-Control-Allow-Origin", "*")
        if kind.startswith(COMPRESSED):
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = _gzipped(body)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: whoever asks also sees the answer."""


@lru_cache(maxsize=512)
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)
