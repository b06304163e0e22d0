"""Findings as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from rolecall import __version__
from rolecall.checks import CODES
from rolecall.issues import Issue, Level, one_line

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def sarif(issues: Sequence[Issue]) -> dict[str, Any]:
    """The log of one run. Fingerprints stay the same while a finding moves up or down in its file."""
    codes = sorted({*CODES, *(issue.code for issue in issues)})
    seen: Counter[str] = Counter()
    results = [_result(issue, codes.index(issue.code), seen) for issue in issues]
    driver = {"name": "rolecall", "version": __version__, "rules": [_rule(code) for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    known = CODES.get(code)
    if known is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": known.meaning},
        "help": {"text": known.mend},
        "defaultConfiguration": {"level": _LEVELS[known.level]},
    }


def _result(issue: Issue, rule: int, seen: Counter[str]) -> dict[str, Any]:
    field = f"{issue.spot.field}: " if issue.spot is not None and issue.spot.field else ""
    text = one_line(f"{field}{issue.what} {issue.hint}").strip()
    place = f"{issue.code}\0{issue.spot.file if issue.spot else issue.where}\0{field}\0{issue.what}"
    seen[place] += 1
    mark = hashlib.sha256(f"{place}\0{seen[place]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return {
        "ruleId": issue.code,
        "ruleIndex": rule,
        "level": _LEVELS[issue.level],
        "message": {"text": text},
        "locations": [_location(issue)] if issue.spot is not None else [],
        "partialFingerprints": {"rolecall/v1": mark},
    }


def _location(issue: Issue) -> dict[str, Any]:
    assert issue.spot is not None
    uri = quote(issue.spot.file.encode("utf-8", "surrogateescape"), safe="/")
    region = {"startLine": issue.spot.line or 1}
    if issue.spot.column is not None:
        region["startColumn"] = issue.spot.column
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}}
