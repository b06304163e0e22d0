"""What each command does, readable as a story: arguments in, a report out; `cli` shows it.

`now` comes in from the command line and goes down as an argument: nothing below reads a clock to decide anything.
"""

from __future__ import annotations

CONFIG, JOBS, OUTPUT, CACHE, LOGOS, TEMPLATES = "config.yaml", "jobs", "output", ".cache", "logos", "templates"
