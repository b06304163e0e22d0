"""What is wrong, or doubtful, with a job file that has the right form: one question per rule, in one table."""

from __future__ import annotations

from rolecall.checks.codes import CODES, Code
from rolecall.checks.ground import Finding, Ground, JobFile, Mend
from rolecall.checks.judging import Parsed, examine, examined, judge, parse

__all__ = [
    "CODES",
    "Code",
    "Finding",
    "Ground",
    "JobFile",
    "Mend",
    "Parsed",
    "examine",
    "examined",
    "judge",
    "parse",
]
