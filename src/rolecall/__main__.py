"""`rolecall`, `python -m rolecall` and `python build.py`: the command line, and a quick end."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

from rolecall.cli import main


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command (None: what the program was given) and end the program with its exit code."""
    try:
        main(arguments)
    except SystemExit as end:
        _leave(end)
        raise
    sys.exit()


def _leave(end: SystemExit) -> None:
    """End at once. Python would first free every object of a large board by itself, a fifth of a second of a build.

    Returns where that is not certain to be the same: another thread still works, or the output cannot be written.
    """
    code = 0 if end.code is None else end.code
    if not isinstance(code, int) or threading.active_count() > 1:
        return
    atexit._run_exitfuncs()  # what Python itself calls at its end
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(code)


if __name__ == "__main__":
    run()
