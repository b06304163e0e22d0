"""The SARIF report has what SARIF 2.1.0 demands, and knows a finding again when its line moves."""

from __future__ import annotations

import json

import jsonschema

from rolecall.checks import CODES
from rolecall.github.sarif import sarif
from rolecall.issues import Issue, Level, Spot

# What section 3 of the standard demands of the parts that are used here.
LEVEL = {"enum": ["none", "note", "warning", "error"]}
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
REGION = {
    "type": "object",
    "required": ["startLine"],
    "properties": {"startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
ARTIFACT = {
    "type": "object",
    "required": ["uri"],
    "properties": {
        "uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~/%!$&'()*+,;=@-]+$"},
        "uriBaseId": {"type": "string"},
    },
}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {"artifactLocation": ARTIFACT, "region": REGION},
        }
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "properties": {
        "level": LEVEL,
        "message": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "locations": {"type": "array", "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "help": TEXT,
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}},
    },
}
DRIVER = {"type": "object", "required": ["name", "rules"], "properties": {"rules": {"type": "array", "items": RULE}}}
RUN = {
    "type": "object",
    "required": ["tool", "results"],
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string"},
        "runs": {"type": "array", "items": RUN},
    },
}


def issue(line: int, what: str = "is odd.", file: str = "jobs/köln/a b.yaml") -> Issue:
    return Issue.at("date-ahead", Spot(file, line, 4, "posted"), what, "Mend it.")


def marks(*issues: Issue) -> list[str]:
    return [result["partialFingerprints"]["rolecall/v1"] for result in sarif(issues)["runs"][0]["results"]]


def test_a_log_is_valid_and_its_rules_are_those_of_the_reference() -> None:
    found = [
        issue(3),
        Issue.at("tag-unknown", Spot("config.yaml"), "x", level=Level.WARNING),
        Issue("new", "board", "y"),
    ]
    log = json.loads(json.dumps(sarif(found)))
    jsonschema.validate(log, LOG)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({*CODES, "new"})
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [one.code for one in found]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "jobs/k%C3%B6ln/a%20b.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 4}


def test_a_finding_that_moved_is_the_same_and_two_alike_are_two() -> None:
    assert marks(issue(3)) == marks(issue(40))
    first, second = marks(issue(3), issue(4))
    assert first != second
    assert marks(issue(3, "is worse.")) != marks(issue(3))
