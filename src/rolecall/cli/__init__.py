"""The command line: arguments in, report and exit code out. Each command imports what it needs when it runs."""

from __future__ import annotations

from rolecall.cli import (  # each adds its commands to the group
    adding,
    checking,
    contributing,
    importing,
    judging,
    linking,
    minding,
    reading,
    reviewing,
    starting,
    telling,
    working,
    writing,
)
from rolecall.cli.group import main

__all__ = [
    "adding",
    "checking",
    "contributing",
    "importing",
    "judging",
    "linking",
    "main",
    "minding",
    "reading",
    "reviewing",
    "starting",
    "telling",
    "working",
    "writing",
]
