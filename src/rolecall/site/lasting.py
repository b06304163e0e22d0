"""What is made to stay until the end of a build, and is therefore no garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """For the time in which much is loaded that stays until the end: nobody looks for garbage in it, then or later."""
    watched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if watched:
            gc.enable()
