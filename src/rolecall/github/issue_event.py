"""The file that GitHub writes for a workflow which an issue started (GITHUB_EVENT_PATH), read as hostile data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from rolecall.errors import RolecallError
from rolecall.files import read_regular

MAX_BYTES = 3_000_000
_MAX_NUMBER = 10**15
_LOGIN = re.compile(r"(?!gh-\d+$)[a-z0-9-]{1,39}", re.ASCII | re.IGNORECASE)  # GH-12 would refer to an issue
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:]{8}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class IssueEvent:
    """What happened to which issue. `login` and `user_id` are its author's, empty when they are not GitHub's form.

    `opened` is None when the file does not say it. The issue's title is not read at all.
    """

    number: int
    body: str
    login: str = ""
    user_id: str = ""
    opened: date | None = None


def read_event(path: Path) -> IssueEvent:
    """The event in the file at `path`. Raises `RolecallError` when it is none of an issue."""
    event = _object(_loaded(path), path)
    if "issue" not in event:
        raise RolecallError(str(path), "is not the event of an issue.", "Name the file of GITHUB_EVENT_PATH.")
    return _issue(event["issue"], path)


def read_issue(path: Path) -> IssueEvent:
    """An issue as the API gives it (`gh api repos/OWNER/NAME/issues/12`). Raises `RolecallError` when it is none."""
    return _issue(_loaded(path), path)


def _issue(value: Any, path: Path) -> IssueEvent:
    issue = _object(value, path)
    number, body, user = issue.get("number"), issue.get("body"), issue.get("user")
    if type(number) is not int or not 0 < number < _MAX_NUMBER or not isinstance(body, str | None):
        raise RolecallError(str(path), "holds an issue without a number or a text.", "Compare it with GitHub's API.")
    author = user if isinstance(user, dict) else {}
    login, user_id, opened = author.get("login"), author.get("id"), issue.get("created_at")
    known = isinstance(login, str) and _LOGIN.fullmatch(login) and type(user_id) is int and 0 < user_id < _MAX_NUMBER
    return IssueEvent(
        number=number,
        body=(body or "").encode("utf-8", "replace").decode(),  # half a surrogate pair is no character
        login=str(login) if known else "",
        user_id=str(user_id) if known else "",
        opened=_day(opened),
    )


def _day(value: Any) -> date | None:
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _loaded(path: Path) -> Any:
    data = read_regular(path, max_bytes=MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise RolecallError(str(path), f"is over the limit of {MAX_BYTES:,} bytes.", "No issue is that long.")
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise RolecallError(str(path), "is not JSON.", "Name the file of GITHUB_EVENT_PATH.") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _object(value: Any, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RolecallError(str(path), "is not an object.", "Name the file of GITHUB_EVENT_PATH.")
    return value
