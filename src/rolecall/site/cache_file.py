"""Files below .cache and in the user's own cache: plain values that only save time. What is damaged counts as absent.

The values are marshalled (loading 10,000 records takes 9 ms, JSON four times that) in the format that every Python
since 3.4 reads. A checksum stands before them, because marshal itself may not be given damaged bytes.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rolecall import __version__
from rolecall.errors import RolecallError
from rolecall.files import write_atomic

_MARSHAL_FORMAT = 4
_MAGIC = b"rolecall cache 1\n"
_SUM_BYTES = 4
# The libraries whose version shows in the output; looked up, not imported.
_MAKERS = ("babel", "jinja2", "markdown_it", "markupsafe", "nh3", "selectolax", "yaml")


def load(path: Path, key: str) -> Any | None:
    """The value that `save` put there under the same `key`, or None: absent, damaged, or made under another key."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head = len(_MAGIC) + _SUM_BYTES
    body = memoryview(data)[head:]
    if not data.startswith(_MAGIC) or data[len(_MAGIC) : head] != _sum(body):
        return None
    found_key, value = marshal.loads(body)
    return value if found_key == key else None


def save(path: Path, key: str, value: Any) -> None:
    """Keep `value`: None, numbers, text, bytes, and tuples, lists and dicts of them."""
    body = marshal.dumps((key, value), _MARSHAL_FORMAT)
    with suppress(RolecallError):  # a full disk costs time here, not the build
        write_atomic(path, _MAGIC + _sum(body), body)


def _sum(body: bytes | memoryview) -> bytes:
    return zlib.crc32(body).to_bytes(_SUM_BYTES, "big")


@cache
def tool_key() -> str:
    """What stands for this very program: its version, its Python, and the time and size of each of its files.

    Whoever changes a line of rolecall, or installs another version of it or of what makes its output, gets everything
    made anew.
    """
    seen = [__version__, sys.version]
    pending = [os.path.dirname(os.path.dirname(__file__))]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in sorted(entries, key=lambda found: found.name):
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        pending.append(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    known = entry.stat()
                    seen.append(f"{entry.name} {known.st_mtime_ns} {known.st_size}")
    for name in _MAKERS:
        found = find_spec(name)
        if found is not None and found.origin and os.path.exists(found.origin):
            known = os.stat(found.origin)
            seen.append(f"{name} {known.st_mtime_ns} {known.st_size}")
    return sha256("\n".join(seen).encode()).hexdigest()[:16]
