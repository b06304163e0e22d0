"""Stands for GitHub's `gh` in tests: answers from, and writes to, the JSON file that GH_STATE names; `jq` is the real one.

State: `issue` (as the API gives it), `roles` (login -> role), `comments`, `pulls`, and `may_propose`.
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


def options(arguments: list[str], flags: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
    """The words and the options of a call."""
    words, found = [], {}
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in flags:
            found[word] = "yes"
        elif word.startswith("--"):
            found[word] = rest.pop(0)
        else:
            words.append(word)
    return words, found


def answer(value: Any, jq: str | None) -> None:
    text = json.dumps(value)
    if jq is not None:
        text = subprocess.run(["jq", "--raw-output", jq], input=text, capture_output=True, text=True, check=True).stdout
    sys.stdout.write(text)


def api(state: dict[str, Any], arguments: list[str]) -> None:
    (path,), given = options(arguments, ("--silent", "--paginate"))
    method, jq = given.get("--method", "GET"), given.get("--jq")
    number = state["issue"]["number"]
    body = Path(given["--field"].removeprefix("body=@")).read_text(encoding="utf-8") if "--field" in given else ""
    if match := re.fullmatch(r"repos/o/r/collaborators/([^/]+)/permission", path):
        role = state["roles"].get(match[1], "read")
        permission = {"maintain": "write", "triage": "read"}.get(role, role)
        return answer({"permission": permission, "role_name": role}, jq)
    if path == f"repos/o/r/issues/{number}" and method == "GET":
        return answer(state["issue"], jq)
    if path == f"repos/o/r/issues/{number}/comments?per_page=100":
        return answer(state["comments"], jq)
    if path == f"repos/o/r/issues/{number}/comments" and method == "POST":
        state["comments"].append({"id": len(state["comments"]) + 100, "user": BOT, "body": body})
        return None
    if method == "PATCH" and (match := re.fullmatch(r"repos/o/r/issues/comments/(\d+)", path)):
        next(one for one in state["comments"] if one["id"] == int(match[1]))["body"] = body
        return None
    if method == "DELETE" and path == f"repos/o/r/issues/{number}/labels/approved":
        state["labels"] = [label for label in state["labels"] if label != "approved"]
        return None
    sys.exit(f"fake gh: {method} {path} is not known")


def pull(state: dict[str, Any], verb: str, arguments: list[str]) -> None:
    words, given = options(arguments, ())
    assert given["--repo"] == "o/r"
    if verb == "list":
        return answer([one for one in state["pulls"] if one["head"] == given["--head"]], given["--jq"])
    if not state["may_propose"]:
        sys.exit("GitHub Actions is not permitted to create or approve pull requests")
    body = Path(given["--body-file"]).read_text(encoding="utf-8")
    if verb == "create":
        made = {"number": 40 + len(state["pulls"]), "isCrossRepository": False, "head": given["--head"]}
        state["pulls"].append(made | {"title": given["--title"], "body": body, "base": given["--base"]})
        sys.stdout.write("https://github.com/o/r/pull/40\n")
    elif verb == "edit":
        next(one for one in state["pulls"] if one["number"] == int(words[0])).update(title=given["--title"], body=body)
    return None


def main() -> None:
    state = json.loads(STATE.read_text(encoding="utf-8"))
    command, *arguments = sys.argv[1:]
    if command == "api":
        api(state, arguments)
    else:
        assert command == "pr"
        pull(state, arguments[0], arguments[1:])
    STATE.write_text(json.dumps(state), encoding="utf-8")


main()
