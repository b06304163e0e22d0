"""Answers on disk: a `Recorder` writes what a run was told, a `Replay` tells it again without any network.

`index.jsonl` holds one line per answer, and bodies lie in files beside it:
    {"request": {"method", "url", "json"?}, "response": {"status", "headers", "body": <path relative to the index>}}
Secrets are left out of requests, headers and bodies.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from rolecall.address import web_address
from rolecall.errors import ConfigError, TooLarge, Unreachable
from rolecall.fetch.answers import Answer, Exchange
from rolecall.fetch.guard import safe_url
from rolecall.fetch.matching import Key, Pattern, key_of
from rolecall.fetch.redact import public_json, public_text, public_url, secrets_of
from rolecall.files import write_atomic
from rolecall.issues import Issue, Level
from rolecall.sources.base import Request

INDEX = "index.jsonl"
_HEADERS = ("content-type", "etag", "last-modified", "link", "location", "retry-after")
_HINT = 'Each line is {"request": {"method", "url"}, "response": {"status", "headers", "body"}}.'


class Recorder:
    """Writes every answer of `exchange` below `folder`. A folder that holds a recording is added to.

    Bodies are written as they come, the index when the block ends, sorted, so that the same answers give the same
    bytes whatever their order.
    """

    def __init__(self, folder: Path, exchange: Exchange) -> None:
        self._folder, self._exchange = folder, exchange
        self._lines: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Self:
        if (self._folder / INDEX).exists():
            for _, entry in _entries(self._folder / INDEX):
                self._lines[_sort_key(entry["request"])] = entry
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        lines = [json.dumps(entry, ensure_ascii=False) + "\n" for _, entry in sorted(self._lines.items())]
        write_atomic(self._folder / INDEX, "".join(lines).encode())

    async def exchange(self, request: Request) -> Answer:
        """What the recorded exchange answers."""
        answer = await self._exchange(request)
        asked: dict[str, Any] = {"method": request.method, "url": public_url(request.url)}
        if request.json is not None:
            asked["json"] = public_json(request.json)
        name = _body_name(asked, request, answer)
        body = answer.body
        for secret in secrets_of(request):
            body = body.replace(secret.encode(), b"REDACTED")
        write_atomic(self._folder / name, body)
        headers = {header: public_text(answer.headers[header]) for header in _HEADERS if header in answer.headers}
        told = {"status": answer.status, "headers": headers, "body": name}
        self._lines[_sort_key(asked)] = {"request": asked, "response": told}
        return answer


def _sort_key(asked: Mapping[str, Any]) -> str:
    return json.dumps([asked["url"], asked["method"], asked.get("json")], sort_keys=True)


def _body_name(asked: Mapping[str, Any], request: Request, answer: Answer) -> str:
    """`boards-api.example/v1-boards-acme-jobs-1f3a9c2e.json`: readable, and by its hash one for each question."""
    parts = urlsplit(asked["url"])
    host = re.sub(r"[^a-z0-9.]+", "-", parts.netloc.lower()).strip(".-") or "host"
    path = re.sub(r"[^a-z0-9]+", "-", parts.path.lower()).strip("-")[:60].strip("-") or "index"
    digest = hashlib.sha256(_sort_key(asked).encode()).hexdigest()[:8]
    kind = answer.headers.get("content-type", "").lower()
    suffix = next((word for word in ("json", "html", "xml") if word in kind), request.expect)
    return f"{host}/{path}-{digest}.{suffix}"


class Replay:
    """A recording that answers like the network it was made of, and never opens a socket.

    Raises `ConfigError` with every bad line of the index. Bodies may lie anywhere: a recording is trusted test data.
    """

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        index = folder / INDEX
        self._told: dict[Key, list[tuple[Pattern, dict[str, Any], Path]]] = {}
        problems: list[Issue] = []
        for line, entry in _entries(index):
            body = folder / (entry["response"].get("body") or "")
            if entry["response"].get("body") and not body.is_file():
                problems.append(_problem(index, line, f"the body {entry['response']['body']} is not there."))
            asked = entry["request"]
            url = safe_url(asked["url"], allow_private=True)
            pattern = Pattern.of(asked["method"], url, asked.get("json"))
            self._told.setdefault(pattern.key, []).append((pattern, entry["response"], body))
        if problems:
            raise ConfigError.of(problems)

    async def exchange(self, request: Request) -> Answer:
        """The recorded answer that fits most closely; of equals the first. Raises `Unreachable` when none fits."""
        request = replace(request, url=safe_url(request.url, allow_private=True))
        fitting = [told for told in self._told.get(key_of(request), ()) if told[0].fits(request)]
        if not fitting:
            where = f"{request.method} {public_url(request.url)}"
            raise Unreachable(where, "not in the recording.", "Record it with `rolecall fetch --record DIR`.")
        _, told, path = max(fitting, key=lambda entry: entry[0].specificity)
        body = b""
        if told.get("body"):
            if path.stat().st_size > self._max_bytes:
                raise TooLarge(
                    public_url(request.url), f"the answer is over {self._max_bytes:,} bytes.", "Check the recording."
                )
            body = path.read_bytes()
        headers = {name.lower(): value for name, value in told.get("headers", {}).items()}
        return Answer(url=request.url, status=told["status"], headers=headers, body=body)


def _entries(index: Path) -> list[tuple[int, dict[str, Any]]]:
    """The lines of an index that hold something, with their numbers. Raises `ConfigError` with every bad line."""
    try:
        text = index.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            str(index), "is not there, or is not UTF-8 text.", "Name the folder of a recording."
        ) from error
    entries: list[tuple[int, dict[str, Any]]] = []
    problems: list[Issue] = []
    # Not splitlines(): U+2028 may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            problems.append(_problem(index, number, f"is not JSON ({str(error)[:80]})."))
            continue
        what = _wrong_in(entry)
        if what is None:
            entries.append((number, entry))
        else:
            problems.append(_problem(index, number, what))
    if problems:
        raise ConfigError.of(problems)
    return entries


def _problem(index: Path, line: int, what: str) -> Issue:
    return Issue(ConfigError.code, f"{index}:{line}", what, _HINT, Level.ERROR)


def _wrong_in(entry: Any) -> str | None:
    """What is wrong with the form of a line, or None."""
    asked = entry.get("request") if isinstance(entry, dict) else None
    told = entry.get("response") if isinstance(entry, dict) else None
    if not isinstance(asked, dict) or not isinstance(told, dict):
        return "request or response is missing."
    if asked.get("method") not in ("GET", "POST"):
        return f"request.method is {str(asked.get('method'))[:20]!r}, not GET or POST."
    if not isinstance(asked.get("url"), str) or web_address(asked["url"]) is None:
        return "request.url is not an http(s) address."
    if not isinstance(asked.get("json", {}), dict):
        return "request.json is not an object."
    if not isinstance(told.get("status"), int) or isinstance(told["status"], bool) or not 100 <= told["status"] <= 599:
        return f"response.status is {str(told.get('status'))[:20]!r}, not a number from 100 to 599."
    headers = told.get("headers", {})
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        return "response.headers is not an object of texts."
    if not isinstance(told.get("body", ""), str | None):
        return "response.body is not a path."
    return None
