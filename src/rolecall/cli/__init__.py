"""The command line: arguments in, report and exit code out. Each command imports what it needs when it runs."""

from __future__ import annotations

from rolecall.cli import adding, reading, working, writing  # each adds its commands to the group
from rolecall.cli.group import main

__all__ = ["adding", "main", "reading", "working", "writing"]
