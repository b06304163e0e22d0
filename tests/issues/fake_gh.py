"""Stands for GitHub's `gh` in tests: answers from, and writes to, the JSON file that GH_STATE names; `jq` is the real one.

State: `issue` (as the API gives it), `roles` (login -> role), `comments`, `labels`, `pulls`, and `may_propose`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

STATE = Path(os.environ["GH_STATE"])
BOT = {"login": "github-actions[bot]"}


def options(arguments: list[str]) -> tuple[str, dict[str, str], dict[str, str]]:
    """The path of a call, its options, and the fields that it sends."""
    path, found, fields = "", {}, {}
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in ("--silent", "--paginate"):
            continue
        if word in ("--field", "--raw-field"):
            name, _, value = rest.pop(0).partition("=")
            read = word == "--field" and value.startswith("@")
            fields[name] = Path(value[1:]).read_text(encoding="utf-8") if read else value
        elif word.startswith("--"):
            found[word] = rest.pop(0)
        else:
            path = word
    return path.removeprefix("repos/o/r/"), found, fields


def answer(value: Any, jq: str | None) -> None:
    text = json.dumps(value)
    if jq is not None:
        text = subprocess.run(["jq", "--raw-output", jq], input=text, capture_output=True, text=True, check=True).stdout
    sys.stdout.write(text)


def get(state: dict[str, Any], path: str) -> Any:
    if match := re.fullmatch(r"collaborators/([^/]+)/permission", path):
        role = state["roles"].get(match[1], "read")
        return {"permission": {"maintain": "write", "triage": "read"}.get(role, role), "role_name": role}
    if match := re.fullmatch(r"pulls\?state=open&head=([a-z0-9:-]+)", path):
        return [pull for pull in state["pulls"] if pull["from"] == match[1]]
    number = state["issue"]["number"]
    return {f"issues/{number}": state["issue"], f"issues/{number}/comments?per_page=100": state["comments"]}[path]


def change(state: dict[str, Any], method: str, path: str, fields: dict[str, str]) -> None:
    number = state["issue"]["number"]
    if (method, path) == ("POST", f"issues/{number}/comments"):
        state["comments"].append({"id": len(state["comments"]) + 100, "user": BOT, **fields})
    elif method == "PATCH" and (match := re.fullmatch(r"(?:issues/(comments)|(pulls))/(\d+)", path)):
        (one,) = (
            one for one in state[match[1] or match[2]] if match[3] in (str(one.get("id")), str(one.get("number")))
        )
        one.update(fields)
    elif (method, path) == ("DELETE", f"issues/{number}/labels/approved"):
        state["labels"] = [label for label in state["labels"] if label != "approved"]
    elif (method, path) == ("POST", "pulls") and state["may_propose"]:
        state["pulls"].append({"number": 40 + len(state["pulls"]), "from": f"o:{fields['head']}", **fields})
    else:
        sys.exit(f"fake gh: {method} {path} is refused")


def main() -> None:
    state = json.loads(STATE.read_text(encoding="utf-8"))
    assert sys.argv[1] == "api"
    path, given, fields = options(sys.argv[2:])
    method = given.get("--method", "GET")
    if method == "GET":
        answer(get(state, path), given.get("--jq"))
    else:
        change(state, method, path, fields)
        STATE.write_text(json.dumps(state), encoding="utf-8")


main()
